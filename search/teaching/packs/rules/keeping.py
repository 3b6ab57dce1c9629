"""What its owner cannot see of a pack stays when he saves it.

A case that he may not read for a while takes its place in the pack and its quoted lines from his page
(`lines.withheld`). What comes back from there lacks them, which is no wish to delete them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from search.teaching.packs.rules.lines import PLAIN
from search.teaching.packs.values import Chosen, Content, Line

T = TypeVar("T")
_NESTED = (("questions", "text", "hints"), ("board", "title", "points"), ("slides", "title", "bullets"))
"""Section, what names one of its entries, the entry's lines."""


def with_unseen(before: Content, sent: Content, readable: frozenset[str]) -> Content:
    """`sent` with what `before` holds of cases that are not readable, each where it stood.

    An entry (a question, a column, a slide) that was taken away takes its lines along, but for one
    that showed nothing at all.
    """

    def line_hidden(line: Line) -> bool:
        return bool(line.source) and line.source not in readable

    def case_hidden(chosen: Chosen) -> bool:
        return chosen.case_id not in readable

    changes: dict[str, Any] = {
        name: put_back(getattr(before, name), getattr(sent, name), line_hidden) for name in PLAIN
    }
    shown = {chosen.case_id for chosen in sent.cases}
    changes["cases"] = put_back(
        before.cases, sent.cases, lambda chosen: case_hidden(chosen) and chosen.case_id not in shown
    )
    for name, title, inner in _NESTED:
        changes[name] = _entries(getattr(before, name), getattr(sent, name), title, inner, line_hidden)
    return replace(sent, **changes)


def put_back(before: Sequence[T], sent: Sequence[T], hidden: Callable[[T], bool]) -> tuple[T, ...]:
    """`sent` with the hidden ones of `before`, each behind what stood before it, as far as that is there."""
    found = [(each, False) for each in sent]  # and whether it is known what it was before
    place = 0
    for each in before:
        new = (each, False)
        if new in found:
            place = found.index(new, place if new in found[place:] else 0)
            found[place] = (each, True)
            place += 1
        elif hidden(each):
            found.insert(place, (each, True))
            place += 1
    return tuple(each for each, _known in found)


def _entries(
    before: Sequence[Any], sent: Sequence[Any], title: str, inner: str, hidden: Callable[[Line], bool]
) -> tuple[Any, ...]:
    pairs = _pairs(before, sent, title)
    filled = list(sent)
    for old, new in pairs.items():
        lines = put_back(getattr(before[old], inner), getattr(sent[new], inner), hidden)
        filled[new] = replace(sent[new], **{inner: lines})
    unseen = [
        each
        for place, each in enumerate(before)
        if place not in pairs and not getattr(each, title).strip() and any(map(hidden, getattr(each, inner)))
    ]
    known = [filled[pairs[place]] if place in pairs else each for place, each in enumerate(before)]
    return put_back(known, filled, lambda each: each in unseen)


def _pairs(before: Sequence[Any], sent: Sequence[Any], title: str) -> dict[int, int]:
    """Which entry became which: the nearest of the same name, else the one at the same place."""
    free = dict(enumerate(sent))
    pairs: dict[int, int] = {}
    for old, each in enumerate(before):
        name = getattr(each, title).strip()
        same = [new for new, other in free.items() if name and getattr(other, title).strip() == name]
        if same:
            pairs[old] = min(same, key=lambda new: abs(new - old))
            del free[pairs[old]]
    for old in range(len(before)):
        if old not in pairs and old in free:
            pairs[old] = old
            del free[old]
    return pairs
