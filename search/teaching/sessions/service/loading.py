"""Rows held for a write."""

from __future__ import annotations

import secrets

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.permission import require
from foundation.text import _
from foundation.visibility import as_system
from search.teaching.sessions import policy
from search.teaching.sessions.models import StudySeries, StudySession, StudyStep
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.values import SeriesView, SessionState

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""Letters and digits that cannot be taken for one another, for what is typed."""


def code(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _n in range(length))


def held_series(db: Session, actor: Actor, series_id: str) -> tuple[StudySeries, SeriesView]:
    """A series that the actor leads and that goes on.

    Raises:
        NotFound, Forbidden
        Refused: it was ended.
    """
    view = queries.led(db, actor, series_id)
    row = db.scalars(select(StudySeries).where(StudySeries.id == series_id).with_for_update()).one()
    if row.ended_at is not None:
        raise Refused(_("这个学习系列已经结束，不能再改。可以新建一个系列。"))
    return row, view


def held_session(db: Session, actor: Actor, session_id: str) -> StudySession:
    """A session of a series that the actor leads; others who change it wait.

    Raises:
        NotFound, Forbidden
    """
    row = db.scalar(select(StudySession).where(StudySession.id == session_id).with_for_update())
    if row is None:
        raise NotFound
    require(policy.may_lead(actor, queries.series(db, row.series_id)))
    return row


def changeable_session(db: Session, actor: Actor, session_id: str) -> StudySession:
    """The same, not over.

    Raises:
        NotFound, Forbidden
        Refused: closed or cancelled.
    """
    row = held_session(db, actor, session_id)
    if row.state in (SessionState.CLOSED, SessionState.CANCELLED):
        raise Refused(_("这次学习已经结束或取消，议程和题目不能再改。"))
    return row


def at_the_desk(db: Session, key: str) -> StudySession:
    """The session that this desk's link leads. Who holds the link is permitted by that.

    Raises:
        NotFound
    """
    with as_system(db):
        row = db.scalar(
            select(StudySession)
            .where(StudySession.desk_key == key, StudySession.state != SessionState.CANCELLED.value)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    if row is None:
        raise NotFound
    return row


def changed(db: Session, session_id: str) -> None:
    """Tell the watchers of the session that something has changed."""
    with as_system(db):
        db.execute(
            update(StudySession)
            .where(StudySession.id == session_id)
            .values(version=StudySession.version + 1)
            .execution_options(synchronize_session=False)
        )


def next_position(db: Session, session_id: str) -> int:
    last = db.scalar(select(func.max(StudyStep.position)).where(StudyStep.session_id == session_id))
    return 0 if last is None else last + 1
