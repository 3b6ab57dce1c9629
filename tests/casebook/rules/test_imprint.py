"""What a book must say about itself, by its kind."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.book import BoardLine, Profile
from casebook.details import EditionDetails
from casebook.rules.imprint import board_lines, check_digit, cip_number, isbn_problem, lacking, problems

FORMAL = EditionDetails(
    title="基层实践",
    publisher="示范出版社",
    compiler="本书编写组",
    isbn="978-7-111-07575-2",
    cip="2026012345",
    cip_data="基层实践 / 本书编写组编",
    address="某市某路 1 号",
    printer="某印刷厂",
    edition_line="2026年3月第1版",
    printing_line="2026年3月第1次印刷",
    price="68.00元",
    staff="责任编辑：张三",
)
INTERNAL = EditionDetails(
    title="基层实践",
    compiler="某单位",
    profile=Profile.INTERNAL,
    permit="（京）字第1号",
    printer="某印刷厂",
    print_run="500册",
    printed_on="2026年3月",
    audience="本系统",
)


def changed(details: EditionDetails, **texts: Any) -> EditionDetails:
    return replace(details, **texts)


def test_what_is_complete_lacks_nothing_and_can_be_saved() -> None:
    for details in (FORMAL, INTERNAL):
        assert (lacking(details), problems(details)) == ((), [])


@pytest.mark.parametrize(
    "field", ["compiler", "publisher", "isbn", "cip", "cip_data", "printer", "price", "address"]
)
def test_what_a_formal_book_lacks_is_named(field: str) -> None:
    assert [each.field for each in lacking(changed(FORMAL, **{field: ""}))] == [field]


@pytest.mark.parametrize("field", ["permit", "printer", "print_run", "printed_on", "audience", "compiler"])
def test_what_internal_material_lacks_is_named(field: str) -> None:
    assert [each.field for each in lacking(changed(INTERNAL, **{field: ""}))] == [field]


def test_an_office_without_a_name_is_nobody() -> None:
    assert [each.field for each in lacking(replace(FORMAL, staff="责任编辑：\n责任校对：甲"))] == ["staff"]
    assert lacking(replace(FORMAL, staff="责任 编辑: 张三")) == ()
    assert lacking(replace(FORMAL, staff=""), (BoardLine("责任编辑", ("张三",)),)) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"price": "10元"}, "price"),
        ({"isbn": "978-7-111-07575-2"}, "isbn"),
        ({"cip": "2026012345"}, "cip"),
        ({"cip_data": "数据"}, "cip_data"),
    ],
)
def test_internal_material_has_no_price_and_no_number(changes: dict[str, str], field: str) -> None:
    assert [each.field for each in problems(changed(INTERNAL, **changes))] == [field]


@pytest.mark.parametrize(
    ("isbn", "sound"),
    [
        ("978-7-111-07575-2", True),
        ("ISBN 978-7-111-07575-2", True),
        ("9787111075752", True),
        ("978-7-111-07575-3", False),
        ("7-111-07575-7", False),
        ("977-7-111-07575-2", False),
        ("９７８７１１１０７５７５２", False),
        ("书号待定", False),
    ],
)
def test_isbn(isbn: str, sound: bool) -> None:
    assert (isbn_problem(isbn) is None) == sound
    assert (problems(replace(FORMAL, isbn=isbn)) == []) == sound


@given(st.from_regex(r"97[89][0-9]{9}", fullmatch=True), st.integers(0, 11), st.integers(1, 9))
def test_a_check_digit_finds_every_single_wrong_digit(twelve: str, place: int, change: int) -> None:
    whole = twelve + check_digit(twelve)
    assert isbn_problem(whole) is None
    wrong = whole[:place] + str((int(whole[place]) + change) % 10) + whole[place + 1 :]
    assert isbn_problem(wrong) is not None


def test_the_number_of_the_cip_data() -> None:
    for written in ("2026012345", "（2026）第012345号", "(2026)第 012345", " （2026）012345 "):
        assert cip_number(written) == "（2026）第012345"
        assert problems(replace(FORMAL, cip=written)) == []
    assert [each.field for each in problems(replace(FORMAL, cip="待定"))] == ["cip"]


def test_lines_of_a_board() -> None:
    written = "主　任：张三\n委员: 李四、王五　赵六\n钱七, 孙八\n\n副主编："
    assert board_lines(written) == (
        BoardLine("主　任", ("张三",)),
        BoardLine("委员", ("李四", "王五", "赵六", "钱七", "孙八")),
    )
    assert board_lines("张三、李四") == (BoardLine("", ("张三", "李四")),)
