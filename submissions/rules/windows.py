"""The collection window: half-open, to the instant, with extensions and the grace of late arrivals.

An arrival at `opens_at` is inside, one at `closes_at` is outside. All instants are aware UTC datetimes; the
call's zone matters only where they are shown or typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from submissions.values import ExtensionView, WindowState

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


def closes_for(unit_id: str | None, closes_at: datetime, extensions: Iterable[ExtensionView]) -> datetime:
    """The deadline in force for a unit: the latest of the call's and of what it was granted."""
    granted = (each.closes_at for each in extensions if each.unit_id is None or each.unit_id == unit_id)
    return max([closes_at, *granted])


def is_due_to_close(*, closes_at: datetime, closed_at: datetime | None, now: datetime) -> bool:
    """Whether the closing of a window can be recorded."""
    return closed_at is None and now >= closes_at + SETTLED


def known_zone(name: str) -> bool:
    """Whether this is a zone of the IANA database."""
    return name in available_timezones()


def local(at: datetime, zone: str) -> datetime:
    """The instant on the clocks of a zone."""
    return at.astimezone(ZoneInfo(zone))


def from_wall_clock(naive: datetime, zone: str) -> datetime:
    """The instant that a clock of this zone shows so; the earlier one where it shows it twice."""
    return naive.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(ZoneInfo("UTC"))
