"""The readers' pages: figures of use, saved searches, reading lists; what they put on others' pages."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.routing import BaseRoute

from foundation.web import Rq
from judging.papers.ports import DocumentWriter
from search.holdings import Shelved
from search.readers.pages import lists, searches, shared, usage
from search.readers.tally import Tally
from search.readers.values.usage import Use, Uses
from search.slots import Place, Slot


@dataclass(frozen=True, slots=True)
class Readers:
    """What these pages need of the product: who counts, and who writes a list's Word file, if anybody."""

    tally: Tally
    write: DocumentWriter | None = None


def routes(readers: Readers) -> list[BaseRoute]:
    return [
        *usage.routes(readers.tally),
        *searches.routes(),
        *shared.routes(),
        *lists.routes(readers.write),
    ]


def slots(readers: Readers) -> tuple[Slot, ...]:
    """The case's lists among its buttons, its figures of use beside the text, a bookmark beside each hit."""

    def read(rq: Rq, case: Shelved) -> Uses | None:
        """The page of a case is being shown: that is what a view is."""
        readers.tally.note(rq, case, Use.VIEW)
        return usage.uses_line(rq, case)

    return (
        Slot(Place.ACTIONS, "search/readers/keep_menu.html", lists.keeping),
        Slot(Place.SIDE, "search/readers/case_uses.html", read),
        Slot(Place.HIT, "search/readers/_keep.html", lists.keeping_hit),
    )
