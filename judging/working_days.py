"""Working days, and when a period of them ends. Pure: the calendar is handed in.

Shipped exceptions are those of the State Council General Office (国务院办公厅), which announces a year each
November: 关于2025年部分节假日安排的通知 of 12 November 2024, 关于2026年部分节假日安排的通知 of 4 November
2025.
Later years are imported by an organiser when they are announced; until then only their weekends are days off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from judging.values import CalendarDay, DayKind, WorkCalendar

LONGEST = 60
"""Working days of the longest period that is computed."""

_SHIPPED: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("元旦", "2025-01-01", "2025-01-01", ()),
    ("春节", "2025-01-28", "2025-02-04", ("2025-01-26", "2025-02-08")),
    ("清明节", "2025-04-04", "2025-04-06", ()),
    ("劳动节", "2025-05-01", "2025-05-05", ("2025-04-27",)),
    ("端午节", "2025-05-31", "2025-06-02", ()),
    ("国庆节、中秋节", "2025-10-01", "2025-10-08", ("2025-09-28", "2025-10-11")),
    ("元旦", "2026-01-01", "2026-01-03", ("2026-01-04",)),
    ("春节", "2026-02-15", "2026-02-23", ("2026-02-14", "2026-02-28")),
    ("清明节", "2026-04-04", "2026-04-06", ()),
    ("劳动节", "2026-05-01", "2026-05-05", ("2026-05-09",)),
    ("端午节", "2026-06-19", "2026-06-21", ()),
    ("中秋节", "2026-09-25", "2026-09-27", ()),
    ("国庆节", "2026-10-01", "2026-10-07", ("2026-09-20", "2026-10-10")),
)
"""Name, first and last day off, working days on weekends that make up for it."""


def _shipped() -> Mapping[date, CalendarDay]:
    found: dict[date, CalendarDay] = {}
    for name, first, last, made_up in _SHIPPED:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            found[day] = CalendarDay(day, DayKind.HOLIDAY, name)
            day += timedelta(days=1)
        for each in map(date.fromisoformat, made_up):
            found[each] = CalendarDay(each, DayKind.WORKDAY, name)
    return found


SHIPPED: Mapping[date, CalendarDay] = _shipped()


def calendar(own: Iterable[CalendarDay] = ()) -> WorkCalendar:
    """The shipped calendar with an organisation's own entries over it.

    A year is known when it is shipped or when an own entry makes one of its days a holiday.
    """
    days = dict(SHIPPED)
    known = {day.year for day in SHIPPED}
    for each in own:
        days[each.day] = each
        if each.kind is DayKind.HOLIDAY:
            known.add(each.day.year)
    return WorkCalendar(days, frozenset(known))


def is_working_day(day: date, shown: WorkCalendar) -> bool:
    """Monday to Friday but for holidays, and weekends that make up for one."""
    exception = shown.days.get(day)
    if exception is None or exception.kind is DayKind.ORDINARY:
        return day.weekday() < 5
    return exception.kind is DayKind.WORKDAY


def last_day(published_at: datetime, days: int, zone: str, shown: WorkCalendar) -> date:
    """The date of working day number `days`, counted from the day after `published_at` in this zone.

    Without days it is the day itself.

    Raises:
        ValueError: more than `LONGEST` days, or a calendar with hardly a working day.
    """
    if not 0 <= days <= LONGEST:
        raise ValueError(days)
    day = published_at.astimezone(ZoneInfo(zone)).date()
    latest = day + timedelta(days=3 * LONGEST + 60)
    left = days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, shown)
        if day > latest:
            raise ValueError(days)
    return day


def period_end(published_at: datetime, days: int, zone: str, shown: WorkCalendar) -> datetime:
    """The first instant after the period: midnight after its last working day, in UTC. Without days: at once.

    Raises:
        ValueError: as `last_day`.
    """
    if not days:
        return published_at
    following = last_day(published_at, days, zone, shown) + timedelta(days=1)
    return datetime.combine(following, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def unknown_years(published_at: datetime, ends_at: datetime, zone: str, shown: WorkCalendar) -> list[int]:
    """Years that the period touches and of which no holidays are known: there only weekends were off."""
    first = published_at.astimezone(ZoneInfo(zone)).year
    last = (ends_at - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).year
    return [year for year in range(first, max(first, last) + 1) if year not in shown.known]
