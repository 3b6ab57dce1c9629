"""From a decision to final awards: taking it back, the public notice, its end, the granting."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import SYSTEM, Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from foundation.visibility import as_system
from judging import working_days
from judging.events import AwardGranted, AwardsFinal, DecisionTakenBack, NoticeEnded, NoticePublished
from judging.models import Award, Decision, NoticeLine, PublicNotice
from judging.queries.keeping_out import shut_out_ids
from judging.queries.notices import (
    decision_view,
    digest_of_lines,
    line_view,
    notice_view,
    notices_due,
    open_objections,
    work_calendar,
)
from judging.service.loading import checked_reason, organised_round
from judging.service.revoking import withdraw_award
from judging.values import ChosenPrize, DecisionKind, DecisionState, LineState, RoundState
from judging.views import DecisionView, NoticeView
from submissions import queries as submissions
from submissions.values import CallView, VersionView

CONTACT_HIGHEST = 500
DAYS_HIGHEST = 60


def publish_decision(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    decision_id: str | None = None,
    days: int | None = None,
    contact: str = "",
) -> NoticeView:
    """Announce a decision that is pending. Without a period its awards are final at once.

    Args:
        decision_id: None: the decision on the prizes.
        days: working days of a notice of who moves up; the decision on the prizes has those of the call.
        contact: who answers questions, as the notice says it.

    Raises:
        NotFound, Forbidden
        Refused: there is no pending decision, or an announced case no longer stands.
        Invalid: days or contact are out of bounds.
    """
    row, view = organised_round(db, actor, round_id)
    pending = _pending(db, row.id, decision_id)
    chosen = decision_view(db, pending).chosen
    _refuse_gone(db, view.call, chosen)
    count = _period(view.call, pending, days)
    if len(contact) > CONTACT_HIGHEST:
        raise Invalid([FieldError("contact", _("不能超过 %(limit)s 个字", limit=CONTACT_HIGHEST))])
    notice = PublicNotice(
        id=new_id(),
        decision_id=pending.id,
        round_id=row.id,
        call_id=row.call_id,
        kind=pending.kind,
        days=count,
        published_at=now,
        published_by=actor.user_id,
        ends_at=working_days.period_end(now, count, view.call.timezone, work_calendar(db)),
        contact=contact.strip(),
        digest="",
    )
    db.add(notice)
    db.flush()
    lines = [_line(db, notice.id, view.call, each) for each in chosen]
    db.add_all(lines)
    notice.digest = digest_of_lines(row.call_id, [line_view(each) for each in lines])
    db.flush()
    event = NoticePublished(
        notice_id=notice.id,
        decision_id=pending.id,
        call_id=row.call_id,
        digest=notice.digest,
        ends_at=notice.ends_at.isoformat(),
    )
    record(db, actor=actor, now=now, event=event)
    if not count:
        _end(db, actor, now, notice)
    return notice_view(db, notice)


def _pending(db: Session, round_id: str, decision_id: str | None) -> Decision:
    query = select(Decision).where(Decision.round_id == round_id, Decision.taken_back_at.is_(None))
    if decision_id is None:
        query = query.where(Decision.kind == DecisionKind.MAIN.value)
    else:
        query = query.where(Decision.id == decision_id)
    row = db.scalar(query)
    if row is None:
        raise NotFound if decision_id else Refused(_("奖项还没有评定，不能公示；请先在“奖项”页评定。"))
    if decision_view(db, row).state is not DecisionState.PENDING:
        raise Refused(_("这次评定已经公示，请刷新页面查看。"))
    return row


def _period(call: CallView, pending: Decision, days: int | None) -> int:
    announced = call.rules.judging.notice_days
    if pending.kind == DecisionKind.MAIN.value or days is None:
        return announced
    if not min(announced, 1) <= days <= DAYS_HIGHEST:
        message = _("递补的公示请填 %(low)s 至 %(high)s 个工作日", low=min(announced, 1), high=DAYS_HIGHEST)
        raise Invalid([FieldError("days", message)])
    return days


def _refuse_gone(db: Session, call: CallView, chosen: tuple[ChosenPrize, ...]) -> None:
    """A case withdrawn since the decision is not announced."""
    with as_system(db):  # announced to everybody in a moment; an organiser may be shut out of some
        standing = {version.id for version in submissions.entries(db, call.id)}
    for each in chosen:
        if each.version_id not in standing:
            title = _version(db, each).title
            raise Refused(
                _("《%(title)s》已撤回或退回修改，不能公示；请先撤回评定，再重新评定。", title=title)
            )


def _version(db: Session, chosen: ChosenPrize) -> VersionView:
    with as_system(db):
        return submissions.version(db, chosen.version_id)


def _line(db: Session, notice_id: str, call: CallView, chosen: ChosenPrize) -> NoticeLine:
    version = _version(db, chosen)
    category = call.rules.category(version.category_key)
    return NoticeLine(
        id=new_id(),
        notice_id=notice_id,
        case_id=chosen.case_id,
        version_id=chosen.version_id,
        unit_id=version.unit_id,
        prize_key=chosen.prize_key,
        prize_name=chosen.prize_name,
        prize_rank=chosen.prize_rank,
        title=version.title,
        unit_name=version.unit_name,
        category_name=category.name if category else "",
        content_hash=version.content_hash,
        state=LineState.STANDING.value,
    )


def take_back_decision(
    db: Session, *, actor: Actor, now: datetime, round_id: str, reason: str, decision_id: str | None = None
) -> DecisionView:
    """Take a decision back before it is published; it is kept, with the reason, and a new one can follow.

    Raises:
        NotFound, Forbidden, Invalid
        Refused: it is published, or there is none, or the actor is shut out of a case that competes.
    """
    row, _view = organised_round(db, actor, round_id)
    if shut_out_ids(db, actor, row.id):
        raise Refused(_("有的案例您须回避，评定请由其他工作人员撤回。"))
    pending = _pending(db, row.id, decision_id)
    pending.take_back_reason = checked_reason(reason, _("请写明撤回评定的理由。"))
    pending.taken_back_at = now
    pending.taken_back_by = actor.user_id
    pending.taken_back_by_name = actor.name
    if pending.kind == DecisionKind.MAIN.value:
        row.state = RoundState.CLOSED.value
    db.flush()
    event = DecisionTakenBack(
        decision_id=pending.id, round_id=row.id, call_id=row.call_id, reason=pending.take_back_reason
    )
    record(db, actor=actor, now=now, event=event)
    return decision_view(db, pending)


# --- the end ----------------------------------------------------------------------------------------


def end_notices(db: Session, *, now: datetime) -> int:
    """Put the end of each period that is over on record, and grant the awards that nothing is open against;
    returns how many notices went on."""
    return sum(_end(db, SYSTEM, now, lock_notice(db, notice_id)) for notice_id in notices_due(db, now))


def lock_notice(db: Session, notice_id: str) -> PublicNotice:
    """The notice, held until the transaction ends: objections, rulings and its end come one after another.

    Raises:
        NotFound
    """
    row = db.scalar(
        select(PublicNotice)
        .where(PublicNotice.id == notice_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row


def go_on(db: Session, *, actor: Actor, now: datetime, notice: PublicNotice) -> None:
    """After a ruling: the awards are granted if the period is over and this was the last that was open."""
    if notice.final_at is None and notice.ends_at <= now:
        _end(db, actor, now, notice)


def _end(db: Session, actor: Actor, now: datetime, notice: PublicNotice) -> int:
    """1 if something was recorded."""
    done = 0
    if notice.ended_at is None:
        notice.ended_at = now
        event = NoticeEnded(notice_id=notice.id, call_id=notice.call_id)
        record(db, actor=actor, now=now, event=event)
        done = 1
    if notice.final_at is None and not open_objections(db, notice.id, now):
        _grant(db, actor, now, notice)
        done = 1
    db.flush()
    return done


def _grant(db: Session, actor: Actor, now: datetime, notice: PublicNotice) -> None:
    """What stands becomes awards; a case that moves up gives its lower prize back."""
    notice.final_at = now
    _note_withdrawn(db, now, notice)
    standing = db.scalars(
        select(NoticeLine)
        .where(NoticeLine.notice_id == notice.id, NoticeLine.state == LineState.STANDING.value)
        .order_by(NoticeLine.prize_rank, NoticeLine.case_id)
    ).all()
    record(db, actor=actor, now=now, event=AwardsFinal(notice_id=notice.id, call_id=notice.call_id))
    for line in standing:
        _leave_lower(db, actor, now, notice, line)
        award = Award(
            id=new_id(),
            call_id=notice.call_id,
            decision_id=notice.decision_id,
            case_id=line.case_id,
            version_id=line.version_id,
            prize_key=line.prize_key,
            prize_name=line.prize_name,
            prize_rank=line.prize_rank,
            granted_at=now,
            granted_by=notice.published_by,
        )
        db.add(award)
        db.flush()
        event = AwardGranted(
            award_id=award.id,
            call_id=award.call_id,
            case_id=award.case_id,
            version_id=award.version_id,
            prize_key=award.prize_key,
        )
        record(db, actor=actor, now=now, event=event)


def _note_withdrawn(db: Session, now: datetime, notice: PublicNotice) -> None:
    """A case that its unit took back while the notice ran gets no award."""
    with as_system(db):
        kept = {version.id for version in submissions.entries(db, notice.call_id)}
    lines = select(NoticeLine).where(
        NoticeLine.notice_id == notice.id, NoticeLine.state == LineState.STANDING.value
    )
    for line in db.scalars(lines):
        if line.version_id not in kept:
            line.state = LineState.WITHDRAWN.value
            line.changed_at = now
    db.flush()


def _leave_lower(db: Session, actor: Actor, now: datetime, notice: PublicNotice, line: NoticeLine) -> None:
    if notice.kind != DecisionKind.FILLING.value:
        return
    earlier = db.scalars(
        select(NoticeLine).where(
            NoticeLine.case_id == line.case_id,
            NoticeLine.id != line.id,
            NoticeLine.state == LineState.STANDING.value,
        )
    )
    for each in earlier:
        each.state = LineState.MOVED.value
        each.changed_at = now
    held = db.scalar(select(Award).where(Award.case_id == line.case_id, Award.revoked_at.is_(None)))
    if held is not None:
        reason = str(_("递补为%(prize)s", prize=line.prize_name))
        withdraw_award(db, actor=actor, now=now, award=held, reason=reason)
