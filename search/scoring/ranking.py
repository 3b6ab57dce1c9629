"""The order of hits: by relevance with closeness, prize and date, or another; ties never by chance."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from search import analysis
from search.scoring.arrays import Facts, Key, Places, Weights
from search.scoring.matching import Question, idf
from search.values import Hit, Reasons, Sort

RERANKED = 50
"""So many of the best are looked at for how closely the question's characters stand together."""
PROXIMITY = 0.25
"""What three characters in a row add, measured by the rarity of the two pairs they are made of."""

_Order = tuple[NDArray[np.generic], ...]


def by_relevance(question: Question, places: Places, most: int) -> tuple[Places, Mapping[int, float]]:
    """The first `most` places, those with every word first; and the closeness of those that have any."""
    facts = question.facts
    scores = question.scores * facts.favour
    first = best(scores + 1_000 * question.complete, places, max(most, RERANKED))
    first = _ordered(question, first, scores[first])
    top, rest = first[:RERANKED], first[RERANKED:]
    closer = _closeness(question, top)
    if closer.any():
        raised = scores[top] + closer * facts.favour[top]
        top = _ordered(question, top, raised)
    closeness = dict(zip(first[:RERANKED].tolist(), closer.tolist(), strict=True))
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


def hit(question: Question, place: int, closeness: float) -> Hit:
    """A hit with what its score is made of."""
    facts = question.facts
    words, pairs = question.parts(place)
    text = words + pairs + closeness
    reasons = Reasons(
        words=words,
        pairs=pairs,
        proximity=closeness,
        prize=text * float(facts.prize_favour[place]),
        recency=text * float(facts.recency_favour[place]),
        missing=question.missing(place),
    )
    score = text + reasons.prize + reasons.recency
    return Hit(facts.ids[place], facts.versions[place], score, bool(question.complete[place]), reasons)


def best(scores: NDArray[np.generic], places: Places, most: int) -> Places:
    """The places with the `most` highest scores, in no order, with everything that ties with the last."""
    if len(places) <= most:
        return places
    own = scores[places]
    found: Places = places[own >= np.partition(own, -most)[-most]]
    return found


def _best_two(first: NDArray[np.float64], second: NDArray[np.float64], places: Places, most: int) -> Places:
    """As `best`, ties by a second column."""
    found = best(first, places, most)
    if len(found) <= most:
        return found
    edge = first[found].min()
    sure = found[first[found] > edge]
    return np.concatenate([sure, best(second, found[first[found] == edge], most - len(sure))])


def _ordered(question: Question, places: Places, scores: Weights) -> Places:
    """Complete ones first, by score, by date; ids are looked at only where all that is equal."""
    keys: _Order = (-question.facts.granted_at[places], -scores, ~question.complete[places])
    order = np.lexsort(keys)
    same = [key[order[1:]] == key[order[:-1]] for key in keys]
    if np.logical_and.reduce(same).any():
        order = np.lexsort((_ids(question.facts, places), *keys))
    return places[order]


def _ids(facts: Facts, places: Places) -> NDArray[np.generic]:
    return np.array([facts.ids[place] for place in places.tolist()], np.str_)


def _closeness(question: Question, places: Places) -> Weights:
    """For each place, what characters add that stand in a row there as they do in the question."""
    found = np.zeros(len(places), np.float32)
    order = np.argsort(places)
    documents = places[order].astype(np.int32)
    for text in question.scored_texts:
        terms = list(zip(*analysis.pairs(text), strict=True))
        if len(terms) < 2 or not len(places):
            continue
        rarity = [idf(question.facts, question.postings(Key("p", term))) for term, _ in terms]
        worth = [
            PROXIMITY * (one + two) / 2 if after == before + 1 else 0.0
            for ((_, before), (_, after)), (one, two) in zip(pairwise(terms), pairwise(rarity), strict=True)
        ]
        held = question.source.adjacent(terms, documents)
        found[order] += np.array(worth, np.float32) @ held
    return found
