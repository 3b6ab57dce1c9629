from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.rules.windows import (
    GRACE,
    SETTLED,
    closes_by_rules,
    closes_for,
    from_wall_clock,
    has_settled,
    known_zone,
    local,
    window_state,
)
from submissions.values import Category, ExtensionView, WindowState
from tests.submissions.factories import BEFORE, CLOSES, MILLISECOND, OPENS, rules

INSTANTS = st.datetimes(
    min_value=datetime(2026, 2, 1),  # noqa: DTZ001  # hypothesis wants naive bounds and adds the zone
    max_value=datetime(2026, 5, 1),  # noqa: DTZ001  # the same
    timezones=st.just(UTC),
)


def state(at: datetime, published_at: datetime | None = BEFORE) -> WindowState:
    return window_state(published_at=published_at, opens_at=OPENS, closes_at=CLOSES, at=at)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (OPENS - MILLISECOND, WindowState.NOT_YET),
        (OPENS, WindowState.OPEN),
        (OPENS + MILLISECOND, WindowState.OPEN),
        (CLOSES - MILLISECOND, WindowState.OPEN),
        (CLOSES, WindowState.GRACE),
        (CLOSES + MILLISECOND, WindowState.GRACE),
        (CLOSES + GRACE - MILLISECOND, WindowState.GRACE),
        (CLOSES + GRACE, WindowState.CLOSED),
        (CLOSES + timedelta(days=400), WindowState.CLOSED),
    ],
)
def test_the_window_is_half_open_to_the_millisecond(at: datetime, expected: WindowState) -> None:
    assert state(at) == expected


def test_nothing_is_open_before_it_is_published() -> None:
    assert state(OPENS, published_at=None) == WindowState.UNPUBLISHED


@given(INSTANTS)
def test_the_zone_of_an_instant_does_not_matter(at: datetime) -> None:
    assert state(at) == state(local(at, "America/St_Johns"))


@given(INSTANTS, INSTANTS)
def test_time_only_moves_the_window_forward(one: datetime, other: datetime) -> None:
    order = [WindowState.NOT_YET, WindowState.OPEN, WindowState.GRACE, WindowState.CLOSED]
    early, late = sorted([one, other])
    assert order.index(state(early)) <= order.index(state(late))


DAY = timedelta(days=1)
RURAL, SCHOOL, MOBILE = "rural", "school", "mobile"
RULES = rules(
    categories=(
        Category(RURAL, "农村"),
        Category(SCHOOL, "高等院校和学校", closes_at=CLOSES - 5 * DAY),
        Category(MOBILE, "流动党员", closes_at=CLOSES + 5 * DAY),
    )
)


def extension(unit_id: str | None, closes_at: datetime, category_key: str = "") -> ExtensionView:
    return ExtensionView("x", "c", unit_id, "", closes_at, "停电", BEFORE, "王组织", category_key)


def test_an_extension_is_for_its_unit_or_for_all() -> None:
    granted = [
        extension("u1", CLOSES + 3 * DAY),
        extension(None, CLOSES + DAY),
        extension("u1", CLOSES + 2 * DAY),
    ]
    assert [closes_for(unit, CLOSES, rules(), granted) for unit in ("u1", "u2", None)] == [
        CLOSES + 3 * DAY,
        CLOSES + DAY,
        CLOSES + DAY,
    ]
    assert closes_for("u1", CLOSES, rules(), []) == CLOSES


@pytest.mark.parametrize(
    ("granted", "unit", "category", "expected"),
    [
        ([], "u1", RURAL, CLOSES),
        ([], "u1", SCHOOL, CLOSES - 5 * DAY),
        ([], "u1", MOBILE, CLOSES + 5 * DAY),
        ([], "u1", "", CLOSES + 5 * DAY),
        ([], "u1", "unknown", CLOSES + 5 * DAY),
        ([(None, 2, "")], "u1", SCHOOL, CLOSES + 2 * DAY),
        ([(None, 2, "")], "u1", MOBILE, CLOSES + 5 * DAY),
        ([(None, 2, SCHOOL)], "u1", SCHOOL, CLOSES + 2 * DAY),
        ([(None, 2, SCHOOL)], "u1", RURAL, CLOSES),
        ([("u1", 2, SCHOOL)], "u1", SCHOOL, CLOSES + 2 * DAY),
        ([("u1", 2, SCHOOL)], "u2", SCHOOL, CLOSES - 5 * DAY),
        ([("u1", 9, SCHOOL)], "u1", "", CLOSES + 9 * DAY),
        ([("u1", 9, SCHOOL), (None, 2, "")], "u2", RURAL, CLOSES + 2 * DAY),
        ([("u1", -3, SCHOOL)], "u1", SCHOOL, CLOSES - 3 * DAY),
    ],
)
def test_the_deadline_in_force_is_the_latest_of_what_applies(
    granted: list[tuple[str | None, int, str]], unit: str, category: str, expected: datetime
) -> None:
    extensions = [extension(who, CLOSES + days * DAY, key) for who, days, key in granted]
    assert closes_for(unit, CLOSES, RULES, extensions, category) == expected


@given(
    st.sampled_from([RURAL, SCHOOL, MOBILE]),
    st.lists(
        st.builds(
            extension,
            st.sampled_from([None, "u1", "u2"]),
            st.integers(-9, 9).map(lambda days: CLOSES + days * DAY),
            st.sampled_from(["", RURAL, SCHOOL, MOBILE]),
        ),
        max_size=4,
    ),
)
def test_each_category_is_open_to_the_millisecond(category: str, granted: list[ExtensionView]) -> None:
    closes_at = closes_for("u1", CLOSES, RULES, granted, category)
    assert [
        window_state(published_at=BEFORE, opens_at=OPENS, closes_at=closes_at, at=at)
        for at in (closes_at - MILLISECOND, closes_at, closes_at + MILLISECOND)
    ] == [WindowState.OPEN, WindowState.GRACE, WindowState.GRACE]
    assert closes_at >= closes_by_rules(CLOSES, RULES, category)
    assert closes_at <= closes_for("u1", CLOSES, RULES, granted)


def test_closing_is_recorded_when_nothing_can_be_on_its_way() -> None:
    due = CLOSES + SETTLED
    assert [has_settled(CLOSES, now=due - MILLISECOND), has_settled(CLOSES, now=due)] == [False, True]


def test_wall_clocks() -> None:
    naive = datetime(2026, 3, 31, 18, 0)  # noqa: DTZ001  # what a form field holds
    assert from_wall_clock(naive, "Asia/Shanghai") == CLOSES
    assert local(CLOSES, "Asia/Shanghai").strftime("%Y-%m-%d %H:%M") == "2026-03-31 18:00"
    assert [known_zone("Asia/Shanghai"), known_zone("Asia/Peking")] == [True, False]
