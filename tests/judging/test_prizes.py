"""Prizes by quota; ties at the cut go to a person."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from judging.prizes import propose, review_choice
from judging.statistics.standing import standings
from judging.values import Standing, TieAtCut
from submissions.values import Prize
from tests.judging.factories import PRIZES, flat, rules


def ranked(marks: Mapping[str, int], few: tuple[str, ...] = ()) -> tuple[Standing, ...]:
    """One read a case, except for `few`, which have none."""
    return standings([*marks, *few], [flat(case, "j", mark) for case, mark in marks.items()], rules(reads=1))


def test_quotas_in_order_of_prizes() -> None:
    proposal = propose(ranked({"a": 90, "b": 80, "c": 70, "d": 60}), PRIZES)
    assert [(share.prize.key, share.rank, share.certain) for share in proposal.shares] == [
        ("first", 1, ("a",)),
        ("second", 2, ("b", "c")),
    ]
    assert proposal.ties == ()
    assert proposal.certain == {"a": "first", "b": "second", "c": "second"}


def test_a_tie_at_the_last_cut_is_reported() -> None:
    proposal = propose(ranked({"a": 90, "b": 80, "c": 70, "d": 70, "e": 70}), PRIZES)
    assert proposal.certain == {"a": "first", "b": "second"}
    assert proposal.ties == (TieAtCut(("c", "d", "e"), 3, (("second", 1),), 2),)
    assert [(share.disputed, share.empty) for share in proposal.shares] == [(0, 0), (1, 0)]


def test_a_tie_across_two_prizes_is_one_tie() -> None:
    proposal = propose(ranked({"a": 90, "b": 90, "c": 70}), PRIZES)
    assert proposal.ties == (TieAtCut(("a", "b"), 1, (("first", 1), ("second", 1)), 0),)
    assert proposal.certain == {"c": "second"}


def test_all_equal_leaves_everything_to_a_person() -> None:
    proposal = propose(ranked(dict.fromkeys("abcde", 70)), PRIZES)
    assert proposal.certain == {}
    assert proposal.ties == (TieAtCut(tuple("abcde"), 1, (("first", 1), ("second", 2)), 2),)


def test_a_tie_inside_one_prize_is_none() -> None:
    proposal = propose(ranked({"a": 90, "b": 80, "c": 80, "d": 70}), PRIZES)
    assert (proposal.ties, proposal.certain["b"], proposal.certain["c"]) == ((), "second", "second")


def test_fewer_cases_than_places() -> None:
    proposal = propose(ranked({"a": 90}), PRIZES)
    assert [(share.certain, share.empty) for share in proposal.shares] == [(("a",), 0), ((), 2)]


def test_too_few_reads_never_win() -> None:
    proposal = propose(ranked({"a": 90}, few=("z",)), PRIZES)
    assert proposal.too_few_reads == ("z",)
    assert "z" not in proposal.certain


def test_a_prize_without_places_is_passed_over() -> None:
    prizes = (Prize("special", "特等奖", 0), *PRIZES)
    assert propose(ranked({"a": 90}), prizes).certain == {"a": "first"}


LABELS = {key: key.upper() for key in "abcdez"}


def judged(
    marks: Mapping[str, int], chosen: Mapping[str, str], few: tuple[str, ...] = ()
) -> tuple[list[str], list[str]]:
    outcome = review_choice(ranked(marks, few), PRIZES, chosen, LABELS)
    return [str(text) for text in outcome.refusals], [str(text) for text in outcome.departures]


FOUR_CASES = {"a": 90, "b": 80, "c": 70, "d": 60}


def test_the_proposal_itself_needs_no_reason() -> None:
    assert judged(FOUR_CASES, {"a": "first", "b": "second", "c": "second"}) == ([], [])


def test_a_lower_case_cannot_have_more() -> None:
    assert judged(FOUR_CASES, {"a": "second", "b": "first", "c": "second"})[0] == [
        "A 的排名高于 B，奖项不能更低。"
    ]
    assert judged(FOUR_CASES, {"a": "first", "c": "second"})[0] == ["B 的排名高于 C，奖项不能更低。"]


def test_more_than_the_quota_is_refused() -> None:
    assert judged(FOUR_CASES, {"a": "first", "b": "first"})[0] == ["一等奖名额 1 个，不能授予 2 个。"]


def test_a_tie_may_be_split_or_widened_with_a_reason() -> None:
    tied = {"a": 90, "b": 90, "c": 70, "d": 60}
    assert judged(tied, {"a": "first", "b": "second", "c": "second"}) == (
        [],
        ["并列案例 A、B 的奖项不同，需要写明理由。"],
    )
    assert judged(tied, {"a": "first", "b": "first", "c": "second", "d": "second"}) == (
        [],
        ["一等奖名额 1 个，因并列授予 2 个，需要写明理由。"],
    )


def test_a_place_may_stay_vacant_with_a_reason() -> None:
    assert judged(FOUR_CASES, {"a": "second", "b": "second"}) == ([], ["一等奖空缺 1 个名额，需要写明理由。"])
    assert judged(FOUR_CASES, {}) == (
        [],
        ["一等奖空缺 1 个名额，需要写明理由。", "二等奖空缺 2 个名额，需要写明理由。"],
    )


def test_nobody_left_is_no_vacancy() -> None:
    assert judged({"a": 90}, {"a": "first"}) == ([], [])


def test_too_few_reads_and_unknown_things_are_refused() -> None:
    assert judged({"a": 90}, {"z": "first"}, few=("z",))[0] == [
        "Z 只有 0 份有效评分，规则要求 1 份，不能授奖；请先补充评审。"
    ]
    unknown = "所选的案例或奖项不在本次征集活动中，请刷新页面后重新选择。"
    assert judged({"a": 90}, {"nobody": "first"})[0] == [unknown]
    assert judged({"a": 90}, {"a": "ninth"})[0] == [unknown]


@given(
    st.dictionaries(st.sampled_from("abcdefghij"), st.integers(60, 66)), st.integers(0, 3), st.integers(0, 4)
)
def test_places_add_up_and_the_certain_part_never_contradicts_the_rule(
    marks: dict[str, int], first: int, second: int
) -> None:
    prizes = (Prize("first", "一等奖", first), Prize("second", "二等奖", second))
    rows = ranked(marks)
    proposal = propose(rows, prizes)
    for share in proposal.shares:
        assert len(share.certain) + share.disputed + share.empty == share.prize.quota
    chosen = dict(proposal.certain)
    for tie in proposal.ties:
        places = [key for key, count in tie.places for _n in range(count)]
        assert tie.without == len(tie.case_ids) - len(places)
        chosen |= dict(zip(tie.case_ids, places, strict=False))
    outcome = review_choice(rows, prizes, chosen, {})
    assert outcome.refusals == ()
    assert len(outcome.departures) == len(proposal.ties)
