"""How a session goes on: one step after the other, questions that follow one another together."""

from __future__ import annotations

from collections.abc import Sequence

from search.teaching.sessions.values import StepKind, StepView

Group = tuple[StepView, ...]


def groups(steps: Sequence[StepView]) -> list[Group]:
    """What is shown together: each step alone, questions that follow one another as one page."""
    found: list[list[StepView]] = []
    for step in steps:
        if found and step.kind is StepKind.QUESTION and found[-1][-1].kind is StepKind.QUESTION:
            found[-1].append(step)
        else:
            found.append([step])
    return [tuple(each) for each in found]


def reached(steps: Sequence[StepView], cursor: int) -> list[StepView]:
    """The steps that have been shown when the page stands at this group."""
    return [step for group in groups(steps)[: cursor + 1] for step in group]


def questions(steps: Sequence[StepView]) -> list[StepView]:
    return [step for step in steps if step.question is not None]


def moved(order: Sequence[str], which: str, by: int) -> list[str]:
    """The ids with one moved up (-1) or down (1); at an end it stays."""
    found = list(order)
    place = found.index(which)
    target = min(max(place + by, 0), len(found) - 1)
    found.insert(target, found.pop(place))
    return found


def reordered(order: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The ids in the wanted order; what it does not name stays behind it, what is not ours is left out."""
    known = [each for each in dict.fromkeys(wanted) if each in order]
    return [*known, *(each for each in order if each not in known)]
