from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.rules.windows import (
    GRACE,
    SETTLED,
    closes_for,
    from_wall_clock,
    is_due_to_close,
    known_zone,
    local,
    window_state,
)
from submissions.values import ExtensionView, WindowState
from tests.submissions.factories import BEFORE, CLOSES, MILLISECOND, OPENS

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


def extension(unit_id: str | None, closes_at: datetime) -> ExtensionView:
    return ExtensionView("x", "c", unit_id, "", closes_at, "停电", BEFORE, "王组织")


def test_an_extension_is_for_its_unit_or_for_all() -> None:
    day = timedelta(days=1)
    granted = [
        extension("u1", CLOSES + 3 * day),
        extension(None, CLOSES + day),
        extension("u1", CLOSES + 2 * day),
    ]
    assert [closes_for(unit, CLOSES, granted) for unit in ("u1", "u2", None)] == [
        CLOSES + 3 * day,
        CLOSES + day,
        CLOSES + day,
    ]
    assert closes_for("u1", CLOSES, []) == CLOSES


def test_closing_is_recorded_once_when_nothing_can_be_on_its_way() -> None:
    due = CLOSES + SETTLED
    assert [
        is_due_to_close(closes_at=CLOSES, closed_at=None, now=due - MILLISECOND),
        is_due_to_close(closes_at=CLOSES, closed_at=None, now=due),
        is_due_to_close(closes_at=CLOSES, closed_at=due, now=due),
    ] == [False, True, False]


def test_wall_clocks() -> None:
    naive = datetime(2026, 3, 31, 18, 0)  # noqa: DTZ001  # what a form field holds
    assert from_wall_clock(naive, "Asia/Shanghai") == CLOSES
    assert local(CLOSES, "Asia/Shanghai").strftime("%Y-%m-%d %H:%M") == "2026-03-31 18:00"
    assert [known_zone("Asia/Shanghai"), known_zone("Asia/Peking")] == [True, False]
