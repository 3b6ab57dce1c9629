"""Addresses for machines: the same for everybody, whoever is signed in, so that they may be kept and shared.

Nobody is identified, no cookie is set, nothing is written; the language is the product's own. What is asked
stays what the public may see.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from foundation import body
from foundation.actor import ANONYMOUS
from foundation.forms import clean_text
from foundation.text import use_translations
from foundation.web import Edge, edge_of, received_at


@dataclass(frozen=True, slots=True)
class Ask:
    """A request of the public; `fields` are the parameters in their order, of the address or posted."""

    request: Request
    edge: Edge
    db: Session
    now: datetime
    fields: Sequence[tuple[str, str]]

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.fields if key == name]

    def absolute(self, path: str) -> str:
        """The full address of one of our paths."""
        return (self.edge.base_url or str(self.request.base_url)).rstrip("/") + path


def public(path: str, handler: Callable[[Ask], Response], *, also_post: bool = False) -> Route:
    """An address for machines."""

    async def endpoint(request: Request) -> Response:
        sent = await body.read_form(request) if request.method == "POST" else request.query_params
        fields = [(key, clean_text(value)) for key, value in sent.multi_items() if isinstance(value, str)]
        return await run_in_threadpool(_answer, request, handler, fields)

    return Route(path, endpoint, methods=["GET", "POST"] if also_post else ["GET"])


def _answer(
    request: Request, handler: Callable[[Ask], Response], fields: Sequence[tuple[str, str]]
) -> Response:
    edge = edge_of(request)
    with (
        edge.database.read(ANONYMOUS) as db,
        use_translations(next(iter(edge.languages.values()))),
    ):
        return handler(Ask(request, edge, db, received_at(request), fields))


def unless_known(ask: Ask, text: str, *, media_type: str, changed: datetime | None = None) -> Response:
    """The text with its marks; 304 without it when the asker has it already (RFC 9110, section 13)."""
    content = text.encode()
    etag = f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "public, max-age=300"}
    if changed is not None:
        headers["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if _knows(ask.request, etag, changed):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def _knows(request: Request, etag: str, changed: datetime | None) -> bool:
    known = request.headers.get("if-none-match")
    if known is not None:
        return known.strip() == "*" or etag in (each.strip() for each in known.split(","))
    since = request.headers.get("if-modified-since")
    if since is None or changed is None:
        return False
    try:
        return changed.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
