"""From rows to arrays that answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from search.postgres_engine.tables import Cursor, State
from search.postgres_engine.writing import hashed, lexeme
from search.scoring.arrays import NOTHING, Codes, Facts, Key, Numbers, Places, Postings, Table
from search.values import FACETS

_PACKED = np.dtype([("document", ">i4"), ("frequency", ">i4")])

Rows = Sequence[tuple[Any, ...]]
_Part = tuple[Places, Numbers]
"""Documents of a list in one table, and how often each holds the term."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the documents that an audience reads; `numbers` are theirs in each of the tables."""

    states: Sequence[State]
    facts: Facts
    numbers: Sequence[Numbers]


def rows_of(cursor: Cursor, state: State) -> Rows:
    """What the tables for one audience say of each document."""
    return cursor.execute(
        state.sql(
            "SELECT no, id, version_id, fingerprint, title, words, pairs, granted_at, prize_rank, facets"
            " FROM {document} ORDER BY no"
        )
    ).fetchall()


def known(states: Sequence[State], found: Sequence[Rows]) -> Known:
    rows = [row for part in found for row in part]
    granted_at = np.array([row[7] for row in rows], np.int64)
    facts = Facts(
        ids=[row[1] for row in rows],
        versions=[row[2] for row in rows],
        fingerprints=[row[3] for row in rows],
        titles=[row[4] for row in rows],
        word_lengths=np.array([row[5] for row in rows], np.float32),
        pair_lengths=np.array([row[6] for row in rows], np.float32),
        granted_at=granted_at,
        prize_ranks=np.array([row[8] for row in rows], np.int32),
        live=np.ones(len(rows), np.bool_),
        facets={
            name: Codes.of_pairs(map(tuple, row[9][place]) for row in rows).settled(granted_at)
            for place, name in enumerate(FACETS)
        },
    )
    numbers = [np.array([row[0] for row in part], np.int32) for part in found]
    return Known(states, facts, numbers)


class Source:
    """One state of the index inside one transaction."""

    def __init__(self, cursor: Cursor, found: Known) -> None:
        self._cursor = cursor
        self._known = found
        self.facts = found.facts

    def postings(
        self, keys: Sequence[Key], spare: Collection[Key] = (), most: float = 0
    ) -> Mapping[Key, Postings]:
        hashes = {hashed(key): key for key in keys}
        parts: dict[Key, list[_Part]] = {}
        for state, numbers, base in self._tables():
            rows = self._cursor.execute(
                state.sql(
                    "SELECT term, string_agg(int4send(document) || int4send(frequency), ''::bytea)"
                    " FROM {posting} WHERE term = ANY(%s) GROUP BY term"
                ),
                (list(hashes),),
            )
            for term, packed in rows:
                parts.setdefault(hashes[term], []).append(_unpacked(packed, numbers, base))
        return {key: self._weighed(key, parts[key]) if key in parts else NOTHING for key in keys}

    def _weighed(self, key: Key, parts: Sequence[_Part]) -> Postings:
        documents = np.concatenate([part[0] for part in parts])
        frequencies = np.concatenate([part[1] for part in parts])
        rarity = self.facts.rarity(len(documents))
        words = len(documents) if key.field == "w" else 0
        weights = self.facts.weights(documents, words, frequencies)
        return Postings(documents, weights * np.float32(rarity))

    def phrase(self, terms: Sequence[tuple[str, int]]) -> Places:
        found = [np.zeros(0, np.intp)]
        for state, numbers, base in self._tables():
            rows = self._cursor.execute(
                state.sql("SELECT DISTINCT document FROM {part} WHERE tokens @@ %s::tsquery"),
                (_following(terms),),
            )
            documents = np.sort(np.fromiter((row[0] for row in rows), np.int32))
            found.append(np.searchsorted(numbers, documents) + base)
        return np.concatenate(found)

    def adjacent(self, terms: Sequence[tuple[str, int]], documents: Places) -> Table:
        questions = [_following(two) for two in pairwise(terms)]
        found = np.zeros((len(questions), len(documents)), np.bool_)
        for state, numbers, base in self._tables():
            own = documents[(documents >= base) & (documents < base + len(numbers))]
            rows = self._cursor.execute(
                state.sql(
                    "SELECT p.document, q.place FROM {part} p,"
                    " unnest(%s::text[]) WITH ORDINALITY q(text, place)"
                    " WHERE p.document = ANY(%s) AND p.tokens @@ q.text::tsquery"
                ),
                (questions, numbers[own - base].tolist()),
            )
            for number, row in rows:
                place = int(np.searchsorted(numbers, number)) + base
                found[row - 1, np.searchsorted(documents, place)] = True
        return found

    def _tables(self) -> Iterator[tuple[State, Numbers, int]]:
        """The tables that hold anything, with the place of their first document in the facts."""
        base = 0
        for state, numbers in zip(self._known.states, self._known.numbers, strict=True):
            if len(numbers):
                yield state, numbers, base
            base += len(numbers)


def _following(terms: Sequence[tuple[str, int]]) -> str:
    """The tsquery of pairs at their distances."""
    text = lexeme(terms[0][0])
    for (_, before), (term, position) in pairwise(terms):
        text += f" <{position - before}> {lexeme(term)}"
    return text


def _unpacked(packed: bytes, numbers: Numbers, base: int) -> _Part:
    rows = np.sort(np.frombuffer(packed, _PACKED), order="document")
    places = np.searchsorted(numbers, rows["document"].astype(np.int32)) + base
    return places, rows["frequency"].astype(np.int32)
