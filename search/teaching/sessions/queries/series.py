"""Series, their units, roster and sessions, as their leaders see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound
from foundation.people import Unit, User
from foundation.permission import require
from foundation.visibility import as_system
from search.teaching.sessions import policy
from search.teaching.sessions.models import StudyPresenter, StudySeries, StudySession, StudyStep, StudyUnit
from search.teaching.sessions.queries.codec import presenter_view, series_view, session_view, step_view
from search.teaching.sessions.values import (
    PresenterView,
    SeriesView,
    SessionState,
    SessionView,
    StepView,
    UnitView,
)


def all_series(db: Session) -> list[SeriesView]:
    """The series that the session's actor leads or in which his unit takes part, the newest first."""
    rows = db.execute(
        select(StudySeries, User.name)
        .join(User, User.id == StudySeries.owner_id)
        .order_by(StudySeries.ended_at.is_not(None), StudySeries.id.desc())
    )
    return [series_view(row, owner) for row, owner in rows]


def series(db: Session, series_id: str) -> SeriesView:
    """One of them.

    Raises:
        NotFound
    """
    return _one(db, StudySeries.id == series_id)


def led(db: Session, actor: Actor, series_id: str) -> SeriesView:
    """A series that the actor leads.

    Raises:
        NotFound, Forbidden
    """
    found = series(db, series_id)
    require(policy.may_lead(actor, found))
    return found


def series_by_token(db: Session, token: str) -> SeriesView:
    """The series that a link or code leads to, whoever holds it.

    Raises:
        NotFound
    """
    with as_system(db):
        return _one(db, StudySeries.token == token)


def _one(db: Session, condition: object) -> SeriesView:
    found = db.execute(
        select(StudySeries, User.name).join(User, User.id == StudySeries.owner_id).where(condition)  # type: ignore[arg-type]  # a column's comparison
    ).one_or_none()
    if found is None:
        raise NotFound
    return series_view(found[0], found[1])


def units(db: Session, series_id: str) -> list[UnitView]:
    """The units that take part, by name."""
    rows = db.execute(
        select(StudyUnit, Unit.name)
        .join(Unit, Unit.id == StudyUnit.unit_id)
        .where(StudyUnit.series_id == series_id)
        .order_by(Unit.name)
    )
    return [UnitView(row.id, row.unit_id, name, row.code) for row, name in rows]


def roster(db: Session, series_id: str) -> list[PresenterView]:
    """Those who present, in the order of their turns."""
    rows = db.scalars(
        select(StudyPresenter)
        .where(StudyPresenter.series_id == series_id, ~StudyPresenter.left)
        .order_by(StudyPresenter.position, StudyPresenter.id)
    )
    return [presenter_view(row) for row in rows]


def sessions(db: Session, series_id: str) -> list[SessionView]:
    """All sessions of a series, the earliest first."""
    rows = db.execute(
        select(StudySession, StudyPresenter.name)
        .outerjoin(StudyPresenter, StudyPresenter.id == StudySession.presenter_id)
        .where(StudySession.series_id == series_id)
        .order_by(StudySession.starts_at, StudySession.id)
    )
    return [session_view(row, name or "") for row, name in rows]


def session(db: Session, session_id: str) -> SessionView:
    """One session.

    Raises:
        NotFound
    """
    found = _session(db, StudySession.id == session_id)
    if found is None:
        raise NotFound
    return found


def session_for_participants(db: Session, session_id: str) -> SessionView:
    """The same for who has looked at the participant first; without what leads to the desk.

    Raises:
        NotFound
    """
    with as_system(db):
        return replace(session(db, session_id), desk_key="")


def session_by_desk(db: Session, key: str) -> SessionView:
    """The session that a desk's link leads.

    Raises:
        NotFound
    """
    with as_system(db):
        found = _session(db, StudySession.desk_key == key)
    if found is None or found.state is SessionState.CANCELLED:
        raise NotFound
    return found


def _session(db: Session, condition: object) -> SessionView | None:
    found = db.execute(
        select(StudySession, StudyPresenter.name)
        .outerjoin(StudyPresenter, StudyPresenter.id == StudySession.presenter_id)
        .where(condition)  # type: ignore[arg-type]  # a column's comparison
    ).one_or_none()
    return session_view(found[0], found[1] or "") if found else None


def steps(db: Session, session_id: str) -> list[StepView]:
    """The agenda."""
    rows = db.scalars(
        select(StudyStep).where(StudyStep.session_id == session_id).order_by(StudyStep.position, StudyStep.id)
    )
    return [step_view(row) for row in rows]


def next_sessions(db: Session, now: datetime) -> list[tuple[SeriesView, SessionView]]:
    """The next session of each series that goes on, the earliest first."""
    found = [
        (each, ahead[0])
        for each in all_series(db)
        if each.ended_at is None and (ahead := coming(sessions(db, each.id), now))
    ]
    return sorted(found, key=lambda pair: pair[1].starts_at)


def coming(sessions: list[SessionView], now: datetime) -> list[SessionView]:
    """Sessions that are on or still to come."""
    return [
        each for each in sessions if each.live or (each.state is SessionState.PLANNED and each.ends_at > now)
    ]
