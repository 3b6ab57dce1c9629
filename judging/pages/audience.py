"""The public side of a live review: the screen, the telephones, the stream, the replay. No login."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from foundation import qr
from foundation.forms import read_form
from foundation.live import Admission, Frame, Streams
from foundation.text import _
from foundation.web import VISITOR_COOKIE, Edge, Rq, get, post
from judging.live.forms import AskForm, VoteForm
from judging.queries import live as queries
from judging.service import audience as service
from judging.views.live import PublicLive

VIEWS = {"screen": "judging/live_screen_part.html", "phone": "judging/live_phone_part.html"}


def routes() -> list[BaseRoute]:
    streams = Streams(queries.newer_frame, _admit, _draw)
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


def _admit(db: Session, request: Request, token: str) -> Admission | None:
    """Everybody who has the link; who he is, says the cookie that each page gives, else his address."""
    view = request.query_params.get("view", "")
    if view not in VIEWS or queries.newer_frame(db, token, 0) is None:
        return None
    address = request.client.host if request.client else ""
    return Admission((view,), request.cookies.get(VISITOR_COOKIE) or address)


def _draw(edge: Edge, frame: Frame, viewer: tuple[str, ...], _locale: str) -> Mapping[str, str]:
    return {"shown": edge.templates.get_template(VIEWS[viewer[0]]).render(shown=frame.shown)}
