"""What is remembered of the shelf, step by step."""

from datetime import timedelta

import pytest

from foundation.audience import Audience
from search.harvest.rules import recorded
from search.harvest.values import Recorded, Seen
from tests.support.factories import NOW

THERE = Seen(case_id="c", audience=Audience.PUBLIC, mark="m", year=2026, call_id="k", category="农村")
LATER = NOW + timedelta(hours=1, microseconds=5)


def told(before: Recorded | None, seen: Seen, number: int = 9) -> Recorded:
    after = recorded(before, seen, at=LATER, number=number)
    assert after is not None
    return after


def seen(audience: Audience | None, mark: str = "m") -> Seen:
    return Seen(case_id="c", audience=audience, mark=mark, year=2026, call_id="k", category="农村")


FIRST = recorded(None, THERE, at=NOW, number=1)
assert FIRST is not None


def test_a_case_comes_for_everybody_at_once() -> None:
    assert Recorded(
        case_id="c", audience=Audience.PUBLIC, mark="m", year=2026, call_id="k", category="农村",
        public_at=NOW, number=1, members_since=1, trainers_since=1,
    ) == FIRST  # fmt: skip


def test_nothing_is_recorded_of_what_was_never_there_or_has_not_changed() -> None:
    assert recorded(None, seen(None), at=NOW, number=1) is None
    assert recorded(FIRST, THERE, at=LATER, number=2) is None


def test_a_change_is_stamped_to_the_second_and_is_no_arrival() -> None:
    after = told(FIRST, seen(Audience.PUBLIC, "other"))
    assert after.public_at == NOW + timedelta(hours=1)
    assert (after.members_since, after.trainers_since, after.number) == (1, 1, 9)


def test_what_goes_keeps_its_sets_and_says_when() -> None:
    after = told(FIRST, seen(None))
    assert (after.audience, after.public) == (None, False)
    assert (after.year, after.call_id, after.category) == (2026, "k", "农村")
    assert after.public_at == NOW + timedelta(hours=1)
    assert (after.members_since, after.trainers_since) == (0, 0)


def test_coming_back_is_an_arrival_again() -> None:
    back = told(told(FIRST, seen(None), 5), THERE, 7)
    assert (back.members_since, back.trainers_since, back.public) == (7, 7, True)


@pytest.mark.parametrize(
    ("audience", "members", "trainers"), [(Audience.MEMBERS, 3, 3), (Audience.TRAINERS, 0, 3)]
)
def test_the_public_never_hears_of_what_it_never_saw(audience: Audience, members: int, trainers: int) -> None:
    inside = told(None, seen(audience), 3)
    assert inside.public_at is None
    assert (inside.members_since, inside.trainers_since) == (members, trainers)
    assert told(inside, seen(None)).public_at is None


def test_opening_a_case_to_more_readers_is_an_arrival_for_them_alone() -> None:
    inside = told(None, seen(Audience.TRAINERS), 3)
    wider = told(inside, seen(Audience.MEMBERS), 8)
    assert (wider.members_since, wider.trainers_since, wider.public_at) == (8, 3, None)
    open_ = told(wider, seen(Audience.PUBLIC), 9)
    assert (open_.members_since, open_.trainers_since) == (8, 3)
    assert open_.public_at == NOW + timedelta(hours=1)


def test_closing_a_case_to_the_public_is_a_deletion_for_it_and_nothing_for_members() -> None:
    after = told(FIRST, seen(Audience.MEMBERS))
    assert (after.public, after.public_at) == (False, NOW + timedelta(hours=1))
    assert (after.members_since, after.trainers_since) == (1, 1)
