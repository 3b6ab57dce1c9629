"""Who sees which rows of the readers' rooms.

Saved searches and lists are their owner's alone; a shared list is found by its link and no other way. Figures
of use are for those who look after the library and, of its own cases, for the unit.
"""

from __future__ import annotations

from sqlalchemy import ScalarSelect, select

from foundation.actor import Actor
from foundation.visibility import Grant
from search.curation.policy.curating import may_curate
from search.readers.models.lists import ReadingList, ReadingListEntry
from search.readers.models.searches import SavedSearch, SearchFind
from search.readers.models.usage import UsageDay


def _lists_of(actor: Actor) -> ScalarSelect[str]:
    lists = ReadingList.__table__
    return select(lists.c.id).where(lists.c.owner_id == actor.user_id).scalar_subquery()


def _searches_of(actor: Actor) -> ScalarSelect[str]:
    searches = SavedSearch.__table__
    return select(searches.c.id).where(searches.c.user_id == actor.user_id).scalar_subquery()


GRANTS: tuple[Grant, ...] = (
    Grant(SavedSearch, lambda actor: actor.signed_in and SavedSearch.user_id == actor.user_id),
    Grant(SearchFind, lambda actor: actor.signed_in and SearchFind.search_id.in_(_searches_of(actor))),
    Grant(ReadingList, lambda actor: actor.signed_in and ReadingList.owner_id == actor.user_id),
    Grant(ReadingListEntry, lambda actor: actor.signed_in and ReadingListEntry.list_id.in_(_lists_of(actor))),
    Grant(UsageDay, lambda actor: may_curate(actor) is None),
    Grant(UsageDay, lambda actor: UsageDay.unit_id == actor.unit_id if actor.unit_id else False),
)
