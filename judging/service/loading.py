"""Rows for the services, locked while they are changed, and the questions every service asks first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.permission import require
from foundation.text import Text, _
from judging import policy, rules
from judging.errors import ScoringOver
from judging.models import Assignment, PanelMember, Round, RoundCase
from judging.queries.calibrations import waits_for
from judging.queries.jurors import invitation_state
from judging.queries.rounds import has_successor, round_view, sits_on_panel
from judging.values import AssignmentState, RoundState
from judging.views import RoundView
from submissions import queries as submissions

LONGEST_REASON = 1000


def lock_round(db: Session, round_id: str) -> Round:
    """The round, held until the transaction ends: what one organiser decides, another sees first.

    Raises:
        NotFound
    """
    row = db.scalar(
        select(Round).where(Round.id == round_id).with_for_update().execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row


def share_round(db: Session, round_id: str) -> Round:
    """The round, held together with other jurors: closing it waits until this transaction ends, and a mark
    that waited for the closing sees it.

    Raises:
        NotFound
    """
    row = db.scalar(
        select(Round)
        .where(Round.id == round_id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row


def organised_round(db: Session, actor: Actor, round_id: str) -> tuple[Round, RoundView]:
    """The locked round for somebody who may run it.

    Raises:
        NotFound, Forbidden
        Refused: a later round has begun.
    """
    row = lock_round(db, round_id)
    require(policy.may_organise(actor, on_panel=sits_on_panel(db, round_id, actor)))
    if has_successor(db, row):
        raise Refused(_("评审已经进入下一轮，这一轮的结果不能再改动。"))
    return row, round_view(row, submissions.call(db, row.call_id))


def open_round(db: Session, actor: Actor, round_id: str) -> tuple[Round, RoundView]:
    """The same, for what can be done only while the judging is open.

    Raises:
        NotFound, Forbidden, ScoringOver
    """
    row, view = organised_round(db, actor, round_id)
    refuse_unless_open(view.state)
    return row, view


def refuse_unless_open(state: RoundState) -> None:
    """Raises ScoringOver when the organiser has closed the judging."""
    refusal = rules.round_over(state)
    if refusal is not None:
        raise ScoringOver(refusal)


def own_read(db: Session, actor: Actor, now: datetime, assignment_id: str) -> tuple[Assignment, RoundView]:
    """The juror's own assignment, locked, in a round that accepts marks now; it may be handed in already.

    Raises:
        NotFound: also when it is somebody else's.
        Forbidden
        ScoringOver: the round is over.
    """
    mine = (
        (Assignment.id == assignment_id)
        & (Assignment.juror_id == actor.user_id)
        & (Assignment.state != AssignmentState.REMOVED.value)
    )
    round_id = db.scalar(select(Assignment.round_id).where(mine)) or ""
    round_row = share_round(db, round_id)  # before its rows: the order in which organisers lock
    row = db.scalar(
        select(Assignment).where(mine).with_for_update().execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    require(policy.may_judge(actor, invitation=invitation_state(db, row.round_id, actor)))
    view = round_view(round_row, submissions.call(db, round_row.call_id))
    refusal = rules.round_refusal(view.state, view.closes_at, now)
    if refusal is not None:
        raise ScoringOver(refusal)
    return row, view


def open_read(db: Session, actor: Actor, now: datetime, assignment_id: str) -> tuple[Assignment, RoundView]:
    """The same, and not handed in or recused.

    Raises:
        NotFound, Forbidden, ScoringOver
    """
    row, view = own_read(db, actor, now, assignment_id)
    if waits_for(db, actor, view, now):
        raise ScoringOver(_("请先给校准案例评分，再开始评审。"))
    refusal = rules.assignment_refusal(AssignmentState(row.state))
    if refusal is not None:
        raise ScoringOver(refusal)
    return row, view


def assignment_of_round(db: Session, round_id: str, assignment_id: str) -> Assignment:
    """One assignment of this round, locked.

    Raises:
        NotFound
    """
    row = db.scalar(
        select(Assignment)
        .where(
            Assignment.id == assignment_id,
            Assignment.round_id == round_id,
            Assignment.state != AssignmentState.REMOVED.value,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row


def case_of_round(db: Session, round_id: str, case_id: str) -> RoundCase:
    """One case of this round that stands.

    Raises:
        NotFound
    """
    row = db.scalar(
        select(RoundCase).where(
            RoundCase.round_id == round_id, RoundCase.case_id == case_id, RoundCase.withdrawn_at.is_(None)
        )
    )
    if row is None:
        raise NotFound
    return row


def member_of_round(db: Session, round_id: str, user_id: str) -> PanelMember:
    """Somebody's invitation to this round.

    Raises:
        NotFound
    """
    row = db.scalar(
        select(PanelMember).where(PanelMember.round_id == round_id, PanelMember.user_id == user_id)
    )
    if row is None:
        raise NotFound
    return row


def checked_reason(reason: str, missing: Text, field: str = "reason") -> str:
    """The reason without blanks around it.

    Raises:
        Invalid: it is empty (`missing` says why one is needed) or too long.
    """
    reason = reason.strip()
    if not reason:
        raise Invalid([FieldError(field, missing)])
    if len(reason) > LONGEST_REASON:
        raise Invalid([FieldError(field, _("不能超过 %(limit)s 个字", limit=LONGEST_REASON))])
    return reason
