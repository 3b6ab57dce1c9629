"""How long reads took, from the times of their marks."""

from datetime import UTC, datetime, timedelta

from judging.timing import seconds_of_reads

START = datetime(2026, 5, 1, 9, tzinfo=UTC)


def at(juror: str, read: str, *seconds: int) -> list[tuple[str, str, datetime]]:
    return [(juror, read, START + timedelta(seconds=each)) for each in seconds]


def test_the_time_up_to_a_mark_belongs_to_its_read() -> None:
    marks = [*at("a", "r1", 0, 10, 20), *at("a", "r2", 320, 330), *at("a", "r3", 930)]
    assert seconds_of_reads(marks) == {("r2", "a"): 310.0, ("r3", "a"): 600.0}


def test_a_break_is_not_work() -> None:
    marks = [*at("a", "r1", 0), *at("a", "r2", 3600, 3660), *at("a", "r3", 3960)]
    assert seconds_of_reads(marks) == {("r3", "a"): 300.0}


def test_coming_back_to_a_read_adds_to_it() -> None:
    marks = [*at("a", "r0", 0), *at("a", "r1", 100), *at("a", "r2", 200), *at("a", "r1", 260)]
    assert seconds_of_reads(marks) == {("r1", "a"): 160.0, ("r2", "a"): 100.0}


def test_marks_of_several_cases_in_one_instant_were_uploaded() -> None:
    marks = [*at("a", "r0", 0), *at("a", "r1", 60), *at("a", "r2", 60), *at("a", "r3", 90)]
    assert seconds_of_reads(marks) == {("r3", "a"): 30.0}


def test_jurors_do_not_mix_and_the_order_of_rows_is_nothing() -> None:
    marks = [*at("a", "r1", 0), *at("b", "r2", 5), *at("a", "r3", 100), *at("b", "r4", 65)]
    assert seconds_of_reads(marks[::-1]) == {("r3", "a"): 100.0, ("r4", "b"): 60.0}
