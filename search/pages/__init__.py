"""The library's HTML pages."""

from __future__ import annotations

from dataclasses import replace

from starlette.routing import BaseRoute

from search.curation import pages as curation
from search.harvest import pages as harvest
from search.library import Library
from search.pages import case, search
from search.pages.case_files import Copies
from search.readers import pages as reading
from search.readers.pages import Readers
from search.slots import Slot

SLOTS: tuple[Slot, ...] = ()
"""What the rooms put on the page of a case (`search/slots.py`), a line each."""


def routes(shelf: Library, copies: Copies, *, readers: Readers, sender: str = "") -> list[BaseRoute]:
    """All pages. `copies` makes the files of a case that can be taken along; `sender` is the site's address
    for mail."""
    slots = (*SLOTS, *reading.slots(readers))
    return [
        *harvest.routes(shelf, sender),
        *reading.routes(readers),
        *curation.routes(lambda rq, text: search.try_out(shelf, rq, text)),
        *search.routes(shelf, slots),
        *case.routes(shelf, replace(copies, taken=readers.tally.note), slots),
    ]
