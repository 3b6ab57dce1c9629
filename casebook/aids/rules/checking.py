"""All rules together: what they find in one manuscript, and in the manuscripts of a book side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from casebook.aids.rules import endings, pairs, punctuation
from casebook.aids.values import Line, Script, Slip

_OF_LINES: tuple[Callable[[Line], Iterator[Slip]], ...] = (
    punctuation.find,
    pairs.find,
    endings.find,
)


def slips(script: Script) -> tuple[Slip, ...]:
    """What is found in one manuscript by itself."""
    return tuple(_found(script))


def _found(script: Script) -> Iterator[Slip]:
    for line in script.lines:
        for rule in _OF_LINES:
            yield from rule(line)
