"""The rules weighted and adjusted, and the chain for equal scores: by hand and by the server alike."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from judging.statistics.standing import standings
from judging.values import ReviewRow, Standing
from submissions.values import CallRules, JudgingRules, JuryGroup, StandingRule
from tests.judging.factories import flat, review, rules

EXPERTS, PUBLIC = JuryGroup("experts", "专家", 70), JuryGroup("public", "群众", 30)
SEATS = {"e1": "experts", "e2": "experts", "p1": "public"}


def weighted(*groups: JuryGroup, reads: int = 1) -> CallRules:
    laid_down = JudgingRules(jury_groups=groups or (EXPERTS, PUBLIC))
    return replace(rules(rule=StandingRule.WEIGHTED, reads=reads), judging=laid_down)


def by_id(rows: tuple[Standing, ...]) -> dict[str, Standing]:
    return {row.case_id: row for row in rows}


# --- weighted -------------------------------------------------------------------------------------------


def test_groups_count_by_their_percents_however_many_they_are() -> None:
    reviews = [flat("a", "e1", 90), flat("a", "e2", 80), flat("a", "p1", 60)]
    (row,) = standings(["a"], reviews, weighted(), jury_groups=SEATS)
    assert row.score == Fraction(85 * 70 + 60 * 30, 100)
    assert [(each.group.key, each.mean, each.share, each.reads) for each in row.groups] == [
        ("experts", Fraction(85), Fraction(7, 10), 2),
        ("public", Fraction(60), Fraction(3, 10), 1),
    ]
    assert row.silent_groups == ()


def test_a_group_that_did_not_read_leaves_its_weight_to_the_others_in_proportion() -> None:
    third = (JuryGroup("a", "甲", 50), JuryGroup("b", "乙", 30), JuryGroup("c", "丙", 20))
    reviews = [flat("x", "j1", 90), flat("x", "j2", 60)]
    (row,) = standings(["x"], reviews, weighted(*third), jury_groups={"j1": "a", "j2": "b"})
    assert row.score == Fraction(90 * 5 + 60 * 3, 8)
    assert [each.key for each in row.silent_groups] == ["c"]


def test_reads_of_a_juror_without_a_group_do_not_count() -> None:
    reviews = [flat("a", "e1", 90), flat("a", "nobody", 10)]
    (row,) = standings(["a"], reviews, weighted(reads=2), jury_groups=SEATS)
    assert (row.score, row.reads, row.reads_missing, row.rank) == (Fraction(90), 1, 1, None)
    (plain,) = standings(["a"], reviews, rules(reads=2))
    assert plain.score == 50


def test_without_any_read_there_is_no_score() -> None:
    (row,) = standings(["a"], [], weighted(), jury_groups=SEATS)
    assert (row.score, row.shown, len(row.silent_groups)) == (None, None, 2)


# --- adjusted -------------------------------------------------------------------------------------------


def adjusted(reviews: list[ReviewRow], cases: str, reads: int = 1) -> dict[str, Standing]:
    return by_id(standings(cases, reviews, rules(rule=StandingRule.ADJUSTED, reads=reads)))


def contest(severe: int = 0) -> list[ReviewRow]:
    """Six cases, three jurors, each case read by two; `severe` is taken off every mark of juror x."""
    quality = {"a": 88, "b": 84, "c": 79, "d": 75, "e": 70, "f": 64}
    readers = {"a": "xy", "b": "yz", "c": "zx", "d": "xy", "e": "yz", "f": "zx"}
    noise = {"ax": 1, "bz": -1, "cx": 2, "dy": 1, "ey": -1, "fz": 1}
    return [
        flat(case, juror, quality[case] + noise.get(case + juror, 0) - (severe if juror == "x" else 0))
        for case, jurors in readers.items()
        for juror in jurors
    ]


def test_an_adjusted_score_is_the_mean_of_reads_and_published_severities() -> None:
    found = adjusted(contest(severe=9), "abcdef")
    for row in found.values():
        severity = dict(row.severities)
        assert all(each == each.quantize(Decimal("0.0001")) for each in severity.values())
        by_hand = [value + Fraction(severity[juror]) for juror, value in row.composites]
        assert row.score == sum(by_hand) / len(by_hand)
    assert dict(found["a"].severities)["x"] > 4


def test_one_harsh_juror_moves_the_mean_but_not_the_adjusted_order() -> None:
    fair = [row.case_id for row in standings("abcdef", contest(), rules(reads=1))]
    plain = [row.case_id for row in standings("abcdef", contest(severe=12), rules(reads=1))]
    order = sorted(found := adjusted(contest(severe=12), "abcdef"), key=lambda each: found[each].rank or 0)
    assert plain != fair
    assert order == fair


def test_where_severity_cannot_be_told_the_mean_is_published() -> None:
    found = adjusted([flat("a", "x", 80), flat("b", "x", 70)], "ab")
    assert [(row.score, dict(row.severities)) for row in found.values()] == [
        (Fraction(80), {"x": Decimal("0.0000")}),
        (Fraction(70), {"x": Decimal("0.0000")}),
    ]


def test_all_equal_stays_all_equal() -> None:
    found = adjusted([flat(case, juror, 80) for case in "abc" for juror in "xyz"], "abc")
    assert {(row.score, row.rank, row.tied) for row in found.values()} == {(Fraction(80), 1, True)}


@settings(max_examples=10, deadline=None)
@given(st.permutations(contest(severe=5)), st.integers(-20, 20))
def test_neither_the_order_of_rows_nor_a_constant_on_one_juror_changes_the_order(
    rows: list[ReviewRow], constant: int
) -> None:
    def order(reviews: list[ReviewRow]) -> list[str]:
        return [
            row.case_id for row in standings("abcdef", reviews, rules(rule=StandingRule.ADJUSTED, reads=1))
        ]

    assert adjusted(rows, "abcdef") == adjusted(contest(severe=5), "abcdef")
    assert order(contest(severe=5 + constant)) == order(contest(severe=5))


# --- equal scores ---------------------------------------------------------------------------------------


def test_the_chain_of_the_call_parts_equal_scores_and_is_named() -> None:
    laid_down = replace(rules(reads=1), judging=JudgingRules(tie_break=("innovation", "authenticity")))
    reviews = [
        review("a", "j", 80, 80, 80, 80),
        review("b", "j", 70, 90, 80, 80),
        review("c", "j", 80, 85, 74, 80),
    ]
    rows = by_id(standings("abc", reviews, laid_down))
    assert {row.score for row in rows.values()} == {80}
    assert [(key, row.rank, row.tied, row.broken_by) for key, row in sorted(rows.items())] == [
        ("a", 1, False, "authenticity"),
        ("b", 2, False, "authenticity"),
        ("c", 3, False, "innovation"),
    ]
    silent = standings("abc", reviews, laid_down, tie_break=())
    assert {(row.rank, row.tied) for row in silent} == {(1, True)}
