"""Signing a step off, and returning a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casebook import queries as casebook
from casebook.policy import may_edit
from casebook.reviewing import policy, queries
from casebook.reviewing.events import StepReturned, StepSigned
from casebook.reviewing.models import ReviewAct, ReviewDraft, TextRead
from casebook.reviewing.queries.files import kept
from casebook.reviewing.queries.subjects import printed
from casebook.reviewing.rules import opinions
from casebook.reviewing.rules.standing import last_reading, step_before
from casebook.reviewing.values import (
    PROOFS,
    REVIEWS,
    ErrorState,
    File,
    Mark,
    Opinion,
    State,
    Step,
)
from casebook.reviewing.wording import STEP_NAMES
from casebook.service.editions import touch
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import _

_CHANGES_THE_BOOK = (Step.FINAL, Step.PROOF3, Step.READING)
"""Steps whose sign-off changes what is printed: the line under a case, the colophon."""


def sign(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    subject_id: str,
    step: Step,
    digest: str,
    opinion: Opinion,
    build: int | None = None,
) -> str:
    """Sign a step of a text off, for the text with this `digest`, the one that was read; returns the act's
    id. Who signed the step before and reads only the difference since need not say everything again.

    Raises:
        Forbidden: somebody else is to do it, or a rule keeps this person off.
        Refused: it is not the step's turn, or the text was changed meanwhile.
        Invalid: the opinion lacks what this step must say.
    """
    found = _file(db, edition_id, subject_id)
    require(policy.may_sign(actor, found.subject, step, found.acts, queries.duties(db, edition_id)))
    if digest != found.subject.digest:
        raise Refused(_("您阅读的时候，这篇文字改过了。请先看改动，再签署。"))
    _check_turn(actor, found, step)
    before = opinions.signed_before(found.acts, found.states[step], actor.user_id)
    answers = found.states[step].state is State.RETURNED
    problems = opinions.unanswered(opinion) if before and answers else []
    opinion = opinions.carried_on(opinion, before) if before else opinion
    if problems := [*problems, *opinions.missing(step, opinion)]:
        raise Invalid(problems)
    number = len(found.acts) + 1
    act = _act(found, step, Mark.SIGNED, opinion, number=number, actor=actor, now=now)
    act.build = build if step in PROOFS else None
    act.brief = before is not None and not answers
    db.add(act)
    _drop_draft(db, subject_id, step, actor)
    _touch(db, edition_id, step, now)
    db.flush()
    event = StepSigned(
        subject_id=subject_id,
        edition_id=edition_id,
        step=step.value,
        act_id=act.id,
        digest=found.subject.digest,
    )
    journal.record(db, actor=actor, now=now, event=event)
    return act.id


def return_text(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    subject_id: str,
    step: Step,
    reasons: str,
) -> str:
    """Give a text back to the step before, or from the first review to the editor; returns the act's id.

    Raises:
        Forbidden
        Refused: a proof is not returned but corrected by its error list; or it is not the step's turn.
        Invalid: no reasons.
    """
    found = _file(db, edition_id, subject_id)
    require(policy.may_sign(actor, found.subject, step, found.acts, queries.duties(db, edition_id)))
    if step not in REVIEWS:
        raise Refused(_("校对不退修：请把问题记入勘误表，由编辑更正。"))
    if found.states[step].state is not State.SIGNED:
        _check_turn(actor, found, step)
    if len(reasons) < opinions.SHORTEST:
        raise Invalid([FieldError("reasons", _("请写明退修的理由和要求，对方才知道改什么。"))])
    back = step_before(step)
    opinion = Opinion(statement=reasons)
    act = _act(found, step, Mark.RETURNED, opinion, number=len(found.acts) + 1, actor=actor, now=now)
    act.back_to = back.value if back else ""
    db.add(act)
    _touch(db, edition_id, Step.FINAL, now)
    db.flush()
    event = StepReturned(
        subject_id=subject_id,
        edition_id=edition_id,
        step=step.value,
        act_id=act.id,
        back_to=act.back_to,
    )
    journal.record(db, actor=actor, now=now, event=event)
    return act.id


def sign_several(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    chosen: Sequence[tuple[str, Step]],
    statement: str,
) -> int:
    """Sign several texts off with one opinion; returns how many. All or none.

    Only texts that the actor had before him to the end, as they are now; a first review is not given so,
    unless it was given before and only the difference was left to read.

    Raises:
        Forbidden
        Refused: nothing was chosen, or a text was not read; what `sign` raises.
        Invalid: no opinion.
    """
    if not chosen:
        raise Refused(_("请先勾选要签署的文字。只有全文读完的才能勾选。"))
    read = queries.read_digests(db, actor, edition_id)
    for subject_id, step in chosen:
        found = queries.file(db, edition_id, subject_id)
        if read.get(subject_id) != found.subject.digest:
            raise Refused(
                _("“%(title)s”您还没有读完现在的全文，不能批量签署。请打开通读。", title=found.subject.title)
            )
        if step is Step.FIRST and not opinions.signed_before(found.acts, found.states[step], actor.user_id):
            raise Refused(_("“%(title)s”的初审要写初审报告，请打开这一篇签署。", title=found.subject.title))
        sign(
            db,
            actor=actor,
            now=now,
            edition_id=edition_id,
            subject_id=subject_id,
            step=step,
            digest=found.subject.digest,
            opinion=opinions.agreeing(step, statement),
        )
    return len(chosen)


def save_draft(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    subject_id: str,
    step: Step,
    fields: Mapping[str, str],
) -> None:
    """Keep what the actor has written of an opinion so far; nobody else sees it."""
    require(may_edit(actor))
    casebook.locked_edition(db, edition_id)
    queries.subject(db, edition_id, subject_id)
    row = db.scalar(
        select(ReviewDraft).where(
            ReviewDraft.subject_id == subject_id,
            ReviewDraft.step == step.value,
            ReviewDraft.user_id == actor.user_id,
        )
    )
    if row is None:
        row = ReviewDraft(
            edition_id=edition_id, subject_id=subject_id, step=step.value, user_id=actor.user_id
        )
        db.add(row)
    row.fields = dict(fields)
    row.saved_at = now
    db.flush()


def mark_read(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, subject_id: str, digest: str
) -> None:
    """Note that the actor had the whole text before him.

    Raises:
        Refused: it is another text by now.
    """
    require(may_edit(actor))
    casebook.locked_edition(db, edition_id)
    if queries.subject(db, edition_id, subject_id).digest != digest:
        raise Refused(_("您阅读的时候，这篇文字改过了。请刷新页面，看改动。"))
    row = db.scalar(
        select(TextRead).where(TextRead.subject_id == subject_id, TextRead.user_id == actor.user_id)
    )
    if row is None:
        row = TextRead(edition_id=edition_id, subject_id=subject_id, user_id=actor.user_id)
        db.add(row)
    row.digest = digest
    row.read_at = now
    db.flush()


def _file(db: Session, edition_id: str, subject_id: str) -> File:
    """What is decided on; nobody else signs or changes anything of the book until this has ended."""
    casebook.locked_edition(db, edition_id)
    if subject_id != edition_id:
        printed(db, edition_id, subject_id)
    return queries.file(db, edition_id, subject_id)


def _check_turn(actor: Actor, found: File, step: Step) -> None:
    state = found.states[step]
    if step in PROOFS and state.turn:
        _check_settled(found, step)
    if state.turn or _read_again(actor, found, step):
        return
    if state.state is State.SIGNED:
        raise Refused(_("现在的文字已经签过%(step)s，不用再签。", step=STEP_NAMES[step]))
    order = REVIEWS + PROOFS
    waiting = next(each for each in order if found.states[each].turn or found.states[each].act is None)
    raise Refused(
        _(
            "还没有轮到%(step)s：请先完成%(waiting)s。每一步都不能跳过。",
            step=STEP_NAMES[step],
            waiting=STEP_NAMES[waiting],
        )
    )


def _check_settled(found: File, step: Step) -> None:
    """A proof is signed anew when its corrections are in the text and were checked."""
    if found.states[step].state is not State.CHANGED:
        return
    loose = [each for each in found.errors if each.state in {ErrorState.OPEN, ErrorState.CORRECTED}]
    if loose:
        raise Refused(_("勘误表里还有 %(n)s 处没有更正或核红，请先逐处核对，再签署。", n=len(loose)))


def _read_again(actor: Actor, found: File, step: Step) -> bool:
    """A text in which the last reading found something may be read once more, by somebody else."""
    state = found.states[step]
    if step is not Step.READING or state.act is None or state.act.by_id == actor.user_id:
        return False
    return bool(last_reading(found.acts, found.errors))


def _act(
    found: File, step: Step, mark: Mark, opinion: Opinion, *, number: int, actor: Actor, now: datetime
) -> ReviewAct:
    subject = found.subject
    return ReviewAct(
        id=new_id(),
        edition_id=subject.edition_id,
        subject_id=subject.id,
        number=number,
        step=step.value,
        mark=mark.value,
        statement=opinion.statement,
        verdict=opinion.verdict.value if opinion.verdict else "",
        agrees=opinion.agrees,
        report=asdict(opinion.report) if opinion.report else {},
        digest=subject.digest,
        words=subject.words,
        snapshot=kept(subject.text) if subject.is_book else {},
        round=subject.round,
        characters=subject.characters,
        by_id=actor.user_id,
        by_name=actor.name,
        at=now,
    )


def _drop_draft(db: Session, subject_id: str, step: Step, actor: Actor) -> None:
    db.execute(
        delete(ReviewDraft).where(
            ReviewDraft.subject_id == subject_id,
            ReviewDraft.step == step.value,
            ReviewDraft.user_id == actor.user_id,
        )
    )


def _touch(db: Session, edition_id: str, step: Step, now: datetime) -> None:
    if step in _CHANGES_THE_BOOK:
        touch(casebook.edition_row(db, edition_id), now)
