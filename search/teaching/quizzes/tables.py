"""The bank as a table: what is exported can be imported again. Each fault names its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from foundation.sheets import Cell, Line, Sheet, Table
from foundation.text import Text, _
from search.teaching.quizzes.values import BankLine, BankQuestion, Difficulty
from search.teaching.sessions.forms import right_of
from search.teaching.sessions.rules import marking
from search.teaching.sessions.values import Question, QuestionKind
from search.teaching.sessions.wording import QUESTION_KINDS

MOST = 500
"""Questions in one file."""
DIFFICULTIES: dict[Difficulty, Text] = {
    Difficulty.EASY: _("容易"),
    Difficulty.MEDIUM: _("中等"),
    Difficulty.HARD: _("较难"),
}
HEADS: dict[str, Text] = {
    "kind": _("题型"),
    "words": _("题目"),
    "options": _("选项"),
    "right": _("答案"),
    "explanation": _("讲评"),
    "topic": _("主题"),
    "difficulty": _("难度"),
    "case": _("案例"),
    "place": _("原文位置"),
}
_LONGEST = {"words": 1000, "explanation": 2000, "topic": 30, "place": 200}
_SPLIT = re.compile(r"\s*[|｜\n]\s*")
_LETTER = re.compile(r"^[A-Ha-h]\s*[.．、:：)）]\s*")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line, as the spreadsheet numbers it."""

    line: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was understood: entries with the case still as it was written."""

    entries: tuple[tuple[BankQuestion, str], ...]
    faults: tuple[Fault, ...]


def table(lines: Sequence[BankLine]) -> Table:
    return Table("quiz-bank", list(HEADS.values()), _rows(lines), widths=(10, 48, 40, 14, 40, 14, 10, 18, 30))


def _rows(lines: Sequence[BankLine]) -> Iterator[list[Cell]]:
    for each in lines:
        question = each.entry.question
        yield [
            str(QUESTION_KINDS[question.kind]),
            question.words,
            " | ".join(question.options),
            answer_words(question),
            question.explanation,
            each.entry.topic,
            str(DIFFICULTIES[each.entry.difficulty]),
            each.entry.case_id,
            each.entry.place,
        ]


def answer_words(question: Question) -> str:
    """The right answer as it is typed."""
    if question.kind is QuestionKind.TRUE_FALSE:
        return str(marking.options_of(question)[int(question.right[0])])
    return marking.letters(question)


def read(sheet: Sheet) -> Read:
    """The questions of a sheet; columns are known by their heads, in any order."""
    columns = _columns(sheet.heads)
    if "words" not in columns or "right" not in columns:
        reason = _("第一行要有列名，至少有“题目”和“答案”。请下载模板，按它的列名填写。")
        return Read((), (Fault(sheet.heads.number, reason),))
    if len(sheet.lines) > MOST:
        return Read(
            (),
            (Fault(sheet.lines[MOST].number, _("一次最多导入 %(most)s 道题，请分成几个文件。", most=MOST)),),
        )
    entries, faults = [], []
    for line in sheet.lines:
        found = _entry(line, columns)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            entries.append(found)
    return Read(tuple(entries), tuple(faults))


def _columns(heads: Line) -> dict[str, int]:
    names = {name: key for key, text in HEADS.items() for name in (str(text), text.msgid, key)}
    return {names[cell]: place for place, cell in enumerate(heads.cells) if cell in names}


def _entry(line: Line, columns: dict[str, int]) -> tuple[BankQuestion, str] | Fault:
    cells = {key: line.cells[place] if place < len(line.cells) else "" for key, place in columns.items()}
    kind = _named(QUESTION_KINDS, cells.get("kind", ""))
    if kind is None:
        return Fault(line.number, _("题型要写“单选题”“多选题”“判断题”或“简答题”。"))
    difficulty = _named(DIFFICULTIES, cells.get("difficulty", "") or str(DIFFICULTIES[Difficulty.MEDIUM]))
    if difficulty is None:
        return Fault(line.number, _("难度要写“容易”“中等”或“较难”。"))
    for key, most in _LONGEST.items():
        if len(cells.get(key, "")) > most:
            return Fault(line.number, _("“%(column)s”不能超过 %(limit)s 个字", column=HEADS[key], limit=most))
    question = Question(
        kind=kind,
        words=cells.get("words", ""),
        options=_options(cells.get("options", "")) if kind in _CHOICES else (),
        right=right_of(kind, cells.get("right", "")),
        explanation=cells.get("explanation", ""),
    )
    problems = marking.problems(question)
    if problems:
        return Fault(line.number, problems[0].message)
    entry = BankQuestion(question, cells.get("topic", ""), difficulty, "", cells.get("place", ""))
    return entry, cells.get("case", "")


_CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


def _options(cell: str) -> tuple[str, ...]:
    """Options in one cell, a line each or with | between; "A. " in front is not part of one."""
    return tuple(_LETTER.sub("", part) for part in _SPLIT.split(cell.strip()) if part.strip())


K = TypeVar("K", QuestionKind, Difficulty)


def _named(names: dict[K, Text], typed: str) -> K | None:
    return next((key for key, name in names.items() if typed in (str(name), name.msgid, key.value)), None)
