"""The web edge: a request becomes an `Rq` inside one transaction, a refusal becomes a page that helps.

A handler is an ordinary function `handler(rq) -> Response`, run in a thread. GET runs in a read transaction,
POST in a write transaction: returning commits, raising rolls back. When a POST is refused and the route names
`again`, that page is shown once more with what was typed and the reasons.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from gettext import NullTranslations
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from foundation import body, csrf
from foundation.actor import ANONYMOUS, Actor
from foundation.body import Upload
from foundation.clock import Clock
from foundation.db import Database
from foundation.errors import Forbidden, NotFound, NotSignedIn, Problem, Refused
from foundation.files import FileStore, stored_chunks
from foundation.forms import clean_text
from foundation.text import Text, _, use_translations

ZOOMS = ("100", "112", "125", "150", "200")
THEMES = ("light", "dark")
FLASH_COOKIE = "flash"
VISITOR_COOKIE = "visitor"
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Identity:
    """Who sent a request: `key` is what the CSRF token hangs on, `stale` names a session to refresh."""

    actor: Actor
    key: str = ""
    language: str = ""
    by_token: bool = False
    stale: str | None = None


NOBODY = Identity(ANONYMOUS)


@dataclass(frozen=True, slots=True)
class NavItem:
    label: Text
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """What the edge needs from the application; built once in `webapp.wiring`."""

    database: Database
    clock: Clock
    files: FileStore
    secret: bytes
    templates: jinja2.Environment
    languages: Mapping[str, NullTranslations]
    identify: Callable[[Session, Request, datetime], Identity]
    touch: Callable[[Session, str, datetime], None]
    navigation: Callable[["Rq"], Sequence[NavItem]]
    site_name: str
    base_url: str = ""
    secure_cookies: bool = False


@dataclass(slots=True)
class Rq:
    """One request, as a handler sees it.

    `form` is what was posted (also when the page is shown again), `problem` why it was refused, if it was.
    `now` is the instant at which the request's headers arrived: deadlines compare with it.
    """

    request: Request
    edge: Edge
    db: Session
    identity: Identity
    now: datetime
    locale: str
    form: FormData = field(default_factory=FormData)
    problem: Problem | None = None
    visitor: str = ""
    prepared: Any = None
    _cookies: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return self.identity.actor

    @property
    def request_id(self) -> str:
        """The number of this request, as in the log and the X-Request-ID header."""
        return str(self.request.scope.get("exemplar.request_id", ""))

    @property
    def files(self) -> FileStore:
        return self.edge.files

    def signed_in(self) -> Actor:
        """The actor, or NotSignedIn: the page leads to the sign-in and back."""
        if not self.actor.signed_in:
            raise NotSignedIn
        return self.actor

    def path(self, name: str) -> str:
        """A value from the address; whatever cannot be one of ours is NotFound."""
        value = str(self.request.path_params[name])
        if clean_text(value) != value or len(value) > 200:
            raise NotFound
        return value

    def query(self, name: str, default: str = "") -> str:
        return clean_text(self.request.query_params.get(name, default))

    def queries(self, name: str) -> list[str]:
        """All values of a repeated parameter."""
        return [clean_text(value) for value in self.request.query_params.getlist(name)]

    def field(self, name: str, default: str = "") -> str:
        """One posted text field."""
        value = self.form.get(name, default)
        return clean_text(value) if isinstance(value, str) else default

    def upload(self, name: str) -> Upload | None:
        found = body.uploads(self.form, name)
        return found[0] if found else None

    def uploads(self, name: str) -> list[Upload]:
        return body.uploads(self.form, name)

    @property
    def is_htmx(self) -> bool:
        """Asked by htmx for a part of a page."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def here(self) -> str:
        """The path with its query, to come back to."""
        query = self.request.url.query
        return self.request.url.path + (f"?{query}" if query else "")

    @property
    def csrf_token(self) -> str:
        return csrf.token(self.edge.secret, self.identity.key or self.visitor)

    @property
    def zoom(self) -> str:
        zoom = self.request.cookies.get("zoom", "100")
        return zoom if zoom in ZOOMS else "100"

    @property
    def theme(self) -> str:
        theme = self.request.cookies.get("theme", "light")
        return theme if theme in THEMES else "light"

    def absolute(self, path: str) -> str:
        """The full address of one of our paths, for mail and QR codes."""
        return (self.edge.base_url or str(self.request.base_url)).rstrip("/") + path

    @property
    def address(self) -> str:
        """The network address of who asks, "" where there is none."""
        return self.request.client.host if self.request.client else ""

    def set_cookie(self, name: str, value: str, max_age: int = YEAR_SECONDS) -> None:
        """Remember something in the browser; an empty value forgets it."""
        self._cookies.append((name, value, max_age))

    def say(self, message: Text) -> None:
        """Show a sentence on the next page that this browser loads."""
        self.set_cookie(FLASH_COOKIE, _seal(self.edge.secret, str(message)), 60)

    def flash(self) -> str:
        """The sentence left by the request before, once."""
        sealed = self.request.cookies.get(FLASH_COOKIE)
        if not sealed:
            return ""
        self.set_cookie(FLASH_COOKIE, "", 0)
        return _unseal(self.edge.secret, sealed)

    def render(self, template: str, *, status: int = 200, **context: object) -> Response:
        """A page. Templates know: rq, actor, nav, site_name, csrf_token, flash, zoom, theme, locale, path."""
        html = self.edge.templates.get_template(template).render(
            rq=self,
            actor=self.actor,
            nav=[] if self.is_htmx else self.edge.navigation(self),
            site_name=self.edge.site_name,
            csrf_token=self.csrf_token,
            flash="" if self.is_htmx else self.flash(),
            zoom=self.zoom,
            theme=self.theme,
            locale=self.locale,
            path=self.here,
            status=status,
            **context,
        )
        return HTMLResponse(html, status_code=status)

    def redirect(self, url: str, done: Text | None = None) -> Response:
        """Go on to another of our pages, after saying what was done."""
        if done is not None:
            self.say(done)
        return RedirectResponse(url, status_code=303)

    def send_file(
        self, sha256: str, *, name: str, media_type: str, size: int | None = None, inline: bool = False
    ) -> Response:
        """A stored file; only our own re-encoded pictures may be `inline`."""
        if not self.files.exists(sha256):
            raise NotFound
        headers = {"Content-Disposition": disposition(name, inline=inline)}
        if size is not None:
            headers["Content-Length"] = str(size)
        if inline:
            headers["Cache-Control"] = "private, max-age=86400, immutable"
        else:
            headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return StreamingResponse(stored_chunks(self.files, sha256), media_type=media_type, headers=headers)

    def finish(self, response: Response) -> Response:
        """Put the cookies and cache rules on the way out."""
        for name, value, max_age in self._cookies:
            response.set_cookie(
                name,
                value,
                max_age=max_age,
                httponly=name not in ("zoom", "theme"),
                secure=self.edge.secure_cookies,
                samesite="lax",
            )
        if "cache-control" not in response.headers:
            response.headers["Cache-Control"] = "no-store" if self.actor.signed_in else "no-cache"
        return response


Handler = Callable[[Rq], Response]


def disposition(name: str, *, inline: bool = False) -> str:
    """Content-Disposition with a name that every browser understands (RFC 6266, RFC 8187)."""
    ascii_name = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name) or "file"
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"


def get(path: str, handler: Handler) -> Route:
    """A page that reads."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_read, request, handler)

    return Route(path, endpoint, methods=["GET"])


def post(
    path: str, handler: Handler, *, again: Handler | None = None, prepare: Callable[[Rq], Any] | None = None
) -> Route:
    """A form that writes. `again` shows the page once more when the post is refused.

    `prepare(rq)` does what is slow (store an upload, read a Word file, hash a password) before the write
    transaction begins, in a read transaction of its own, after it has permitted the actor; the handler
    finds its answer in `rq.prepared`.
    """

    async def endpoint(request: Request) -> Response:
        form = await body.read_form(request)
        try:
            return await run_in_threadpool(_write, request, _Write(handler, again, prepare), form)
        finally:
            await form.close()

    return Route(path, endpoint, methods=["POST"])


def edge_of(request: Request) -> Edge:
    edge: Edge = request.app.state.edge
    return edge


def received_at(request: Request) -> datetime:
    """When the request's headers arrived: stamped once by the outermost middleware."""
    stamp: datetime | None = request.scope.get("exemplar.received_at")
    return stamp if stamp is not None else edge_of(request).clock.now()


def open_rq(request: Request, db: Session, form: FormData | None = None) -> Rq:
    """Find out who asks, limit the session to what he may see, choose the language."""
    edge = edge_of(request)
    now = received_at(request)
    identity = edge.identify(db, request, now)
    db.info["actor"] = identity.actor
    rq = Rq(request, edge, db, identity, now, _locale(edge, request, identity), form or FormData())
    rq.visitor = request.cookies.get(VISITOR_COOKIE, "")
    if not identity.key and not rq.visitor:
        rq.visitor = secrets.token_urlsafe(24)
        rq.set_cookie(VISITOR_COOKIE, rq.visitor, 24 * 3600)
    return rq


def _locale(edge: Edge, request: Request, identity: Identity) -> str:
    chosen = request.cookies.get("lang") or identity.language
    if chosen in edge.languages:
        return chosen
    for wish in request.headers.get("accept-language", "").split(","):
        tag = wish.split(";")[0].strip().lower()[:2]
        if tag in edge.languages:
            return tag
    return "zh"


def in_language(rq: Rq, handler: Handler) -> Response:
    with use_translations(rq.edge.languages[rq.locale]):
        return rq.finish(handler(rq))


def _read(request: Request, handler: Handler) -> Response:
    edge = edge_of(request)
    with edge.database.read(ANONYMOUS) as db:
        rq = open_rq(request, db)
        response = in_language(rq, handler)
    keep_session(edge, rq)
    return response


def keep_session(edge: Edge, rq: Rq) -> None:
    """Note that the session was used, now and then, in a transaction of its own."""
    if rq.identity.stale is not None:
        with edge.database.write() as db:
            edge.touch(db, rq.identity.stale, rq.now)


def stay_signed_in(rq: Rq) -> None:
    """The same for a request that writes, in its transaction."""
    if rq.identity.stale is not None:
        rq.edge.touch(rq.db, rq.identity.stale, rq.now)


def check_own(rq: Rq) -> None:
    """Refuse a post that our own page did not send."""
    sent = rq.request.headers.get(csrf.HEADER) or rq.field(csrf.FIELD)
    if not csrf.is_own(rq.request.headers, rq.request.headers.get("host", ""), sent, rq.csrf_token):
        raise Forbidden(_("页面已过期或不是从本系统打开的。请刷新页面后重试，已填写的内容可先复制保存。"))


@dataclass(frozen=True, slots=True)
class _Write:
    handler: Handler
    again: Handler | None
    prepare: Callable[[Rq], Any] | None


def _write(request: Request, route: _Write, form: FormData) -> Response:
    edge = edge_of(request)
    try:
        prepared = _prepared(request, route.prepare, form) if route.prepare else None
        with edge.database.write(ANONYMOUS) as db:
            rq = open_rq(request, db, form)
            rq.prepared = prepared
            check_own(rq)
            response = in_language(rq, route.handler)
            stay_signed_in(rq)
            return response
    except (NotFound, NotSignedIn):
        raise
    except Problem as problem:
        if route.again is None:
            raise
        return _again(request, route.again, form, problem)


def _prepared(request: Request, prepare: Callable[[Rq], Any], form: FormData) -> Any:
    edge = edge_of(request)
    with edge.database.read(ANONYMOUS) as db:
        rq = open_rq(request, db, form)
        check_own(rq)
        with use_translations(edge.languages[rq.locale]):
            return prepare(rq)


def _again(request: Request, again: Handler, form: FormData, problem: Problem) -> Response:
    edge = edge_of(request)
    with edge.database.read(ANONYMOUS) as db:
        rq = open_rq(request, db, form)
        rq.problem = problem
        response = in_language(rq, again)
    if response.status_code == 200:
        response.status_code = problem.status
    return response


def conflict_if(condition: bool, reason: Text) -> None:
    """Refuse when the condition holds."""
    if condition:
        raise Refused(reason)


def with_query(path: str, **changes: object) -> str:
    """A path with query parameters; None and "" leave one out, a list repeats it."""
    pairs: list[tuple[str, str]] = []
    for name, value in changes.items():
        values = value if isinstance(value, list | tuple) else [value]
        pairs += [(name, str(item)) for item in values if item not in (None, "")]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _seal(secret: bytes, sentence: str) -> str:
    payload = base64.urlsafe_b64encode(json.dumps(sentence).encode()).decode()
    return f"{payload}.{_mac(secret, payload)}"


def _unseal(secret: bytes, sealed: str) -> str:
    payload, _dot, mac = sealed.partition(".")
    if not hmac.compare_digest(mac.encode(), _mac(secret, payload).encode()):
        return ""
    return str(json.loads(base64.urlsafe_b64decode(payload)))


def _mac(secret: bytes, payload: str) -> str:
    return hmac.new(secret, b"flash:" + payload.encode(), hashlib.sha256).hexdigest()[:32]


def stream(pieces: Iterator[bytes], *, name: str, media_type: str) -> Response:
    """A produced download, sent while it is made."""
    headers = {"Content-Disposition": disposition(name)}
    return StreamingResponse(pieces, media_type=media_type, headers=headers)


def as_json(value: Any) -> str:
    """For data attributes that scripts read."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
