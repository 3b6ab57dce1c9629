"""Dates, turns, groups of steps, marks."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.teaching.sessions.rules import agenda, dates, marking, roster
from search.teaching.sessions.values import (
    Mark,
    PresenterView,
    Question,
    QuestionKind,
    Rhythm,
    StepKind,
    StepView,
)

START = datetime(2026, 3, 1, 8, tzinfo=UTC)


def rhythm(**changes: object) -> Rhythm:
    values: dict[str, object] = {
        "weekdays": (3,), "at": time(19, 30), "zone": "Asia/Shanghai", "first": date(2026, 3, 1), **changes,
    }  # fmt: skip
    return Rhythm(**values)  # type: ignore[arg-type]  # a test names its fields


def days(rule: Rhythm, count: int = 4, off: tuple[date, ...] = ()) -> list[str]:
    found = dates.meetings(rule, after=START, count=count, works=lambda day: day not in off)
    return [f"{each:%m-%d %H:%M}" for each in found]


def test_every_thursday_evening_in_utc() -> None:
    assert days(rhythm()) == ["03-05 11:30", "03-12 11:30", "03-19 11:30", "03-26 11:30"]


def test_every_second_week_counts_from_the_first() -> None:
    assert days(rhythm(every=2, weekdays=(1, 3)), 4) == [
        "03-10 11:30",
        "03-12 11:30",
        "03-24 11:30",
        "03-26 11:30",
    ]


def test_dates_left_out_by_hand_by_holidays_and_at_the_end() -> None:
    off = (date(2026, 3, 12),)
    assert days(rhythm(skipped=(date(2026, 3, 5),)), 2) == ["03-12 11:30", "03-19 11:30"]
    assert days(rhythm(), 2, off) == ["03-05 11:30", "03-12 11:30"]
    assert days(rhythm(working_days=True), 2, off) == ["03-05 11:30", "03-19 11:30"]
    assert days(rhythm(last=date(2026, 3, 12)), 9) == ["03-05 11:30", "03-12 11:30"]


def test_the_evening_keeps_its_hour_over_summer_time() -> None:
    found = dates.meetings(rhythm(zone="Europe/Berlin"), after=START, count=5, works=lambda _day: True)
    assert [each.hour for each in found] == [18, 18, 18, 18, 17]


def test_pauses_as_people_write_them() -> None:
    found = dates.days_off("2026-07-02\n\n2026/8/1 至 2026.8.3\n")
    assert found == [date(2026, 7, 2), date(2026, 8, 1), date(2026, 8, 2), date(2026, 8, 3)]
    assert dates.pauses(found) == "2026-07-02\n2026-08-01 至 2026-08-03"
    wrong = ("暑假", "2026-02-30", "2026-08-03 至 2026-08-01", "2026-01-01 至 2028-01-01", "7月2日")
    assert [dates.days_off(each) for each in wrong] == [None] * 5


def presenter(name: str, away: tuple[int, int] | None = None) -> PresenterView:
    first, last = (date(2026, 3, away[0]), date(2026, 3, away[1])) if away else (None, None)
    return PresenterView(name, name, "", first, last)


WEEKS = [date(2026, 3, day) for day in (5, 12, 19, 26)]


def test_turns_go_round_after_the_last() -> None:
    people = [presenter("a"), presenter("b"), presenter("c")]
    assert roster.turns(people, WEEKS) == ["a", "b", "c", "a"]
    assert roster.turns(people, WEEKS, last="b") == ["c", "a", "b", "c"]


def test_who_is_away_is_passed_over_and_comes_next() -> None:
    people = [presenter("a", (1, 6)), presenter("b"), presenter("c")]
    assert roster.turns(people, WEEKS) == ["b", "a", "c", "b"]
    assert roster.turns([presenter("a", (1, 20))], WEEKS) == ["", "", "", "a"]
    assert roster.turns([], WEEKS) == ["", "", "", ""]


def step(key: str, kind: StepKind) -> StepView:
    question = Question(QuestionKind.TRUE_FALSE, key, (), ("0",)) if kind is StepKind.QUESTION else None
    return StepView(key, kind, key, 5, question=question)


def test_questions_that_follow_one_another_are_one_page() -> None:
    ask, note = StepKind.QUESTION, StepKind.NOTE
    steps = [step("n", note), step("p", ask), step("q", ask), step("m", note), step("r", ask)]
    assert [[each.id for each in group] for group in agenda.groups(steps)] == [
        ["n"],
        ["p", "q"],
        ["m"],
        ["r"],
    ]
    assert [each.id for each in agenda.reached(steps, 1)] == ["n", "p", "q"]
    assert agenda.reached(steps, -1) == []


def test_an_order_asked_for_loses_nobody() -> None:
    assert agenda.reordered(["a", "b", "c"], ["c", "x", "c", "a"]) == ["c", "a", "b"]
    assert agenda.moved(["a", "b", "c"], "c", -1) == ["a", "c", "b"]
    assert agenda.moved(["a", "b"], "b", 1) == ["a", "b"]


CHOICE = Question(QuestionKind.MULTIPLE, "哪些？", ("甲", "乙", "丙"), ("0", "2"))


@pytest.mark.parametrize(
    ("question", "given", "mark"),
    [
        (CHOICE, ("0", "2"), Mark.RIGHT),
        (CHOICE, ("2", "0"), Mark.RIGHT),
        (CHOICE, ("0",), Mark.WRONG),
        (CHOICE, ("0", "1", "2"), Mark.WRONG),
        (Question(QuestionKind.SHORT, "?", (), ("公开透明",)), ("公开、透明。",), Mark.RIGHT),
        (Question(QuestionKind.SHORT, "?", (), ("ABC",)), ("ａｂｃ",), Mark.RIGHT),
        (Question(QuestionKind.SHORT, "?", (), ("公开",)), ("公示",), Mark.WRONG),
        (Question(QuestionKind.SHORT, "?"), ("心得",), Mark.UNMARKED),
    ],
)
def test_marks(question: Question, given: tuple[str, ...], mark: Mark) -> None:
    answer = marking.read(question, given)
    assert answer is not None
    assert marking.mark(question, answer) is mark


@pytest.mark.parametrize(
    ("question", "given"),
    [
        (CHOICE, ("3",)),
        (CHOICE, ()),
        (Question(QuestionKind.SINGLE, "?", ("甲", "乙"), ("0",)), ("0", "1")),
        (Question(QuestionKind.TRUE_FALSE, "?", (), ("0",)), ("2",)),
        (Question(QuestionKind.SHORT, "?"), ("  ",)),
        (Question(QuestionKind.SHORT, "?"), ("长" * 501,)),
    ],
)
def test_what_is_no_answer(question: Question, given: tuple[str, ...]) -> None:
    assert marking.read(question, given) is None


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        (CHOICE, []),
        (Question(QuestionKind.SINGLE, "", ("甲", "乙"), ("0",)), ["words"]),
        (Question(QuestionKind.SINGLE, "?", ("甲",), ("0",)), ["options"]),
        (Question(QuestionKind.SINGLE, "?", ("甲", "甲"), ("0",)), ["options"]),
        (Question(QuestionKind.SINGLE, "?", ("甲", "乙"), ("0", "1")), ["right"]),
        (Question(QuestionKind.MULTIPLE, "?", ("甲", "乙"), ("2",)), ["right"]),
        (Question(QuestionKind.TRUE_FALSE, "?"), ["right"]),
        (Question(QuestionKind.SHORT, "?"), []),
    ],
)
def test_what_a_question_lacks(question: Question, fields: list[str]) -> None:
    assert [each.field for each in marking.problems(question)] == fields


@given(st.text(max_size=30))
def test_letters_are_read_from_whatever_was_typed(typed: str) -> None:
    found = marking.places(typed)
    assert list(found) == sorted(set(found), key=int)
    assert all(0 <= int(each) < 26 for each in found)


def test_letters_as_people_write_them() -> None:
    assert [marking.places(each) for each in ("B", "A、C", "ａｃ", "选 b", "")] == [
        ("1",), ("0", "2"), ("0", "2"), ("1",), (),
    ]  # fmt: skip


def test_days_off_have_an_end() -> None:
    lines = [f"{year}-01-01 至 {year}-12-31" for year in range(2026, 2030)]
    assert dates.days_off("\n".join(lines[:2])) is not None
    assert dates.days_off("\n".join(lines)) is None
