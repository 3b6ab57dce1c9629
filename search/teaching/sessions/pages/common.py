"""What the leaders' pages share."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.text import Text, _
from foundation.web import Rq
from search.teaching.sessions import policy
from search.teaching.sessions.forms import OrderForm
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.rules import agenda
from search.teaching.sessions.values import SeriesView, SessionView

BASE = "/teaching/sessions"

Tab = tuple[str, Text, bool]


def home(series: SeriesView) -> str:
    return f"{BASE}/{series.id}"


def tabs(rq: Rq, series: SeriesView, here: str) -> list[Tab]:
    """The pages of a series; who only acts for a unit in it sees his people's results."""
    leads = policy.leads(rq.actor, series)
    found = [
        ("", _("安排"), True),
        ("/people", _("参加人员"), leads),
        ("/attendance", _("考勤"), True),
        ("/challenges", _("月度挑战"), True),
    ]
    return [(f"{home(series)}{path}", name, path == here) for path, name, shown in found if shown]


def asked_series(rq: Rq) -> SeriesView:
    """The series of the address, as far as the actor may see it."""
    rq.signed_in()
    return queries.series(rq.db, rq.path("series_id"))


def led_series(rq: Rq) -> SeriesView:
    """The same for who leads it."""
    return queries.led(rq.db, rq.signed_in(), rq.path("series_id"))


def led_session(rq: Rq) -> tuple[SeriesView, SessionView]:
    """The session of the address, for who leads its series."""
    actor = rq.signed_in()
    session = queries.session(rq.db, rq.path("session_id"))
    return queries.led(rq.db, actor, session.series_id), session


def wanted_order(form: OrderForm, known: Sequence[str]) -> list[str]:
    """The order that a drag or a button asks for."""
    if form.move:
        which, _colon, way = form.move.partition(":")
        return agenda.moved(known, which, -1 if way == "up" else 1) if which in known else list(known)
    return [each for part in form.order.split() for each in part.rpartition(":")[2].split(",")]
