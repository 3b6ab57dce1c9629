"""Thresholds, policies for ties at the cut, pools by category, limits per unit: known answers."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.prizes import Terms, hamilton, propose, review_choice
from judging.statistics.standing import standings
from judging.values import PassedOver, PrizePool, RemainderTie, SettledTie, Standing, TieAtCut
from submissions.values import JudgingRules, Prize, PrizePools, TiePolicy
from tests.judging.factories import PRIZES, flat, rules

ONE, TWO = Prize("first", "一等奖", 1), Prize("second", "二等奖", 2)
EXPAND = Terms(JudgingRules(tie_policy=TiePolicy.EXPAND))
LOWER = Terms(JudgingRules(tie_policy=TiePolicy.LOWER))


def ranked(marks: Mapping[str, int | str]) -> tuple[Standing, ...]:
    return standings(marks, [flat(case, "j", mark) for case, mark in marks.items()], rules(reads=1))


def by_category(categories: Mapping[str, str], **judging: object) -> Terms:
    order = tuple(dict.fromkeys(categories.values()))
    laid_down = JudgingRules(prize_pools=PrizePools.BY_CATEGORY, **judging)  # type: ignore[arg-type]  # its own fields
    return Terms(laid_down, order, categories)


def of_units(units: Mapping[str, str], limit: int, **judging: object) -> Terms:
    return Terms(JudgingRules(prizes_per_unit=limit, **judging), unit_of=units)  # type: ignore[arg-type]  # its own fields


# --- thresholds -----------------------------------------------------------------------------------------


def test_a_first_prize_stays_vacant_below_its_threshold() -> None:
    prizes = (Prize("first", "一等奖", 1, Decimal(90)), TWO)
    proposal = propose(ranked({"a": "89.99", "b": 80, "c": 70}), prizes)
    assert proposal.certain == {"a": "second", "b": "second"}
    assert [(share.vacant, share.empty) for share in proposal.shares] == [(1, 0), (0, 0)]


def test_the_threshold_itself_is_enough() -> None:
    prizes = (Prize("first", "一等奖", 2, Decimal("89.99")),)
    assert propose(ranked({"a": "89.99", "b": "89.98"}), prizes).certain == {"a": "first"}


def test_what_lies_below_every_threshold_gets_nothing() -> None:
    prizes = (Prize("first", "一等奖", 1, Decimal(95)), Prize("second", "二等奖", 2, Decimal(75)))
    proposal = propose(ranked({"a": 90, "b": 70, "c": 60}), prizes)
    assert proposal.certain == {"a": "second"}
    assert [(share.vacant, share.empty) for share in proposal.shares] == [(1, 0), (1, 0)]
    refused = review_choice(ranked({"a": 90}), prizes, {"a": "first"}, {"a": "A01"}).refusals
    assert str(refused[0]) == "A01 得分 90.00，没有达到一等奖的最低得分 95。"


# --- ties at the cut ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "terms", "certain", "settled"),
    [
        # two first: both; the second prize keeps its places
        ({"a": 90, "b": 90, "c": 70, "d": 60}, EXPAND, "a1 b1 c2 d2", [(("a", "b"), 1, "first")]),
        # two first: neither; first stays vacant, both get the second
        ({"a": 90, "b": 90, "c": 70, "d": 60}, LOWER, "a2 b2", [(("a", "b"), 1, "second")]),
        # the last cut: one more, or none of them
        ({"a": 90, "b": 80, "c": 70, "d": 70}, EXPAND, "a1 b2 c2 d2", [(("c", "d"), 3, "second")]),
        ({"a": 90, "b": 80, "c": 70, "d": 70}, LOWER, "a1 b2", [(("c", "d"), 3, "")]),
        # all equal
        (dict.fromkeys("abcd", 70), EXPAND, "a1 b1 c1 d1", [(tuple("abcd"), 1, "first")]),
        (dict.fromkeys("abcd", 70), LOWER, "", [(tuple("abcd"), 1, "")]),
        # one case: no tie
        ({"a": 70}, LOWER, "a1", []),
    ],
)
def test_the_announced_policy_settles_a_tie_and_shows_it(
    marks: Mapping[str, int], terms: Terms, certain: str, settled: list[tuple[tuple[str, ...], int, str]]
) -> None:
    proposal = propose(ranked(marks), PRIZES, terms)
    names = {"1": "first", "2": "second"}
    assert proposal.certain == {each[0]: names[each[1]] for each in certain.split()}
    assert proposal.ties == ()
    policy = terms.judging.tie_policy
    assert proposal.settled == tuple(SettledTie(ids, rank, policy, key) for ids, rank, key in settled)


def test_what_the_rule_gives_needs_no_reason_and_nothing_else_is_taken() -> None:
    rows = ranked({"a": 90, "b": 90, "c": 70, "d": 60})
    for terms in (EXPAND, LOWER):
        chosen = propose(rows, PRIZES, terms).certain
        assert review_choice(rows, PRIZES, chosen, {}, terms) == review_choice(
            rows, PRIZES, chosen, {}, terms
        )
        outcome = review_choice(rows, PRIZES, chosen, {}, terms)
        assert (outcome.refusals, outcome.departures) == ((), ())
        assert review_choice(rows, PRIZES, {"a": "first", "b": "second"}, {}, terms).refusals
    assert propose(rows, PRIZES, EXPAND).shares[0].over == 1


# --- pools ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("places", "counts", "share", "tie"),
    [
        (10, {"a": 60, "b": 30, "c": 10}, {"a": 6, "b": 3, "c": 1}, None),
        (5, {"a": 6, "b": 3, "c": 1}, {"a": 3, "b": 2, "c": 0}, (("b",), ("c",))),  # 3, 1.5, .5
        (4, {"a": 5, "b": 3, "c": 2}, {"a": 2, "b": 1, "c": 1}, None),  # 2, 1.2, .8
        (1, {"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 0, "c": 0}, (("a",), ("b", "c"))),
        (3, {"a": 0, "b": 0}, {"a": 0, "b": 0}, None),
        (2, {"a": 0, "b": 3}, {"a": 0, "b": 2}, None),
    ],
)
def test_largest_remainder(
    places: int,
    counts: dict[str, int],
    share: dict[str, int],
    tie: tuple[tuple[str, ...], tuple[str, ...]] | None,
) -> None:
    assert hamilton(places, counts) == (share, tie)


@given(st.integers(0, 50), st.lists(st.integers(0, 40), min_size=1, max_size=9))
def test_shares_add_up_and_stay_within_one_of_the_exact_part(places: int, sizes: list[int]) -> None:
    counts = {f"k{place}": size for place, size in enumerate(sizes)}
    share, _tie = hamilton(places, counts)
    total = sum(sizes)
    assert sum(share.values()) == (places if total else 0)
    assert all(abs(share[key] * total - places * counts[key]) < total for key in counts if total)


def test_each_category_fills_its_own_places() -> None:
    categories = {"a": "x", "b": "x", "c": "x", "d": "x", "e": "y", "f": "y"}
    terms = by_category(categories)
    rows = ranked({"a": 95, "b": 94, "c": 93, "d": 92, "e": 60, "f": 50})
    prizes = (Prize("first", "一等奖", 3),)
    proposal = propose(rows, prizes, terms)
    assert proposal.pools == (PrizePool("x", 4, (2,)), PrizePool("y", 2, (1,)))
    assert proposal.certain == {"a": "first", "b": "first", "e": "first"}
    assert review_choice(rows, prizes, proposal.certain, {}, terms).departures == ()
    moved = review_choice(rows, prizes, {"a": "first", "b": "first", "c": "first"}, {}, terms)
    assert [str(each) for each in moved.refusals] == ["一等奖名额 2 个，不能授予 3 个。"]


def test_equal_remainders_are_decided_by_the_announced_order_and_said() -> None:
    terms = by_category({"a": "x", "b": "y"})
    proposal = propose(ranked({"a": 60, "b": 90}), (ONE,), terms)
    assert proposal.certain == {"a": "first"}
    assert proposal.remainders == (RemainderTie("first", ("x",), ("y",)),)


def test_a_tie_names_its_pool() -> None:
    terms = by_category({"a": "x", "b": "x", "c": "y"})
    proposal = propose(ranked({"a": 90, "b": 90, "c": 80}), (Prize("first", "一等奖", 2),), terms)
    assert proposal.ties == (TieAtCut(("a", "b"), 1, (("first", 1),), 1, "x"),)
    assert proposal.certain == {"c": "first"}


# --- limit per unit -------------------------------------------------------------------------------------


def test_a_unit_with_all_its_prizes_is_passed_over_and_it_is_said_why() -> None:
    rows = ranked({"a": 90, "b": 80, "c": 70, "d": 60})
    terms = of_units({"a": "u", "b": "u", "c": "v", "d": "w"}, 1)
    proposal = propose(rows, PRIZES, terms)
    assert proposal.certain == {"a": "first", "c": "second", "d": "second"}
    assert proposal.passed_over == (PassedOver("b", "second", ("a",)),)
    outcome = review_choice(rows, PRIZES, proposal.certain, {}, terms)
    assert (outcome.refusals, outcome.departures) == ((), ())
    both = review_choice(rows, PRIZES, {"a": "first", "b": "second"}, {}, terms)
    assert [str(each) for each in both.refusals] == ["a、b 属于同一单位，规则规定每个单位最多获奖 1 个。"]


def test_two_cases_of_one_unit_in_one_rank_are_a_tie_for_a_person() -> None:
    rows = ranked({"a": 90, "b": 90, "c": 70})
    terms = of_units({"a": "u", "b": "u", "c": "v"}, 1, tie_policy=TiePolicy.EXPAND)
    proposal = propose(rows, PRIZES, terms)
    assert proposal.ties == (TieAtCut(("a", "b"), 1, (("first", 1),), 1, of_one_unit=True),)
    outcome = review_choice(rows, PRIZES, {"a": "first", "c": "second"}, {}, terms)
    assert outcome.refusals == ()
    assert [str(each) for each in outcome.departures] == ["并列案例 a、b 的奖项不同，需要写明理由。"]


# --- whatever comes -------------------------------------------------------------------------------------

MARKS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(60, 66), min_size=1)
JUDGING = st.builds(
    JudgingRules,
    tie_policy=st.sampled_from(TiePolicy),
    prize_pools=st.sampled_from(PrizePools),
    prizes_per_unit=st.sampled_from([None, 1, 2]),
)


@given(MARKS, JUDGING, st.lists(st.sampled_from("xyz"), min_size=8, max_size=8), st.integers(59, 67))
def test_the_proposal_keeps_its_own_rules(
    marks: dict[str, int], judging: JudgingRules, letters: list[str], threshold: int
) -> None:
    """What the rule gives is never refused by the rule; no unit above its limit; ranks are respected."""
    rows = ranked(marks)
    of = dict(zip("abcdefgh", letters, strict=True))
    terms = Terms(judging, ("x", "y", "z"), of, of)
    prizes = (Prize("first", "一等奖", 1, Decimal(threshold)), TWO)
    proposal = propose(rows, prizes, terms)
    outcome = review_choice(rows, prizes, proposal.certain, {}, terms)
    if not proposal.ties:
        assert (outcome.refusals, outcome.departures) == ((), ())
    assert not {case_id for tie in proposal.ties for case_id in tie.case_ids} & proposal.certain.keys()
    scores = {row.case_id: row.score or 0 for row in rows}
    assert all(scores[each] >= threshold for each, key in proposal.certain.items() if key == "first")
    if judging.prizes_per_unit:
        units = [of[each] for each in proposal.certain]
        assert all(units.count(unit) <= judging.prizes_per_unit for unit in units)
