"""What several pages of packs show alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foundation.permission import require
from foundation.web import Rq
from search.harvest.citation import gbt7714, reference
from search.holdings import Shelved
from search.teaching.packs import policy, queries
from search.teaching.packs.papers import title_of
from search.teaching.packs.queries import Shown
from search.teaching.packs.values import PackView, Tally
from search.teaching.packs.wording import (
    AGAIN_NAMES,
    LEVEL_NAMES,
    SECTION_NAMES,
    SHARING_NAMES,
    STEP_NAMES,
)

NAMES = {
    "again": AGAIN_NAMES,
    "level": LEVEL_NAMES,
    "section": SECTION_NAMES,
    "sharing": SHARING_NAMES,
    "step": STEP_NAMES,
}
"""Words that the templates need."""


@dataclass(frozen=True, slots=True)
class Card:
    """A pack in a list."""

    shown: Shown
    tally: Tally

    @property
    def pack(self) -> PackView:
        return self.shown.pack

    @property
    def title(self) -> str:
        return title_of(self.shown)


def teacher(rq: Rq) -> None:
    """Only for those who teach.

    Raises:
        NotSignedIn, Forbidden
    """
    require(policy.may_teach(rq.signed_in()))


def cards(rq: Rq, packs: Iterable[PackView]) -> list[Card]:
    """The packs with what the reader may see of them and how often they were used."""
    found = list(packs)
    tallies = queries.tallies(rq.db, [each.id for each in found])
    return [Card(queries.shown(rq.db, each), tallies.get(each.id, Tally())) for each in found]


def opened(rq: Rq) -> Shown:
    """The pack that the address names, as the teacher may see it.

    Raises:
        NotSignedIn, Forbidden, NotFound
    """
    teacher(rq)
    return queries.shown(rq.db, queries.pack(rq.db, rq.path("pack")))


def citations(rq: Rq, cases: Mapping[str, Shelved]) -> dict[str, str]:
    """Case id -> reference by GB/T 7714."""
    return {
        case_id: gbt7714(
            reference(
                case,
                url=rq.absolute(f"/library/{case_id}"),
                publisher=rq.edge.site_name,
                now=rq.now,
            )
        )
        for case_id, case in cases.items()
    }
