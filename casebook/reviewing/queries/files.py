"""Everything recorded of the texts of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import queries
from casebook.reviewing import policy
from casebook.reviewing.models import ProofErrorRow, ReviewAct, ReviewDraft, ReviewDuty, TextRead
from casebook.reviewing.queries.subjects import subject as subject_of
from casebook.reviewing.queries.subjects import subjects
from casebook.reviewing.rules.standing import standing
from casebook.reviewing.values import (
    Act,
    Duties,
    Duty,
    ErrorState,
    File,
    Mark,
    Opinion,
    ProofError,
    Report,
    State,
    Step,
    StepState,
    Subject,
    Verdict,
)
from casebook.values import EditionView, ManuscriptText, PlacedPhoto
from foundation.actor import Actor, Role
from foundation.people import User, users_with


def files(db: Session, edition_id: str) -> list[File]:
    """One of each text that is printed: the book's own, then the entries in print order. Raises NotFound."""
    found = subjects(db, queries.edition(db, edition_id))
    signed: dict[str, list[Act]] = {}
    for act in acts(db, edition_id):
        signed.setdefault(act.subject_id, []).append(act)
    listed: dict[str, list[ProofError]] = {}
    for error in errors(db, edition_id):
        listed.setdefault(error.subject_id, []).append(error)
    return [_file(each, signed.get(each.id, ()), listed.get(each.id, ())) for each in found]


def file(db: Session, edition_id: str, subject_id: str) -> File:
    """The file of one text. Raises NotFound."""
    found = subject(db, edition_id, subject_id)
    return _file(found, acts(db, edition_id, subject_id), errors(db, edition_id, subject_id))


def subject(db: Session, edition_id: str, subject_id: str) -> Subject:
    """Raises NotFound."""
    return subject_of(db, queries.edition(db, edition_id), subject_id)


def _file(found: Subject, signed: Iterable[Act], listed: Iterable[ProofError]) -> File:
    signed = tuple(signed)
    return File(found, signed, standing(signed, found), tuple(listed))


def neighbours(db: Session, edition_id: str, subject_id: str) -> tuple[str | None, str | None]:
    """The texts before and after this one in the book, its own texts being the first."""
    chapters = queries.chapters(db, edition_id)
    order = [edition_id, *(e.id for each in chapters for e in each.entries if e.withdrawn_at is None)]
    if subject_id not in order:
        return None, None
    here = order.index(subject_id)
    return (order[here - 1] if here else None, order[here + 1] if here + 1 < len(order) else None)


def acts(db: Session, edition_id: str, subject_id: str | None = None) -> list[Act]:
    """Sign-offs and returns in the order in which they were recorded."""
    query = select(ReviewAct).where(ReviewAct.edition_id == edition_id)
    if subject_id is not None:
        query = query.where(ReviewAct.subject_id == subject_id)
    return [_act(row) for row in db.scalars(query.order_by(ReviewAct.subject_id, ReviewAct.number))]


def proofs_read(db: Session, edition_id: str) -> set[int]:
    """Numbers of the made proofs that sign-offs say were read."""
    query = select(ReviewAct.build).where(ReviewAct.edition_id == edition_id, ReviewAct.build.is_not(None))
    return {number for number in db.scalars(query) if number is not None}


def _act(row: ReviewAct) -> Act:
    return Act(
        id=row.id,
        subject_id=row.subject_id,
        number=row.number,
        step=Step(row.step),
        mark=Mark(row.mark),
        opinion=Opinion(
            statement=row.statement,
            verdict=Verdict(row.verdict) if row.verdict else None,
            agrees=row.agrees,
            report=Report(**row.report) if row.report else None,
        ),
        back_to=Step(row.back_to) if row.back_to else None,
        digest=row.digest,
        words=row.words,
        round=row.round,
        build=row.build,
        characters=row.characters,
        brief=row.brief,
        by_id=row.by_id,
        by_name=row.by_name,
        at=row.at,
    )


def errors(db: Session, edition_id: str, subject_id: str | None = None) -> list[ProofError]:
    """Lines of error lists, the oldest first."""
    query = select(ProofErrorRow).where(ProofErrorRow.edition_id == edition_id)
    if subject_id is not None:
        query = query.where(ProofErrorRow.subject_id == subject_id)
    return [_error(row) for row in db.scalars(query.order_by(ProofErrorRow.found_at, ProofErrorRow.id))]


def _error(row: ProofErrorRow) -> ProofError:
    return ProofError(
        id=row.id,
        subject_id=row.subject_id,
        step=Step(row.step),
        turn=row.turn,
        fault=row.fault,
        before=row.before,
        after=row.after,
        place=row.place,
        note=row.note,
        state=ErrorState(row.state),
        found_by=row.found_by,
        found_name=row.found_name,
        found_at=row.found_at,
        settled_by=row.settled_by,
        settled_name=row.settled_name,
        settled_at=row.settled_at,
        corrected_round=row.corrected_round,
        answer=row.answer,
        verified_name=row.verified_name,
        verified_at=row.verified_at,
    )


def duties(db: Session, edition_id: str) -> Duties:
    """Who is to do what."""
    rows = db.execute(
        select(ReviewDuty, User.name)
        .join(User, User.id == ReviewDuty.user_id)
        .where(ReviewDuty.edition_id == edition_id)
    )
    general, special = {}, {}
    for row, name in rows:
        duty = Duty(row.subject_id, Step(row.step), row.user_id, name)
        if row.subject_id:
            special[(row.subject_id, duty.step)] = duty
        else:
            general[duty.step] = duty
    return Duties(general, special)


def people(db: Session) -> Sequence[User]:
    """Who can be given a step: everybody with the editor's role."""
    return users_with(db, Role.EDITOR)


def draft(db: Session, actor: Actor, subject_id: str, step: Step) -> dict[str, Any]:
    """What the actor has written of an opinion, by the form's fields."""
    row = db.scalar(
        select(ReviewDraft).where(
            ReviewDraft.subject_id == subject_id,
            ReviewDraft.step == step.value,
            ReviewDraft.user_id == actor.user_id,
        )
    )
    return dict(row.fields) if row is not None else {}


def read_digests(db: Session, actor: Actor, edition_id: str) -> dict[str, str]:
    """Subject -> the digest of its text when the actor last had it before him to the end."""
    rows = db.execute(
        select(TextRead.subject_id, TextRead.digest).where(
            TextRead.edition_id == edition_id, TextRead.user_id == actor.user_id
        )
    )
    return {row.subject_id: row.digest for row in rows}


def snapshot(db: Session, act: Act) -> ManuscriptText | None:
    """What was signed of the book's own texts; None for an entry, whose rounds are kept."""
    row = db.get(ReviewAct, act.id)
    if row is None or not row.snapshot:
        return None
    kept = dict(row.snapshot)
    photos = tuple(PlacedPhoto(**each) for each in kept.pop("photos"))
    return ManuscriptText(**{**kept, "authors": tuple(kept["authors"])}, photos=photos)


def kept(text: ManuscriptText) -> dict[str, Any]:
    """A text as a snapshot stores it."""
    return {**asdict(text), "authors": list(text.authors), "photos": [asdict(each) for each in text.photos]}


def task(actor: Actor, found: File, given: Duties, *, assigned: bool = False) -> Step | None:
    """The earliest step of this text that the actor can sign now; `assigned`: only what was given to him.

    A reading (通读) is asked for by the book as a whole, not by its turn; what the first review returned
    waits for the editor until he changes it.
    """
    for step, state in found.states.items():
        if not state.turn or _waits_for_others(state, found.subject):
            continue
        duty = given.of(found.subject.id, step)
        if assigned and (duty is None or duty.user_id != actor.user_id):
            continue
        if policy.may_sign(actor, found.subject, step, found.acts, given) is None:
            return step
    return None


def _waits_for_others(state: StepState, subject: Subject) -> bool:
    if state.step is Step.READING:
        return state.state is State.OPEN
    returned = state.state is State.RETURNED and state.act is not None and state.act.back_to is None
    return returned and state.act is not None and state.act.words == subject.words


def waiting_for(db: Session, actor: Actor) -> list[tuple[EditionView, int, int]]:
    """Editions with texts that wait for the actor: how many to sign, how many returned to him as editor."""
    asked = select(ReviewDuty.edition_id).where(ReviewDuty.user_id == actor.user_id)
    reviewed = select(ReviewAct.edition_id).where(ReviewAct.mark == Mark.RETURNED.value)
    wanted = set(db.scalars(asked)) | set(db.scalars(reviewed))
    result = []
    for edition in queries.editions(db):
        if edition.id in wanted and edition.archived_at is None:
            given = duties(db, edition.id)
            found = files(db, edition.id)
            count = sum(task(actor, each, given, assigned=True) is not None for each in found)
            back = sum(returned_to(actor, each) for each in found)
            if count or back:
                result.append((edition, count, back))
    return result


def returned_to(actor: Actor, found: File) -> bool:
    """Whether the first review gave the text back to this main editor, and it is as it was then."""
    first = found.states[Step.FIRST]
    if first.state is not State.RETURNED or first.act is None or first.act.back_to is not None:
        return False
    return found.subject.editor_id == actor.user_id and first.act.words == found.subject.words
