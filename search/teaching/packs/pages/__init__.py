"""The pages of teaching packs."""

from __future__ import annotations

from starlette.routing import BaseRoute

from search.library import Library
from search.teaching.packs.pages import editing, listing, printing, reading, reporting
from search.teaching.packs.ports import PackWriters


def routes(shelf: Library, writers: PackWriters) -> list[BaseRoute]:
    """Addresses of one word (new, find, link) come before those of a pack."""
    return [
        *listing.routes(),
        *editing.routes(shelf),
        *printing.routes(writers),
        *reporting.routes(),
        *reading.routes(),
    ]
