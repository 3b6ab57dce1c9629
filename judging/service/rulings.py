"""Rulings by two people: on an objection, or to revoke on the organisers' own knowledge, at any time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import mail
from foundation.actor import Actor
from foundation.errors import Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import Text, _
from foundation.visibility import as_system
from judging import objecting
from judging.events import RulingAnswered, RulingProposed
from judging.models import Award, NoticeLine, Objection, PublicNotice, Ruling
from judging.queries.objections import is_shut_out, ruling_view
from judging.service.loading import checked_reason, organised_round
from judging.service.objections import open_objection
from judging.service.publishing import go_on, lock_notice
from judging.service.revoking import withdraw_award
from judging.values import LineState, ObjectionState, Outcome, RulingState
from judging.views import RulingView


def propose_ruling(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    line_id: str,
    outcome: Outcome,
    reason: str,
    objection_id: str | None = None,
    field: str = "reason",
) -> RulingView:
    """The first of two: how an objection should end, or that a prize should be revoked, with reasons.

    `field` is what the reason is called in the form that is shown again.

    Raises:
        NotFound, Invalid
        Forbidden: not an organiser of this round, in conflict with the case, or the objector himself.
        Refused: another proposal waits, the objection is ruled on, the prize is revoked.
    """
    round_row, _view = organised_round(db, actor, round_id)
    line, notice = _line(db, round_row.id, line_id)
    objection = open_objection(db, round_row.id, objection_id) if objection_id else None
    if objection is not None and objection.line_id != line.id:
        raise NotFound
    _permit(db, actor, line, objection)
    refusal = objecting.outcome_refusal(outcome, has_objection=objection is not None)
    if refusal is not None:
        raise Refused(refusal)
    if line.state != LineState.STANDING.value and objection is None:
        raise Refused(_("这个案例的奖项已经撤销或变更。"))
    errors = objecting.words_errors(field, reason, _("请写明理由"))
    if errors:
        raise Invalid(errors)
    if _waiting(db, line.id) is not None:
        raise Refused(_("这个案例已有一份裁定意见等待复核，请先处理那一份。"))
    row = Ruling(
        id=new_id(),
        line_id=line.id,
        round_id=notice.round_id,
        objection_id=objection.id if objection else None,
        outcome=outcome.value,
        reason=reason.strip(),
        state=RulingState.PROPOSED.value,
        proposed_at=now,
        proposed_by=actor.user_id,
        proposed_by_name=actor.name,
    )
    db.add(row)
    db.flush()
    event = RulingProposed(ruling_id=row.id, line_id=line.id, case_id=line.case_id, outcome=outcome.value)
    record(db, actor=actor, now=now, event=event)
    return ruling_view(row)


def _line(db: Session, round_id: str, line_id: str) -> tuple[NoticeLine, PublicNotice]:
    """An announced case of this round, its notice locked."""
    row = db.scalar(
        select(NoticeLine)
        .join(PublicNotice, PublicNotice.id == NoticeLine.notice_id)
        .where(NoticeLine.id == line_id, PublicNotice.round_id == round_id)
    )
    if row is None:
        raise NotFound
    notice = lock_notice(db, row.notice_id)
    db.refresh(row)
    return row, notice


def _permit(db: Session, actor: Actor, line: NoticeLine, objection: Objection | None) -> None:
    require(
        objecting.may_rule(
            shut_out=is_shut_out(db, actor, line.case_id),
            is_objector=objection is not None and objection.objector_id == actor.user_id,
        )
    )


def _waiting(db: Session, line_id: str) -> Ruling | None:
    with as_system(db):  # that one waits; the actor is permitted already
        return db.scalar(
            select(Ruling).where(Ruling.line_id == line_id, Ruling.state == RulingState.PROPOSED.value)
        )


def answer_ruling(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    ruling_id: str,
    confirm: bool,
    answer: str = "",
) -> RulingView:
    """The second of two: confirm what was proposed, which takes effect at once, or reject it with a reason.

    Raises:
        NotFound, Invalid
        Forbidden: he proposed it himself, is in conflict with the case or made the objection.
        Refused: it was answered before.
    """
    round_row, _view = organised_round(db, actor, round_id)
    row = db.scalar(select(Ruling).where(Ruling.id == ruling_id, Ruling.round_id == round_row.id))
    if row is None:
        raise NotFound
    line, notice = _line(db, round_row.id, row.line_id)
    db.refresh(row)
    after = objecting.ANSWERS.get((RulingState(row.state), confirm))
    if after is None:
        raise Refused(_("这份裁定意见已经有人复核，请刷新页面查看。"))
    objection = db.get(Objection, row.objection_id) if row.objection_id else None
    _permit(db, actor, line, objection)
    require(objecting.may_answer(proposed_by=row.proposed_by, user_id=actor.user_id))
    row.answer = (
        answer.strip()[:1000] if confirm else checked_reason(answer, _("请写明不同意的理由。"), "answer")
    )
    row.state = after.value
    row.answered_at = now
    row.answered_by = actor.user_id
    row.answered_by_name = actor.name
    db.flush()
    event = RulingAnswered(
        ruling_id=row.id,
        line_id=line.id,
        case_id=line.case_id,
        outcome=row.outcome,
        confirmed=confirm,
    )
    record(db, actor=actor, now=now, event=event)
    if confirm:
        _take_effect(db, actor, now, row, line, notice, objection)
    return ruling_view(row)


def _take_effect(
    db: Session,
    actor: Actor,
    now: datetime,
    row: Ruling,
    line: NoticeLine,
    notice: PublicNotice,
    objection: Objection | None,
) -> None:
    outcome = Outcome(row.outcome)
    if objection is not None:
        _close(db, now, objection, outcome, row.reason)
    if outcome is Outcome.REVOKED:
        _revoke(db, actor, now, line, row)
    go_on(db, actor=actor, now=now, notice=notice)


def _close(db: Session, now: datetime, objection: Objection, outcome: Outcome, reason: str) -> None:
    objection.state = ObjectionState.RULED.value
    objection.ruled_at = now
    db.flush()
    body = _(
        "%(name)s：\n\n您提出的异议 %(number)s 已经裁定。\n\n结果：%(outcome)s\n理由：%(reason)s\n\n"
        "裁定由两位工作人员共同作出。感谢您的监督。\n",
        name=objection.name,
        number=objection.number,
        outcome=said(outcome),
        reason=reason,
    )
    subject = _("异议裁定结果 %(number)s", number=objection.number)
    mail.queue(db, now=now, to=objection.email, subject=subject, body=body, private=True)


def said(outcome: Outcome) -> Text:
    """How a ruling ends, in words."""
    match outcome:
        case Outcome.DISMISSED:
            return _("异议不成立，奖项保留")
        case Outcome.CORRECTED:
            return _("案例已更正，奖项保留")
        case Outcome.REVOKED:
            return _("异议成立，奖项撤销")


def _revoke(db: Session, actor: Actor, now: datetime, line: NoticeLine, ruling: Ruling) -> None:
    """The case leaves every notice of the call; an award in force is withdrawn; what else was objected to
    the case is answered by the same ruling."""
    lines = db.scalars(
        select(NoticeLine).where(
            NoticeLine.case_id == line.case_id, NoticeLine.state == LineState.STANDING.value
        )
    ).all()
    for each in lines:
        each.state = LineState.REVOKED.value
        each.changed_at = now
    held = db.scalar(
        select(Award).where(Award.case_id == line.case_id, Award.revoked_at.is_(None)).with_for_update()
    )
    if held is not None:
        withdraw_award(db, actor=actor, now=now, award=held, reason=ruling.reason[:1000])
    with as_system(db):
        others = db.scalars(
            select(Objection).where(
                Objection.line_id.in_([each.id for each in lines]),
                Objection.state == ObjectionState.OPEN.value,
            )
        ).all()
        for other in others:
            _answer_by(db, now, other, ruling)


def _answer_by(db: Session, now: datetime, objection: Objection, ruling: Ruling) -> None:
    waiting = _waiting(db, objection.line_id)
    if waiting is not None:
        waiting.state = RulingState.REJECTED.value
        waiting.answered_at = now
        waiting.answer = str(_("同一案例的奖项已经撤销"))
    db.add(
        Ruling(
            id=new_id(),
            line_id=objection.line_id,
            round_id=objection.round_id,
            objection_id=objection.id,
            outcome=Outcome.REVOKED.value,
            reason=ruling.reason,
            state=RulingState.CONFIRMED.value,
            proposed_at=ruling.proposed_at,
            proposed_by=ruling.proposed_by,
            proposed_by_name=ruling.proposed_by_name,
            answered_at=now,
            answered_by=ruling.answered_by,
            answered_by_name=ruling.answered_by_name,
        )
    )
    _close(db, now, objection, Outcome.REVOKED, ruling.reason)
