"""The pages of the editorial desk."""

from __future__ import annotations

from starlette.routing import Route

from casebook.making import pages as making
from casebook.pages import desk, details, manuscripts
from casebook.service import TopicsOf


def routes(topics: TopicsOf) -> list[Route]:
    """`topics`: what the library says cases are about."""
    return [
        *desk.routes(topics),
        *details.routes(),
        *manuscripts.routes(topics),
        *making.routes(),
    ]
