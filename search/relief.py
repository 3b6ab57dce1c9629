"""Ways on from a question that finds nothing, or nothing with all its words: what to leave out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from foundation.folding import fold
from search.analysis import is_han, pieces
from search.language import ENGLISH, language_of
from search.query import written
from search.values import Filters, Query

MOST_TRIED = 6
"""Questions that are asked to find a way on."""
MOST_TOPICS = 8


class LeftOut(StrEnum):
    """What a looser question leaves out."""

    FILTERS = "filters"
    FILTER = "filter"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Looser:
    """The same question without one thing: a chosen value of a facet (`name`, `value`), a word or condition
    (`value` as it is typed), or all filters. `total` is how many cases it finds."""

    kind: LeftOut
    query: Query
    filters: Filters
    name: str = ""
    value: str = ""
    total: int = 0


def looser(query: Query, filters: Filters) -> list[Looser]:
    """The questions that leave out one thing, at most MOST_TRIED."""
    found = [
        _without_value(query, filters, name, value) for name in filters for value in sorted(filters[name])
    ]
    if len(found) > 1:
        found.insert(0, Looser(LeftOut.FILTERS, query, {}))
    if len(query.clauses) > 1:
        found += [_without_clause(query, filters, place) for place in range(len(query.clauses))]
    return found[:MOST_TRIED]


def _without_value(query: Query, filters: Filters, name: str, value: str) -> Looser:
    kept = {other: values - {value} if other == name else values for other, values in filters.items()}
    return Looser(LeftOut.FILTER, query, {key: left for key, left in kept.items() if left}, name, value)


def _without_clause(query: Query, filters: Filters, place: int) -> Looser:
    left = query.clauses[:place] + query.clauses[place + 1 :]
    shorter = replace(query, text=written(left), clauses=left)
    return Looser(LeftOut.WORD, shorter, filters, value=written(query.clauses[place : place + 1]))


def near_topics(topics: Iterable[str], text: str) -> tuple[str, ...]:
    """Topics that share a word or else a character with a question, then the others as they come; of equally
    near ones those in the question's script first."""
    folded = fold(text)
    words, characters = set(pieces(folded)), set(filter(is_han, folded))

    asked_in_english = language_of(text) == ENGLISH

    def distance(topic: str) -> tuple[int, int, bool]:
        own = fold(topic)
        shared = sum(word in own or own in word for word in words if len(word) > 1)
        other_script = (language_of(topic) == ENGLISH) is not asked_in_english
        return -shared, -len(characters & set(own)), other_script

    return tuple(sorted(topics, key=distance)[:MOST_TOPICS])
