import pytest

from casebook.wording import chinese_number, roman


@pytest.mark.parametrize(
    ("count", "written"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (105, "一百零五"), (110, "一百一十")],
)
def test_chinese_numbers(count: int, written: str) -> None:
    assert chinese_number(count) == written


@pytest.mark.parametrize(("count", "written"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (38, "XXXVIII")])
def test_roman_numbers(count: int, written: str) -> None:
    assert roman(count) == written
