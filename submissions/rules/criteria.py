"""A criterion as jurors meet it: the marks it allows, and the levels its rubric describes."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    """One line of a rubric; `low` and `high` are None where it names no range of marks. `name` is that of a
    level which the call lays down."""

    low: str | None
    high: str | None
    words: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """One choice of a graded criterion: the mark it stands for, its name, and the key that chooses it."""

    value: str
    name: str
    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Box:
    """One criterion as the score sheet shows it: named grades, buttons for short scales, a number box for
    long ones. Marks below `low` or above `high` are extreme; "" where the call wants no comment on them."""

    criterion: Criterion
    values: tuple[str, ...]
    given: str
    levels: tuple[Level, ...]
    grades: tuple[Grade, ...] = ()
    low: str = ""
    high: str = ""


def plain(value: Decimal) -> str:
    """A mark as it is written: 8, 8.5, never 8.0 or 1E+1."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def full_score(criteria: Sequence[Criterion]) -> int:
    """The score of a read with the highest mark everywhere: the criteria's common highest mark, or 100 where
    their scales differ (each mark then counts as a percentage of its criterion's highest)."""
    highest = {criterion.highest for criterion in criteria}
    return highest.pop() if len(highest) == 1 else 100


def scale(criterion: Criterion) -> tuple[Decimal, ...]:
    """The values of a criterion, if there are few enough to be buttons; () otherwise."""
    if criterion.step <= 0 or criterion.graded:
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


def described(criterion: Criterion) -> tuple[Level, ...]:
    """The levels a juror reads beside the marks, the highest first: those the call lays down, then whatever
    else its rubric says; without levels of its own the rubric's lines."""
    written = levels(criterion.rubric)
    if not criterion.levels:
        return written
    tops = [each.lowest - criterion.step for each in criterion.levels[1:]] + [Decimal(criterion.highest)]
    laid_down = [
        Level(plain(each.lowest), plain(max(top, each.lowest)), each.text, each.name)
        for each, top in zip(criterion.levels, tops, strict=True)
    ]
    return (*reversed(laid_down), *(each for each in written if each.low is None))


def grades(criterion: Criterion) -> tuple[Grade, ...]:
    """The choices of a graded criterion, the best first; () for others.

    A grade's key is its name's own letter where each has one of its own (A, B, C, D), otherwise A for the
    best and so on.
    """
    if not criterion.graded:
        return ()
    best_first = tuple(reversed(criterion.levels))
    initials = [each.name[:1].upper() for each in best_first]
    if not all(re.fullmatch("[A-Z]", each) for each in initials) or len(set(initials)) < len(initials):
        initials = [chr(ord("A") + place) for place in range(len(best_first))]
    return tuple(
        Grade(plain(each.lowest), each.name, each.text, key)
        for each, key in zip(best_first, initials, strict=True)
    )


def extremes(criterion: Criterion) -> tuple[Decimal, Decimal]:
    """Below the first and above the second a mark lies in the lowest or highest tenth of the scale."""
    tenth = Decimal(criterion.highest - criterion.lowest) / 10
    return criterion.lowest + tenth, criterion.highest - tenth


def box(criterion: Criterion, given: str = "", *, with_extremes: bool = False) -> Box:
    """The criterion on a score sheet, with the mark that is given or typed."""
    low, high = extremes(criterion)
    return Box(
        criterion,
        tuple(plain(value) for value in scale(criterion)),
        given,
        described(criterion),
        grades(criterion),
        plain(low) if with_extremes else "",
        plain(high) if with_extremes else "",
    )
