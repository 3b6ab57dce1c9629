"""The order of a reading list."""

from __future__ import annotations

from collections.abc import Sequence

MOST_LISTS = 50
MOST_CASES = 300
"""Cases of one list: who wants more wants a search or a collection."""


def moved(order: Sequence[str], entry: str, step: int) -> list[str]:
    """The order with an entry moved by so many places; at the ends it stays."""
    if entry not in order:
        return list(order)
    place = order.index(entry)
    rest = [each for each in order if each != entry]
    rest.insert(min(max(0, place + step), len(rest)), entry)
    return rest


def arranged(order: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The order that was asked for: what it does not name (added meanwhile, or hidden) keeps to the end."""
    known = set(order)
    named = [each for each in dict.fromkeys(wanted) if each in known]
    return named + [each for each in order if each not in set(named)]
