"""What is remembered of the shelf follows the events that change it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from foundation.clock import Clock
from foundation.journal import Entry, Event, Subscription
from search.harvest import service
from search.harvest.values import Seen
from search.indexing import SHELF_EVENTS
from submissions.events import CallUpdated

_EVENTS: tuple[type[Event], ...] = (*SHELF_EVENTS, CallUpdated)
_CHANGES = frozenset(each.action for each in _EVENTS)


def subscriptions(clock: Clock) -> list[Subscription]:
    def save(db: Session, _entry: Entry, seen: Sequence[Seen]) -> None:
        service.remember(db, now=clock.now(), seen=seen)

    return [Subscription("shelf-record", _CHANGES, load=_look, work=lambda seen: seen, save=save)]


def _look(db: Session, entry: Entry) -> list[Seen]:
    """The case that the event is about; every case of a call that was worded anew."""
    case_id = entry.detail.get("case_id")
    cases = [case_id] if case_id else service.cases_of_call(db, entry.subject_id)
    return service.look(db, cases)
