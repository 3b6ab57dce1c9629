"""Passages: found, exact, and what becomes of them."""

from __future__ import annotations

import pytest

from casebook.reports.rules.quoting import flags, open_flags, passages, stands_in
from casebook.reports.values import Content, Flag, Quotation, Section

TEXT = "支部有党员 12 名。\n他们认领了三十六件实事，年底公开。办得好不好？群众说了算！"


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("认领了三十六件实事", True),
        ("党员 12\n名。", True),
        ("党员 12 名。 他们认领", True),
        ("认领三十六件实事", False),
        ("", False),
    ],
)
def test_a_quote_stands_in_the_text_word_for_word(quote: str, found: bool) -> None:
    assert stands_in(quote, TEXT) is found


def test_passages_are_sentences_with_all_the_words() -> None:
    assert passages(TEXT, ["实事", "公开"]) == ("他们认领了三十六件实事，年底公开。",)
    assert passages(TEXT, ["群众"]) == ("群众说了算！",)
    assert passages(TEXT, ["没有"]) == ()


QUOTE = Quotation("q", "case", "version", "认领了三十六件实事")


@pytest.mark.parametrize(
    ("awards", "shelf", "members", "texts", "flag"),
    [
        ({"case": "version"}, {"case"}, {"case"}, {}, None),
        ({}, {"case"}, {"case"}, {}, Flag.REVOKED),
        ({"case": "version"}, set(), {"case"}, {}, Flag.OFF_SHELF),
        ({"case": "version"}, {"case"}, set(), {}, Flag.LEFT),
        ({"case": "other"}, {"case"}, {"case"}, {"other": "别的话"}, Flag.CHANGED),
        ({"case": "other"}, {"case"}, {"case"}, {"other": TEXT}, None),
    ],
)
def test_what_has_become_of_a_quote(
    awards: dict[str, str], shelf: set[str], members: set[str], texts: dict[str, str], flag: Flag | None
) -> None:
    found = flags([QUOTE], awards=awards, on_shelf=frozenset(shelf), members=frozenset(members), texts=texts)
    assert found.get("q") is flag


def test_a_confirmation_holds_for_its_reason_only() -> None:
    def content(confirmed: Flag | None) -> Content:
        quotation = Quotation("q", "case", "version", "话", confirmed)
        return Content("报告", sections=(Section("s", "一", quotations=(quotation,)),))

    found = {"q": Flag.REVOKED}
    assert len(open_flags(content(None), found)) == 1
    assert len(open_flags(content(Flag.OFF_SHELF), found)) == 1
    assert open_flags(content(Flag.REVOKED), found) == ()
    assert open_flags(content(None), {}) == ()
