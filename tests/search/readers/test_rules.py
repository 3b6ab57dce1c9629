"""Readers' rules: who counts, months, when letters are due, the order of a list."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.readers.charts import HEAD, TALLEST, monthly_views
from search.readers.rules.lists import arranged, moved
from search.readers.rules.searches import is_due, search_of, stop_token
from search.readers.rules.usage import is_new, is_reader, months
from search.readers.values.searches import Rhythm
from search.readers.values.usage import Use, Uses

ZONE = ZoneInfo("Asia/Shanghai")
CHROME = "Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 Chrome/109.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "counts"),
    [
        (CHROME, True),
        ("Mozilla/5.0 (Linux; Android 13) MicroMessenger/8.0", True),
        ("Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)", False),
        ("Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0)", False),
        ("python-requests/2.32", False),
        ("curl/8.5.0", False),
        ("Sogou web spider/4.0", False),
        ("", False),
    ],
)
def test_people_count_and_programs_do_not(agent: str, counts: bool) -> None:
    assert is_reader({"user-agent": agent}) is counts


@pytest.mark.parametrize("name", ["sec-purpose", "purpose"])
def test_a_browser_that_looks_ahead_does_not_count(name: str) -> None:
    assert not is_reader({"user-agent": CHROME, name: "prefetch;prerender"})


@pytest.mark.parametrize(("minutes", "new"), [(0, False), (29, False), (30, True)])
def test_a_second_look_within_half_an_hour_is_the_same(minutes: int, new: bool) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert is_new(now - timedelta(minutes=minutes), now) is new
    assert is_new(None, now)


def test_days_become_months_with_the_empty_ones() -> None:
    days = {
        (date(2026, 1, 31), Use.VIEW): 2,
        (date(2026, 1, 1), Use.VIEW): 1,
        (date(2025, 2, 28), Use.VIEW): 9,
    }
    found = months(days, until=date(2026, 3, 31))
    assert [each.first for each in found][:2] == [date(2025, 4, 1), date(2025, 5, 1)]
    assert len(found) == 12
    assert found[-3:][0].uses == Uses({Use.VIEW: 3})
    assert not found[-1].uses


def test_the_busiest_month_is_the_tallest_bar() -> None:
    days = {
        (date(2026, 3, 1), Use.VIEW): 10,
        (date(2026, 2, 1), Use.VIEW): 5,
        (date(2026, 2, 1), Use.WORD): 99,
    }
    bars = monthly_views(months(days, until=date(2026, 3, 31))).bins
    assert [(each.count, each.height, each.y) for each in bars[-2:]] == [
        (5, TALLEST // 2, HEAD + TALLEST // 2), (10, TALLEST, HEAD),
    ]  # fmt: skip
    assert all(each.x >= 0 and each.x + each.width <= 100 for each in bars)


# 2026-03-04 is a Wednesday; 08:00 in Shanghai is 00:00 UTC.
WEDNESDAY_NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        (Rhythm.NEVER, datetime(2027, 1, 1, tzinfo=UTC), False),
        (Rhythm.AT_ONCE, WEDNESDAY_NOON, True),
        (Rhythm.DAILY, datetime(2026, 3, 4, 23, 59, tzinfo=UTC), False),
        (Rhythm.DAILY, datetime(2026, 3, 5, 0, 0, tzinfo=UTC), True),
        (Rhythm.WEEKLY, datetime(2026, 3, 8, 23, 59, tzinfo=UTC), False),
        (Rhythm.WEEKLY, datetime(2026, 3, 9, 0, 0, tzinfo=UTC), True),
    ],
)
def test_letters_go_in_the_morning(rhythm: Rhythm, now: datetime, due: bool) -> None:
    assert is_due(rhythm, WEDNESDAY_NOON, now, ZONE) is due


@given(st.integers(0, 10_000_000))
def test_a_week_never_passes_without_a_weekly_letter(minutes: int) -> None:
    told_at = WEDNESDAY_NOON + timedelta(minutes=minutes)
    assert is_due(Rhythm.WEEKLY, told_at, told_at + timedelta(days=7), ZONE)
    assert not is_due(Rhythm.DAILY, told_at, told_at, ZONE)


def test_a_stop_link_is_for_one_search_of_one_site() -> None:
    token = stop_token(b"k", "search1")
    assert search_of(b"k", token) == "search1"
    assert search_of(b"other", token) == ""
    assert search_of(b"k", token.replace("search1", "search2")) == ""
    assert search_of(b"k", "") == search_of(b"k", "é.é") == ""


@pytest.mark.parametrize(
    ("entry", "step", "after"),
    [("b", -1, "bac"), ("b", 1, "acb"), ("a", -1, "abc"), ("c", 1, "abc"), ("a", 9, "bca"), ("x", 1, "abc")],
)
def test_moving_an_entry(entry: str, step: int, after: str) -> None:
    assert moved("abc", entry, step) == list(after)


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdefgh")))
def test_any_wanted_order_keeps_every_entry(order: list[str], wanted: list[str]) -> None:
    after = arranged(order, wanted)
    assert sorted(after) == sorted(order)
    named = [each for each in dict.fromkeys(wanted) if each in order]
    assert after[: len(named)] == named
