"""Decisions, public notices and their lines; what a notice is frozen as."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound
from foundation.visibility import as_system
from judging import working_days
from judging.models import CalendarEntry, Decision, NoticeLine, Objection, PublicNotice, Ruling
from judging.queries.keeping_out import shut_out_ids
from judging.values import (
    CalendarDay,
    ChosenPrize,
    DayKind,
    DecisionKind,
    DecisionState,
    LineState,
    ObjectionState,
    Outcome,
    RulingState,
    WorkCalendar,
)
from judging.views import DecisionView, NoticeLineView, NoticeView, PeriodPreview
from submissions.values import CallRules, CallView

CONFIRM_WITHIN = timedelta(hours=24)
"""How long who has no account may take to confirm his mail address; the awards wait for him."""

# --- decisions --------------------------------------------------------------------------------------


def decision(db: Session, round_id: str) -> DecisionView | None:
    """The decision on the prizes that stands, None before it is made or after it was taken back."""
    row = db.scalar(
        select(Decision).where(
            Decision.round_id == round_id,
            Decision.kind == DecisionKind.MAIN.value,
            Decision.taken_back_at.is_(None),
        )
    )
    return decision_view(db, row) if row is not None else None


def decisions(db: Session, round_id: str) -> list[DecisionView]:
    """All decisions of a round, those taken back too, the latest first."""
    rows = db.scalars(
        select(Decision)
        .where(Decision.round_id == round_id)
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
    )
    return [decision_view(db, row) for row in rows]


def decision_view(db: Session, row: Decision) -> DecisionView:
    """A row as a value."""
    return DecisionView(
        id=row.id,
        kind=DecisionKind(row.kind),
        state=_state(db, row),
        decided_at=row.decided_at,
        decided_by_name=row.decided_by_name,
        reason=row.reason,
        minutes=row.minutes,
        digest=row.digest,
        chosen=tuple(ChosenPrize(*each) for each in row.chosen),
        taken_back_at=row.taken_back_at,
        taken_back_by_name=row.taken_back_by_name,
        take_back_reason=row.take_back_reason,
    )


def shown_decision(db: Session, actor: Actor, round_id: str) -> DecisionView | None:
    """The decision that stands, for this organiser: what it gives cases from which he is shut out he learns
    with everybody."""
    found = decision(db, round_id)
    return None if found is None else before_the_notice(found, shut_out_ids(db, actor, round_id))


def before_the_notice(found: DecisionView, hidden: Set[str]) -> DecisionView:
    """A decision that is not published, without these cases."""
    if found.state in (DecisionState.PUBLISHED, DecisionState.FINAL):
        return found
    return replace(found, chosen=tuple(each for each in found.chosen if each.case_id not in hidden))


def _state(db: Session, row: Decision) -> DecisionState:
    if row.taken_back_at is not None:
        return DecisionState.TAKEN_BACK
    found = db.execute(select(PublicNotice.final_at).where(PublicNotice.decision_id == row.id)).one_or_none()
    if found is None:
        return DecisionState.PENDING
    return DecisionState.PUBLISHED if found.final_at is None else DecisionState.FINAL


def chosen_prizes(rules: CallRules, chosen: Iterable[tuple[str, str, str]]) -> list[ChosenPrize]:
    """(case id, version id, prize key) as a decision keeps them: by prize, then by case."""
    named = {prize.key: (rank, prize.name) for rank, prize in enumerate(rules.prizes, start=1)}
    found = [
        ChosenPrize(case_id, version_id, key, named[key][1], named[key][0])
        for case_id, version_id, key in chosen
    ]
    return sorted(found, key=lambda each: (each.prize_rank, each.case_id))


# --- notices ----------------------------------------------------------------------------------------


def notices(db: Session, call_id: str) -> list[NoticeView]:
    """The public notices of a call, the latest first."""
    rows = db.scalars(
        select(PublicNotice)
        .where(PublicNotice.call_id == call_id)
        .order_by(PublicNotice.published_at.desc(), PublicNotice.id.desc())
    )
    return [notice_view(db, row) for row in rows]


def notice(db: Session, notice_id: str) -> NoticeView:
    """One public notice.

    Raises:
        NotFound
    """
    row = db.scalar(select(PublicNotice).where(PublicNotice.id == notice_id))
    if row is None:
        raise NotFound
    return notice_view(db, row)


def notice_view(db: Session, row: PublicNotice) -> NoticeView:
    """A row with its lines, the highest prizes first, and how many objections ended how."""
    lines = db.scalars(
        select(NoticeLine)
        .where(NoticeLine.notice_id == row.id)
        .order_by(NoticeLine.prize_rank, NoticeLine.unit_name, NoticeLine.title, NoticeLine.id)
    )
    with as_system(db):  # numbers only: how many, and how they ended
        ended = db.execute(
            select(Ruling.outcome, func.count(Ruling.id))
            .join(Objection, Objection.id == Ruling.objection_id)
            .where(Objection.notice_id == row.id, Ruling.state == RulingState.CONFIRMED.value)
            .group_by(Ruling.outcome)
        ).all()
        made = db.scalar(
            select(func.count(Objection.id)).where(
                Objection.notice_id == row.id, Objection.state != ObjectionState.UNCONFIRMED.value
            )
        )
    return NoticeView(
        id=row.id,
        decision_id=row.decision_id,
        round_id=row.round_id,
        call_id=row.call_id,
        kind=DecisionKind(row.kind),
        days=row.days,
        published_at=row.published_at,
        ends_at=row.ends_at,
        contact=row.contact,
        digest=row.digest,
        objections=made or 0,
        ended_at=row.ended_at,
        final_at=row.final_at,
        lines=tuple(line_view(each) for each in lines),
        outcomes={Outcome(outcome): count for outcome, count in ended},
    )


def line(db: Session, line_id: str) -> NoticeLineView:
    """One announced case.

    Raises:
        NotFound
    """
    row = db.scalar(select(NoticeLine).where(NoticeLine.id == line_id))
    if row is None:
        raise NotFound
    return line_view(row)


def line_view(row: NoticeLine) -> NoticeLineView:
    """A row as a value."""
    return NoticeLineView(
        id=row.id,
        notice_id=row.notice_id,
        case_id=row.case_id,
        version_id=row.version_id,
        unit_id=row.unit_id,
        prize_key=row.prize_key,
        prize_name=row.prize_name,
        prize_rank=row.prize_rank,
        title=row.title,
        unit_name=row.unit_name,
        category_name=row.category_name,
        content_hash=row.content_hash,
        state=LineState(row.state),
        changed_at=row.changed_at,
    )


def frozen(call_id: str, lines: Sequence[NoticeLineView]) -> bytes:
    """What was announced, as canonical JSON: its SHA-256 is the notice's digest, so that anybody can check
    that the list was not changed afterwards."""
    content = {
        "call": call_id,
        "announced": sorted(
            [each.prize_rank, each.prize_key, each.prize_name, each.title, each.unit_name, each.content_hash]
            for each in lines
        ),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of_lines(call_id: str, lines: Sequence[NoticeLineView]) -> str:
    """SHA-256 of `frozen`."""
    return sha256(frozen(call_id, lines)).hexdigest()


def notices_due(db: Session, now: datetime) -> list[str]:
    """Notices that have something to be done by the clock: an end to be recorded, or awards to be granted
    because nothing is open any more."""
    rows = db.scalars(
        select(PublicNotice)
        .where(PublicNotice.final_at.is_(None), PublicNotice.ends_at <= now)
        .order_by(PublicNotice.ends_at, PublicNotice.id)
    )
    return [row.id for row in rows if row.ended_at is None or not open_objections(db, row.id, now)]


def open_objections(db: Session, notice_id: str, now: datetime) -> int:
    """How many objections the awards of a notice wait for: those not ruled on, and those whose senders may
    still confirm their addresses."""
    with as_system(db):  # a number only
        waiting = or_(
            Objection.state == ObjectionState.OPEN.value,
            (Objection.state == ObjectionState.UNCONFIRMED.value)
            & (Objection.received_at > now - CONFIRM_WITHIN),
        )
        found = select(func.count(Objection.id)).where(Objection.notice_id == notice_id, waiting)
        return db.scalar(found) or 0


def period_preview(db: Session, call: CallView, days: int, now: datetime) -> PeriodPreview:
    """The period of a notice of `days` working days that is published now."""
    shown, zone = work_calendar(db), call.timezone
    ends_at = working_days.period_end(now, days, zone, shown)
    return PeriodPreview(
        days,
        ends_at,
        tuple(working_days.unknown_years(now, ends_at, zone, shown)),
    )


# --- the calendar -----------------------------------------------------------------------------------


def own_days(db: Session) -> list[CalendarDay]:
    """The organisation's own entries, by date."""
    rows = db.scalars(select(CalendarEntry).order_by(CalendarEntry.day))
    return [CalendarDay(row.day, DayKind(row.kind), row.name) for row in rows]


def work_calendar(db: Session) -> WorkCalendar:
    """The shipped calendar with the organisation's own entries over it."""
    return working_days.calendar(own_days(db))
