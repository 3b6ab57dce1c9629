"""What the projector shows: what everybody in the session sees, without a name; afterwards the answers."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from foundation.live import Frame
from foundation.visibility import as_system
from search.teaching.sessions.models import StudySession
from search.teaching.sessions.queries import live, people, series
from search.teaching.sessions.rules import agenda, results
from search.teaching.sessions.values import QuestionResult, SessionState, SessionView

ON_THE_SCREEN = 3
"""Pinned contributions that fit beside what is talked about."""


def key_of(session: SessionView) -> str:
    """Opens the screen and nothing else: who reads the projector's address bar does not lead. It is made from
    the desk's link and is void with it."""
    return hashlib.sha256(f"screen {session.desk_key}".encode()).hexdigest()[:20]


def session_by_screen(db: Session, session_id: str, key: str) -> SessionView:
    """The session that a screen's link shows.

    Raises:
        NotFound
    """
    with as_system(db):
        found = series.session(db, session_id)
    if key != key_of(found) or found.state is SessionState.CANCELLED:
        raise NotFound
    return found


def newer_frame(db: Session, session_id: str, known: int) -> Frame | None:
    """The state of the session, if it is newer than what the asker knows."""
    with as_system(db):
        version = db.scalar(select(StudySession.version).where(StudySession.id == session_id))
        if version is None or version <= known:
            return None
        found = series.session(db, session_id)
    return Frame(found.version, shown(db, found))


def shown(db: Session, session: SessionView) -> dict[str, Any]:
    """What participants see now, with the pinned contributions alone; results once the session is closed."""
    found = live.shown(db, session)
    found["board"] = [each for each in found["board"] if each.pinned][:ON_THE_SCREEN]
    found["results"] = _results(db, session) if session.state is SessionState.CLOSED else []
    return found


def _results(db: Session, session: SessionView) -> list[QuestionResult]:
    with as_system(db):
        asked = agenda.questions(series.steps(db, session.id))
        given = people.given(db, session.id)
    return [results.of_question(step, given) for step in asked]
