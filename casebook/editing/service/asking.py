"""The editor's side: questions to the unit, asking for its consent, reminding it, taking its wording over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import policy
from casebook import queries as core
from casebook.editing import queries
from casebook.editing.events import LetterClosed, UnitAsked, UnitReminded, WordingTaken
from casebook.editing.models import UnitLetter, UnitQuestion
from casebook.editing.rules import QUOTE_LONGEST, anchored, with_wording
from casebook.editing.service import letters
from casebook.editing.service.comments import WORDS_LONGEST
from casebook.editing.values import Anchor, Asked, LetterKind
from casebook.rules import text_digest
from casebook.service import write_manuscript
from casebook.values import EntryView, ManuscriptText
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import _

QUESTIONS_HIGHEST = 20


def ask_unit(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    entry_id: str,
    questions: Sequence[Asked],
    due_on: date,
    today: date,
    address: str,
    note: str = "",
) -> str:
    """Send numbered questions about a text to the case's unit; returns the letter's id. `address` is where it
    answers, for the mail.

    Raises:
        Forbidden, NotFound
        Refused: the case is not printed any more, or nobody of the unit could answer.
        Invalid: no question, a passage that is not in the text, or a day that has passed.
    """
    entry, text = _addressed(db, actor, edition_id, entry_id)
    errors = [*_due(due_on, today), *_asked_badly(questions)]
    anchors = [anchored(text, each.quote) for each in questions]
    for place, anchor in enumerate(anchors):
        if anchor is None:
            sentence = _("第 %(n)s 问引的话不在现在的书稿里，请重新选取", n=place + 1)
            errors.append(FieldError(f"quote-{place}", sentence))
    if errors:
        raise Invalid(errors)
    letter = _send(db, actor, now, entry, text, LetterKind.QUESTIONS, due_on, note)
    for number, (each, anchor) in enumerate(zip(questions, anchors, strict=True), start=1):
        db.add(_question(letter, number, each, anchor or Anchor()))
    db.flush()
    letters.tell_unit(db, now, letter, text.title, address)
    return letter.id


def ask_consent(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    entry_id: str,
    due_on: date,
    today: date,
    address: str,
    note: str = "",
) -> str:
    """Ask the unit whether it agrees to the text as it is; an older request that waits is closed.

    Raises:
        Forbidden, NotFound, Invalid
        Refused: it was asked about this very text, something written is no round yet, the case is not printed
            any more, or nobody of the unit could answer.
    """
    entry, text = _addressed(db, actor, edition_id, entry_id)
    if errors := _due(due_on, today):
        raise Invalid(errors)
    if core.working_copy(db, entry_id).pending:
        raise Refused(_("这篇书稿还有没存成一稿的修改，请先存为一稿或放弃，再请单位确认。"))
    digest = text_digest(text)
    for each in _open_requests(db, entry_id):
        if each.digest == digest:
            raise Refused(_("已经就现在这一稿请单位确认过，还在等答复。可以催办。"))
        each.closed_at = now
    letter = _send(db, actor, now, entry, text, LetterKind.CONSENT, due_on, note)
    db.flush()
    letters.tell_unit(db, now, letter, text.title, address)
    return letter.id


def remind(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, letter_ids: Collection[str], base: str
) -> int:
    """Remind the units of these letters that wait, once a day each; returns how many. `base` is the product's
    address.

    Raises:
        Forbidden, NotFound
        Refused: none of them waits.
    """
    require(policy.may_edit(actor))
    core.edition(db, edition_id)
    count = 0
    for view in queries.unanswered(db, edition_id):
        row = queries.letter_row(db, view.id)
        today = row.reminded_at is not None and (now - row.reminded_at).total_seconds() < 20 * 3600
        if view.id not in letter_ids or today:
            continue
        row.reminded_at = now
        title = core.manuscript(db, row.entry_id).text.title
        letters.remind_unit(db, now, row, title, f"{base}/cases/{row.case_id}/editing")
        event = UnitReminded(letter_id=row.id, case_id=row.case_id)
        journal.record(db, actor=actor, now=now, event=event)
        count += 1
    if not count:
        raise Refused(_("没有需要催办的单位：都已答复，或者今天已经催过。"))
    return count


def close_letter(db: Session, *, actor: Actor, now: datetime, edition_id: str, letter_id: str) -> None:
    """Wait for this answer no longer, or be done with one that came."""
    require(policy.may_edit(actor))
    row = _of_edition(db, edition_id, letter_id)
    if row.closed_at is None:
        row.closed_at = now
        event = LetterClosed(letter_id=letter_id, case_id=row.case_id)
        journal.record(db, actor=actor, now=now, event=event)


def take_wording(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    letter_id: str,
    question_id: str,
    base: int,
    wording: str | None = None,
) -> int:
    """Put the unit's wording into the text, as a new round; returns its ordinal. `wording` is what the editor
    had before him.

    Raises:
        Forbidden, NotFound
        Refused: the unit words it otherwise by now, the passage is not to be found any more, or as
            `write_manuscript`.
    """
    require(policy.may_edit(actor))
    letter = queries.letter(db, _of_edition(db, edition_id, letter_id).id)
    question = next((each for each in letter.questions if each.id == question_id), None)
    if question is None or not question.proposal:
        raise NotFound
    if wording not in (None, question.proposal):
        raise Refused(_("单位刚刚改过这一处的写法。下面是现在的写法，请看过再决定。"))
    text = core.manuscript(db, letter.entry_id).text
    ordinal = write_manuscript(
        db,
        actor=actor,
        now=now,
        edition_id=edition_id,
        entry_id=letter.entry_id,
        base=base,
        text=with_wording(text, question.placed, question.proposal),
        note=str(_("采用单位答复第 %(n)s 问的写法", n=question.number)),
    )
    row = next(each for each in queries.question_rows(db, letter_id) if each.id == question_id)
    row.taken_round = ordinal
    event = WordingTaken(question_id=question_id, entry_id=letter.entry_id, ordinal=ordinal)
    journal.record(db, actor=actor, now=now, event=event)
    return ordinal


# --- what the functions above share ----------------------------------------------------------------


def _addressed(db: Session, actor: Actor, edition_id: str, entry_id: str) -> tuple[EntryView, ManuscriptText]:
    """The entry and its text, which a unit may be asked about."""
    require(policy.may_edit(actor))
    entry = core.entry(db, edition_id, entry_id)
    if entry.withdrawn_at is not None:
        raise Refused(_("这个案例已被撤销授奖，不会付印，不用再问单位。"))
    unit_id = core.awarded_version(db, entry.version_id).unit_id
    if not letters.readers(db, unit_id):
        raise Refused(_("这个单位没有可以登录的申报人，不能发出。请联系管理员为单位开通账号。"))
    return entry, core.manuscript(db, entry_id).text


def _due(due_on: date, today: date) -> list[FieldError]:
    return [] if due_on > today else [FieldError("due_on", _("请填写今天以后的日期"))]


def _asked_badly(questions: Sequence[Asked]) -> list[FieldError]:
    if not questions:
        return [FieldError("words-0", _("请至少写一个问题"))]
    if len(questions) > QUESTIONS_HIGHEST:
        return [FieldError("words-0", _("一次最多问 %(n)s 个问题，请分几次问", n=QUESTIONS_HIGHEST))]
    errors = []
    for place, each in enumerate(questions):
        if not each.words:
            errors.append(FieldError(f"words-{place}", _("第 %(n)s 问还没有写问题", n=place + 1)))
        if len(each.words) > WORDS_LONGEST or len(each.quote) > QUOTE_LONGEST:
            errors.append(FieldError(f"words-{place}", _("第 %(n)s 问太长，请缩短", n=place + 1)))
    return errors


def _send(
    db: Session,
    actor: Actor,
    now: datetime,
    entry: EntryView,
    text: ManuscriptText,
    kind: LetterKind,
    due_on: date,
    note: str,
) -> UnitLetter:
    letter = UnitLetter(
        id=new_id(),
        edition_id=entry.edition_id,
        entry_id=entry.id,
        case_id=entry.case_id,
        unit_id=core.awarded_version(db, entry.version_id).unit_id,
        kind=kind.value,
        note=note[:WORDS_LONGEST],
        round=entry.rounds,
        digest=text_digest(text),
        sent_at=now,
        sent_by=actor.user_id,
        sender_name=actor.name,
        due_on=due_on,
    )
    db.add(letter)
    db.flush()
    event = UnitAsked(
        letter_id=letter.id,
        edition_id=entry.edition_id,
        entry_id=entry.id,
        case_id=entry.case_id,
        kind=kind.value,
        digest=letter.digest,
    )
    journal.record(db, actor=actor, now=now, event=event)
    return letter


def _question(letter: UnitLetter, number: int, asked: Asked, anchor: Anchor) -> UnitQuestion:
    return UnitQuestion(
        letter_id=letter.id,
        unit_id=letter.unit_id,
        number=number,
        quote=anchor.quote,
        before=anchor.before,
        after=anchor.after,
        words=asked.words,
    )


def _open_requests(db: Session, entry_id: str) -> list[UnitLetter]:
    return list(
        db.scalars(
            select(UnitLetter).where(
                UnitLetter.entry_id == entry_id,
                UnitLetter.kind == LetterKind.CONSENT.value,
                UnitLetter.answered_at.is_(None),
                UnitLetter.closed_at.is_(None),
            )
        )
    )


def _of_edition(db: Session, edition_id: str, letter_id: str) -> UnitLetter:
    core.edition(db, edition_id)
    row = queries.letter_row(db, letter_id)
    if row.edition_id != edition_id:
        raise NotFound
    return row
