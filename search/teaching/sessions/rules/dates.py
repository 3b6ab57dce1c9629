"""On which dates a series meets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from search.teaching.sessions.values import Rhythm

FURTHEST = 800
"""Days that are looked at: a rhythm whose dates are all left out ends there."""


def meetings(rhythm: Rhythm, *, after: datetime, count: int, works: Callable[[date], bool]) -> list[datetime]:
    """The next `count` instants after `after`, in UTC. `works` tells working days, asked where wished."""
    return list(islice(_meetings(rhythm, after, works), count))


def _meetings(rhythm: Rhythm, after: datetime, works: Callable[[date], bool]) -> Iterator[datetime]:
    zone = ZoneInfo(rhythm.zone)
    day = max(rhythm.first, after.astimezone(zone).date())
    end = min(day + timedelta(days=FURTHEST), rhythm.last or date.max)
    while day <= end:
        at = datetime.combine(day, rhythm.at, tzinfo=zone).astimezone(UTC)
        if at > after and meets_on(rhythm, day) and not (rhythm.working_days and not works(day)):
            yield at
        day += timedelta(days=1)


def meets_on(rhythm: Rhythm, day: date) -> bool:
    """Whether the rule names this day, holidays apart. Weeks are counted from Monday of the first one."""
    week = (day - timedelta(days=day.weekday()) - _monday(rhythm.first)).days // 7
    return day.weekday() in rhythm.weekdays and week % rhythm.every == 0 and day not in rhythm.skipped


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
