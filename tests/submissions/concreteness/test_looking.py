"""Concrete texts come out higher than empty talk; what says nothing does not count."""

import re
from importlib.resources import files

import pytest

from submissions.concreteness.looking import MANY, fingerprints, look
from submissions.originality.reading import Line, plain_lines
from submissions.values.concreteness import Concreteness, ElementKind

DEMO = sorted(
    (
        each
        for folder in files("webapp.demo").joinpath("content/cases").iterdir()
        for each in folder.iterdir()
    ),
    key=lambda each: each.name,
)
EMPTY = (
    "党支部坚持以习近平新时代中国特色社会主义思想为指导，不断提高政治站位，切实增强责任感和使命感。"
    "通过不断完善工作机制，创新工作方法，充分发挥党支部战斗堡垒作用和党员先锋模范作用，取得了显著成效。\n"
    "一是加强理论学习，统一思想认识。严格落实三会一课制度，做到学思用贯通、知信行统一。"
    "二是坚持问题导向，狠抓工作落实，形成了齐抓共管的良好局面。"
    "三是强化服务意识，着力解决群众急难愁盼问题，群众获得感幸福感安全感不断增强。",
    "近年来，我们牢固树立以人民为中心的发展思想，积极构建党建引领基层治理新格局，健全完善制度体系。"
    "广大党员干部发扬优良作风，主动靠前服务，用心用情用力解决好群众身边的问题。"
    "只有坚持群众路线，才能赢得群众支持。实践证明，抓好党支部建设是推动事业发展的重要保证。",
    "The branch attaches great importance to learning and constantly improves its working methods. "
    "Through a series of effective measures, remarkable results have been achieved. "
    "We will continue to strengthen leadership and improve mechanisms in an all-round way.",
)


def seen(text: str) -> list[tuple[str, str]]:
    view = look([Line(text)], {})
    return [
        (view.text[each.start : each.end].strip(), each.kind.value)
        for sentence in view.sentences
        for each in sentence.elements
    ]


def look_at(text: str) -> Concreteness:
    return look(plain_lines(text), {})


def demo_text(written: str) -> str:
    body = written.split("+++", 2)[2]
    return re.sub(r"(?m)^#+ |!\[.*?\]\(.*?\)|[*|]", "", body)


def test_each_demonstration_case_is_more_concrete_than_empty_talk() -> None:
    concrete = [look_at(demo_text(each.read_text(encoding="utf-8"))) for each in DEMO]
    empty = [look_at(each) for each in EMPTY]
    assert len(concrete) == 31
    assert min(each.all_per_thousand for each in concrete) > 30
    assert max(each.all_per_thousand for each in empty) < 10
    assert max(each.empty_share for each in concrete) < 60
    assert min(each.empty_share for each in empty) > 80
    assert [each.is_english for each in empty] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("修渠三百二十米，投工一百三十六个", ["三百二十米", "一百三十六个"]),
        ("满意度由92%升至97%", ["92%", "97%"]),
        ("抽上来的水有两成多没进田", ["两成"]),
        ("百分之八十五的住户签了字", ["百分之八十五"]),
        ("严格落实三会一课，做到两个维护、四个意识", []),
        ("一是学习，二是落实，一系列举措，一个支部", []),
        ("第一书记第一时间到场", []),
        ("1. 登记", []),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert [word for word, kind in seen(text) if kind == "number"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年4月10日开会", ["2023年4月10日"]),
        ("二〇二三年五月插秧", ["二〇二三年五月"]),
        ("每周三晚八点半开门", ["每周三晚", "八点半"]),
        ("近年来，我们持续推进", []),
        ("去年腊月停电", ["去年腊月"]),
    ],
)
def test_dates(text: str, expected: list[str]) -> None:
    assert [word for word, kind in seen(text) if kind == "date"] == expected


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("走进双坡村的泵房", "place", "双坡村"),
        ("在上海的工地上", "place", "上海"),
        ("老会计周桂兰记账", "role", "周桂兰"),
        ("夜班护士先发现的", "role", "护士"),
        ("张师傅说不行", "role", "张师傅"),
        ("雙坡村的水賬", "place", "雙坡村"),
    ],
)
def test_places_and_people(text: str, kind: str, word: str) -> None:
    assert (word, kind) in seen(text)


@pytest.mark.parametrize(
    "text", ["各村各镇都行动起来", "走群众路线", "深度融合，高质量发展", "广大党员积极参与"]
)
def test_what_is_no_name(text: str) -> None:
    assert seen(text) == []


def test_english() -> None:
    text = "In March 2024 the foreman counted 36 complaints. Later Mr Hale asked the crew in Port Weller."
    assert seen(text) == [
        ("March 2024", "date"),
        ("foreman", "role"),
        ("36", "number"),
        ("Mr Hale", "role"),
        ("Port Weller", "place"),
    ]


def test_headings_and_short_sentences_are_not_expected_to_be_concrete() -> None:
    view = look(
        [
            Line("一、加强领导压实各级责任", heading=True),
            Line("好。"),
            Line("大家都觉得这样做下去会越来越好。"),
        ],
        {},
    )
    assert [sentence.empty for sentence in view.sentences] == [False, False, True]
    assert (view.words, view.empty_share) == (18, 100)


def test_sentences_of_many_texts_are_common() -> None:
    lines = [Line("每月初五把账贴在村口的墙上。"), Line("大家都觉得这样做下去会越来越好。")]
    places = list(fingerprints(lines))
    view = look(lines, {places[0]: MANY - 1, places[1]: MANY})
    assert [sentence.common for sentence in view.sentences] == [False, True]
    assert view.common_share == 50


def test_nothing_written() -> None:
    view = look([], {})
    assert (view.words, view.sentences, view.all_per_thousand, view.empty_share) == (0, (), 0.0, 0)
    assert view.per_thousand(ElementKind.NUMBER) == 0.0
