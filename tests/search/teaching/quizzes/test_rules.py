"""Drawing, counting attempts, ranks; tables in and out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.sheets import Line, Sheet
from search.teaching.quizzes import rules, tables
from search.teaching.quizzes.values import Attempt, BankLine, BankQuestion, Counting, Difficulty
from search.teaching.sessions.values import Question, QuestionKind

AT = datetime(2026, 3, 1, tzinfo=UTC)
POOL = [f"q{number}" for number in range(12)]


def attempt(person: str, right: int, number: int = 1, *, done: bool = True, shows: bool = False) -> Attempt:
    return Attempt(f"{person}{number}", person, number, tuple(POOL[:4]), right, AT if done else None, shows)


@given(st.text(max_size=20), st.integers(min_value=1, max_value=20))
def test_a_draw_is_fair_in_size_and_the_same_again(seed: str, count: int) -> None:
    drawn = rules.draw(POOL, count, seed)
    assert len(set(drawn)) == len(drawn) == min(count, 12)
    assert drawn == rules.draw(list(reversed(POOL)), count, seed)


def test_draws_differ_between_people() -> None:
    assert len({rules.draw(POOL, 4, f"s:{person}:1") for person in range(30)}) > 25


def test_the_first_or_the_best_attempt_counts() -> None:
    made = [attempt("a", 3, 2), attempt("a", 1, 1), attempt("a", 4, 3, done=False)]
    assert rules.counted(made, Counting.FIRST)["a"].right == 1
    assert rules.counted(made, Counting.BEST)["a"].right == 3


def test_units_rank_by_average_then_participation_then_equal() -> None:
    people = {"a1": "a", "a2": "a", "b1": "b", "c1": "c", "c2": "c", "d1": "d", "e1": "e"}
    best = {key: attempt(key, right) for key, right in {"a1": 4, "b1": 4, "c1": 4, "d1": 4, "e1": 1}.items()}
    units = {key: key.upper() for key in "abcdef"}
    found = rules.standings(units, people, best, smallest=1)
    assert [(each.name, each.rank) for each in found] == [
        ("B", 1), ("D", 1), ("A", 3), ("C", 3), ("E", 5), ("F", None),
    ]  # fmt: skip
    assert [each.rank for each in rules.standings(units, people, best, smallest=2)] == [None] * 6


def test_a_big_unit_has_no_advantage() -> None:
    people = {f"big{number}": "big" for number in range(50)} | {"small1": "small"}
    best = {key: attempt(key, 2) for key in people} | {"small1": attempt("small1", 3)}
    found = rules.standings({"big": "大", "small": "小"}, people, best, smallest=1)
    assert [each.name for each in found] == ["小", "大"]


def test_only_who_agreed_is_named() -> None:
    best = {"a": attempt("a", 4, shows=True), "b": attempt("b", 4), "c": attempt("c", 4, shows=True)}
    names = {"a": ("甲", "一"), "b": ("乙", "一")}
    assert [(each.name, each.rank) for each in rules.named(best, names)] == [("甲", 1)]


ENTRY = BankQuestion(
    Question(QuestionKind.MULTIPLE, "哪些？", ("甲", "乙", "丙"), ("0", "2"), "讲"),
    "党史",
    Difficulty.HARD,
    "",
    "做法",
)


@pytest.mark.parametrize(
    "question",
    [
        ENTRY.question,
        Question(QuestionKind.TRUE_FALSE, "对吗？", (), ("1",)),
        Question(QuestionKind.SHORT, "一个词？", (), ("公开", "公示")),
        Question(QuestionKind.SHORT, "谈谈。"),
    ],
)
def test_what_is_exported_is_imported_again(question: Question) -> None:
    entry = BankQuestion(question, "党史", Difficulty.HARD, "", "做法")
    table = tables.table([BankLine("i", entry, "o", "", 0, retired=False)])
    heads = Line(1, tuple(str(head) for head in table.heads))
    rows = tuple(Line(2, tuple(str(cell) for cell in row)) for row in table.rows)
    found = tables.read(Sheet(heads, rows))
    assert found.faults == ()
    assert [each for each, _case in found.entries] == [entry]


def test_each_fault_names_its_line() -> None:
    heads = Line(1, ("题目", "题型", "选项", "答案", "难度"))
    lines = (
        Line(2, ("甲？", "单选题", "A. 一 | B. 二", "b", "")),
        Line(3, ("乙？", "填空", "", "", "")),
        Line(5, ("丙？", "单选题", "一", "A", "")),
        Line(6, ("丁？", "判断题", "", "对", "很难")),
        Line(7, ("", "判断题", "", "对", "")),
    )
    found = tables.read(Sheet(heads, lines))
    assert [fault.line for fault in found.faults] == [3, 5, 6, 7]
    assert [each.question.options for each, _case in found.entries] == [("一", "二")]
    assert [each.question.right for each, _case in found.entries] == [("1",)]


def test_a_table_without_heads_is_refused() -> None:
    assert [fault.line for fault in tables.read(Sheet(Line(1, ("甲？", "对")), ())).faults] == [1]
