"""The order of hits: by relevance with closeness, prize and date, or another; ties never by chance."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from search.scoring.arrays import Facts, Key, Places
from search.scoring.keys import text_pairs
from search.scoring.matching import Question
from search.values import Hit, Reasons, Sort

RERANKED = 50
"""So many of the best are looked at for how closely the question's characters stand together."""
PROXIMITY = 0.25
"""What three characters in a row add, measured by the rarity of the two pairs they are made of."""

_Keys = tuple[NDArray[np.generic], ...]


def by_relevance(question: Question, places: Places, most: int) -> tuple[Places, Mapping[int, float]]:
    """The first `most` places, those with every word first; and the closeness of those that have any."""
    favour = question.facts.favour
    scores = question.scores[places] * favour[places]
    first = best(scores + 1_000 * question.complete[places], max(most, RERANKED))
    first, scores = places[first], scores[first]
    order = _order(question, first, scores)
    first, scores = first[order], scores[order]
    top, rest = first[:RERANKED], first[RERANKED:]
    closer = _closeness(question, top)
    closeness = dict(zip(top.tolist(), closer.tolist(), strict=True))
    if closer.any():
        top = top[_order(question, top, scores[:RERANKED] + closer * favour[top])]
    return np.concatenate([top, rest])[:most], closeness


def by_column(question: Question, places: Places, most: int, sort: Sort, uses: Mapping[str, int]) -> Places:
    """The first `most` places by date, prize or use; ties by date, then relevance."""
    facts = question.facts
    newest = facts.granted_at.astype(np.float64)
    column = newest
    if sort is Sort.PRIZE:
        column = np.where(facts.prize_ranks > 0, -facts.prize_ranks, -np.inf)
    elif sort is Sort.MOST_USED:
        column = np.zeros(len(facts.ids))
        for key, count in uses.items():
            if (place := facts.places.get(key)) is not None:
                column[place] = count
    places = _best_two(column, newest, places, most)
    keys = (_ids(facts, places), -question.scores[places], -newest[places], -column[places])
    return places[np.lexsort(keys)][:most]


def hits(question: Question, places: Places, closeness: Mapping[int, float]) -> tuple[Hit, ...]:
    """Hits with what their scores are made of."""
    facts = question.facts
    words, pairs = question.parts(places)
    missing = question.missing(places)
    complete = question.complete[places].tolist()
    prizes, dates = facts.prize_favour[places].tolist(), facts.recency_favour[places].tolist()
    found = []
    for row, place in enumerate(places.tolist()):
        close = closeness.get(place, 0.0)
        text = words[row] + pairs[row] + close
        prize, date = text * prizes[row], text * dates[row]
        reasons = Reasons(words[row], pairs[row], close, prize, date, missing[row])
        score = text + prize + date
        found.append(Hit(facts.ids[place], facts.versions[place], score, complete[row], reasons))
    return tuple(found)


def best(scores: NDArray[np.generic], most: int) -> Places:
    """Where the `most` highest scores stand, in no order, with everything that ties with the last."""
    if len(scores) <= most:
        return np.arange(len(scores))
    return np.flatnonzero(scores >= np.partition(scores, -most)[-most])


def _best_two(first: NDArray[np.float64], second: NDArray[np.float64], places: Places, most: int) -> Places:
    """The places that are best by one column, ties by a second."""
    found = places[best(first[places], most)]
    if len(found) <= most:
        return found
    edge = first[found].min()
    sure, tied = found[first[found] > edge], found[first[found] == edge]
    return np.concatenate([sure, tied[best(second[tied], most - len(sure))]])


def _order(question: Question, places: Places, scores: NDArray[np.float64]) -> Places:
    """Complete ones first, by score, by date; ids are looked at only where scores are equal."""
    keys: _Keys = (-question.facts.granted_at[places], -scores, ~question.complete[places])
    order = np.lexsort(keys)
    ordered = scores[order]
    if (ordered[1:] == ordered[:-1]).any():
        order = np.lexsort((_ids(question.facts, places), *keys))
    return order


def _ids(facts: Facts, places: Places) -> NDArray[np.generic]:
    return np.array([facts.ids[place] for place in places.tolist()], np.str_)


def _closeness(question: Question, places: Places) -> NDArray[np.float64]:
    """For each place, what characters add that stand in a row there as they do in the question."""
    found = np.zeros(len(places))
    order = np.argsort(places)
    for text in question.scored_texts:
        terms = text_pairs(text)
        if len(terms) < 2 or not len(places):
            continue
        rarity = [
            question.facts.rarity(len(question.postings(Key("p", term)).documents)) for term, _ in terms
        ]
        worth = [
            PROXIMITY * (one + two) / 2 if after == before + 1 else 0.0
            for ((_, before), (_, after)), (one, two) in zip(pairwise(terms), pairwise(rarity), strict=True)
        ]
        if text in question.exact_texts:
            found += sum(worth)
        else:
            found[order] += np.array(worth) @ question.source.adjacent(terms, places[order])
    return found
