"""Error lists: what a proof finds, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import queries as casebook
from casebook.policy import may_edit
from casebook.reviewing import policy, queries
from casebook.reviewing.events import ErrorListed, ErrorSettled, ErrorStruck
from casebook.reviewing.models import ProofErrorRow
from casebook.reviewing.rules.correcting import corrected
from casebook.reviewing.rules.counting import BY_KEY
from casebook.reviewing.rules.standing import turn_of
from casebook.reviewing.values import PROOFS, ErrorState, Step
from casebook.reviewing.wording import STEP_NAMES
from casebook.service import write_manuscript
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Forbidden, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import _


def list_error(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    subject_id: str,
    step: Step,
    fault: str,
    before: str,
    after: str,
    place: str = "",
    note: str = "",
) -> str:
    """Put a line on a proof's error list; returns its id.

    Raises:
        Forbidden: somebody else reads this proof.
        Refused: it is not this proof's turn.
        Invalid: kind or passage is missing, or nothing is to be changed.
    """
    found = queries.file(db, edition_id, subject_id)
    require(policy.may_sign(actor, found.subject, step, found.acts, queries.duties(db, edition_id)))
    state = found.states[step]
    if step not in PROOFS or not (state.turn or state.act):
        raise Refused(_("还没有轮到%(step)s，现在不能记入勘误表。", step=STEP_NAMES[step]))
    if problems := _problems(fault, before, after):
        raise Invalid(problems)
    row = ProofErrorRow(
        id=new_id(),
        edition_id=edition_id,
        subject_id=subject_id,
        step=step.value,
        turn=turn_of(found.acts, step),
        fault=fault,
        before=before,
        after=after,
        place=place,
        note=note,
        state=ErrorState.OPEN.value,
        found_by=actor.user_id,
        found_name=actor.name,
        found_at=now,
    )
    db.add(row)
    db.flush()
    event = ErrorListed(error_id=row.id, subject_id=subject_id, edition_id=edition_id, step=step.value)
    journal.record(db, actor=actor, now=now, event=event)
    return row.id


def _problems(fault: str, before: str, after: str) -> list[FieldError]:
    problems = []
    if fault not in BY_KEY:
        problems.append(FieldError("fault", _("请从列出的选项中选择")))
    if not before:
        problems.append(FieldError("before", _("请写原文：从校样里照录有差错的一段。")))
    elif before == after:
        problems.append(FieldError("after", _("改后和原文一样，请写改成什么。")))
    return problems


def strike_error(db: Session, *, actor: Actor, now: datetime, edition_id: str, error_id: str) -> None:
    """Take a line off the list again, by who wrote it, while nothing has become of it."""
    require(may_edit(actor))
    row = _row(db, edition_id, error_id)
    if row.found_by != actor.user_id:
        raise Forbidden(
            _("这处差错是%(name)s记的，只能由本人删除；不改的请记“不改”并写明理由。", name=row.found_name)
        )
    _expect(row, ErrorState.OPEN)
    event = ErrorStruck(error_id=row.id, subject_id=row.subject_id, edition_id=edition_id, step=row.step)
    db.delete(row)
    journal.record(db, actor=actor, now=now, event=event)


def correct_errors(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    subject_id: str,
    error_ids: Sequence[str] = (),
) -> tuple[int, int]:
    """Put corrections into the manuscript as one new round: of the lines named, or of all that are open.

    Returns:
        How many went in, and how many did not because their passage is not exactly once in the text.

    Raises:
        Forbidden, NotFound
        Refused: none could be put in; or these are the book's own texts, which have no rounds.
    """
    require(may_edit(actor))
    if subject_id == edition_id:
        raise Refused(_("书前书后文字请在“书籍信息与版式”里更正，再记为“已更正”。"))
    rows = _open_rows(db, edition_id, subject_id, error_ids)
    current = casebook.manuscript(db, subject_id)
    text, put_in, refusals = current.text, [], []
    for row in rows:
        try:
            text = corrected(text, row.before, row.after)
            put_in.append(row)
        except Refused as refusal:
            refusals.append(refusal)
    if not put_in:
        raise refusals[0] if refusals else Refused(_("勘误表里没有待更正的差错。"))
    ordinal = write_manuscript(
        db,
        actor=actor,
        now=now,
        edition_id=edition_id,
        entry_id=subject_id,
        base=current.ordinal,
        text=text,
        note=_note(put_in),
    )
    for row in put_in:
        _settle(db, row, ErrorState.CORRECTED, actor=actor, now=now, ordinal=ordinal)
    return len(put_in), len(refusals)


def _note(rows: Sequence[ProofErrorRow]) -> str:
    """What the round's list says of it; kept within a note's length."""
    changes = "；".join(f"{row.before}→{row.after}" for row in rows)
    step = str(STEP_NAMES[Step(rows[0].step)])
    return f"{step}：{changes}"[:200]


def mark_corrected(db: Session, *, actor: Actor, now: datetime, edition_id: str, error_id: str) -> None:
    """Note that a correction was made by hand, in the editor or in the book's own texts."""
    require(may_edit(actor))
    row = _row(db, edition_id, error_id)
    _expect(row, ErrorState.OPEN)
    _settle(db, row, ErrorState.CORRECTED, actor=actor, now=now, ordinal=None)


def dismiss_error(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, error_id: str, reason: str
) -> None:
    """Let the text stand as it is.

    Raises:
        Invalid: no reason.
    """
    require(may_edit(actor))
    row = _row(db, edition_id, error_id)
    _expect(row, ErrorState.OPEN)
    if not reason:
        raise Invalid([FieldError(f"answer-{error_id}", _("请写明不改的理由。"))])
    row.answer = reason
    _settle(db, row, ErrorState.DISMISSED, actor=actor, now=now, ordinal=None)


def verify_error(db: Session, *, actor: Actor, now: datetime, edition_id: str, error_id: str) -> None:
    """Confirm that a correction is in the text as it should be (核红), by somebody else than who made it."""
    require(may_edit(actor))
    row = _row(db, edition_id, error_id)
    _expect(row, ErrorState.CORRECTED)
    if row.settled_by == actor.user_id:
        raise Forbidden(_("这处是您更正的，核红请由别人来做。"))
    row.state = ErrorState.VERIFIED.value
    row.verified_name = actor.name
    row.verified_at = now
    db.flush()
    _record(db, row, actor=actor, now=now)


def _row(db: Session, edition_id: str, error_id: str) -> ProofErrorRow:
    row = db.scalar(
        select(ProofErrorRow).where(ProofErrorRow.id == error_id, ProofErrorRow.edition_id == edition_id)
    )
    if row is None:
        raise NotFound
    return row


def _open_rows(
    db: Session, edition_id: str, subject_id: str, error_ids: Sequence[str]
) -> list[ProofErrorRow]:
    query = select(ProofErrorRow).where(
        ProofErrorRow.edition_id == edition_id,
        ProofErrorRow.subject_id == subject_id,
        ProofErrorRow.state == ErrorState.OPEN.value,
    )
    if error_ids:
        query = query.where(ProofErrorRow.id.in_(error_ids))
    return list(db.scalars(query.order_by(ProofErrorRow.found_at, ProofErrorRow.id)))


def _expect(row: ProofErrorRow, state: ErrorState) -> None:
    if row.state != state.value:
        raise Refused(_("这处差错刚刚被别人处理过，请刷新页面看现在的情况。"))


def _settle(
    db: Session, row: ProofErrorRow, state: ErrorState, *, actor: Actor, now: datetime, ordinal: int | None
) -> None:
    row.state = state.value
    row.settled_by = actor.user_id
    row.settled_name = actor.name
    row.settled_at = now
    row.corrected_round = ordinal
    db.flush()
    _record(db, row, actor=actor, now=now)


def _record(db: Session, row: ProofErrorRow, *, actor: Actor, now: datetime) -> None:
    event = ErrorSettled(
        error_id=row.id,
        subject_id=row.subject_id,
        edition_id=row.edition_id,
        state=row.state,
        round=row.corrected_round,
    )
    journal.record(db, actor=actor, now=now, event=event)
