"""Shortened names of units: what people leave out, and what is no name at all."""

import pytest

from submissions.identity.abbreviations import shortened

UNIT = "望山科技园楼宇联合党支部"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("科技园楼宇支部的“拆墙午餐”", [("科技园楼宇支部", True)]),
        ("楼宇联合党支部每周三办一场午餐会", [("楼宇联合党支部", True)]),
        ("望山科技园党支部", [("望山科技园党支部", True)]),
        ("别的支部也来看过", []),
        ("园区的支部", []),
        ("楼宇党支部", []),
        ("支部大会", []),
        ("楼宇科技园支部", [("科技园支部", False)]),
        ("", []),
    ],
)
def test_a_shortened_name_keeps_the_order_of_its_characters(text: str, found: list[tuple[str, bool]]) -> None:
    assert [(text[start:end], proposed) for start, end, proposed in shortened(text, [UNIT])] == found


def test_a_company_is_found_by_the_name_of_its_branch() -> None:
    text = "枫林物业公司有二十三名党员"
    assert list(shortened(text, ["枫林物业服务公司党支部"])) == [(0, 6, True)]


def test_without_a_name_nothing_is_found() -> None:
    assert list(shortened("科技园楼宇支部", ["", "  "])) == []
