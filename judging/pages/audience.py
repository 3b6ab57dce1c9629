"""The public side of a live review: the screen, the telephones, the stream, the replay. No login."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from foundation import qr
from foundation.db import Database
from foundation.forms import read_form
from foundation.text import _, use_translations
from foundation.web import Edge, Rq, edge_of, get, post
from judging.live.forms import AskForm, VoteForm
from judging.live.hub import Frame, Hub, event, last_seen
from judging.queries import live as queries
from judging.service import audience as service
from judging.views.live import PublicLive

VIEWS = {"screen": "judging/live_screen_part.html", "phone": "judging/live_phone_part.html"}
RETRY_MS = 2000


def routes() -> list[BaseRoute]:
    streams = Streams()
    return [
        get("/live/{token}", screen),
        get("/live/{token}/join", join),
        post("/live/{token}/questions", ask, again=join),
        post("/live/{token}/votes", vote, again=join),
        get("/live/{token}/replay", replay),
        Route("/live/{token}/stream", streams.endpoint, methods=["GET"]),
    ]


def screen(rq: Rq) -> Response:
    """The page for the projector."""
    found = queries.public_live(rq.db, rq.path("token"))
    return rq.render("judging/live_screen.html", **_context(rq, found))


def join(rq: Rq) -> Response:
    """The page for telephones: what is on the screen, a box for a question, the vote."""
    found = queries.public_live(rq.db, rq.path("token"))
    current = found.shown.get("current")
    own = (
        queries.own_vote(rq.db, current["id"], service.visitor_hash(found.id, _visitor(rq)))
        if current
        else None
    )
    return rq.render("judging/live_join.html", own_vote=own, **_context(rq, found))


def replay(rq: Rq) -> Response:
    """What was revealed, case by case, with the questions that were let through."""
    found = queries.public_live(rq.db, rq.path("token"))
    return rq.render("judging/live_replay.html", **_context(rq, found))


def _context(rq: Rq, found: PublicLive) -> dict[str, Any]:
    address = rq.absolute(f"/live/{found.token}/join")
    return {"live": found, "shown": found.shown, "join": address, "code": qr.svg(address)}


def ask(rq: Rq) -> Response:
    form = read_form(AskForm, rq.form)
    token = rq.path("token")
    service.ask(rq.db, now=rq.now, token=token, visitor=_visitor(rq), name=form.name, words=form.words)
    return rq.redirect(f"/live/{token}/join", done=_("已收到。主持人同意后会显示在大屏幕上。"))


def vote(rq: Rq) -> Response:
    form = read_form(VoteForm, rq.form)
    token = rq.path("token")
    service.vote(rq.db, now=rq.now, token=token, visitor=_visitor(rq), item_id=form.item, value=form.value)
    return rq.redirect(f"/live/{token}/join", done=_("您的投票已记下，结果公布前可以修改。"))


def _visitor(rq: Rq) -> str:
    """Whom the browser says it is: the account where signed in, else the visitor's cookie."""
    return rq.actor.user_id or rq.visitor


class Streams:
    """Server-sent events of all live reviews of this process."""

    def __init__(self) -> None:
        self._hub: Hub | None = None

    def hub(self, edge: Edge) -> Hub:
        if self._hub is None:
            self._hub = Hub(partial(_load, edge.database))
        return self._hub

    async def endpoint(self, request: Request) -> Response:
        """States of the review as they come. A watcher costs no thread and no connection to the database."""
        edge = edge_of(request)
        hub = self.hub(edge)
        token = str(request.path_params["token"])
        view = request.query_params.get("view", "")
        if hub.full:
            return PlainTextResponse("busy", status_code=503, headers={"Retry-After": "20"})
        there = hub.knows(token) or await run_in_threadpool(_load, edge.database, token, 0) is not None
        if view not in VIEWS or not there:
            return PlainTextResponse("not found", status_code=404)
        asked = request.query_params.get("lang", "")
        locale = asked if asked in edge.languages else next(iter(edge.languages))
        known = last_seen(request.headers.get("last-event-id") or request.query_params.get("version"))
        return StreamingResponse(
            _messages(hub, edge, token, view=view, locale=locale, known=known),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )


def _load(database: Database, token: str, known: int) -> Frame | None:
    with database.read() as db:
        return queries.newer_frame(db, token, known)


async def _messages(
    hub: Hub, edge: Edge, token: str, *, view: str, locale: str, known: int
) -> AsyncIterator[str]:
    yield f"retry: {RETRY_MS}\n\n"
    async for frame in hub.follow(token, known):
        yield (
            ": alive\n\n"
            if frame is None
            else event("shown", frame.version, _page(edge, frame, view, locale))
        )


def _page(edge: Edge, frame: Frame, view: str, locale: str) -> str:
    """The part of the page that changes, drawn once a process for all who see it in this language."""
    key = (view, locale)
    if key not in frame.pages:
        with use_translations(edge.languages[locale]):
            frame.pages[key] = edge.templates.get_template(VIEWS[view]).render(shown=frame.shown)
    return frame.pages[key]
