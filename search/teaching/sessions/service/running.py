"""A session led from its desk: opened, stepped through, closed; the discussion moderated.

Who holds the desk's link leads: the presenter has it by mail or from the series' leader and needs no account.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.journal import record
from foundation.text import _
from foundation.visibility import as_system
from search.teaching.sessions.events import (
    ContributionModerated,
    SessionClosed,
    SessionOpened,
    SessionStarted,
)
from search.teaching.sessions.models import StudyAttendance, StudyContribution, StudySeries, StudySession
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.rules import agenda
from search.teaching.sessions.service.loading import at_the_desk, changed
from search.teaching.sessions.values import SessionState

EARLIEST = timedelta(hours=12)
"""How long before its time a lobby can be opened."""


def open_session(db: Session, *, actor: Actor, now: datetime, key: str) -> None:
    """Open the lobby: participants check in.

    Raises:
        NotFound
        Refused: it was opened, or it is far too early.
    """
    row = at_the_desk(db, key)
    if row.state != SessionState.PLANNED.value:
        raise Refused(_("这次学习已经开放过。"))
    if now < row.starts_at - EARLIEST:
        raise Refused(_("离开始还早，请在当天再开放签到。要提前学习，请先在议程页改时间。"))
    row.state, row.opened_at = SessionState.OPEN.value, now
    db.flush()
    changed(db, row.id)
    event = SessionOpened(session_id=row.id, series_id=row.series_id, case_ids=tuple(row.case_ids))
    record(db, actor=actor, now=now, event=event)


def move(db: Session, *, actor: Actor, now: datetime, key: str, to: int, version: int) -> None:
    """Show another group of steps; the first move starts the session.

    Args:
        version: the `cursor` that the presenter saw, so that a double press moves once.

    Raises:
        NotFound
        Refused: not open, no such step, or somebody else has moved.
    """
    row = at_the_desk(db, key)
    if row.state not in (SessionState.OPEN.value, SessionState.RUNNING.value):
        raise Refused(_("请先开放签到，再开始学习。"))
    if row.cursor != version:
        raise Refused(_("议程已被翻动，请看清现在的步骤后再继续。"))
    with as_system(db):
        count = len(agenda.groups(queries.steps(db, row.id)))
    if not count:
        raise Refused(_("还没有议程。请先在议程页加入案例或题目。"))
    if not 0 <= to < count:
        raise Refused(_("已经到头了。"))
    if row.state == SessionState.OPEN.value:
        row.state = SessionState.RUNNING.value
        record(db, actor=actor, now=now, event=SessionStarted(session_id=row.id))
    row.cursor = to
    db.flush()
    changed(db, row.id)


def close_session(db: Session, *, actor: Actor, now: datetime, key: str) -> None:
    """The end: answers stand, explanations are shown, who was away may make up for some time.

    Raises:
        NotFound
        Refused: it is not on.
    """
    row = at_the_desk(db, key)
    if row.state not in (SessionState.OPEN.value, SessionState.RUNNING.value):
        raise Refused(_("这次学习没有在进行。"))
    with as_system(db):
        late_hours = db.scalar(select(StudySeries.late_hours).where(StudySeries.id == row.series_id)) or 0
        present = db.scalar(
            select(func.count(StudyAttendance.id)).where(StudyAttendance.session_id == row.id)
        )
    row.state, row.closed_at = SessionState.CLOSED.value, now
    row.makeup_until = now + timedelta(hours=late_hours)
    db.flush()
    changed(db, row.id)
    event = SessionClosed(
        session_id=row.id, series_id=row.series_id, case_ids=tuple(row.case_ids), present=present or 0
    )
    record(db, actor=actor, now=now, event=event)


def moderate(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    key: str,
    contribution_id: str,
    pinned: bool | None = None,
    hidden: bool | None = None,
) -> None:
    """Pin or hide a contribution, or undo that; None leaves it.

    Raises:
        NotFound
    """
    session: StudySession = at_the_desk(db, key)
    with as_system(db):
        row = db.scalar(
            select(StudyContribution).where(
                StudyContribution.id == contribution_id, StudyContribution.session_id == session.id
            )
        )
    if row is None:
        raise NotFound
    if pinned is not None:
        row.pinned = pinned
    if hidden is not None:
        row.hidden = hidden
        event = ContributionModerated(contribution_id=row.id, session_id=session.id, hidden=hidden)
        record(db, actor=actor, now=now, event=event)
    db.flush()
    changed(db, session.id)
