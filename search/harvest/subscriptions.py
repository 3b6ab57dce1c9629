"""What is remembered of the shelf follows the events that change it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from foundation.clock import Clock
from foundation.journal import Entry, Subscription
from search.harvest import service
from search.harvest.values import Seen
from search.indexing import INDEX_EVENTS, SHELF_EVENTS

_OF_ONE_CASE = frozenset(each.action for each in SHELF_EVENTS)


def subscriptions(clock: Clock) -> list[Subscription]:
    def save(db: Session, _entry: Entry, seen: Sequence[Seen]) -> None:
        service.remember(db, now=clock.now(), seen=seen)

    actions = frozenset(each.action for each in INDEX_EVENTS)
    return [Subscription("shelf-record", actions, load=_look, work=lambda seen: seen, save=save)]


def _look(db: Session, entry: Entry) -> list[Seen]:
    """The case that the event is about; all of them after an event about topics, which may stand anywhere."""
    one = entry.action in _OF_ONE_CASE
    return service.look(db, [entry.detail["case_id"]] if one else None)
