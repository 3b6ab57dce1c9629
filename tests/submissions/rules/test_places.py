from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.rules.places import no_place_left, no_recommendation_left, recommendations_allowed
from submissions.values import Category
from tests.submissions.factories import rules

COUNTS = st.dictionaries(st.sampled_from(["rural", "community", "school"]), st.integers(0, 6))


@given(COUNTS, st.integers(1, 9))
def test_a_unit_has_as_many_places_as_the_call_says(taken: Mapping[str, int], limit: int) -> None:
    refused = no_place_left(rules(cases_per_unit=limit), category_key="rural", taken=taken) is not None
    assert refused == (sum(taken.values()) >= limit)


def test_without_a_limit_there_is_always_a_place() -> None:
    assert no_place_left(rules(cases_per_unit=None), category_key="rural", taken={"rural": 99}) is None


def test_a_category_may_have_a_quota_of_its_own() -> None:
    narrow = rules(categories=(Category("rural", "农村", 1), Category("community", "社区")), cases_per_unit=5)
    assert [
        no_place_left(narrow, category_key="rural", taken={"rural": 1}) is None,
        no_place_left(narrow, category_key="community", taken={"rural": 1}) is None,
        no_place_left(narrow, category_key="rural", taken={"community": 3}) is None,
    ] == [False, True, True]
    assert str(no_place_left(narrow, category_key="rural", taken={"rural": 1})) == (
        "“农村”类每个单位最多提交 1 个案例，贵单位已提交 1 个，请改选类别。"
    )


def test_the_sentence_names_both_numbers() -> None:
    sentence = no_place_left(rules(cases_per_unit=3), category_key="rural", taken={"rural": 1, "school": 2})
    assert str(sentence) == "每个单位最多提交 3 个案例，贵单位已提交 3 个。撤回其中一个后可以再提交。"


def test_recommendations_have_a_quota() -> None:
    limited = rules(recommendations_per_unit=2)
    left = [no_recommendation_left(limited, given=n, handed_in_below=9) is None for n in range(4)]
    assert left == [True, True, False, False]
    assert no_recommendation_left(rules(), given=1000, handed_in_below=0) is None


@pytest.mark.parametrize(
    ("share", "floor", "number", "below", "allowed"),
    [
        (None, 0, None, 50, None),
        (None, 3, 5, 50, 5),
        (10, 0, None, 0, 0),
        (10, 0, None, 1, 1),
        (10, 0, None, 10, 1),
        (10, 0, None, 11, 2),
        (10, 2, None, 5, 2),
        (10, 2, None, 30, 3),
        (30, 0, 5, 100, 5),
        (30, 2, 1, 0, 1),
        (100, 0, None, 7, 7),
    ],
)
def test_the_quota_may_be_a_share_with_a_floor_and_a_ceiling(
    share: int | None, floor: int, number: int | None, below: int, allowed: int | None
) -> None:
    shared = rules(recommendations_share=share, recommendations_floor=floor, recommendations_per_unit=number)
    assert recommendations_allowed(shared, handed_in_below=below) == allowed
