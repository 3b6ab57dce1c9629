"""Rules that read a whole text: characters, facts, figures, terms."""

import re
from pathlib import Path

import pytest

from casebook.aids.rules import characters, facts, figures, fixed_lists, terms
from casebook.aids.rules.checking import slips
from casebook.aids.rules.confused import RECOMMENDED, WRONG
from casebook.aids.rules.reading import read
from casebook.aids.rules.starting_terms import starting_terms
from casebook.aids.rules.terms import Glossary
from casebook.aids.values import Kind, Term, TermKind, TermWish
from casebook.aids.wording import RULES
from tests.casebook.aids.reading import found, found_in, manuscript

FRAME = "<p>支部组织党员学习讨论，开展志愿服务，为群众办实事，把责任区亮出来，让邻里间的问题有人管。</p>"
SHIPPED = Glossary.of(starting_terms())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截止目前，共办结12件", ["截止>截至"]),
        ("截止2021年底", ["截止>截至"]),
        ("建立台帐，管好帐目", ["帐目>账目", "台帐>台账"]),
        ("扎实的推进了改革", ["扎实的推进了>扎实地推进了"]),
        ("工作做的很好。", ["做的很好>做得很好"]),
        ("象一家人一样", ["象>像"]),
        ("支部開展學习，党员带头参加服务活动，群众满意", ["開>开", "學>学"]),
        ("報名截止时间是3月", ["報>报"]),
        ("报名3月截止", []),
        ("来自已经结对的村", []),
        ("不能自已", []),
        ("积极的推动作用", []),
        ("现象一样普遍", []),
        ("乾隆年间著名的瞭望塔", []),
        ("作为了不起的党员", []),
        ("是磚得於城西舊學宮後牆", []),
    ],
)
def test_characters(text: str, expected: list[str]) -> None:
    assert found_in(characters.find, FRAME + f"<p>{text}</p>") == expected


def test_a_traditional_text_is_told_of_simplified_characters() -> None:
    body = "<p>近年來，審計署長沙辦認真貫徹落實重要指示精神，創新機關黨建工作，结合實際。</p>"
    assert found_in(characters.find, body, unit="長沙辦") == ["结>結"]


def test_lists_of_simplified_words_are_not_for_traditional_texts() -> None:
    body = "<p>米的尺寸和硬度適合做微雕，廣告強調它們含有新鮮米糠的成份，屬於當地產業。</p>"
    assert found_in(characters.find, body, unit="長沙辦") == []


def test_no_wrong_word_is_a_right_one() -> None:
    right = {*WRONG.values(), *RECOMMENDED.values()}
    assert right & {*WRONG, *RECOMMENDED} == set()
    assert all(word and better and word != better for word, better in {**WRONG, **RECOMMENDED}.items())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年2月30日", ["2021年2月30日"]),
        ("2021年2月29日", ["2021年2月29日"]),
        ("2021年13月5日", ["2021年13月5日"]),
        ("2021年7月1日（星期三）", ["2021年7月1日（星期三"]),
        ("老年人占30%，青年占40%，其他占28%。", ["占30%，青年占40%，其他占28%"]),
        ("共有党员20名，其中男党员12名，女党员9名", ["共有党员20名，其中男党员12名，女党员9名"]),
        ("2020年2月29日", []),
        ("2021年7月1日（星期四）", []),
        ("老年人占30%，青年占40%，其他占30%。", []),
        ("老年人占33.3%，青年占33.3%，其他占33.3%。", []),
        ("党员占30%，骨干占12%，女党员占8%。", []),
        ("共有党员20名，其中男党员12名，女党员8名", []),
        ("历时18月", []),
    ],
)
def test_facts(text: str, expected: list[str]) -> None:
    assert found_in(facts.find, f"<p>{text}</p>") == expected


def test_totals_of_tables() -> None:
    rows = "<tr><th>村</th><th>户</th></tr><tr><td>甲</td><td>12</td></tr><tr><td>乙</td><td>30</td></tr>"
    assert found_in(facts.find, f"<table>{rows}<tr><td>合计</td><td>43</td></tr></table>") == ["43"]
    assert found_in(facts.find, f"<table>{rows}<tr><td>合 计</td><td>42</td></tr></table>") == []
    partial = "<tr><td>小计</td><td>42</td></tr>"
    assert found_in(facts.find, f"<table>{rows}{partial}<tr><td>合计</td><td>42</td></tr></table>") == []


def test_the_summary_beside_the_text() -> None:
    said = {"summary": "累计服务居民3.2万人次。"}
    assert found_in(facts.find, "<p>一年来累计服务居民2.3万人次。</p>", **said) == ["3.2万人次"]
    assert found_in(facts.find, "<p>一年来累计服务居民3.2万人次。</p>", **said) == []
    several = "<p>累计服务居民2.3万人次。</p><p>累计服务居民9千人次，累计服务居民0.9万人次。</p>"
    assert found_in(facts.find, several, **said) == []


def test_pictures_and_tables() -> None:
    body = (
        '<figure><img src="attachment:a1" alt=""></figure>'
        '<figure><img src="attachment:a2" alt=""><figcaption>学习现场</figcaption></figure>'
        "<table><tr><td>村</td></tr><tr><td>甲</td></tr></table>"
        "<table><caption>表题</caption><thead><tr><th>村</th></tr></thead><tr><td>甲</td></tr></table>"
    )
    sizes = {"attachment:a1": (1299, 900, 110.0), "attachment:a2": (600, 400, 110.0)}
    whole = read(manuscript(body), lambda src: sizes[src])
    assert [(slip.rule, slip.place) for slip in figures.find(whole)] == [
        ("figures.caption", "body.0"),
        ("figures.resolution", "body.1"),
        ("figures.table_caption", "body.2"),
        ("figures.table_head", "body.2"),
    ]
    assert [figures.dots(photo) for photo in whole.photos] == [300, 139]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学习党的20大精神", ["党的20大>党的二十大", "20大精神>二十大精神"]),
        ("党的二十大三中全会", ["二十大三中全会>二十届三中全会"]),
        ("按时缴纳党费", ["缴纳党费>交纳党费"]),
        ("十四五规划", ["十四五规划>“十四五”规划"]),
        ("中国和香港", ["中国和香港"]),
        ("学习《中国共产党支部工作条例》", ["《中国共产党支部工作条例》>《中国共产党支部工作条例（试行）》"]),
        ("“十四五”规划和“三农”工作", []),
        ("党的二十届三中全会", []),
        ("《中国共产党支部工作条例（试行）》", []),
        ("打赢一带一路建设者杯", []),
        ("二十大报告", []),
    ],
)
def test_the_shipped_terms(text: str, expected: list[str]) -> None:
    assert found_in(lambda whole: terms.find(whole, SHIPPED), f"<p>{text}</p>") == expected


def test_shipped_terms_can_all_be_used() -> None:
    written = [term.written for term in starting_terms()]
    assert len(written) == len(set(written))
    assert [term for term in starting_terms() if terms.problem(term.wish) or not term.wish.why] == []


def test_words_of_the_house_stand_as_words_of_their_own() -> None:
    house = Glossary.of([Term(id="a", wish=TermWish(written="支书", better="党支部书记"))])
    assert found_in(lambda whole: terms.find(whole, house), "<p>老支书带头，支书证上岗。</p>") != []
    assert found_in(lambda whole: terms.find(whole, house), "<p>开支书写规范</p>") == []


def test_what_the_house_takes_as_right_is_not_found() -> None:
    body = "<p>在“其它”栏填写。</p>"
    allowed = Glossary.of([Term(id="a", wish=TermWish(written="“其它”栏", kind=TermKind.ALLOW))])
    assert [slip.rule for slip in slips(read(manuscript(body)), Glossary())] == ["characters.confused"]
    assert slips(read(manuscript(body)), allowed) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "大局意识、政治意识、核心意识、看齐意识",
            ["大局意识、政治意识、核心意识、看齐意识>政治意识、大局意识、核心意识、看齐意识"],
        ),
        ("政治意识、大局意识、核心意识、看齐意识", []),
        ("协调、创新、绿色", []),
    ],
)
def test_fixed_lists(text: str, expected: list[str]) -> None:
    assert found(fixed_lists.find, text) == expected


def test_every_rule_has_a_name() -> None:
    """What the rules call themselves, read from their sources."""
    sources = Path(terms.__file__).parent.glob("*.py")
    words = (re.findall(r'"([a-z]+\.[a-z_]+)"', source.read_text("utf-8")) for source in sources)
    kinds = set(map(str, Kind))
    used = {name for of_file in words for name in of_file if name.split(".")[0] in kinds}
    assert used | {"terms.replace", "terms.forbid"} == set(RULES)
