"""Figures and numbers of sets of cases."""

from __future__ import annotations

import pytest

from casebook.reports.figures import Figure, shown
from casebook.reports.rules.counting import Counted, counted, narrowed
from casebook.reports.rules.suppressing import printed
from casebook.reports.values import Facts, Scope
from submissions.values import UNIT_KINDS
from tests.casebook.reports.makers import make_call, make_case, make_facts, unit, won


def count(facts: Facts) -> Counted:
    return counted(facts, UNIT_KINDS)


def figure(facts: Facts, key: str) -> Figure:
    found = count(facts).figure(key)
    assert found is not None, key
    return found


def rows(found: Figure) -> list[tuple[str, tuple[float | None, ...]]]:
    return [(str(row.label), row.values) for row in found.rows]


def number(facts: Facts, key: str) -> str:
    found = count(facts).number(key)
    assert found is not None
    return shown(found.value, found.measure)


def test_units_are_compared_with_the_directory() -> None:
    facts = make_facts(
        [make_case(1), make_case(2, unit_id="unit-001"), make_case(3, region="西区")],
        directory=[unit(1), unit(4), unit(5, "西区"), unit(3, "西区")],
    )
    assert rows(figure(facts, "regions_units")) == [
        ("东区", (1, 1, 2, 50.0)),
        ("西区", (1, 1, 2, 50.0)),
    ]
    assert number(facts, "participation") == "50.0%"


def test_a_unit_that_took_part_counts_though_the_directory_has_it_not() -> None:
    facts = make_facts([make_case(1)], directory=[unit(2), unit(3)])
    assert (number(facts, "directory"), number(facts, "units")) == ("3", "1")


def test_without_a_directory_there_is_no_share() -> None:
    facts = make_facts([make_case(1)])
    assert number(facts, "participation") == "—"
    assert rows(figure(facts, "regions_units")) == [("东区", (1,))]


def test_categories_part_awarded_from_other_cases() -> None:
    facts = make_facts([won(1), make_case(2), make_case(3, category="社区"), make_case(4, category="")])
    assert rows(figure(facts, "categories")) == [
        ("农村", (1, 1, 2, 50.0)),
        ("未分类", (0, 1, 1, 0.0)),
        ("社区", (0, 1, 1, 0.0)),
    ]


def test_there_is_no_share_while_results_are_open() -> None:
    found = figure(make_facts([won(1), make_case(2)], calls=[make_call(decided=False)]), "categories")
    assert rows(found) == [("农村", (1, 1, 2))]
    assert str(found.columns[1].name) == "未获奖或结果未公布"


def test_a_set_of_winners_has_one_column_and_is_printed_as_it_is() -> None:
    found = figure(make_facts([won(1), won(2, category="社区")], scope=Scope.AWARDED), "categories")
    assert rows(found) == [("农村", (1,)), ("社区", (1,))]
    assert printed(found) == found


def test_prizes_stand_in_their_order() -> None:
    facts = make_facts([won(1), won(2), won(3, prize="一等奖", prize_rank=1), make_case(4)])
    found = figure(facts, "prizes")
    assert rows(found) == [("一等奖", (1,)), ("二等奖", (2,))]
    assert found.base == 3


def test_topics_say_how_many_cases_have_none() -> None:
    facts = make_facts([won(1, topics=("养老", "助残")), won(2, topics=("养老",)), make_case(3)])
    found = figure(facts, "topics")
    assert rows(found) == [("养老", (2, 100.0)), ("助残", (1, 50.0))]
    assert (found.base, found.missing) == (2, 1)


def test_lengths_fall_into_round_bins_without_gaps() -> None:
    facts = make_facts([make_case(n, words=words) for n, words in enumerate((480, 520, 1490))])
    assert rows(figure(facts, "length")) == [
        ("400–599", (2,)), ("600–799", (0,)), ("800–999", (0,)),
        ("1000–1199", (0,)), ("1200–1399", (0,)), ("1400–1599", (1,)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "label"),
    [
        (40.0, "30 天以前"),
        (30.0, "30 天以前"),
        (6.9, "3 至 7 天"),
        (0.5, "最后 24 小时"),
        (-0.1, "公布的截止时间以后"),
    ],
)
def test_times_of_handing_in(days: float, label: str) -> None:
    found = figure(make_facts([make_case(1, days_before=days)]), "timing")
    assert [name for name, values in rows(found) if values[0]] == [label]


def test_unknown_times_are_missing() -> None:
    found = figure(make_facts([make_case(1), make_case(2, days_before=None)]), "timing")
    assert (found.base, found.missing) == (1, 1)


def test_scores_are_spreads_over_cases_that_have_some() -> None:
    cases = [won(n, scores=(("创新性", 60.0 + 10 * n),)) for n in range(5)]
    found = figure(make_facts([*cases, make_case(9)]), "scores")
    assert rows(found) == [("创新性", (60.0, 70.0, 80.0, 90.0, 100.0, 5))]
    assert (found.base, found.missing) == (5, 1)


def test_scores_of_few_cases_are_not_printed() -> None:
    found = figure(make_facts([won(n, scores=(("创新性", 60.0),)) for n in range(4)]), "scores")
    assert printed(found).rows == ()


def test_winners_are_compared_with_the_others_where_both_are_enough() -> None:
    facts = make_facts(
        [won(n, claims=2, words=2000) for n in range(5)] + [make_case(n + 10) for n in range(5)]
    )
    shares, sizes = figure(facts, "winner_shares"), figure(facts, "winner_sizes")
    assert rows(shares)[0] == ("标了证明材料的比例", (100.0, 0.0, 100.0, 3.1416))
    assert str(shares.rows[0].remark) == "差别大"
    assert rows(sizes)[0] == ("正文字数", (2000.0, 1000.0, 1.0))
    assert shares.warning is not None
    assert "5" in str(shares.warning)


def test_no_comparison_of_few_cases_or_before_results_are_public() -> None:
    few = [won(n) for n in range(4)] + [make_case(n + 10) for n in range(9)]
    enough = [won(n) for n in range(5)] + [make_case(n + 10) for n in range(5)]
    assert count(make_facts(few)).figure("winner_shares") is None
    assert count(make_facts(enough, calls=[make_call(decided=False)])).figure("winner_shares") is None


def test_several_calls_are_compared_year_by_year() -> None:
    calls = [make_call("call-2", year=2027, decided=False), make_call("call-1")]
    facts = make_facts(
        [won(1, claims=1), make_case(2), make_case(3, call_id="call-2", year=2027)], calls=calls
    )
    assert rows(figure(facts, "years")) == [
        ("2026", (2, 2, 1, 50.0, 1000)),
        ("2027", (1, 1, None, 0.0, 1000)),
    ]
    twice = make_facts([make_case(1)], calls=[make_call("call-1"), make_call("call-2", title="专题征集")])
    assert [(row.label, str(row.remark)) for row in figure(twice, "years").rows] == [
        ("2026-1", "创新案例征集"),
        ("2026-2", "专题征集"),
    ]
    assert count(make_facts([make_case(1)])).figure("years") is None


def test_no_cases_give_no_figures() -> None:
    assert count(make_facts([])).figures == ()


def test_a_filter_narrows_cases_and_takes_the_directory_away() -> None:
    facts = make_facts([won(1), make_case(2, region="西区")], directory=[unit(1)])
    kept = narrowed(facts, {"region": ["西区"], "prize": []})
    assert [case.case_id for case in kept.cases] == ["case-002"]
    assert kept.directory == ()
    assert narrowed(facts, {"prize": ["-"]}).cases == (facts.cases[1],)
    assert narrowed(facts, {"unknown": ["x"]}) == facts
