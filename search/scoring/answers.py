"""Pages of hits: filters, order and counts over what matches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from search import analysis
from search.scoring import ranking
from search.scoring.arrays import Codes, Facts, Key, Mask, Places, Source
from search.scoring.matching import Question
from search.values import FACETS, LENGTHS, Facet, FacetValue, Filters, Hit, Page, Query, Sort

SIMILAR_TERMS = 24
MOST_VALUES = 60
"""Values of a facet in an answer, chosen ones beside."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked beside the question: a page of the hits under filters in an order."""

    filters: Filters
    sort: Sort
    offset: int = 0
    size: int = 20
    uses: Mapping[str, int] | None = None
    facets: Collection[str] = FACETS


def search(source: Source, generation: int, query: Query, asked: Asked) -> Page:
    """One page of the answer to a question."""
    question = Question(source, query)
    found = question.found()
    narrowing = _narrowing(source.facts, asked.filters)
    mask = np.logical_and.reduce([found, *narrowing.values()]) if narrowing else found
    places = np.flatnonzero(mask)
    return Page(
        hits=_hits(question, places, asked),
        total=len(places),
        complete=int(np.count_nonzero(question.complete[places])),
        facets=_facets(source.facts, (mask, places), _widened(found, narrowing), asked),
        generation=generation,
    )


def _hits(question: Question, places: Places, asked: Asked) -> tuple[Hit, ...]:
    most = asked.offset + asked.size
    closeness: Mapping[int, float] = {}
    if asked.sort is Sort.RELEVANCE and not question.empty:
        first, closeness = ranking.by_relevance(question, places, most)
    else:
        first = ranking.by_column(question, places, most, asked.sort, asked.uses or {})
    return ranking.hits(question, first[asked.offset : most], closeness)


def similar(source: Source, text: str, exclude: str, limit: int) -> tuple[Hit, ...]:
    """Documents that share the weightiest words of a text; a word counts by its frequency and rarity. Words
    that no document has say nothing and take no place."""
    facts = source.facts
    counts: dict[str, int] = {}
    for word in analysis.words(analysis.folded_text(text)):
        if len(word) > 1:
            counts[word] = counts.get(word, 0) + 1
    lists = source.postings([Key("w", word) for word in counts])
    frequencies = {word: len(lists[Key("w", word)].documents) for word in counts}
    weighed = sorted(
        (-(1 + log(count)) * facts.rarity(frequencies[word]), word)
        for word, count in counts.items()
        if frequencies[word]
    )[:SIMILAR_TERMS]
    scores = np.zeros(len(facts.ids))
    for _, word in weighed:
        found = lists[Key("w", word)]
        scores[found.documents] += (1 + log(counts[word])) * found.weights
    places = np.flatnonzero((scores > 0) & facts.live)
    first = places[ranking.best(scores[places], limit + 1)].tolist()
    ranked = sorted((-float(scores[place]), facts.ids[place], place) for place in first)
    chosen = [each for each in ranked if each[1] != exclude][:limit]
    return tuple(Hit(key, facts.versions[place], -score, complete=False) for score, key, place in chosen)


# --- filters, counts -------------------------------------------------------------------------------


def _narrowing(facts: Facts, filters: Filters) -> dict[str, Mask]:
    """One mask a facet that is filtered. An unknown facet is ignored, an unknown value matches nothing."""
    masks: dict[str, Mask] = {}
    for name, chosen in filters.items():
        codes = facts.facets.get(name)
        if codes is not None and chosen:
            kept = np.fromiter((value in chosen for value in codes.values), np.bool_, len(codes.values))
            masks[name] = codes.mask(kept, len(facts.ids))
    return masks


def _widened(found: Mask, narrowing: Mapping[str, Mask]) -> Mapping[str, Mask]:
    """For each facet that is filtered, what the question finds under the filters of the others."""
    return {
        name: np.logical_and.reduce([found, *(mask for other, mask in narrowing.items() if other != name)])
        for name in narrowing
    }


def _facets(
    facts: Facts, hits: tuple[Mask, Places], widened: Mapping[str, Mask], asked: Asked
) -> tuple[Facet, ...]:
    answer = []
    for name in asked.facets:
        wider = widened.get(name)
        mask, places = hits if wider is None else (wider, np.flatnonzero(wider))
        codes = facts.facets[name]
        counts = codes.counts(mask, places)
        answer.append(Facet(name, _values(name, codes, counts, asked.filters.get(name, frozenset()))))
    return tuple(answer)


def _values(
    name: str, codes: Codes, counts: NDArray[np.intp], chosen: frozenset[str]
) -> tuple[FacetValue, ...]:
    """The values that occur, the most frequent MOST_VALUES of them, and those that are chosen."""
    occurring = np.flatnonzero(counts)
    often = np.lexsort((codes.label_ranks[occurring], -counts[occurring]))
    places = occurring[often[:MOST_VALUES]].tolist()
    asked = {codes.places[value] for value in chosen if value in codes.places}
    places += sorted(asked.difference(places), key=lambda place: (-counts[place], codes.label_ranks[place]))
    shown = [
        FacetValue(codes.values[place], codes.labels[place], count, place in asked)
        for place, count in zip(places, counts[np.array(places, np.intp)].tolist(), strict=True)
    ]
    shown += [FacetValue(value, value, 0, True) for value in sorted(chosen) if value not in codes.places]
    return tuple(sorted(shown, key=_ORDERS[name]) if name in _ORDERS else shown)


def _from_newest(value: FacetValue) -> tuple[int, str]:
    return -int(value.value) if value.value.isdecimal() else 0, value.value


_ORDERS: Mapping[str, Callable[[FacetValue], tuple[int, str]]] = {
    "year": _from_newest,
    "length": lambda value: (LENGTHS.get(value.value, 0), value.value),
}
"""Years from the newest, lengths from the shortest; everything else from the most frequent."""
