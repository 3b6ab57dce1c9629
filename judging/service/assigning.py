"""Who reads what: by hand, by button, taken away; conflicts declared and lifted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from judging.events import ConflictDeclared, ReadRemoved, ReadsAssigned
from judging.models import Assignment, Conflict, RoundCase
from judging.queries.conflicts import blocking
from judging.queries.organisers import cases
from judging.queries.rounds import panel
from judging.service.distributing import write_reads
from judging.service.loading import assignment_of_round, case_of_round, checked_reason, open_round
from judging.values import POSSIBLE, AssignmentState, InvitationState
from judging.views import RoundView, SeatView


def assign_by_hand(
    db: Session, *, actor: Actor, now: datetime, round_id: str, case_id: str, juror_ids: Sequence[str]
) -> int:
    """Give a case to these jurors, beside those who have it. Returns how many are new.

    Raises:
        NotFound, Forbidden, ScoringOver
        Refused: a juror has not accepted, is in conflict, or recused himself from the case.
    """
    _row, view = open_round(db, actor, round_id)
    case = case_of_round(db, round_id, case_id)
    seats = {seat.user_id: seat for seat in panel(db, round_id, states=[InvitationState.ACCEPTED])}
    known = {
        row.juror_id: row.state
        for row in db.scalars(
            select(Assignment).where(Assignment.round_id == round_id, Assignment.case_id == case_id)
        )
    }
    fresh = [
        juror_id
        for juror_id in dict.fromkeys(juror_ids)
        if known.get(juror_id) not in (AssignmentState.OPEN.value, AssignmentState.HANDED_IN.value)
    ]
    for juror_id in fresh:
        if juror_id not in seats:
            raise Refused(_("所选的人不在已接受邀请的评委中，请刷新页面后重新选择。"))
    _refuse_conflicts(db, view, case, [seats[juror_id] for juror_id in fresh], known)
    pairs = tuple((case_id, juror_id) for juror_id in fresh)
    write_reads(db, actor, now, view, pairs, None)
    if pairs:
        record(db, actor=actor, now=now, event=ReadsAssigned(round_id=round_id, pairs=pairs, seed=None))
    return len(pairs)


def _refuse_conflicts(
    db: Session, view: RoundView, case: RoundCase, seats: Sequence[SeatView], known: Mapping[str, str]
) -> None:
    lines = [line for line in cases(db, view.id) if line.case_id == case.case_id]
    found = blocking(db, view, lines, seats)
    for seat in seats:
        conflict = found.get((seat.user_id, case.case_id))
        if conflict is not None and conflict.kind in POSSIBLE:
            raise Refused(
                _(
                    "%(name)s 与 %(case)s 可能有利害关系（%(reason)s）。请先在“回避”页面确认或排除，再分配。",
                    name=seat.name,
                    case=case.label,
                    reason=conflict.reason,
                )
            )
        if conflict is not None:
            raise Refused(
                _(
                    "%(name)s 不能评审 %(case)s：%(reason)s。",
                    name=seat.name,
                    case=case.label,
                    reason=conflict.reason,
                )
            )
        if known.get(seat.user_id) == AssignmentState.RECUSED.value:
            raise Refused(_("%(name)s 已回避 %(case)s，不能再次分配。", name=seat.name, case=case.label))


def unassign(
    db: Session, *, actor: Actor, now: datetime, round_id: str, assignment_id: str, reason: str = ""
) -> None:
    """Take a case away from a juror. Begun reads need a reason; handed-in ones cannot be taken away.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
        Refused: it was handed in.
    """
    open_round(db, actor, round_id)
    row = assignment_of_round(db, round_id, assignment_id)
    if row.state == AssignmentState.HANDED_IN.value:
        raise Refused(_("这份评分表已经提交，不能取消分配；如确有问题，请先退回给评委。"))
    if row.marked_at is not None:
        reason = checked_reason(reason, _("评委已经开始评分，取消分配请写明理由。"))
    row.state = AssignmentState.REMOVED.value
    row.ended_at = now
    row.end_reason = reason.strip()
    event = ReadRemoved(assignment_id=row.id, round_id=round_id, reason=row.end_reason)
    record(db, actor=actor, now=now, event=event)


def declare_conflict(
    db: Session, *, actor: Actor, now: datetime, round_id: str, case_id: str, juror_id: str, reason: str
) -> str:
    """The organiser records that a juror must not read a case; an open read of it ends. Returns its id.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
        Refused: the scorecard is handed in.
    """
    open_round(db, actor, round_id)
    case = case_of_round(db, round_id, case_id)
    if juror_id not in {seat.user_id for seat in panel(db, round_id)}:
        raise NotFound
    reason = checked_reason(reason, _("请写明回避的理由。"))
    row = db.scalar(
        select(Assignment).where(
            Assignment.round_id == round_id,
            Assignment.case_id == case.case_id,
            Assignment.juror_id == juror_id,
        )
    )
    if row is not None and row.state == AssignmentState.HANDED_IN.value:
        raise Refused(_("这份评分表已经提交，不能取消分配；如确有问题，请先退回给评委。"))
    if row is not None and row.state == AssignmentState.OPEN.value:
        row.state = AssignmentState.RECUSED.value
        row.ended_at = now
        row.end_reason = reason
    return add_conflict(db, actor, now, round_id=round_id, case_id=case_id, juror_id=juror_id, reason=reason)


def add_conflict(
    db: Session, actor: Actor, now: datetime, *, round_id: str, case_id: str, juror_id: str, reason: str
) -> str:
    """Write the conflict and its event; the caller permitted."""
    row = Conflict(
        id=new_id(),
        round_id=round_id,
        case_id=case_id,
        juror_id=juror_id,
        reason=reason,
        declared_at=now,
        declared_by=actor.user_id,
    )
    db.add(row)
    event = ConflictDeclared(conflict_id=row.id, round_id=round_id, case_id=case_id, juror_id=juror_id)
    record(db, actor=actor, now=now, event=event)
    return row.id
