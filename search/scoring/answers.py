"""Pages of hits: filters, order and counts over what matches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from search import analysis
from search.scoring.arrays import Codes, Facts, Key, Mask, Places, Source, Weights
from search.scoring.matching import Question, idf, saturated
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


def search(source: Source, generation: int, query: Query, asked: Asked) -> Page:
    """One page of the answer to a question."""
    facts = source.facts
    question = Question(source, query)
    found = question.found()
    narrowing = _narrowing(facts, asked.filters)
    hits = found.copy()
    for mask in narrowing.values():
        hits &= mask
    places = np.flatnonzero(hits)
    first = _ordered(facts, question, places, asked)[asked.offset : asked.offset + asked.size]
    return Page(
        hits=tuple(question.hit(place) for place in first.tolist()),
        total=len(places),
        complete=int(question.complete[places].sum()),
        facets=_facets(facts, found, narrowing, asked.filters),
        generation=generation,
    )


def similar(source: Source, text: str, exclude: str, limit: int) -> tuple[Hit, ...]:
    """Documents that share the weightiest words of a text; a word counts by its frequency and rarity."""
    facts = source.facts
    counts: dict[str, int] = {}
    for word in analysis.words(analysis.folded(text).text):
        if len(word) > 1:
            counts[word] = counts.get(word, 0) + 1
    lists = source.postings([Key("w", word) for word in counts])
    weighed = sorted(
        (
            (-(1 + log(count)) * rarity, word)
            for word, count in counts.items()
            if (rarity := idf(facts, lists[Key("w", word)]))
        )
    )
    scores = np.zeros(len(facts.ids), np.float32)
    for weight, word in weighed[:SIMILAR_TERMS]:
        found = lists[Key("w", word)]
        scores[found.documents] += -weight * saturated(facts, "w", found)
    places = np.flatnonzero((scores > 0) & facts.live)
    ranked = sorted(_best(scores, places, limit + 1).tolist(), key=lambda i: (-scores[i], facts.ids[i]))
    best = [place for place in ranked if facts.ids[place] != exclude]
    return tuple(Hit(facts.ids[i], facts.versions[i], float(scores[i]), complete=False) for i in best[:limit])


# --- filters, order, counts -------------------------------------------------------------------------------


def _narrowing(facts: Facts, filters: Filters) -> dict[str, Mask]:
    """One mask a facet that is filtered. An unknown facet is ignored, an unknown value matches nothing."""
    masks: dict[str, Mask] = {}
    for name, chosen in filters.items():
        codes = facts.facets.get(name)
        if codes is not None and chosen:
            kept = np.fromiter((value in chosen for value in codes.values), np.bool_, len(codes.values))
            masks[name] = codes.mask(kept, len(facts.ids))
    return masks


def _facets(facts: Facts, found: Mask, narrowing: Mapping[str, Mask], filters: Filters) -> tuple[Facet, ...]:
    answer = []
    for name in FACETS:
        hits = found
        for other, mask in narrowing.items():
            if other != name:
                hits = hits & mask
        codes = facts.facets[name]
        answer.append(Facet(name, _values(name, codes, codes.counts(hits), filters.get(name, frozenset()))))
    return tuple(answer)


def _values(
    name: str, codes: Codes, counts: NDArray[np.intp], chosen: frozenset[str]
) -> tuple[FacetValue, ...]:
    """The values that occur, the most frequent MOST_VALUES of them, and those that are chosen."""
    places = np.flatnonzero(counts)
    if len(places) > MOST_VALUES:
        places = places[np.argsort(-counts[places], kind="stable")[:MOST_VALUES]]
    values = {codes.values[place]: (codes.labels[place], int(counts[place])) for place in places.tolist()}
    if missing := chosen - values.keys():
        known = {value: place for place, value in enumerate(codes.values) if value in missing}
        for value in missing:
            place = known.get(value)
            values[value] = (value, 0) if place is None else (codes.labels[place], int(counts[place]))
    shown = (FacetValue(value, label, count, value in chosen) for value, (label, count) in values.items())
    return tuple(sorted(shown, key=lambda value: _facet_order(name, value)))


def _facet_order(name: str, value: FacetValue) -> tuple[int, str]:
    """Years from the newest, lengths from the shortest, everything else from the most frequent."""
    if name == "year":
        return (-int(value.value) if value.value.isdecimal() else 0, value.value)
    if name == "length":
        return (LENGTHS.get(value.value, 0), value.value)
    return (-value.count, value.label)


def _ordered(facts: Facts, question: Question, places: Places, asked: Asked) -> Places:
    """The first places in the order asked for; ties by score, newest and id, never by chance."""
    most = asked.offset + asked.size
    if asked.sort is Sort.RELEVANCE:
        places = _best(question.scores + 1_000 * question.complete, places, most)
    newest = -facts.granted_at[places]
    score = -question.scores[places]
    ids = facts.id_ranks[places]
    keys: tuple[NDArray[np.generic], ...] = (ids, score, newest)
    if asked.sort is Sort.RELEVANCE:
        keys = (ids, newest, score, ~question.complete[places])
    elif asked.sort is Sort.PRIZE:
        ranks = facts.prize_ranks[places]
        keys = (*keys, np.where(ranks > 0, ranks, np.iinfo(np.int32).max))
    elif asked.sort is Sort.MOST_USED:
        uses = asked.uses or {}
        keys = (*keys, -np.array([uses.get(facts.ids[place], 0) for place in places.tolist()], np.int64))
    return places[np.lexsort(keys)][:most]


def _best(scores: Weights, places: Places, most: int) -> Places:
    """The places with the `most` highest scores, in no order, with everything that ties with the last."""
    if len(places) <= most:
        return places
    own = scores[places]
    best: Places = places[own >= np.partition(own, -most)[-most]]
    return best
