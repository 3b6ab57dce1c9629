"""One question against one state of an index: which documents answer, how well, and whether completely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from math import log

import numpy as np

from foundation.folding import fold
from search import analysis
from search.scoring.arrays import K1, Codes, Facts, Key, Mask, Numbers, Postings, Source, Weights
from search.values import (
    AnyOf,
    Clause,
    FieldText,
    Hit,
    Part,
    Phrase,
    Plain,
    Query,
    QueryField,
    Sign,
    YearRange,
)

COVERAGE = 0.3
"""Share of the known weight of a plain question that a document must hold to be a hit."""
PRUNED = 0.3
PRUNED_FROM = 2_000
"""In libraries of so many documents, words in more than PRUNED of them do not score (costs .002 of MRR)."""
LONGEST_PHRASE = 16
"""Pairs that are looked up as one phrase; a longer quotation is several overlapping ones."""


class Question:
    """A question against one state of an index."""

    def __init__(self, source: Source, query: Query) -> None:
        self._source = source
        self._facts = source.facts
        self._clauses = query.clauses
        size = len(self._facts.ids)
        self.scores: Weights = np.zeros(size, np.float32)
        self.complete: Mask = np.ones(size, np.bool_)
        plain = [c.part.text for c in query.clauses if c.sign is Sign.SHOULD and isinstance(c.part, Plain)]
        self._plain = [fold(text) for text in plain]
        self._pieces = analysis.pieces(" ".join(self._plain))
        self._lists = source.postings(_keys([*self._plain, *_texts(query.clauses)], self._pieces))

    def found(self) -> Mask:
        """The documents that answer, before filters; scores and completeness are then known."""
        mask = self._facts.live.copy()
        positive = False
        for clause in self._clauses:
            if clause.sign is Sign.SHOULD:
                continue
            match = self._match(clause.part)
            mask &= ~match if clause.sign is Sign.MUST_NOT else match
            if clause.sign is Sign.MUST:
                positive |= not isinstance(clause.part, FieldText | YearRange)
                self._score(_texts([clause]))
        if self._plain:
            self._score(self._plain)
            covered = self._covered()
            if not positive:
                mask &= covered
        return mask

    def hit(self, place: int) -> Hit:
        facts = self._facts
        return Hit(
            facts.ids[place], facts.versions[place], float(self.scores[place]), bool(self.complete[place])
        )

    def _covered(self) -> Mask:
        """Which documents hold enough of the plain words; notes which hold all of them.

        Enough is COVERAGE of the known weight, or half of what was typed between blanks, whole.
        """
        weight = np.zeros(len(self._facts.ids), np.float32)
        known = 0.0
        held: dict[str, Mask] = {}
        for piece in self._pieces:
            match = held[piece] = self._holds(piece)
            count = int((match & self._facts.live).sum())
            if count:
                rarity = _idf_of(self._facts.count, count)
                known += rarity
                weight[match] += rarity
            self.complete &= match
        return self._half(held) | np.asarray(weight >= max(COVERAGE * known, 1e-9))

    def _half(self, held: Mapping[str, Mask]) -> Mask:
        """Documents that hold at least half of the blank-separated parts of the question completely."""
        parts = [[held[piece] for piece in held if piece in text] for text in self._plain]
        whole = [np.logical_and.reduce(masks) for masks in parts if masks]
        if not whole:
            return np.zeros(len(self._facts.ids), np.bool_)
        return np.asarray(np.sum(whole, axis=0) * 2 >= len(whole))

    def _holds(self, piece: str) -> Mask:
        """Documents with all pairs of a piece: for two characters, as most pieces are, exactly the piece."""
        mask = np.ones(len(self._facts.ids), np.bool_)
        for key in _piece_keys(piece):
            mask &= self._mask(self._lists[key].documents)
        return mask

    def _match(self, part: Part) -> Mask:
        match part:
            case Plain(text=text) | Phrase(text=text):
                return self._exact(fold(text))
            case FieldText() | YearRange():
                return _field(self._facts, part)
            case AnyOf(parts=parts):
                return np.asarray(np.logical_or.reduce([self._match(inner) for inner in parts]))

    def _exact(self, text: str) -> Mask:
        """Documents that hold the text as it stands."""
        sequence = analysis.units(text)
        if len(sequence) == 1:
            return self._mask(self._lists[_unit_key(sequence[0].text)].documents)
        mask = np.ones(len(self._facts.ids), np.bool_)
        pairs = list(zip(*analysis.pairs(text), strict=True))
        inner = _without_loose_ends(pairs, sequence)
        for start in range(0, max(len(inner) - 1, 1), LONGEST_PHRASE - 1):
            window = inner[start : start + LONGEST_PHRASE]
            mask &= self._mask(self._source.phrase([(term, at - window[0][1]) for term, at in window]))
        return mask

    def _mask(self, documents: Numbers) -> Mask:
        mask = np.zeros(len(self._facts.ids), np.bool_)
        mask[documents] = True
        return mask

    def _score(self, texts: Sequence[str]) -> None:
        keys = [key for key in _scored_keys(texts) if len(self._lists[key].documents)]
        ceiling = PRUNED * self._facts.count if self._facts.count >= PRUNED_FROM else self._facts.count
        rare = [key for key in keys if len(self._lists[key].documents) <= ceiling]
        for key in rare or keys:
            found = self._lists[key]
            half = 0.5 * idf(self._facts, found)
            self.scores[found.documents] += half * saturated(
                self._facts, "p" if key.field == "c" else key.field, found
            )


def _texts(clauses: Iterable[Clause]) -> list[str]:
    """The folded texts of conditions."""
    found: list[str] = []
    for clause in clauses:
        parts = clause.part.parts if isinstance(clause.part, AnyOf) else (clause.part,)
        found += [fold(part.text) for part in parts if isinstance(part, Plain | Phrase)]
    return found


def _keys(texts: Sequence[str], pieces: Sequence[str]) -> list[Key]:
    """Every posting list that a question with these texts reads, but for phrases."""
    found: list[Key] = []
    for text in texts:
        found += _text_keys(text)
        found += [_unit_key(unit.text) for unit in analysis.units(text)[:1]]
    for piece in pieces:
        found += _piece_keys(piece)
    return list(dict.fromkeys(found))


def _scored_keys(texts: Sequence[str]) -> list[Key]:
    return list(dict.fromkeys(key for text in texts for key in _text_keys(text)))


@lru_cache(maxsize=1024)
def _text_keys(text: str) -> tuple[Key, ...]:
    """Words and pairs of a text; its single character only where it is nothing else."""
    found = [Key("w", word) for word in analysis.words(text)]
    sequence = analysis.units(text)
    if len(sequence) == 1:
        found.append(_unit_key(sequence[0].text))
    else:
        found += [Key("p", term) for term in analysis.pairs(text)[0]]
    return tuple(found)


@lru_cache(maxsize=4096)
def _piece_keys(piece: str) -> tuple[Key, ...]:
    sequence = analysis.units(piece)
    if len(sequence) == 1:
        return (_unit_key(piece),)
    return tuple(Key("p", term) for term in analysis.pairs(piece)[0])


def _unit_key(unit: str) -> Key:
    return Key("c", unit) if analysis.is_han(unit) else Key("w", unit)


def _without_loose_ends(
    pairs: Sequence[tuple[str, int]], sequence: Sequence[analysis.Unit]
) -> Sequence[tuple[str, int]]:
    """A lone unit at the border of a quotation may have neighbours in the text: it is not asked for."""
    first, last = sequence[0], sequence[-1]
    inner = [
        (term, at)
        for term, at in pairs
        if not (term == first.text and at == first.position)
        and not (term == last.text and at == last.position)
    ]
    return inner or pairs


def _field(facts: Facts, part: FieldText | YearRange) -> Mask:
    if isinstance(part, YearRange):
        low, high = part.low or 0, part.high or 9999
        return _by_label(facts.facets["year"], lambda label: label.isdigit() and low <= int(label) <= high)
    text = part.text
    if part.field is QueryField.TITLE:
        return np.fromiter((text in title for title in facts.folded_titles), np.bool_, len(facts.ids))
    return _by_label(facts.facets[part.field.value], lambda label: text in fold(label))


def _by_label(codes: Codes, wanted: Callable[[str], bool]) -> Mask:
    chosen = np.fromiter((wanted(label) for label in codes.labels), np.bool_, len(codes.labels))
    return chosen[codes.of] if len(codes.of) else np.zeros(0, np.bool_)


def idf(facts: Facts, found: Postings) -> float:
    return _idf_of(facts.count, len(found.documents))


def _idf_of(total: int, count: int) -> float:
    return log(1 + (total - count + 0.5) / (count + 0.5))


def saturated(facts: Facts, field: str, found: Postings) -> Weights:
    """BM25's term frequency, between 0 and K1 + 1."""
    frequency = found.frequencies
    return (K1 + 1) * frequency / (frequency + facts.norms[field][found.documents])
