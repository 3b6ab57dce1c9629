"""The search box's language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import LONGEST, MOST_CLAUSES, parse
from search.values import AnyOf, Clause, FieldText, Part, Phrase, Plain, QueryField, Sign, YearRange


def should(text: str) -> Clause:
    return Clause(Sign.SHOULD, Plain(text))


def must(part: Part) -> Clause:
    return Clause(Sign.MUST, part)


def must_not(part: Part) -> Clause:
    return Clause(Sign.MUST_NOT, part)


def lengths(*names: str) -> AnyOf:
    return AnyOf(tuple(FieldText(QueryField.LENGTH, name) for name in names))


UNIT, PRIZE = QueryField.UNIT, QueryField.PRIZE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("党建 微信群", [should("党建"), should("微信群")]),
        ("党建　微信群", [should("党建"), should("微信群")]),
        ("“三会一课” 党建", [must(Phrase("三会一课")), should("党建")]),
        ('"night school"', [must(Phrase("night school"))]),
        ("《党章》", [must(Phrase("党章"))]),
        ('"没有结束', [must(Phrase("没有结束"))]),
        ("建立“长沙办”微信群", [should("建立"), must(Phrase("长沙办")), should("微信群")]),
        ("+党建 -微信群", [must(Plain("党建")), must_not(Plain("微信群"))]),
        ("＋党建 －“三会”", [must(Plain("党建")), must_not(Phrase("三会"))]),
        ("党建 NOT 微信群", [should("党建"), must_not(Plain("微信群"))]),
        ("党建 AND 群", [should("党建"), should("群")]),
        ("A OR B", [must(AnyOf((Plain("A"), Plain("B"))))]),
        ("A | “b c” OR D e", [must(AnyOf((Plain("A"), Phrase("b c"), Plain("D")))), should("e")]),
        ("单位:审计局", [must(FieldText(UNIT, "审计局"))]),
        ("單位：審計局", [must(FieldText(UNIT, "审计局"))]),
        ("unit:Audit", [must(FieldText(UNIT, "audit"))]),
        ("单位:“审计局 二处”", [must(FieldText(UNIT, "审计局 二处"))]),
        ("-奖项:二等奖", [must_not(FieldText(PRIZE, "二等奖"))]),
        ("年份:2024..2026", [must(YearRange(2024, 2026))]),
        ("年份:2026..2024", [must(YearRange(2024, 2026))]),
        ("年份:2024..", [must(YearRange(2024, None))]),
        ("年份:..2024年", [must(YearRange(None, 2024))]),
        ("年度:2024年", [must(YearRange(2024, 2024))]),
        ("year:2024-2026", [must(YearRange(2024, 2026))]),
        ("年份:去年", [should("去年")]),
        ("地区:江北區", [must(FieldText(QueryField.REGION, "江北区"))]),
        ("topic:志願服務", [must(FieldText(QueryField.TOPIC, "志愿服务"))]),
        ("含:照片", [must(FieldText(QueryField.EXTRAS, "photos"))]),
        ("has:evidence", [must(FieldText(QueryField.EXTRAS, "evidence"))]),
        ("含:什么", [should("什么")]),
        ("字数:1500..3000", [must(lengths("1500-3000"))]),
        ("字數：3000字以上", [must(lengths("3000-5000", "over-5000"))]),
        ("words:<1500", [must(lengths("under-1500"))]),
        ("-字数:2000", [must_not(lengths("1500-3000"))]),
        ("字数:很多", [should("很多")]),
        ("时间:去年", [should("时间:去年")]),
        ("http://example.org", [should("http://example.org")]),
        ("e-mail", [should("e-mail")]),
        ("党建 党建", [should("党建")]),
        ("- + OR : ， “” 单位:", [should("单位:")]),
        ("", []),
        ("   ", []),
    ],
)
def test_questions(text: str, expected: list[Clause]) -> None:
    assert list(parse(text).clauses) == expected


@given(st.text(alphabet=st.characters(), max_size=2 * LONGEST))
def test_any_string_is_a_question(text: str) -> None:
    query = parse(text)
    assert len(query.text) <= LONGEST
    assert len(query.clauses) <= MOST_CLAUSES
    query.text.encode("utf-8")


@given(st.text(alphabet='+-|"“”《》:：. 年份单位ORNTA2024', max_size=60))
def test_any_mixture_of_signs_is_a_question(text: str) -> None:
    assert parse(parse(text).text) == parse(text)


def test_broken_characters_are_looked_over() -> None:
    assert parse("党\ud800建\x00 群").clauses == (should("党?建"), should("群"))
