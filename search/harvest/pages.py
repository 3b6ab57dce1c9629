"""The addresses for other libraries, readers of feeds and search engines."""

from __future__ import annotations

from email.utils import parseaddr

from starlette.responses import Response
from starlette.routing import BaseRoute

from search.harvest import feed, sitemap
from search.harvest.oai import answering
from search.harvest.public import Ask, public
from search.library import Library


def routes(shelf: Library, sender: str) -> list[BaseRoute]:
    """`sender` is the site's address for mail: whom other libraries write to."""
    contact = contact_of(sender)
    return [
        public(feed.PATH, lambda ask: feed.feed(ask, shelf)),
        public("/sitemap.xml", sitemap.sitemap),
        public("/sitemap-{number}.xml", sitemap.part),
        public("/robots.txt", sitemap.robots),
        public(answering.PATH, lambda ask: _oai(ask, contact), also_post=True),
    ]


def contact_of(sender: str) -> str:
    """The plain address; one without a domain gets the domain that never is one (RFC 2606)."""
    address = parseaddr(sender)[1] or "exemplar@localhost"
    return address if "." in address.rpartition("@")[2] else f"{address}.invalid"


def _oai(ask: Ask, contact: str) -> Response:
    return Response(answering.answer(ask, contact), media_type="text/xml; charset=utf-8")
