import pytest

from casebook.docx.lines import ENOUGH, LONE, em_width, last_line, tracking

MEASURE = 9185 / 240


def test_width_of_chinese_and_latin() -> None:
    assert em_width("党建引领") == 4
    assert em_width("AB 12") == pytest.approx(0.722 + 0.667 + 0.25 + 1.0)


def test_lines_are_filled() -> None:
    assert last_line("党" * 36, MEASURE, 2, 0) == (38.0, 1)
    assert last_line("党" * 37, MEASURE, 2, 0) == (1.0, 2)
    assert last_line("党" * 74, MEASURE, 2, 0) == (38.0, 2)


def test_a_full_stop_hangs_instead_of_starting_a_line() -> None:
    assert last_line("党" * 36 + "。", MEASURE, 2, 0)[1] == 1


def test_no_line_starts_with_closing_punctuation() -> None:
    width, lines = last_line("党" * 36 + "）内", MEASURE, 2, 0)
    assert (width, lines) == (3.0, 2)


def test_a_latin_word_is_not_broken() -> None:
    width, lines = last_line("党" * 35 + "innovation", MEASURE, 2, 0)
    assert lines == 2
    assert width == pytest.approx(em_width("innovation"))


@pytest.mark.parametrize("length", [36, 37, 74, 75, 112, 150])
def test_a_lone_character_is_avoided_where_there_is_one(length: int) -> None:
    text = "党" * length + "建。"
    before, _ = last_line(text, MEASURE, 2, 0)
    step = tracking(text, MEASURE, 2)
    after, lines = last_line(text, MEASURE, 2, step)
    assert (step != 0) == (before < LONE and last_line(text, MEASURE, 2, 0)[1] > 1)
    assert after > LONE
    assert abs(step) < 0.05
    assert lines == last_line(text, MEASURE, 2, 0)[1] or after >= LONE or after >= ENOUGH


def test_a_short_paragraph_is_left_alone() -> None:
    assert tracking("党建。", MEASURE, 2) == 0
