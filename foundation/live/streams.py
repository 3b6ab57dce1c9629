"""The web side of `foundation.live`: who may watch, and the parts of the page as they change."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from foundation.db import Database
from foundation.live.hub import Frame, Hub, event, last_seen
from foundation.text import use_translations
from foundation.web import Edge, edge_of

RETRY_MS = 2000
"""After which a browser that lost its connection asks again."""

Viewer = tuple[str, ...]
"""What decides how a page looks, apart from the language: all who share it share one drawing."""
Load = Callable[[Session, str, int], Frame | None]
"""load(db, token, known version): a newer state, None where there is none."""


@dataclass(frozen=True, slots=True)
class Admission:
    """How a watcher sees it, and who he is: nobody holds more than a few streams."""

    viewer: Viewer
    person: str


Admit = Callable[[Session, Request, str], Admission | None]
"""admit(db, request, token): None for one who may not watch."""
Draw = Callable[[Edge, Frame, Viewer, str], Mapping[str, str]]
"""draw(edge, frame, viewer, locale): name of a part of the page -> its HTML, in the language in use."""


class _Held(StreamingResponse):
    """A stream whose place is given back when it is over, however that comes."""

    def __init__(self, messages: AsyncIterator[str], give_back: Callable[[], None]) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(messages, media_type="text/event-stream", headers=headers)
        self._give_back = give_back

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._give_back()


class Streams:
    """Server-sent events of all things of one kind in this process; the path parameter is `token`.

    Each message is a part of the page that differs from what this connection has got already, so that a
    lively part costs nobody the big one. A watcher costs no thread and no connection to the database.
    """

    def __init__(self, load: Load, admit: Admit, draw: Draw) -> None:
        self._load, self._admit, self._draw = load, admit, draw
        self._hub: Hub | None = None

    def hub(self, edge: Edge) -> Hub:
        if self._hub is None:
            self._hub = Hub(partial(self._read, edge.database))
        return self._hub

    async def endpoint(self, request: Request) -> Response:
        """The states of one thing as they come."""
        edge = edge_of(request)
        hub = self.hub(edge)
        token = str(request.path_params["token"])
        admission = await run_in_threadpool(self._admitted, edge.database, request, token)
        if admission is None:
            return PlainTextResponse("not found", status_code=404)
        if not hub.take_place(token, admission.person):
            return PlainTextResponse("too many open windows", status_code=429, headers={"Retry-After": "20"})
        asked = request.query_params.get("lang", "")
        locale = asked if asked in edge.languages else next(iter(edge.languages))
        known = last_seen(request.headers.get("last-event-id") or request.query_params.get("version"))
        return _Held(
            self._messages(hub, edge, token, viewer=admission.viewer, locale=locale, known=known),
            partial(hub.give_back, token, admission.person),
        )

    def _read(self, database: Database, token: str, known: int) -> Frame | None:
        with database.read() as db:
            return self._load(db, token, known)

    def _admitted(self, database: Database, request: Request, token: str) -> Admission | None:
        with database.read() as db:
            return self._admit(db, request, token)

    async def _messages(
        self, hub: Hub, edge: Edge, token: str, *, viewer: Viewer, locale: str, known: int
    ) -> AsyncIterator[str]:
        yield f"retry: {RETRY_MS}\n\n"
        sent: dict[str, str] = {}
        async for frame in hub.follow(token, known):
            if frame is None:
                yield ": alive\n\n"
                continue
            for message in _changed(frame.version, self._drawn(edge, frame, viewer, locale), sent):
                yield message

    def _drawn(self, edge: Edge, frame: Frame, viewer: Viewer, locale: str) -> Mapping[str, str]:
        """The parts, drawn once a process for all who see them so."""
        key = (*viewer, locale)
        if key not in frame.pages:
            with use_translations(edge.languages[locale]):
                frame.pages[key] = self._draw(edge, frame, viewer, locale)
        return frame.pages[key]


def _changed(version: int, parts: Mapping[str, str], sent: dict[str, str]) -> Iterator[str]:
    """A message a part that is new to this connection. Only the last one names the version: whoever is cut
    off in between gets them all again."""
    changed = [(name, html) for name, html in parts.items() if sent.get(name) != html]
    sent.update(changed)
    for place, (name, html) in enumerate(changed, start=1):
        yield event(name, html, version if place == len(changed) else None)
