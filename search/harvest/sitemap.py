"""What search engines may read: the sitemap (sitemaps.org) and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from starlette.responses import Response

from foundation.atom import stamp
from foundation.errors import NotFound
from judging import queries as judging
from search.harvest import queries
from search.harvest.public import Ask, unless_known
from submissions import queries as submissions

MOST = 50_000
"""Addresses of one file, by the protocol."""
_XML = "application/xml; charset=utf-8"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Address = tuple[str, datetime | None]
"""A path, and when what is there last changed, where that is known."""


def sitemap(ask: Ask, most: int = MOST) -> Response:
    """All addresses, or the list of the files that hold them."""
    found = addresses(ask)
    if len(found) <= most:
        return _urls(ask, found)
    parts = range(1, -(-len(found) // most) + 1)
    listed = "".join(
        f"<sitemap><loc>{escape(ask.absolute(f'/sitemap-{part}.xml'))}</loc></sitemap>" for part in parts
    )
    return unless_known(ask, _document("sitemapindex", listed), media_type=_XML)


def part(ask: Ask, most: int = MOST) -> Response:
    """One file of several.

    Raises:
        NotFound
    """
    number = str(ask.request.path_params["number"])
    place = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 0
    found = addresses(ask)[(place - 1) * most : place * most] if place else []
    if not found:
        raise NotFound
    return _urls(ask, found)


def robots(ask: Ask) -> Response:
    """Searches have no end, and interfaces are not for reading; everything else may be read."""
    lines = [
        "User-agent: *",
        "Disallow: /api/",
        "Disallow: /library?",
        "Disallow: /library/suggestions",
        "Disallow: /library/feed",
        f"Sitemap: {ask.absolute('/sitemap.xml')}",
    ]
    return Response("\n".join(lines) + "\n", media_type="text/plain")


def addresses(ask: Ask) -> list[Address]:
    """The pages that everybody may read: the calls, their results, the public cases."""
    calls = submissions.calls(ask.db)
    decided = judging.calls_with_awards(ask.db)
    return [
        ("/", None),
        ("/calls", None),
        ("/library", queries.latest_change(ask.db)),
        *((f"/calls/{call.slug}", call.published_at) for call in calls if call.published_at is not None),
        *((f"/calls/{call.slug}/results", decided[call.id]) for call in calls if call.id in decided),
        *((f"/library/{case_id}", at) for case_id, at in queries.public_cases(ask.db)),
    ]


def _urls(ask: Ask, found: Sequence[Address]) -> Response:
    changed = max((at for _path, at in found if at is not None), default=None)
    written = _document("urlset", "".join(_url(ask, found)))
    return unless_known(ask, written, media_type=_XML, changed=changed)


def _url(ask: Ask, found: Iterable[Address]) -> Iterable[str]:
    for path, at in found:
        lastmod = f"<lastmod>{stamp(at)}</lastmod>" if at is not None else ""
        yield f"<url><loc>{escape(ask.absolute(path))}</loc>{lastmod}</url>"


def _document(name: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{name} xmlns="{_SPACE}">{content}</{name}>'
