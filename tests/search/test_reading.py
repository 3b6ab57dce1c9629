"""What somebody meant: synonyms beside his words, pinyin read as characters, questions written back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.curation.values.synonyms import Thesaurus
from search.query import parse, written
from search.reading import Reading, exactly, read
from search.relief import LeftOut, looser, near_topics
from search.suggest import Suggestions
from search.values import Entry, Plain, Sign

SHELF = Suggestions(
    [
        Entry("c1", "以党建引领网格治理", "长沙审计局党支部", "机关", ("志愿服务",)),
        Entry("c2", "用好黨建微信群", "双坡村党支部", "农村"),
        Entry("c3", "直播间里的夜间党校", "审计局二处党支部", "机关"),
    ]
)
EQUAL = Thesaurus({"党建": ("党的建设",), "支书": ("支部书记",), "夜校": ("夜间党校", "夜间课堂")})


def reading(text: str, *known: str) -> Reading:
    return read(
        text,
        EQUAL,
        known=lambda word: word.lower() in known,
        spoken=lambda word, initials: SHELF.read(word, initials=initials),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("黨建怎么做", ["党建"]),
        ("党建 夜校", ["党建", "夜校"]),
        ("村支书记录", []),  # 支书 stands across two words here
        ("“党建”", []),
        ("+党建", []),
        ("-党建", []),
        ("标题:党建", []),
    ],
)
def test_synonyms_go_with_plain_words_only(text: str, words: list[str]) -> None:
    found = reading(text)
    assert [group.word for group in found.synonyms] == words
    assert found.query.text == found.typed


@pytest.mark.parametrize(
    ("text", "searched", "letters"),
    [
        ("dangjian", "党建", ["dangjian"]),
        ("DangJian 微信群", "党建 微信群", ["DangJian"]),
        ("dang jian wei xin qun", "党建微信群", ["dang jian wei xin qun"]),
        ("dangjianweixinqun", "党建微信群", ["dangjianweixinqun"]),
        ("zbj", "直播间", ["zbj"]),
        ("yjdx", "夜间党校", ["yjdx"]),
        ("night dangjian", "night 党建", ["dangjian"]),
        ("+dangjian", "+dangjian", []),
        ("the", "the", []),
        ("qqqq", "qqqq", []),
    ],
)
def test_pinyin_the_library_has_no_letters_for(text: str, searched: str, letters: list[str]) -> None:
    found = reading(text, "night")
    assert (found.query.text, [typed for typed, _ in found.pinyin]) == (searched, letters)
    assert found.typed == parse(text).text


def test_letters_that_the_library_has_stay_letters() -> None:
    assert reading("dangjian", "dangjian").pinyin == ()


def test_exactly_what_was_typed() -> None:
    found = exactly("dangjian 党建")
    assert not found.more_than_typed
    assert [clause.part for clause in found.query.clauses] == [Plain("dangjian"), Plain("党建")]


PIECES = (
    "党建",
    "“三会 一课”",
    "单位:审计局",
    "年份:2024..",
    "字数:1500..5000",
    "含:照片",
    "OR",
    "+夜校",
    "-a",
    "NOT",
    "|",
)


@given(st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join) | st.text(max_size=30))
def test_a_question_written_back_is_the_same_question(text: str) -> None:
    clauses = parse(text).clauses
    assert parse(written(clauses)).clauses == clauses


@given(st.text(max_size=60))
def test_any_string_is_read(text: str) -> None:
    found = reading(text)
    assert found.typed == parse(text).text


def test_what_can_be_left_out() -> None:
    query = parse("党建 -微信群 年份:2024")
    ways = looser(query, {"prize": frozenset({"一等奖", "二等奖"}), "year": frozenset({"2024"})})
    assert [(way.kind, way.name or way.value) for way in ways] == [
        (LeftOut.FILTERS, ""),
        (LeftOut.FILTER, "prize"),
        (LeftOut.FILTER, "prize"),
        (LeftOut.FILTER, "year"),
        (LeftOut.WORD, "党建"),
        (LeftOut.WORD, "-微信群"),
    ]
    assert ways[3].filters == {"prize": frozenset({"一等奖", "二等奖"})}
    assert ways[4].query.text == "-微信群 年份:2024"
    assert all(clause.sign is not Sign.SHOULD for clause in ways[4].query.clauses)
    assert looser(parse("党建"), {}) == []


def test_near_topics_come_first() -> None:
    assert near_topics(["加装电梯", "微信群", "志愿服务"], "社区志愿者")[0] == "志愿服务"
    assert near_topics(["mess hall", "水费"], "+水账 +区块链")[0] == "水费"
    assert near_topics([], "社区") == ()
    mixed = ["site log", "水费", "mess hall", "电梯"]
    assert near_topics(mixed, "量子计算") == ("水费", "电梯", "site log", "mess hall")
    assert near_topics(mixed, "quantum") == ("site log", "mess hall", "水费", "电梯")
    assert near_topics(mixed, "怎样写 site log")[0] == "site log"
