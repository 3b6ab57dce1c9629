"""The page for the projector. Its link shows and does nothing: the desk stays with who leads."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from foundation import qr
from foundation.errors import NotFound
from foundation.live import Admission, Frame, Streams
from foundation.visibility import as_system
from foundation.web import Edge, Rq, get
from search.teaching.sessions.queries import screen as queries
from search.teaching.sessions.queries import series
from search.teaching.sessions.rules import marking
from search.teaching.sessions.values import SessionView

SCREEN = "/study/screen/{key}/{token}"


def routes() -> list[BaseRoute]:
    streams = Streams(queries.newer_frame, _admit, _draw)
    return [get(SCREEN, screen), Route(SCREEN + "/stream", streams.endpoint, methods=["GET"])]


def link(session: SessionView) -> str:
    return f"/study/screen/{queries.key_of(session)}/{session.id}"


def screen(rq: Rq) -> Response:
    session = queries.session_by_screen(rq.db, rq.path("token"), rq.path("key"))
    with as_system(rq.db):
        parent = series.series(rq.db, session.series_id)
    join = rq.absolute(f"/study/{parent.token}")
    return rq.render(
        "teaching/screen.html",
        series=parent,
        session=session,
        here=link(session),
        shown=queries.shown(rq.db, session),
        letters=marking.letters,
        join=join,
        code=qr.svg(join),
    )


def _admit(db: Session, request: Request, session_id: str) -> Admission | None:
    try:
        session = queries.session_by_screen(db, session_id, str(request.path_params["key"]))
    except NotFound:
        return None
    return Admission(("screen",), f"screen {session.id}")


def _draw(edge: Edge, frame: Frame, _viewer: tuple[str, ...], locale: str) -> Mapping[str, str]:
    template = edge.templates.get_template("teaching/screen_part.html")
    return {"screen": template.render(shown=frame.shown, letters=marking.letters, locale=locale)}
