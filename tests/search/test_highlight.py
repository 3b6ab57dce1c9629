"""Marks and snippets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import folded
from search.highlight import Marked, marked, snippets, wanted
from search.query import parse


def show(text: Marked) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in text)


def mark(text: str, question: str) -> str:
    return show(marked(folded(text), wanted(parse(question))))


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("以客户走访提升服务", "客户走访 服务", "以[客户走访]提升[服务]"),
        ("認(rèn)真貫徹黨建", "认真 党建", "[認(rèn)真]貫徹[黨建]"),
        ("用好黨建微信群", "微信群 党建微信", "用好[黨建微信群]"),
        ("The party school; parties", "party", "The [party] school; parties"),
        ("一枝独秀art", "art", "一枝独秀[art]"),
        ("Night  school at night", '"night school"', "[Night  school] at night"),
        ("党史、党章", "-党章 党史", "[党史]、党章"),
        ("三会一课制度", "什么是三会一课", "[三会一课]制度"),
        ("学而时习之", "学", "[学]而时习之"),
        ("审计局二处", "单位:审计局", "[审计局]二处"),
        ("没有", "党建", "没有"),
        ("", "党建", ""),
    ],
)
def test_marks(text: str, question: str, expected: str) -> None:
    assert mark(text, question) == expected


LONG = (
    "开头先讲背景，这里没有要找的词。" * 4
    + "支部建立客户走访台账。"
    + "中间又是一段别的叙述，说的是另外的事情。" * 6
    + "年底满意度提升到九成七。"
    + "结尾。"
)


def test_snippets_show_each_word_once_in_context() -> None:
    found = [show(each) for each in snippets(folded(LONG), wanted(parse("客户走访 满意度")))]
    assert len(found) == 2
    assert found[0].startswith("支部建立[客户走访]台账。")
    assert "年底[满意度]提升到九成七。" in found[1]


def test_a_snippet_ends_with_a_sentence_where_one_ends_near() -> None:
    (found,) = snippets(folded(LONG), wanted(parse("满意度")))
    assert show(found) == "年底[满意度]提升到九成七。结尾。"


def test_without_a_mark_the_beginning_is_shown() -> None:
    (found,) = snippets(folded(LONG), ())
    assert show(found).startswith("开头先讲背景")
    assert snippets(folded(" "), ("党",)) == ()


def test_glosses_are_never_cut() -> None:
    text = folded("認(rèn)真" * 40 + "貫徹(chè)")
    for each in snippets(text, wanted(parse("贯彻"))):
        assert show(each).count("(") == show(each).count(")")


@given(st.text(alphabet="党建ab (rèn)\n，。", max_size=120), st.text(alphabet="党建ab，“” ", max_size=12))
def test_pieces_are_always_parts_of_the_text(text: str, question: str) -> None:
    source = folded(text)
    words = wanted(parse(question))
    flat = "".join(source.original.split())
    for each in (marked(source, words), *snippets(source, words)):
        assert "".join("".join(piece.text for piece in each).split()) in flat
