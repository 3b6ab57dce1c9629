"""A criterion as jurors meet it: the marks it allows, and the levels its rubric describes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from submissions.values import Criterion

BUTTONS_AT_MOST = 11
"""A scale with up to so many values is shown as buttons; a finer one is typed as a number."""
_LEVEL = re.compile(
    r"\s*([0-9]+(?:\.[0-9]+)?)\s*[–—~～-]\s*([0-9]+(?:\.[0-9]+)?)\s*分?\s*[:：]?\s*(.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Level:
    """One line of a rubric; `low` and `high` are None where it names no range of marks."""

    low: str | None
    high: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Box:
    """One criterion as the score sheet shows it: buttons for short scales, a number box for long ones."""

    criterion: Criterion
    values: tuple[str, ...]
    given: str
    levels: tuple[Level, ...]


def plain(value: Decimal) -> str:
    """A mark as it is written: 8, 8.5, never 8.0 or 1E+1."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scale(criterion: Criterion) -> tuple[Decimal, ...]:
    """The values of a criterion, if there are few enough to be buttons; () otherwise."""
    if criterion.step <= 0:
        return ()
    count = int((criterion.highest - criterion.lowest) / criterion.step) + 1
    if count > BUTTONS_AT_MOST:
        return ()
    return tuple(criterion.lowest + place * criterion.step for place in range(count))


def levels(rubric: str) -> tuple[Level, ...]:
    """A rubric's lines; "90-100 分：…" becomes a level that the page can point at."""
    found = []
    for line in rubric.splitlines():
        if match := _LEVEL.fullmatch(line):
            found.append(Level(match[1], match[2], match[3]))
        elif line.strip():
            found.append(Level(None, None, line.strip()))
    return tuple(found)


def box(criterion: Criterion, given: str = "") -> Box:
    """The criterion on a score sheet, with the mark that is given or typed."""
    return Box(criterion, tuple(plain(value) for value in scale(criterion)), given, levels(criterion.rubric))
