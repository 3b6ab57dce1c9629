"""Why a case is a hit: which words stand where, and how near."""

import pytest

from search.explaining import Nearness, Where, explain
from search.query import parse
from search.values import Plain, Query, Reasons, Synonyms

PARTS = {
    Where.TITLE: "一本贴在泵房墙上的水账",
    Where.SUMMARY: "水费十年扯皮，一本公开水账理清。",
    Where.BODY: "支部在泵房墙上公开一本水账，逐户装表，每旬对账。\n\n两年没有再为抢水动过手。"
    + "别的事。" * 30
    + "收缴率升高。",
    Where.UNIT: "双坡村党支部",
}


def test_words_and_where_they_stand() -> None:
    why = explain(parse("水账 電梯 双坡村"), PARTS, Reasons(), 1.0)
    assert why is not None
    assert [(found.word, dict(found.times)) for found in why.found] == [
        ("水账", {Where.TITLE: 1, Where.SUMMARY: 1, Where.BODY: 1}),
        ("双坡村", {Where.UNIT: 1}),
    ]
    assert why.missing == ("电梯",)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("泵房 墙上", Nearness.TOGETHER),
        ("泵房 对账", Nearness.SENTENCE),
        ("逐户 抢水", Nearness.NEAR),
        ("逐户 收缴率", Nearness.APART),
        ("双坡村 收缴率", Nearness.APART),
        ("泵房", None),
    ],
)
def test_how_near_the_words_stand(question: str, expected: Nearness | None) -> None:
    why = explain(parse(question), PARTS, Reasons(), 1.0)
    assert why is not None
    assert why.nearness is expected


def test_a_synonym_is_named_and_the_word_is_not_missing() -> None:
    clause = parse("账本").clauses[0]
    query = Query("账本", (type(clause)(clause.sign, Plain("账本", (Synonyms("账本", ("水账",)),))),))
    why = explain(query, PARTS, Reasons(), 1.0)
    assert why is not None
    assert [(found.word, found.spelling) for found in why.found] == [("账本", "水账")]
    assert why.missing == ()


def test_a_case_with_no_whole_word_is_explained_by_the_characters_it_has() -> None:
    why = explain(parse("泵站"), PARTS, Reasons(), 1.0)
    assert why is not None
    assert why.missing == ("泵站",)
    assert [(found.word, dict(found.times)) for found in why.found] == [
        ("泵", {Where.TITLE: 1, Where.BODY: 1})
    ]
    assert why.nearness is None
    beside = explain(parse("水账 泵站"), PARTS, Reasons(), 1.0)
    assert beside is not None
    assert [found.word for found in beside.found] == ["水账"]


def test_effects_of_prize_and_date_in_percent_of_the_rest() -> None:
    why = explain(parse("泵房"), PARTS, Reasons(words=8.0, pairs=2.0, prize=0.3, recency=0.01), 10.31)
    assert why is not None
    assert (why.prize, why.recency) == (3.0, 0.0)


@pytest.mark.parametrize("question", ["", "年份:2024", "-泵房"])
def test_without_words_there_is_nothing_to_explain(question: str) -> None:
    assert explain(parse(question), PARTS, Reasons(), 0.0) is None
