"""What curation puts on the page of a case: its topics, the collections that hold it, ways to change them."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.web import Rq, with_query
from search.curation.policy.curating import may_collect, may_curate
from search.curation.queries import collections as collections
from search.curation.queries.topics import topics_of_cases
from search.curation.values.collections import CollectionView
from search.holdings import Shelved
from search.pages.collections import Shown, shown
from search.slots import Place, Slot


@dataclass(frozen=True, slots=True)
class Tools:
    """What those who look after the library do from here."""

    desk: str
    collections: tuple[CollectionView, ...]


def _topics(rq: Rq, case: Shelved) -> list[tuple[str, str]] | None:
    """(label, address of its cases), None without topics."""
    found = topics_of_cases(rq.db, [case.id]).get(case.id, ())
    return [(each.label, with_query("/library", topic=each.label)) for each in found] or None


def _collections(rq: Rq, case: Shelved) -> list[Shown] | None:
    return shown(rq.db, collections.collections_with(rq.db, case.id)) or None


def _tools(rq: Rq, case: Shelved) -> Tools | None:
    if may_collect(rq.actor) is not None:
        return None
    lacking = (
        each
        for each in collections.collections(rq.db)
        if case.id not in {item.case_id for item in each.items}
    )
    desk = f"/organise/library/cases/{case.id}" if may_curate(rq.actor) is None else ""
    return Tools(desk, tuple(lacking))


SLOTS = (
    Slot(Place.ACTIONS, "search/case_curation.html", _tools),
    Slot(Place.SIDE, "search/case_topics.html", _topics),
    Slot(Place.END, "search/case_collections.html", _collections),
)
