"""Groups of equal words: reading, checking, planning, using."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import Invalid
from foundation.sheets import Line, Sheet
from search.curation.rules.starting_synonyms import starting_groups
from search.curation.rules.synonym_tables import read_table
from search.curation.rules.synonyms import expansion, plan, problem, split_words
from search.curation.values.synonyms import Direction, Step, SynonymGroup, Words

ONE_WAY = Direction.ONE_WAY


def group(identity: str, *words: str, direction: Direction = Direction.BOTH, note: str = "") -> SynonymGroup:
    return SynonymGroup(id=identity, words=words, direction=direction, note=note, revision=1)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("党建、党的建设", ("党建", "党的建设")),
        ("党建, 党的建设；黨建\n“支部工作” ", ("党建", "党的建设", "支部工作")),
        ("WeChat = 微信 = wechat", ("WeChat", "微信")),
        ("12345 热线、市民热线", ("12345 热线", "市民热线")),
        ("、，  ", ()),
    ],
)
def test_words_of_a_line(typed: str, expected: tuple[str, ...]) -> None:
    assert split_words(typed) == expected


@given(st.text(max_size=60))
def test_any_line_is_read(typed: str) -> None:
    words = split_words(typed)
    assert split_words("、".join(words)) == words


@pytest.mark.parametrize(
    ("words", "note", "field"),
    [
        (("党建", "党的建设"), "", None),
        (("党建",), "", "words"),
        ((), "", "words"),
        (("党建", "党"), "", "words"),
        (("党建", "！！"), "", "words"),
        (("党建", "长" * 21), "", "words"),
        (tuple(f"词语{n}" for n in range(13)), "", "words"),
        (("党建", "AI"), "", None),
        (("党建", "党的建设"), "注" * 101, "note"),
    ],
)
def test_what_can_be_a_group(words: tuple[str, ...], note: str, field: str | None) -> None:
    found = problem(Words(words=words, note=note))
    assert (found.field if found else None) == field


def test_groups_are_used_both_ways_or_one_way_and_are_not_joined() -> None:
    groups = [
        group("a", "党建", "党的建设"),
        group("b", "黨建", "支部建设"),
        group("c", "夜校", "夜间课堂", direction=ONE_WAY),
    ]
    assert expansion(groups) == {
        "党建": ("党的建设", "支部建设"),
        "党的建设": ("党建",),
        "支部建设": ("黨建",),
        "夜校": ("夜间课堂",),
    }


def test_the_shipped_list_is_fit_for_use() -> None:
    groups = starting_groups()
    assert [problem(each.wish) for each in groups if problem(each.wish)] == []
    assert len({each.id for each in groups}) == len(groups)
    assert all(len(each.id) <= 16 for each in groups)
    assert plan([(1, each.wish) for each in groups], groups) == plan(
        [(1, each.wish) for each in groups], list(reversed(groups))
    )
    assert {line.step for line in plan([(1, each.wish) for each in groups], groups)} == {Step.SAME}


def test_importing_changes_groups_with_the_same_first_word_and_deletes_none() -> None:
    known = [group("a", "党建", "党的建设"), group("b", "夜校", "夜间课堂"), group("c", "村改居", "村改社区")]
    lines = [
        (2, Words(words=("黨建", "支部建设"))),
        (3, Words(words=("夜間課堂", "夜校"))),
        (4, Words(words=("网格员", "网格长"))),
        (5, Words(words=("夜校", "夜间党校"), direction=ONE_WAY)),
        (6, Words(words=("村改居", "村改社区"), note="说明")),
    ]
    planned = plan(lines, known)
    assert [(line.number, line.step, line.before and line.before.id) for line in planned] == [
        (2, Step.CHANGE, "a"),
        (3, Step.SAME, "b"),
        (4, Step.ADD, None),
        (5, Step.ADD, None),
        (6, Step.CHANGE, "c"),
    ]


def test_of_two_lines_for_one_group_the_later_counts() -> None:
    twice = [(2, Words(words=("党建", "甲乙"))), (3, Words(words=("党建", "丙丁")))]
    assert [line.number for line in plan(twice, [group("a", "党建", "党的建设")])] == [3]


def sheet(*rows: str) -> Sheet:
    lines = [Line(number, tuple(row.split("|"))) for number, row in enumerate(rows, start=1)]
    return Sheet(lines[0], tuple(lines[1:]))


def test_a_table_with_named_columns_in_any_order_and_one_without() -> None:
    named = sheet("说明|词语|方向", "简称|党建、党的建设|", "|夜校，夜间课堂|单向")
    assert read_table(named) == [
        (2, Words(words=("党建", "党的建设"), note="简称")),
        (3, Words(words=("夜校", "夜间课堂"), direction=ONE_WAY)),
    ]
    bare = sheet("党建|党的建设|", "夜校|夜间课堂|夜间党校")
    assert read_table(bare) == [
        (1, Words(words=("党建", "党的建设"))),
        (2, Words(words=("夜校", "夜间课堂", "夜间党校"))),
    ]


def test_a_table_says_which_line_cannot_be_used() -> None:
    bad = sheet("words|direction", "党建、党的建设|both", "党建|both", "夜校、夜间课堂|sideways")
    with pytest.raises(Invalid) as refused:
        read_table(bad)
    assert [str(error.message)[:5] for error in refused.value.errors] == ["第 3 行", "第 4 行"]
    with pytest.raises(Invalid):
        read_table(sheet("词语|方向"))
