"""The dates of a series and who presents: what the rule and the roster say is written as sessions.

Only what nobody has touched moves by itself: a session with an agenda, a presenter chosen by hand, or one
that was moved stays as it is.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from judging import queries as judging
from judging.working_days import is_working_day
from search.teaching.sessions.events import SeriesChanged, SessionCancelled
from search.teaching.sessions.models import StudyPresenter, StudySession, StudyStep
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.rules import agenda, dates, roster
from search.teaching.sessions.service.loading import (
    changeable_session,
    changed,
    code,
    held_series,
    held_session,
)
from search.teaching.sessions.values import SeriesView, SessionState

AHEAD = 6
"""Sessions that are planned ahead."""
MOST_PRESENTERS = 60


def plan(db: Session, *, actor: Actor, now: datetime, series_id: str) -> int:
    """Bring the sessions to come in step with the rule and the roster; returns how many are new.

    Raises:
        NotFound, Forbidden, Refused
    """
    _row, view = held_series(db, actor, series_id)
    return fill(db, view, now)


def fill(db: Session, view: SeriesView, now: datetime) -> int:
    """The same for a series that is loaded; also what the worker does by the clock."""
    works = partial(_works, db)
    wanted = dates.meetings(view.proposal.rhythm, after=now, count=AHEAD, works=works)
    own = StudySession.series_id == view.id
    untouched = (
        (StudySession.state == SessionState.PLANNED.value)
        & ~StudySession.fixed
        & (StudySession.title == "")
        & (StudySession.starts_at > now)
        & StudySession.planned_for.is_not(None)
        & ~exists().where(StudyStep.session_id == StudySession.id)
    )
    planned = set(db.scalars(select(StudySession.planned_for).where(own, StudySession.planned_for > now)))
    gone = [each for each in planned if each is not None and each not in wanted]
    if gone:
        db.execute(delete(StudySession).where(own, untouched, StudySession.planned_for.in_(gone)))
    new = [at for at in wanted if at not in planned]
    db.add_all(_session(view, at, planned_for=at) for at in new)
    db.flush()
    _rotate(db, view, now)
    return len(new)


def _session(view: SeriesView, at: datetime, *, planned_for: datetime | None) -> StudySession:
    return StudySession(
        id=new_id(),
        series_id=view.id,
        starts_at=at,
        planned_for=planned_for,
        minutes=view.proposal.minutes,
        state=SessionState.PLANNED.value,
        case_ids=[],
        desk_key=code(20),
    )


def _works(db: Session, day: date) -> bool:
    return is_working_day(day, judging.work_calendar(db))


def _rotate(db: Session, view: SeriesView, now: datetime) -> None:
    """Give the sessions to come their presenters, going on after who had the last turn."""
    rows = db.scalars(
        select(StudySession)
        .where(StudySession.series_id == view.id, StudySession.state != SessionState.CANCELLED.value)
        .order_by(StudySession.starts_at, StudySession.id)
    ).all()
    coming = [row for row in rows if row.state == SessionState.PLANNED.value and row.starts_at > now]
    before = [row for row in rows if row not in coming and row.presenter_id]
    free = [row for row in coming if not row.fixed]
    zone = ZoneInfo(view.zone)
    found = roster.turns(
        queries.roster(db, view.id),
        [row.starts_at.astimezone(zone).date() for row in free],
        last=(before[-1].presenter_id or "") if before else "",
    )
    for row, presenter_id in zip(free, found, strict=True):
        if row.presenter_id != (presenter_id or None):
            row.presenter_id = presenter_id or None
            row.reminded_at = None
    db.flush()


def add_presenter(
    db: Session, *, actor: Actor, now: datetime, series_id: str, name: str, email: str = ""
) -> str:
    """Somebody more on the roster, at its end.

    Raises:
        NotFound, Forbidden, Refused, Invalid
    """
    held_series(db, actor, series_id)
    own = StudyPresenter.series_id == series_id
    if not name:
        raise Invalid([FieldError("name", _("请填写主讲人姓名。"))])
    if any(each.name == name and each.email == email for each in queries.roster(db, series_id)):
        raise Invalid([FieldError("name", _("“%(name)s”已经在轮值表中。", name=name))])
    if (db.scalar(select(func.count(StudyPresenter.id)).where(own)) or 0) >= MOST_PRESENTERS:
        raise Invalid([FieldError("name", _("轮值表最多 %(most)s 人。", most=MOST_PRESENTERS))])
    last = db.scalar(select(func.max(StudyPresenter.position)).where(own))
    row = StudyPresenter(
        id=new_id(), series_id=series_id, name=name, email=email, position=0 if last is None else last + 1
    )
    db.add(row)
    db.flush()
    _roster_changed(db, actor, now, series_id)
    return row.id


def order_roster(db: Session, *, actor: Actor, now: datetime, series_id: str, order: list[str]) -> None:
    """Put the roster into this order.

    Raises:
        NotFound, Forbidden, Refused
    """
    held_series(db, actor, series_id)
    known = [each.id for each in queries.roster(db, series_id)]
    for position, presenter_id in enumerate(agenda.reordered(known, order)):
        db.get_one(StudyPresenter, presenter_id).position = position
    db.flush()
    _roster_changed(db, actor, now, series_id)


def set_away(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    series_id: str,
    presenter_id: str,
    first: date | None,
    last: date | None,
) -> None:
    """Somebody is away on these days, both included; None for neither.

    Raises:
        NotFound, Forbidden, Refused, Invalid
    """
    held_series(db, actor, series_id)
    row = _presenter(db, series_id, presenter_id)
    if (first is None) is not (last is None) or (first and last and last < first):
        raise Invalid([FieldError("away_until", _("请同时填写请假的开始和结束日期，结束日期不能更早。"))])
    row.away_from, row.away_until = first, last
    db.flush()
    _roster_changed(db, actor, now, series_id)


def remove_presenter(db: Session, *, actor: Actor, now: datetime, series_id: str, presenter_id: str) -> None:
    """Take somebody off the roster; sessions that he has presented keep his name.

    Raises:
        NotFound, Forbidden, Refused
    """
    held_series(db, actor, series_id)
    row = _presenter(db, series_id, presenter_id)
    row.left, row.email = True, ""
    planned = select(StudySession).where(
        StudySession.presenter_id == presenter_id, StudySession.state == SessionState.PLANNED.value
    )
    for session in db.scalars(planned):
        session.presenter_id, session.fixed = None, False
    db.flush()
    _roster_changed(db, actor, now, series_id)


def _roster_changed(db: Session, actor: Actor, now: datetime, series_id: str) -> None:
    plan(db, actor=actor, now=now, series_id=series_id)
    record(db, actor=actor, now=now, event=SeriesChanged(series_id=series_id))


def _presenter(db: Session, series_id: str, presenter_id: str) -> StudyPresenter:
    row = db.scalar(
        select(StudyPresenter).where(
            StudyPresenter.id == presenter_id, StudyPresenter.series_id == series_id, ~StudyPresenter.left
        )
    )
    if row is None:
        raise NotFound
    return row


def assign(db: Session, *, actor: Actor, now: datetime, session_id: str, presenter_id: str) -> None:
    """Choose a session's presenter by hand; "" gives it back to the roster.

    Raises:
        NotFound, Forbidden, Refused
    """
    row = changeable_session(db, actor, session_id)
    row.presenter_id = _presenter(db, row.series_id, presenter_id).id if presenter_id else None
    row.fixed, row.reminded_at = bool(presenter_id), None
    db.flush()
    changed(db, session_id)
    _roster_changed(db, actor, now, row.series_id)


def swap(db: Session, *, actor: Actor, now: datetime, session_id: str, other_id: str) -> None:
    """Two sessions exchange their presenters.

    Raises:
        NotFound, Forbidden
        Refused: one of them is over, or of another series.
    """
    first = changeable_session(db, actor, session_id)
    second = changeable_session(db, actor, other_id)
    if first.series_id != second.series_id or first.id == second.id:
        raise Refused(_("请在同一个系列中选择另一次学习。"))
    first.presenter_id, second.presenter_id = second.presenter_id, first.presenter_id
    for row in (first, second):
        row.fixed, row.reminded_at = True, None
    db.flush()
    for row in (first, second):
        changed(db, row.id)
    record(db, actor=actor, now=now, event=SeriesChanged(series_id=first.series_id))


def add_session(db: Session, *, actor: Actor, now: datetime, series_id: str, starts_at: datetime) -> str:
    """A session outside the rule; returns its id.

    Raises:
        NotFound, Forbidden, Refused
        Invalid: in the past.
    """
    _row, view = held_series(db, actor, series_id)
    if starts_at <= now:
        raise Invalid([FieldError("starts_at", _("请选择以后的时间。"))])
    row = _session(view, starts_at, planned_for=None)
    db.add(row)
    db.flush()
    _roster_changed(db, actor, now, series_id)
    return row.id


def cancel_session(db: Session, *, actor: Actor, now: datetime, session_id: str) -> None:
    """A session is not held; its date is not planned again.

    Raises:
        NotFound, Forbidden
        Refused: it is on or over.
    """
    row = held_session(db, actor, session_id)
    if row.state != SessionState.PLANNED.value:
        raise Refused(_("只有还没开始的学习可以取消。"))
    row.state = SessionState.CANCELLED.value
    db.flush()
    changed(db, session_id)
    record(db, actor=actor, now=now, event=SessionCancelled(session_id=session_id))
    plan(db, actor=actor, now=now, series_id=row.series_id)
