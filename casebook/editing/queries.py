"""Reads of this room. What the session's actor may not see is not there: `visibility.GRANTS` says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import queries as core
from casebook.editing import rules
from casebook.editing.models import EditingRemark, EditingThread, UnitLetter, UnitQuestion
from casebook.editing.values import (
    Anchor,
    EntryStanding,
    LetterKind,
    LetterView,
    QuestionView,
    RemarkView,
    Standing,
    ThreadView,
    Verdict,
)
from casebook.models import EditionEntry
from casebook.rules import text_digest
from casebook.values import ManuscriptText, ManuscriptView
from foundation.errors import NotFound
from foundation.visibility import as_system
from submissions.values import VersionView

# --- comments --------------------------------------------------------------------------------------


def threads(db: Session, entry_id: str) -> list[ThreadView]:
    """The comments on a manuscript: open ones first, in the text's order; then the resolved ones."""
    rows = list(db.scalars(select(EditingThread).where(EditingThread.entry_id == entry_id)))
    said = _remarks(db, [row.id for row in rows])
    text = core.manuscript(db, entry_id).text
    found = [
        ThreadView(
            id=row.id,
            entry_id=row.entry_id,
            placed=rules.placed(text, Anchor(row.quote, row.before, row.after)),
            remarks=tuple(said.get(row.id, ())),
            resolved_at=row.resolved_at,
            resolver_name=row.resolver_name,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.resolved_at is not None, each.placed.start, each.id))


def thread_row(db: Session, entry_id: str, thread_id: str) -> EditingThread:
    """For the service. Raises NotFound."""
    row = db.scalar(
        select(EditingThread).where(EditingThread.id == thread_id, EditingThread.entry_id == entry_id)
    )
    if row is None:
        raise NotFound
    return row


def _remarks(db: Session, thread_ids: Sequence[str]) -> dict[str, list[RemarkView]]:
    found: dict[str, list[RemarkView]] = {}
    rows = select(EditingRemark).where(EditingRemark.thread_id.in_(thread_ids)).order_by(EditingRemark.id)
    for row in db.scalars(rows):
        found.setdefault(row.thread_id, []).append(RemarkView(row.words, row.written_at, row.writer_name))
    return found


# --- letters ---------------------------------------------------------------------------------------


def letters(db: Session, entry_id: str) -> list[LetterView]:
    """What the unit was asked about an entry, the last letter first."""
    rows = db.scalars(
        select(UnitLetter).where(UnitLetter.entry_id == entry_id).order_by(UnitLetter.id.desc())
    )
    return _views(db, list(rows))


def letter(db: Session, letter_id: str) -> LetterView:
    """Raises NotFound."""
    return _views(db, [letter_row(db, letter_id)])[0]


def letter_row(db: Session, letter_id: str) -> UnitLetter:
    """For the service. Raises NotFound."""
    row = db.scalar(select(UnitLetter).where(UnitLetter.id == letter_id))
    if row is None:
        raise NotFound
    return row


def question_rows(db: Session, letter_id: str) -> list[UnitQuestion]:
    """For the service, by number."""
    return list(
        db.scalars(
            select(UnitQuestion).where(UnitQuestion.letter_id == letter_id).order_by(UnitQuestion.number)
        )
    )


def unanswered(db: Session, edition_id: str) -> list[LetterView]:
    """Letters of a book that wait for their unit, of cases that are printed."""
    rows = db.scalars(
        select(UnitLetter)
        .where(
            UnitLetter.edition_id == edition_id,
            UnitLetter.answered_at.is_(None),
            UnitLetter.closed_at.is_(None),
        )
        .order_by(UnitLetter.due_on, UnitLetter.id)
    )
    standing = _standing_entries(db, edition_id)
    return _views(db, [row for row in rows if row.entry_id in standing])


def _standing_entries(db: Session, edition_id: str) -> set[str]:
    return {
        entry.id
        for chapter in core.chapters(db, edition_id)
        for entry in chapter.entries
        if entry.withdrawn_at is None
    }


def _views(db: Session, rows: Sequence[UnitLetter]) -> list[LetterView]:
    texts = _texts(db, {row.entry_id for row in rows if row.kind == LetterKind.QUESTIONS.value})
    asked: dict[str, list[UnitQuestion]] = {}
    questions = select(UnitQuestion).where(UnitQuestion.letter_id.in_([row.id for row in rows]))
    for each in db.scalars(questions.order_by(UnitQuestion.number)):
        asked.setdefault(each.letter_id, []).append(each)
    return [_view(row, asked.get(row.id, ()), texts.get(row.entry_id)) for row in rows]


def _texts(db: Session, entry_ids: Iterable[str]) -> dict[str, ManuscriptText]:
    """The units whom a text is sent to see what it says now, whoever may see the manuscripts."""
    with as_system(db):
        return {entry_id: core.manuscript(db, entry_id).text for entry_id in entry_ids}


def _view(row: UnitLetter, questions: Sequence[UnitQuestion], text: ManuscriptText | None) -> LetterView:
    return LetterView(
        id=row.id,
        edition_id=row.edition_id,
        entry_id=row.entry_id,
        case_id=row.case_id,
        unit_id=row.unit_id,
        kind=LetterKind(row.kind),
        note=row.note,
        round=row.round,
        digest=row.digest,
        sent_at=row.sent_at,
        sender_name=row.sender_name,
        due_on=row.due_on,
        reminded_at=row.reminded_at,
        answered_at=row.answered_at,
        answerer_name=row.answerer_name,
        verdict=Verdict(row.verdict) if row.verdict else None,
        reason=row.reason,
        closed_at=row.closed_at,
        questions=tuple(_question(each, text) for each in questions if text is not None),
    )


def _question(row: UnitQuestion, text: ManuscriptText) -> QuestionView:
    return QuestionView(
        id=row.id,
        number=row.number,
        placed=rules.placed(text, Anchor(row.quote, row.before, row.after)),
        words=row.words,
        answer=row.answer,
        proposal=row.proposal,
        taken_round=row.taken_round,
    )


# --- the desk --------------------------------------------------------------------------------------


def standings(db: Session, edition_id: str, today: date) -> dict[str, EntryStanding]:
    """Entry id -> what is open around it, of entries where there is anything."""
    sent: dict[str, list[LetterView]] = {}
    rows = db.scalars(select(UnitLetter).where(UnitLetter.edition_id == edition_id).order_by(UnitLetter.id))
    for row in rows:
        sent.setdefault(row.entry_id, []).append(_view(row, (), None))
    texts = core.manuscripts(db, edition_id) if sent else {}
    open_threads = (
        select(EditingThread.entry_id)
        .join(EditionEntry, EditionEntry.id == EditingThread.entry_id)
        .where(EditionEntry.edition_id == edition_id, EditingThread.resolved_at.is_(None))
    )
    comments = Counter(db.scalars(open_threads))
    return {
        entry_id: _entry_standing(
            sent.get(entry_id, []),
            comments[entry_id],
            text_digest(texts[entry_id]) if entry_id in sent else "",
            today,
        )
        for entry_id in {*sent, *comments}
    }


def _entry_standing(found: Sequence[LetterView], comments: int, digest: str, today: date) -> EntryStanding:
    waiting = [each for each in found if each.open]
    questions = [each for each in waiting if each.kind is LetterKind.QUESTIONS]
    answered = [
        each
        for each in found
        if each.kind is LetterKind.QUESTIONS and each.answered_at is not None and each.closed_at is None
    ]
    due = min((each.due_on for each in waiting), default=None)
    return EntryStanding(
        comments=comments,
        waiting=len(questions),
        answered=len(answered),
        consent=rules.consent(found, digest),
        due_on=due,
        late=due is not None and due < today,
    )


def consent_of(db: Session, entry_id: str) -> Standing:
    """How the unit's consent stands for the text as it is now."""
    return rules.consent(letters(db, entry_id), text_digest(core.manuscript(db, entry_id).text))


# --- the unit --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Correspondence:
    """One text of a unit's case in a book: what it says now beside what was handed in, and what is asked."""

    edition_title: str
    entry_id: str
    text: ManuscriptText
    round: int
    first: ManuscriptText
    digest: str
    original: VersionView
    printed: bool
    letters: tuple[LetterView, ...]


def correspondence(db: Session, case_id: str) -> list[Correspondence]:
    """What the actor's unit was asked about a case, by book, the last asked first. Raises NotFound."""
    rows = db.scalars(select(UnitLetter).where(UnitLetter.case_id == case_id).order_by(UnitLetter.id.desc()))
    found = _views(db, list(rows))
    if not found:
        raise NotFound
    by_entry: dict[str, list[LetterView]] = {}
    for each in found:
        by_entry.setdefault(each.entry_id, []).append(each)
    return [_correspondence(db, each) for each in by_entry.values()]


def _correspondence(db: Session, sent: Sequence[LetterView]) -> Correspondence:
    """Read as the system: the unit has no right to the casebook but to this."""
    with as_system(db):
        edition = core.edition(db, sent[0].edition_id)
        entry = core.entry(db, edition.id, sent[0].entry_id)
        current = core.manuscript(db, entry.id)
        first = core.manuscript(db, entry.id, 1)
        original = core.awarded_version(db, entry.version_id)
    return Correspondence(
        edition_title=edition.title,
        entry_id=entry.id,
        text=current.text,
        round=current.ordinal,
        first=first.text,
        digest=text_digest(current.text),
        original=original,
        printed=entry.withdrawn_at is None and edition.archived_at is None,
        letters=tuple(sent),
    )


def waiting_for(db: Session, unit_id: str) -> list[LetterView]:
    """Letters that wait for a unit, the soonest due first, but those of cases that are printed no more."""
    rows = list(
        db.scalars(
            select(UnitLetter)
            .where(
                UnitLetter.unit_id == unit_id,
                UnitLetter.answered_at.is_(None),
                UnitLetter.closed_at.is_(None),
            )
            .order_by(UnitLetter.due_on, UnitLetter.id)
        )
    )
    with as_system(db):
        printed = [row for row in rows if core.entry(db, row.edition_id, row.entry_id).withdrawn_at is None]
    return _views(db, printed)


def current_round(db: Session, entry_id: str) -> ManuscriptView:
    """The text as it is, for who was asked about it."""
    with as_system(db):
        return core.manuscript(db, entry_id)


def is_printed(db: Session, edition_id: str, entry_id: str) -> bool:
    """Whether the case is still in the book, for who was asked about it."""
    with as_system(db):
        return core.entry(db, edition_id, entry_id).withdrawn_at is None


def was_asked(db: Session, case_id: str) -> bool:
    """Whether the actor sees a letter about this case."""
    return db.scalar(select(UnitLetter.id).where(UnitLetter.case_id == case_id).limit(1)) is not None
