"""The presenter's desk, on a telephone or at a desk: opened by its link, without an account."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from foundation import qr
from foundation.forms import read_form
from foundation.text import _
from foundation.visibility import as_system
from foundation.web import Rq, get, post
from search.teaching.sessions import wording
from search.teaching.sessions.forms import ModerateForm, MoveForm
from search.teaching.sessions.pages import screen
from search.teaching.sessions.queries import live, material, people
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.rules import agenda, marking
from search.teaching.sessions.service import running as service
from search.teaching.sessions.values import SessionView

DESK = "/study/desk/{key}"
_DEEDS: dict[str, dict[str, bool]] = {
    "pin": {"pinned": True},
    "unpin": {"pinned": False},
    "hide": {"hidden": True, "pinned": False},
    "show": {"hidden": False},
}


def routes() -> list[Route]:
    return [
        get(DESK, desk),
        get(DESK + "/part", part),
        post(DESK + "/open", open_session, again=desk),
        post(DESK + "/move", move, again=desk),
        post(DESK + "/close", close, again=desk),
        post(DESK + "/moderate", moderate, again=desk),
    ]


def desk(rq: Rq) -> Response:
    return rq.render("teaching/desk.html", **_context(rq, _session(rq)))


def part(rq: Rq) -> Response:
    """The desk alone, for looking again; nothing where nothing has happened."""
    session = _session(rq)
    if rq.query("known") == str(session.version):
        return Response(status_code=204)
    return rq.render("teaching/desk_part.html", **_context(rq, session))


def _session(rq: Rq) -> SessionView:
    return queries.session_by_desk(rq.db, rq.path("key"))


def _context(rq: Rq, session: SessionView) -> dict[str, Any]:
    with as_system(rq.db):
        series = queries.series(rq.db, session.series_id)
        steps = queries.steps(rq.db, session.id)
        said = people.said(rq.db, session.id, hidden=True)
    join = rq.absolute(f"/study/{series.token}")
    cases = [
        (case_id, material.shown(rq.db, case_id, members=series.proposal.members_cases))
        for case_id in session.case_ids
    ]
    steps = live.readable_steps(rq.db, steps, members=series.proposal.members_cases)
    return {
        "series": series,
        "session": session,
        "here": f"/study/desk/{session.desk_key}",
        "shown": live.shown(rq.db, session),
        "groups": agenda.groups(steps),
        "said": said,
        "join": join,
        "code": qr.svg(join),
        "screen": screen.link(session),
        "unreadable": sum(1 for _id, found in cases if found is None),
        "kinds": wording.KINDS,
        "states": wording.STATES,
        "letters": marking.letters,
    }


def _back(rq: Rq) -> str:
    return f"/study/desk/{rq.path('key')}"


def open_session(rq: Rq) -> Response:
    service.open_session(rq.db, actor=rq.actor, now=rq.now, key=rq.path("key"))
    return rq.redirect(_back(rq))


def move(rq: Rq) -> Response:
    form = read_form(MoveForm, rq.form)
    service.move(rq.db, actor=rq.actor, now=rq.now, key=rq.path("key"), to=form.to, version=form.version)
    return rq.redirect(_back(rq))


def close(rq: Rq) -> Response:
    service.close_session(rq.db, actor=rq.actor, now=rq.now, key=rq.path("key"))
    return rq.redirect(_back(rq), _("学习已结束。参加人员的页面变为回放，可以补学。"))


def moderate(rq: Rq) -> Response:
    form = read_form(ModerateForm, rq.form)
    deed = _DEEDS[form.deed]
    service.moderate(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        key=rq.path("key"),
        contribution_id=form.contribution,
        pinned=deed.get("pinned"),
        hidden=deed.get("hidden"),
    )
    return rq.redirect(_back(rq))
