"""Working days by the State Council's calendars, and the ends of periods."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.values import CalendarDay, DayKind
from judging.working_days import calendar, is_working_day, last_day, period_end, unknown_years

BEIJING = "Asia/Shanghai"
SHOWN = calendar()


def at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02d}:00").replace(tzinfo=ZoneInfo(BEIJING))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-03-02", True),  # a Monday
        ("2026-03-07", False),  # a Saturday
        ("2026-02-16", False),  # Spring Festival
        ("2026-02-14", True),  # a Saturday that makes up for it
        ("2026-10-10", True),
        ("2026-10-07", False),
        ("2025-01-26", True),
        ("2025-10-08", False),
    ],
)
def test_what_a_day_is(day: str, *, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day), SHOWN) is works


@pytest.mark.parametrize(
    ("published", "days", "last"),
    [
        ("2026-03-02", 5, "2026-03-09"),  # Tuesday to the Monday after the weekend
        ("2026-03-06", 1, "2026-03-09"),  # on a Friday: counted from Monday
        ("2026-02-13", 1, "2026-02-14"),  # the Saturday is worked
        ("2026-02-13", 2, "2026-02-24"),  # then the festival
        ("2026-09-30", 3, "2026-10-10"),  # the golden week, its Saturday worked
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-12-30", 2, "2027-01-01"),  # 2027 is not announced: an ordinary Friday
    ],
)
def test_the_last_day_counts_from_the_day_after(published: str, days: int, last: str) -> None:
    assert last_day(at(published), days, BEIJING, SHOWN).isoformat() == last


def test_a_period_ends_with_its_last_day_in_the_zone_of_the_call() -> None:
    late = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # already Tuesday in Beijing
    assert period_end(late, 1, BEIJING, SHOWN) == datetime(2026, 3, 4, 16, tzinfo=UTC)
    assert period_end(late, 1, "Europe/London", SHOWN) == datetime(2026, 3, 4, 0, tzinfo=UTC)
    assert period_end(late, 0, BEIJING, SHOWN) == late


def test_years_without_holidays_are_named() -> None:
    begun = at("2026-12-29")
    ends = period_end(begun, 5, BEIJING, SHOWN)
    assert unknown_years(begun, ends, BEIJING, SHOWN) == [2027]
    entered = calendar([CalendarDay(date(2027, 1, 1), DayKind.HOLIDAY, "元旦")])
    assert last_day(begun, 3, BEIJING, entered).isoformat() == "2027-01-04"
    assert unknown_years(begun, period_end(begun, 5, BEIJING, entered), BEIJING, entered) == []


def test_own_entries_stand_over_the_shipped_ones() -> None:
    own = calendar([CalendarDay(date(2026, 2, 14), DayKind.ORDINARY, "")])
    assert not is_working_day(date(2026, 2, 14), own)


@pytest.mark.parametrize("days", [-1, 61])
def test_impossible_periods_are_refused(days: int) -> None:
    with pytest.raises(ValueError, match=str(days)):
        last_day(at("2026-03-02"), days, BEIJING, SHOWN)


@given(st.dates(date(2025, 1, 1), date(2026, 11, 1)), st.integers(1, 30))
def test_a_period_has_exactly_its_working_days(day: date, days: int) -> None:
    end = last_day(at(day.isoformat()), days, BEIJING, SHOWN)
    within = [date.fromordinal(n) for n in range(day.toordinal() + 1, end.toordinal() + 1)]
    assert sum(is_working_day(each, SHOWN) for each in within) == days
    assert is_working_day(end, SHOWN)
