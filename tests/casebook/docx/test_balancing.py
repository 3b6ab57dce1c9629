import re
import subprocess
import sys

import pytest

from casebook.docx.balancing import balanced, in_lines
from casebook.docx.lines import filled

_COVER = (36, 6200, 4)
_CASE = (20, 6800, 0.5)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("八个办法", "八个办法"),
        ("基层党建创新案例选编", "基层党建\n创新案例选编"),
        ("二〇二六年基层党建创新案例选编", "二〇二六年\n基层党建\n创新案例选编"),
        ("小切口办实事\u3000真办法", "小切口办实事\n真办法"),
        ("Party building at the grass roots", "Party building at\nthe grass roots"),
    ],
)
def test_a_title_is_set_in_lines_between_words(title: str, lines: str) -> None:
    assert in_lines(title, *_COVER) == lines


def test_a_line_ends_where_a_reader_pauses() -> None:
    title = "二〇二六年基层党建创新案例选编：小切口里的真办法"
    assert in_lines(title, 18, 8845, 3) == title.replace("：", "：\n")


def test_words_wider_than_the_cover_leave_the_breaking_to_the_program() -> None:
    assert in_lines("a" * 60, *_COVER) == "a" * 60


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "流动党员“不掉线”：数字赋能社区治理的实践与思考",
            ["流动党员“不掉线”：数字", "赋能社区治理的实践与思考"],
        ),
        (
            "把支部建在产业链上：12个村联建共富的三年探索",
            ["把支部建在产业链上：12个村", "联建共富的三年探索"],
        ),
    ],
)
def test_a_heading_is_narrowed_until_it_breaks_between_words(title: str, lines: list[str]) -> None:
    size, measure, spread = _CASE
    taken = sum(map(int, re.findall(r'w:(?:left|right)="(\d+)"', balanced(title, size, measure, spread))))
    assert filled(title, (measure - taken) / size / 20, spread / size) == lines


@pytest.mark.parametrize("mark", "，。：”）、")
@pytest.mark.parametrize("before", range(3, 12))
def test_no_line_begins_with_closing_punctuation(mark: str, before: int) -> None:
    title = "党" * before + mark + "建" * 9
    lines = in_lines(title, *_COVER).split("\n") + filled(title, 7.0)
    assert not any(line.startswith(mark) for line in lines)


def test_titles_of_one_line_load_no_dictionary() -> None:
    program = (
        "import sys; import casebook.docx.renderer; from casebook.docx.balancing import balanced, in_lines; "
        "assert in_lines('八个办法', 36, 6200, 4) == '八个办法' and balanced('八个办法', 20, 6800) == ''; "
        "sys.exit('rjieba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
