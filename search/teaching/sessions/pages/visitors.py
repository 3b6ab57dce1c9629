"""Who is at a participant's page: by account, or by the cookie that this device got when it joined."""

from __future__ import annotations

import secrets

from foundation.errors import NotFound
from foundation.web import Rq
from search.teaching.sessions.queries import people
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.values import ParticipantView, SeriesView, SessionView

COOKIE = "study"
"""Says nothing about anybody: a random number, of which the table holds the hash."""


def device(rq: Rq) -> str:
    return rq.request.cookies.get(COOKIE, "")


def new_device(rq: Rq) -> str:
    """The device's number, a new one where it has none."""
    found = device(rq) or getattr(rq.request.state, COOKIE, "") or secrets.token_urlsafe(24)
    setattr(rq.request.state, COOKIE, found)
    rq.set_cookie(COOKIE, found)
    return found


def asked_series(rq: Rq) -> tuple[SeriesView, ParticipantView | None]:
    """The series of the link, and who asks, None before he has joined."""
    series = queries.series_by_token(rq.db, rq.path("token"))
    return series, people.who(rq.db, series.id, actor=rq.actor, device=device(rq))


def asked_session(rq: Rq) -> tuple[SeriesView, SessionView, ParticipantView | None]:
    """The session of the address, and who asks."""
    series, who = asked_series(rq)
    session = queries.session_for_participants(rq.db, rq.path("session_id"))
    if session.series_id != series.id:
        raise NotFound
    return series, session, who


def joined(rq: Rq) -> tuple[SeriesView, SessionView, ParticipantView]:
    """The same for who has joined.

    Raises:
        NotFound: he has not: the page leads him to joining first.
    """
    series, session, who = asked_session(rq)
    if who is None:
        raise NotFound
    return series, session, who
