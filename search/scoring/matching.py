"""One question against one state of an index: which documents answer, how well, and whether completely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import log

import numpy as np

from foundation.folding import fold
from search import analysis
from search.scoring.arrays import K1, Codes, Facts, Key, Mask, Numbers, Postings, Source, Weights
from search.scoring.keys import Worded, all_keys, piece_keys, text_keys, unit_key, worded
from search.values import (
    AnyOf,
    FieldText,
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
NEAR_BEST = 0.5
"""Or the share of the best score that it must reach: a question is seldom put in the words of its answer."""
PRUNED = 0.3
PRUNED_FROM = 2_000
"""In libraries of so many documents, words in more than PRUNED of them do not score (costs .002 of MRR)."""
LONGEST_PHRASE = 16
"""Pairs that are looked up as one phrase; a longer quotation is several overlapping ones."""
OTHER_SPELLING = 0.95
"""What a synonym counts beside the word that was typed."""


class Question:
    """A question against one state of an index."""

    def __init__(self, source: Source, query: Query) -> None:
        self.source = source
        self.facts = self._facts = source.facts
        self.scored_texts: list[str] = []
        """The texts that documents have scores for."""
        self._clauses = [clause for clause in query.clauses if asks(clause.part)]
        size = len(self._facts.ids)
        self._scored = {"w": np.zeros(size, np.float32), "p": np.zeros(size, np.float32)}
        self.scores: Weights = np.zeros(size, np.float32)
        self.complete: Mask = np.ones(size, np.bool_)
        self._held: dict[str, Mask] = {}
        self._plain = [
            Worded.of(clause.part)
            for clause in self._clauses
            if clause.sign is Sign.SHOULD and isinstance(clause.part, Plain)
        ]
        self._synonyms = {word: others for text in self._plain for word, others in text.synonyms}
        self._pieces = analysis.pieces(" ".join(text.text for text in self._plain), tuple(self._synonyms))
        self._lists = source.postings(all_keys([*self._plain, *worded(self._clauses)], self._pieces))

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
                self._score(worded([clause]))
        if self._plain:
            self._score(self._plain)
            covered = self._covered()
            if not positive:
                mask &= covered
        self.scores = self._scored["w"] + self._scored["p"]
        return mask

    @property
    def empty(self) -> bool:
        """Whether nothing asked for can tell one document from another by relevance."""
        return not self.scored_texts

    def parts(self, place: int) -> tuple[float, float]:
        """What the words and the pairs of the question give a document."""
        return float(self._scored["w"][place]), float(self._scored["p"][place])

    def missing(self, place: int) -> tuple[str, ...]:
        return tuple(piece for piece, held in self._held.items() if not held[place])

    def postings(self, key: Key) -> Postings:
        return self._lists[key]

    def _covered(self) -> Mask:
        """Which documents hold enough of the plain words; notes which hold all of them.

        Enough is COVERAGE of the known weight, or half of what was typed between blanks, whole, or a score
        NEAR_BEST (raises recall@10 by up to .02 and costs no rank).
        """
        weight = np.zeros(len(self._facts.ids), np.float32)
        known = 0.0
        for piece in self._pieces:
            match = self._held[piece] = self._holds_any((piece, *self._synonyms.get(piece, ())))
            count = int((match & self._facts.live).sum())
            if count:
                rarity = _idf_of(self._facts.count, count)
                known += rarity
                weight[match] += rarity
            self.complete &= match
        return self._half() | self._near_best() | np.asarray(weight >= max(COVERAGE * known, 1e-9))

    def _near_best(self) -> Mask:
        scores = self._scored["w"] + self._scored["p"]
        return np.asarray(scores >= max(NEAR_BEST * float(scores.max(initial=0.0)), 1e-9))

    def _half(self) -> Mask:
        """Documents that hold at least half of the blank-separated parts of the question completely."""
        parts = [[self._held[piece] for piece in self._held if piece in text.text] for text in self._plain]
        whole = [np.logical_and.reduce(masks) for masks in parts if masks]
        if not whole:
            return np.zeros(len(self._facts.ids), np.bool_)
        return np.asarray(np.sum(whole, axis=0) * 2 >= len(whole))

    def _holds_any(self, spellings: Iterable[str]) -> Mask:
        return np.asarray(np.logical_or.reduce([self._holds(spelling) for spelling in spellings]))

    def _holds(self, piece: str) -> Mask:
        """Documents with all pairs of a piece: for two characters, as most pieces are, exactly the piece."""
        mask = np.ones(len(self._facts.ids), np.bool_)
        for key in piece_keys(piece):
            mask &= self._mask(self._lists[key].documents)
        return mask

    def _match(self, part: Part) -> Mask:
        match part:
            case Plain() | Phrase():
                return np.asarray(
                    np.logical_or.reduce([self._exact(text) for text in Worded.of(part).variants])
                )
            case FieldText() | YearRange():
                return _field(self._facts, part)
            case AnyOf(parts=parts):
                return np.asarray(np.logical_or.reduce([self._match(inner) for inner in parts]))

    def _exact(self, text: str) -> Mask:
        """Documents that hold the text as it stands."""
        sequence = analysis.units(text)
        if not sequence:
            return np.zeros(len(self._facts.ids), np.bool_)
        if len(sequence) == 1:
            return self._mask(self._lists[unit_key(sequence[0].text)].documents)
        mask = np.ones(len(self._facts.ids), np.bool_)
        pairs = list(zip(*analysis.pairs(text), strict=True))
        inner = _without_loose_ends(pairs, sequence)
        for start in range(0, max(len(inner) - 1, 1), LONGEST_PHRASE - 1):
            window = inner[start : start + LONGEST_PHRASE]
            mask &= self._mask(self.source.phrase([(term, at - window[0][1]) for term, at in window]))
        return mask

    def _mask(self, documents: Numbers) -> Mask:
        mask = np.zeros(len(self._facts.ids), np.bool_)
        mask[documents] = True
        return mask

    def _score(self, texts: Sequence[Worded]) -> None:
        self.scored_texts += [text.text for text in texts]
        keys = list(dict.fromkeys(key for text in texts for key in text.own_keys))
        groups = {word: others for text in texts for word, others in text.synonyms}
        for key in self._telling(keys, alone=not groups):
            found = self._lists[key]
            self._scored[_field_of(key)][found.documents] += self._weights(key)
        for word, others in groups.items():
            self._score_group(word, others)

    def _score_group(self, word: str, others: Sequence[str]) -> None:
        """A word counts by the spelling of it that scores best; a longer spelling counts no more for that."""
        best = self._spelling(word)
        own = self._worth(word)
        for other in others:
            scale = OTHER_SPELLING * (min(1.0, own / max(self._worth(other), 1e-9)) if own else 1.0)
            held = self._holds(other)
            for field, scores in self._spelling(other).items():
                np.maximum(best[field], scale * scores * held, out=best[field])
        for field, scores in best.items():
            self._scored[field] += scores

    def _spelling(self, text: str) -> dict[str, Weights]:
        scores = {field: np.zeros(len(self._facts.ids), np.float32) for field in self._scored}
        for key in text_keys(text):
            scores[_field_of(key)][self._lists[key].documents] += self._weights(key)
        return scores

    def _worth(self, text: str) -> float:
        """The rarity of a text's terms together; 0 when the library has none of them."""
        found = (self._lists[key] for key in text_keys(text))
        return sum(idf(self._facts, postings) for postings in found if len(postings.documents))

    def _telling(self, keys: Sequence[Key], *, alone: bool) -> Sequence[Key]:
        """The terms that score: in a large library none that is nearly everywhere, if there are others."""
        known = [key for key in keys if len(self._lists[key].documents)]
        if self._facts.count < PRUNED_FROM:
            return known
        ceiling = PRUNED * self._facts.count
        rare = [key for key in known if len(self._lists[key].documents) <= ceiling]
        return rare if rare or not alone else known

    def _weights(self, key: Key) -> Weights:
        found = self._lists[key]
        weights = saturated(self._facts, _field_of(key), found)
        return np.asarray(weights * np.float32(0.5 * idf(self._facts, found)))


def asks(part: Part) -> bool:
    """Whether there is a letter, digit or character to look for; punctuation alone asks for nothing."""
    if isinstance(part, AnyOf):
        return any(asks(inner) for inner in part.parts)
    return isinstance(part, YearRange) or bool(analysis.units(fold(part.text)))


def _field_of(key: Key) -> str:
    """Where a term scores: single characters count among the pairs."""
    return "w" if key.field == "w" else "p"


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
        years = facts.facets["year"]
        return _by_label(facts, years, lambda label: label.isdigit() and low <= int(label) <= high)
    text = part.text
    if part.field is QueryField.TITLE:
        return np.fromiter((text in title for title in facts.folded_titles), np.bool_, len(facts.ids))
    return _by_label(facts, facts.facets[part.field.value], lambda label: text in fold(label))


def _by_label(facts: Facts, codes: Codes, wanted: Callable[[str], bool]) -> Mask:
    chosen = np.fromiter((wanted(label) for label in codes.labels), np.bool_, len(codes.labels))
    return codes.mask(chosen, len(facts.ids))


def idf(facts: Facts, found: Postings) -> float:
    return _idf_of(facts.count, len(found.documents))


def _idf_of(total: int, count: int) -> float:
    return log(1 + (total - count + 0.5) / (count + 0.5))


def saturated(facts: Facts, field: str, found: Postings) -> Weights:
    """BM25's term frequency, between 0 and K1 + 1."""
    frequency = found.frequencies
    return (K1 + 1) * frequency / (frequency + facts.norms[field][found.documents])
