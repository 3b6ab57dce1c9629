"""Pages of hits: filters, order and counts over what matches."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

import numpy as np
from numpy.typing import NDArray

from search import analysis
from search.scoring.arrays import Facts, Key, Mask, Places, Source, Weights
from search.scoring.matching import Question, idf, saturated
from search.values import FACETS, Facet, FacetValue, Filters, Hit, Page, Query, Sort

SIMILAR_TERMS = 24


def search(
    source: Source, generation: int, query: Query, filters: Filters, sort: Sort, offset: int, size: int
) -> Page:
    """One page of the answer to a question."""
    question = Question(source, query)
    found = question.found()
    narrowing = _narrowing(source.facts, filters)
    hits = found.copy()
    for mask in narrowing.values():
        hits &= mask
    places = np.flatnonzero(hits)
    first = _ordered(source.facts, question, places, sort, offset + size)[offset:]
    return Page(
        hits=tuple(question.hit(place) for place in first.tolist()),
        total=len(places),
        complete=int(question.complete[places].sum()),
        facets=_facets(source.facts, found, narrowing, filters),
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
            masks[name] = kept[codes.of] if len(codes.of) else np.zeros(0, np.bool_)
    return masks


def _facets(facts: Facts, found: Mask, narrowing: Mapping[str, Mask], filters: Filters) -> tuple[Facet, ...]:
    answer = []
    for name in FACETS:
        codes = facts.facets[name]
        hits = found.copy()
        for other, mask in narrowing.items():
            if other != name:
                hits &= mask
        counts = np.bincount(codes.of[hits], minlength=len(codes.values)).tolist()
        chosen = filters.get(name, frozenset())
        values = [
            FacetValue(value, label, count, value in chosen)
            for value, label, count in zip(codes.values, codes.labels, counts, strict=True)
            if value and (count or value in chosen)
        ]
        missing = sorted(chosen.difference(value.value for value in values))
        values += [FacetValue(value, value, 0, chosen=True) for value in missing]
        answer.append(Facet(name, tuple(sorted(values, key=lambda v: _facet_order(name, v)))))
    return tuple(answer)


def _facet_order(name: str, value: FacetValue) -> tuple[int, str]:
    """Years from the newest, everything else from the most frequent."""
    if name == "year":
        return (-int(value.value) if value.value.isdecimal() else 0, value.value)
    return (-value.count, value.label)


def _ordered(facts: Facts, question: Question, places: Places, sort: Sort, most: int) -> Places:
    """The first `most` places in the order asked for; ties by score, newest and id, never by chance."""
    if sort is Sort.RELEVANCE:
        places = _best(question.scores + 1_000 * question.complete, places, most)
    newest = -facts.granted_at[places]
    score = -question.scores[places]
    ids = facts.id_ranks[places]
    if sort is Sort.RELEVANCE:
        keys: tuple[NDArray[np.generic], ...] = (ids, newest, score, ~question.complete[places])
    elif sort is Sort.PRIZE:
        ranks = facts.prize_ranks[places]
        keys = (ids, score, newest, np.where(ranks > 0, ranks, np.iinfo(np.int32).max))
    else:
        keys = (ids, score, newest)
    return places[np.lexsort(keys)][:most]


def _best(scores: Weights, places: Places, most: int) -> Places:
    """The places with the `most` highest scores, in no order, with everything that ties with the last."""
    if len(places) <= most:
        return places
    own = scores[places]
    best: Places = places[own >= np.partition(own, -most)[-most]]
    return best
