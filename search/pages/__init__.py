"""The library's HTML pages."""

from __future__ import annotations

from dataclasses import replace

from starlette.routing import BaseRoute

from search.curation import pages as curation
from search.harvest import pages as harvest
from search.library import Library
from search.pages import case, collections, curated, desk, desk_topics, search, topics, wishing
from search.pages.case_files import Copies
from search.readers import pages as reading
from search.readers.pages import Readers
from search.slots import Slot
from search.teaching import home as teaching
from search.teaching.packs import pages as packs
from search.teaching.packs.pages import on_case as packs_on_case
from search.teaching.packs.ports import PackWriters
from search.teaching.quizzes import pages as quizzes
from search.teaching.sessions import pages as sessions

SLOTS: tuple[Slot, ...] = (*curated.SLOTS, *packs_on_case.SLOTS)
"""What the rooms put on the page of a case (`search/slots.py`), a line each."""


def routes(
    shelf: Library, copies: Copies, writers: PackWriters, *, readers: Readers, sender: str = ""
) -> list[BaseRoute]:
    """All pages. `copies` makes the files of a case that can be taken along, `writers` those of packs;
    `sender` is the site's address for mail."""
    slots = (*SLOTS, *reading.slots(readers))
    return [
        *harvest.routes(shelf, sender),
        *reading.routes(readers),
        *curation.routes(lambda rq, text: search.try_out(shelf, rq, text)),
        *desk.routes(shelf),
        *desk_topics.routes(),
        *collections.routes(shelf),
        *topics.routes(),
        *wishing.routes(),
        *search.routes(shelf, slots),
        *case.routes(shelf, replace(copies, taken=readers.tally.note), slots),
        *teaching.routes(),
        *packs.routes(shelf, writers),
        *quizzes.routes(),
        *sessions.routes(readers.write),
    ]
