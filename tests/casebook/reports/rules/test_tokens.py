"""Numbers and figures inside a report's text."""

from __future__ import annotations

import pytest

from casebook.reports.figures import Figure
from casebook.reports.rules.counting import Counted, counted
from casebook.reports.rules.drafting import draft
from casebook.reports.rules.tokens import Names, filled, tokens, unknown
from foundation import richtext
from submissions.values import UNIT_KINDS
from tests.casebook.reports.makers import make_case, make_facts, unit, won


@pytest.fixture(scope="module")
def found() -> Counted:
    cases = [won(n, claims=1, topics=("养老",)) for n in range(6)] + [make_case(n + 10) for n in range(6)]
    return counted(make_facts(cases, directory=[unit(50)]), UNIT_KINDS)


def text(body: str, found: Counted) -> str:
    return "".join(
        f"[{piece.key}]" if isinstance(piece, Figure) else richtext.html((piece,))
        for piece in filled(richtext.blocks(body), found)
    )


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<p>共 {数:案例数} 个</p>", "<p>共 12 个</p>"),
        ("<p>共 { 数 ： 案例数 } 个</p>", "<p>共 12 个</p>"),
        ("<p>{number:cases} cases</p>", "<p>12 cases</p>"),
        ("<p>农村获奖 {数:类别·农村·获奖} 个</p>", "<p>农村获奖 6 个</p>"),
        ("<ul><li>{数:获奖案例数}</li></ul>", "<ul><li>6</li></ul>"),
        ("<blockquote><p>{数:有证明材料的比例}</p></blockquote>", "<blockquote><p>50.0%</p></blockquote>"),
        ("<p>甲</p><p>{图:类别}</p><p>乙</p>", "<p>甲</p>[categories]<p>乙</p>"),
        ("<p>见 {图:类别}</p>", "<p>见 {图:类别}</p>"),
        ("<p>{数:没有的数}</p>", "<p>{数:没有的数}</p>"),
        ("<p>共 <strong>{数:</strong>案例数} 个</p>", "<p>共 12 个</p>"),
    ],
)
def test_tokens_become_numbers_and_figures(found: Counted, body: str, read: str) -> None:
    assert text(body, found) == read


def test_a_cell_that_may_not_be_printed_is_a_dash_in_print() -> None:
    few = counted(make_facts([won(1), *(make_case(n, category="社区") for n in range(2, 9))]), UNIT_KINDS)
    body = "<p>{数:类别·农村·案例} {数:类别·社区·案例}</p>"
    assert text(body, few) == "<p>1 7</p>"
    assert text(body, few.for_print()) == "<p>— —</p>"


def test_a_token_that_names_nothing_is_told_with_the_nearest(found: Counted) -> None:
    names = Names.of(found)
    assert unknown("{数:案例} {图:类别} {图:奖}", names) == (
        ("{数:案例}", "{数:案例数}"),
        ("{图:奖}", "{图:奖项}"),
    )
    assert unknown("{数:zzzz}", names) == (("{数:zzzz}", ""),)


def test_a_draft_names_only_what_is_there(found: Counted) -> None:
    count = iter(range(100))
    sections = draft(found, lambda: f"s{next(count)}")
    assert [each.heading for each in sections] == [
        "基本情况", "参与情况", "案例内容", "证明材料与提交", "评审结果", "获奖案例与未获奖案例的差别",
        "案例摘录", "建议",
    ]  # fmt: skip
    assert [each.drafted for each in sections] == [True] * 6 + [False] * 2
    for section in sections:
        assert unknown(richtext.plain(section.body), Names.of(found)) == ()
        assert richtext.clean(section.body) == section.body
        assert tokens(text(section.body, found)) == ()


def test_a_draft_has_no_word_about_causes(found: Counted) -> None:
    said = " ".join(section.body for section in draft(found, lambda: "s"))
    assert not any(word in said for word in ("因为", "由于", "导致", "所以", "使得", "得益于"))
