"""What wraps the whole application from outside, so that every answer carries it, errors included."""

import logging
import re
import secrets
import time
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foundation.clock import Clock

log = logging.getLogger("exemplar.access")

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; script-src 'self'; style-src 'self'{styles}; "
    "font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
EDITOR_PATHS = ("/edit", "/manuscript", "/files", "/coauthors", "/api/v1/docs")
"""Ends of addresses of pages with the rich-text editor, also where one of its forms is refused: it sets style
attributes and cannot do without."""

_SECRET = re.compile(
    r"^(/(?:password|invitations|objections/link|study(?:/(?:desk|handout|class|screen))?|teaching/packs/link"
    r"|library/lists/shared|library/searches/stop)/)[^/]+"
)
"""Addresses that let in whoever knows them: their secret is for its reader and not for readers of logs."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Outermost:
    """Stamps when the request arrived and which number it has, adds the security headers, logs a line."""

    def __init__(self, app: ASGIApp, *, clock: Clock, https: bool) -> None:
        self._app = app
        self._clock = clock
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope["exemplar.received_at"] = self._clock.now()
        scope["exemplar.request_id"] = request_id
        started = time.perf_counter()
        status = 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add(MutableHeaders(scope=message), scope["path"], request_id)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            elapsed = (time.perf_counter() - started) * 1000
            path = _SECRET.sub(r"\1…", scope["path"])
            log.info("%s %s %s %.1f ms %s", scope["method"], path, status, elapsed, request_id)

    def _add(self, headers: MutableHeaders, path: str, request_id: str) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        if "content-security-policy" not in headers:
            styles = " 'unsafe-inline'" if path.endswith(EDITOR_PATHS) else ""
            headers["Content-Security-Policy"] = POLICY.format(styles=styles)
        if self._https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        headers["X-Request-ID"] = request_id


class BodyLimit:
    """Stops reading a body that is too large; our own error page answers, unlike with Starlette's limit."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        promised = int(declared) if declared.isascii() and declared.isdigit() else 0
        seen = 0

        async def receive_some() -> Message:
            nonlocal seen
            if promised > self._limit:
                raise HTTPException(413)
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._limit:
                raise HTTPException(413)
            return message

        await self._app(scope, receive_some, send)


class KnownHosts:
    """Answers only under our own names, in our own words; links in mail are made from the host."""

    def __init__(self, app: ASGIApp, *, allowed: Sequence[str], refuse: ASGIApp) -> None:
        self._app = app
        self._allowed = frozenset(allowed)
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "*" not in self._allowed:
            host = Headers(scope=scope).get("host", "")
            if _without_port(host) not in self._allowed:
                await self._refuse(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
