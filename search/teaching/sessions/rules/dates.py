"""On which dates a series meets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from search.teaching.sessions.values import Rhythm

_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_BETWEEN = " 至到~～—–-,，"
LONGEST_PAUSE = 366
"""Days of one line."""
MOST_DAYS_OFF = 1000
"""Days of all lines: they are read with the series each time."""
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


def days_off(typed: str) -> list[date] | None:
    """Dates to leave out as people write them: one a line, or from one to another with 至 between.

    None where a line is neither, or far too long, or where all of them are far too many days.
    """
    found: set[date] = set()
    for line in filter(str.strip, typed.splitlines()):
        days = [_date(part) for part in _DATE.findall(line)]
        if not 1 <= len(days) <= 2 or _DATE.sub("", line).strip(_BETWEEN):
            return None
        first, last = days[0], days[-1]
        if first is None or last is None or not 0 <= (last - first).days <= LONGEST_PAUSE:
            return None
        found |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
        if len(found) > MOST_DAYS_OFF:
            return None
    return sorted(found)


def pauses(days: Sequence[date]) -> str:
    """The same the other way: days that follow one another as one line."""
    lines: list[list[date]] = []
    for day in sorted(days):
        if lines and day - lines[-1][-1] == timedelta(days=1):
            lines[-1].append(day)
        else:
            lines.append([day])
    return "\n".join(
        each[0].isoformat() if len(each) == 1 else f"{each[0].isoformat()} 至 {each[-1].isoformat()}"
        for each in lines
    )


def _date(typed: str) -> date | None:
    try:
        return date(*(int(part) for part in re.split(r"[-/.]", typed)))
    except ValueError:
        return None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
