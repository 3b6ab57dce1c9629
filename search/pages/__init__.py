"""The library's HTML pages."""

from __future__ import annotations

from starlette.routing import BaseRoute

from search.harvest import pages as harvest
from search.library import Library
from search.pages import case, search
from search.pages.case import WordCopy
from search.slots import Slot

SLOTS: tuple[Slot, ...] = ()
"""What the rooms put on the page of a case (`search/slots.py`), a line each."""


def routes(shelf: Library, word_copy: WordCopy | None = None, *, sender: str = "") -> list[BaseRoute]:
    """All pages. `word_copy` makes the download of a case possible; `sender` is the site's address for mail."""
    return [
        *harvest.routes(shelf, sender),
        *search.routes(shelf),
        *case.routes(shelf, word_copy, SLOTS),
    ]
