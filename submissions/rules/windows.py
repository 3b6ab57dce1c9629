"""The collection window: half-open, to the instant, with extensions and the grace of late arrivals.

An arrival at `opens_at` is inside, one at `closes_at` is outside. All instants are aware UTC datetimes; the
call's zone matters only where they are shown or typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from submissions.values import CallRules, ExtensionView, WindowState

GRACE = timedelta(seconds=5)
"""Stamps are up to 1.6 s late in a rush (measured), so an arrival within this time after the deadline is
kept for the organiser to rule on: never refused outright, never silently accepted."""

SETTLED = timedelta(minutes=2)
"""After this time no request stamped before the deadline can still be on its way: closing is recorded, and
a clock set back cannot open the window again."""


def window_state(
    *, published_at: datetime | None, opens_at: datetime, closes_at: datetime, at: datetime
) -> WindowState:
    """The window as it is for something that arrived `at`."""
    if published_at is None:
        return WindowState.UNPUBLISHED
    if at < opens_at:
        return WindowState.NOT_YET
    if at < closes_at:
        return WindowState.OPEN
    return WindowState.GRACE if at < closes_at + GRACE else WindowState.CLOSED


def closes_by_rules(closes_at: datetime, rules: CallRules, category_key: str = "") -> datetime:
    """The deadline a call announced: a category's own where it has one, else the call's.

    Without a category (or one the call does not know): the last of all, after which nothing can come in.
    """
    category = rules.category(category_key)
    if category is not None:
        return category.closes_at or closes_at
    return max((each.closes_at or closes_at for each in rules.categories), default=closes_at)


def closes_for(
    unit_id: str | None,
    closes_at: datetime,
    rules: CallRules,
    extensions: Iterable[ExtensionView],
    category_key: str = "",
) -> datetime:
    """The deadline in force for a unit in a category: the latest of what was announced and what was granted.

    An extension for one unit or one category is for no other; one for all categories lifts each category's
    deadline that is earlier. Without a category: the last deadline of any.
    """
    known = category_key if rules.category(category_key) is not None else ""
    granted = (each.closes_at for each in extensions if _applies(each, unit_id, known))
    return max([closes_by_rules(closes_at, rules, known), *granted])


def _applies(extension: ExtensionView, unit_id: str | None, category_key: str) -> bool:
    for_unit = extension.unit_id is None or extension.unit_id == unit_id
    return for_unit and (not category_key or extension.category_key in ("", category_key))


def has_settled(closes_at: datetime, *, now: datetime) -> bool:
    """Whether the closing at this instant can be put on record."""
    return now >= closes_at + SETTLED


def known_zone(name: str) -> bool:
    """Whether this is a zone of the IANA database."""
    return name in available_timezones()


def local(at: datetime, zone: str) -> datetime:
    """The instant on the clocks of a zone."""
    return at.astimezone(ZoneInfo(zone))


def from_wall_clock(naive: datetime, zone: str) -> datetime:
    """The instant that a clock of this zone shows so; the earlier one where it shows it twice."""
    return naive.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(ZoneInfo("UTC"))
