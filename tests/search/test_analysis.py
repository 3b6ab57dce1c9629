"""Folding, glosses, units and pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.folding import fold
from search import analysis
from search.analysis import folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("黨建微信群", "党建微信群"),
        ("臺灣、颱風", "台湾、台风"),
        ("於乾隆年間著書", "于干隆年间着书"),
        ("ＡＢｃ１２", "abc12"),
        ("H5 互動", "h5 互动"),
        ("⼀⽣", "一生"),  # radicals, as some PDF files give them
        ("認(rèn)真貫徹", "认真贯彻"),
        ("學（xué）習(xí)教育", "学习教育"),
        ("我們(men)的", "我们的"),
        ("社会组织(NGO)", "社会组织(ngo)"),  # no pinyin
        ("要点(a)和(b)", "要点(a)和(b)"),
        ("see (hǎo)", "see (hǎo)"),  # not after a Chinese character
        ("党\u200b建", "党建"),
        ("把每月的主题\n党日开到田间", "把每月的主题党日开到田间"),
        ("一段\n\n二段", "一段\n\n二段"),
    ],
)
def test_the_searched_form(text: str, expected: str) -> None:
    assert folded(text).text == expected


def test_places_lead_back_to_the_original() -> None:
    text = folded("認(rèn)真貫徹黨建工作")
    at = text.text.index("认真")
    assert text.original[slice(*text.span(at, at + 2))] == "認(rèn)真"
    at = text.text.index("党建")
    assert text.original[slice(*text.span(at, at + 2))] == "黨建"


@given(st.text())
def test_every_place_leads_back(text: str) -> None:
    result = folded(text)
    assert len(result.text) == len(result.offsets)
    assert list(result.offsets) == sorted(result.offsets)
    for place, character in enumerate(result.text):
        assert fold(result.original[result.offsets[place]]) == character


def test_units_and_their_positions() -> None:
    found = [(unit.text, unit.position) for unit in analysis.units("共观 开幕h5，must-have 4.5%")]
    assert found == [
        ("共", 0), ("观", 1), ("开", 2), ("幕", 3), ("h5", 4), ("must", 6), ("have", 7), ("4.5", 8),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("党建好", [("党建", 0), ("建好", 1)]),
        ("h5互动", [("h5 互", 0), ("互动", 1)]),
        ("是，对的", [("是", 0), ("对的", 2)]),
        ("party school", [("party school", 0)]),
        ("党", [("党", 0)]),
        ("，。", []),
    ],
)
def test_pairs(text: str, expected: list[tuple[str, int]]) -> None:
    assert list(zip(*analysis.pairs(text), strict=True)) == expected


@given(st.text(alphabet="党建ab1 ，\n"))
def test_pairs_and_units_agree(text: str) -> None:
    """The quick way that the index uses gives what the units say."""
    units = analysis.units(text)
    slow = []
    for place, unit in enumerate(units):
        after = units[place + 1] if place + 1 < len(units) else None
        before = units[place - 1] if place else None
        if after and after.position == unit.position + 1:
            slow.append((analysis.pair(unit.text, after.text), unit.position))
        elif not before or before.position != unit.position - 1:
            slow.append((unit.text, unit.position))
    assert list(zip(*analysis.pairs(text), strict=True)) == slow


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("尤金袋鼠分布在哪些地区？", ["尤金", "袋鼠", "分布", "地区"]),
        ("洪向华讲党课", ["洪向华", "讲党课"]),
        ("什么是三会一课", ["三会一课"]),
        ("how to build a party school", ["build", "party", "school"]),
        ("学", ["学"]),
        ("怎么", ["怎么"]),
        ("的", ["的"]),
        ("？！", []),
    ],
)
def test_the_pieces_of_a_question(question: str, expected: list[str]) -> None:
    found = analysis.pieces(question)
    assert "".join(found) == "".join(expected)
