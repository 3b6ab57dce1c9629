"""Conflicts decided by people: possible ones confirmed or dismissed, declared ones lifted; organisers who
keep out of a case, and who looks after it instead."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.actor import Actor
from foundation.errors import FieldError, Forbidden, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from judging.events import (
    ConflictLifted,
    ConflictRuled,
    CustodianNamed,
    OrganiserRecused,
    ReadRecused,
)
from judging.models import Assignment, CaseCustodian, Conflict, ConflictRuling, OrganiserRecusal
from judging.queries.conflicts import found
from judging.queries.keeping_out import possible_custodians, shut_out_cases
from judging.queries.organisers import cases
from judging.queries.rounds import panel
from judging.service.loading import case_of_round, checked_reason, open_round, organised_round
from judging.values import ON_PANEL, AssignmentState, ConflictKind, PossibleConflict
from judging.views import RoundView

STANDING = (AssignmentState.OPEN.value, AssignmentState.HANDED_IN.value)


def rule_on_conflict(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    case_id: str,
    juror_id: str,
    kind: ConflictKind,
    confirmed: bool,
    reason: str = "",
) -> None:
    """Confirm a possible conflict or dismiss it. A read that the juror has then ends: its marks stay and do
    not count.

    Raises:
        NotFound: there is no such case, or nothing of this kind was found between the two.
        Forbidden, ScoringOver
        Invalid: no reason for a dismissal.
    """
    _row, view = open_round(db, actor, round_id)
    case_of_round(db, round_id, case_id)
    question = _question(db, view, case_id, juror_id, kind)
    if not confirmed:
        reason = checked_reason(reason, _("请写明为什么不构成利害关系。"))
    db.add(
        ConflictRuling(
            id=new_id(),
            round_id=round_id,
            case_id=case_id,
            version_id=question.version_id,
            juror_id=juror_id,
            kind=kind.value,
            confirmed=confirmed,
            reason=reason.strip()[:1000],
            decided_at=now,
            decided_by=actor.user_id,
            decided_by_name=actor.name,
        )
    )
    event = ConflictRuled(
        round_id=round_id,
        case_id=case_id,
        juror_id=juror_id,
        kind=kind.value,
        confirmed=confirmed,
        reason=reason.strip()[:1000],
    )
    record(db, actor=actor, now=now, event=event)
    if confirmed:
        _end_read(db, actor, now, round_id, case_id, juror_id, str(question.reason)[:1000])


def _question(
    db: Session, view: RoundView, case_id: str, juror_id: str, kind: ConflictKind
) -> PossibleConflict:
    lines = [line for line in cases(db, view.id) if line.case_id == case_id]
    seats = [seat for seat in panel(db, view.id, states=ON_PANEL) if seat.user_id == juror_id]
    for each in found(db, view, lines, seats).possible:
        if each.kind is kind:
            return each
    raise NotFound


def _end_read(
    db: Session, actor: Actor, now: datetime, round_id: str, case_id: str, juror_id: str, reason: str
) -> None:
    row = db.scalar(
        select(Assignment).where(
            Assignment.round_id == round_id,
            Assignment.case_id == case_id,
            Assignment.juror_id == juror_id,
            Assignment.state.in_(STANDING),
        )
    )
    if row is None:
        return
    row.state = AssignmentState.RECUSED.value
    row.ended_at = now
    row.end_reason = reason
    event = ReadRecused(assignment_id=row.id, round_id=round_id, case_id=case_id, reason=reason)
    record(db, actor=actor, now=now, event=event)


def lift_conflict(
    db: Session, *, actor: Actor, now: datetime, round_id: str, conflict_id: str, reason: str
) -> None:
    """A declared conflict counts no more: the juror may be given the case again, by hand.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
    """
    open_round(db, actor, round_id)
    row = db.scalar(
        select(Conflict).where(
            Conflict.id == conflict_id, Conflict.round_id == round_id, Conflict.lifted_at.is_(None)
        )
    )
    if row is None:
        raise NotFound
    reason = checked_reason(reason, _("请写明解除回避的理由。"))
    row.lifted_at, row.lifted_by, row.lift_reason = now, actor.user_id, reason
    read = db.scalar(
        select(Assignment).where(
            Assignment.round_id == round_id,
            Assignment.case_id == row.case_id,
            Assignment.juror_id == row.juror_id,
            Assignment.state == AssignmentState.RECUSED.value,
        )
    )
    if read is not None:  # a read taken away comes back by hand, a recused one does not
        read.state = AssignmentState.REMOVED.value
    event = ConflictLifted(
        conflict_id=row.id, round_id=round_id, case_id=row.case_id, juror_id=row.juror_id, reason=reason
    )
    record(db, actor=actor, now=now, event=event)


def keep_out(db: Session, *, actor: Actor, now: datetime, round_id: str, case_id: str, reason: str) -> str:
    """An organiser declares that he has to do with a case: from now on he sees nothing of its judging.

    Raises:
        NotFound, Forbidden, Invalid
    """
    organised_round(db, actor, round_id)
    case_of_round(db, round_id, case_id)
    reason = checked_reason(reason, _("请写明与这个案例的利害关系。"))
    row = OrganiserRecusal(
        id=new_id(),
        round_id=round_id,
        case_id=case_id,
        user_id=actor.user_id,
        reason=reason,
        declared_at=now,
        declared_by=actor.user_id,
    )
    db.add(row)
    event = OrganiserRecused(
        recusal_id=row.id,
        round_id=round_id,
        case_id=case_id,
        user_id=actor.user_id,
        lifted=False,
        reason=reason,
    )
    record(db, actor=actor, now=now, event=event)
    return row.id


def let_back(
    db: Session, *, actor: Actor, now: datetime, round_id: str, recusal_id: str, reason: str
) -> None:
    """Another organiser lifts a declaration: nobody lets himself back.

    Raises:
        NotFound, Invalid
        Forbidden: it is his own.
    """
    organised_round(db, actor, round_id)
    row = db.scalar(
        select(OrganiserRecusal).where(
            OrganiserRecusal.id == recusal_id,
            OrganiserRecusal.round_id == round_id,
            OrganiserRecusal.lifted_at.is_(None),
        )
    )
    if row is None:
        raise NotFound
    if row.user_id == actor.user_id:
        raise Forbidden(_("回避声明不能由本人解除，请由其他组织者办理。"))
    reason = checked_reason(reason, _("请写明解除回避的理由。"))
    row.lifted_at, row.lifted_by, row.lift_reason = now, actor.user_id, reason
    event = OrganiserRecused(
        recusal_id=row.id,
        round_id=round_id,
        case_id=row.case_id,
        user_id=row.user_id,
        lifted=True,
        reason=reason,
    )
    record(db, actor=actor, now=now, event=event)


def name_custodian(
    db: Session, *, actor: Actor, now: datetime, round_id: str, case_id: str, user_id: str
) -> None:
    """Who is shut out of a case names the organiser who looks after it and, with it, the standings.

    Raises:
        NotFound: the actor is not shut out of such a case.
        Forbidden
        Invalid: nobody, or somebody who is in conflict himself or judges in this round.
        Refused: it is he already.
    """
    _row, view = organised_round(db, actor, round_id)
    case = next((each for each in shut_out_cases(db, actor, view) if each.case_id == case_id), None)
    if case is None:
        raise NotFound
    if user_id not in {user.id for user in possible_custodians(db, view)}:
        raise Invalid([FieldError("user_id", _("请选择一位不担任评委、与参评案例没有利害关系的组织者。"))])
    row = db.scalar(
        select(CaseCustodian).where(CaseCustodian.round_id == round_id, CaseCustodian.case_id == case_id)
    )
    if row is not None and row.user_id == user_id:
        raise Refused(_("已经由这位组织者办理。"))
    if row is None:
        row = CaseCustodian(id=new_id(), round_id=round_id, case_id=case_id)
        db.add(row)
    row.user_id, row.named_at, row.named_by = user_id, now, actor.user_id
    user = people.user(db, user_id)
    mail.queue(
        db,
        now=now,
        to=user.email,
        subject=_("请代为办理评审：%(call)s", call=view.call.title),
        body=_(
            "%(name)s：\n\n%(by)s 与《%(call)s》的参评案例《%(title)s》有利害关系，"
            "请您代为办理这个案例的评审、全部案例的排名和奖项评定。\n",
            name=user.name,
            by=actor.name,
            call=view.call.title,
            title=case.title,
        ),
        reader=user,
    )
    record(
        db,
        actor=actor,
        now=now,
        event=CustodianNamed(round_id=round_id, case_id=case_id, user_id=user_id),
    )
