"""One question against one state of an index: which documents answer, how well, and whether completely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from foundation.folding import fold
from search.scoring.arrays import COMMON, Codes, Facts, Key, Mask, Places, Postings, Source
from search.scoring.keys import Worded, exactly, piece_keys, plan, text_keys, windows, worded
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

Scores = NDArray[np.float64]

COVERAGE = 0.3
"""Share of the known weight of a plain question that a document must hold to be a hit."""
NEAR_BEST = 0.5
"""Or the share of the best score that it must reach: a question is seldom put in the words of its answer."""
PRUNED = 0.3
PRUNED_FROM = 2_000
"""In libraries of so many documents, words in more than PRUNED of them do not score (costs .002 of MRR)."""
OTHER_SPELLING = 0.95
"""What a synonym counts beside the word that was typed."""


class Question:
    """A question against one state of an index."""

    def __init__(self, source: Source, query: Query) -> None:
        self.source = source
        self.facts = self._facts = source.facts
        self.scored_texts: list[str] = []
        """The texts that documents have scores for."""
        self.exact_texts: set[str] = set()
        """Those of them that every hit holds as they stand."""
        self._size = size = len(self._facts.ids)
        self._scored = {"w": np.zeros(size), "p": np.zeros(size)}
        self.scores: Scores = self._scored["w"]
        self.complete: Mask = np.ones(size, np.bool_)
        self._held: dict[str, Places] = {}
        self._plan = plan(query.clauses)
        # In a large library words that are nearly everywhere do not score, so their lists are not read.
        self._ceiling = PRUNED * self._facts.count if self._facts.count >= PRUNED_FROM else float("inf")
        self._lists = source.postings(self._plan.keys, self._plan.spare, self._ceiling)

    def found(self) -> Mask:
        """The documents that answer, before filters; scores and completeness are then known."""
        mask = self._facts.live.copy()
        positive = False
        scored: list[Sequence[Worded]] = []
        for clause in self._plan.clauses:
            if clause.sign is Sign.SHOULD:
                continue
            match = self._match(clause.part)
            mask &= ~match if clause.sign is Sign.MUST_NOT else match
            if clause.sign is Sign.MUST:
                positive |= not isinstance(clause.part, FieldText | YearRange)
                scored.append(worded([clause]))
                if isinstance(clause.part, Plain | Phrase):
                    self.exact_texts.update(exactly(Worded.of(clause.part)))
        if self._plan.plain:
            scored.append(self._plan.plain)
        self._score(scored)
        self.scores = self._scored["w"] + self._scored["p"]
        if self._plan.plain:
            covered = self._covered()
            if not positive:
                mask &= covered
        return mask

    @property
    def empty(self) -> bool:
        """Whether nothing asked for can tell one document from another by relevance."""
        return not self.scored_texts

    def parts(self, places: Places) -> tuple[list[float], list[float]]:
        """What the words and the pairs of the question give each of these documents."""
        return self._scored["w"][places].tolist(), self._scored["p"][places].tolist()

    def missing(self, places: Places) -> list[tuple[str, ...]]:
        """The pieces that each of these documents does not hold."""
        if self.complete[places].all():
            return [()] * len(places)
        missing = np.ones((len(self._held), len(places)), np.bool_)
        for row, documents in zip(missing, self._held.values(), strict=True):
            if len(documents):
                at = np.minimum(documents.searchsorted(places), len(documents) - 1)
                np.not_equal(documents[at], places, out=row)
        pieces = list(self._held)
        return [tuple(compress(pieces, column)) for column in missing.T.tolist()]

    def postings(self, key: Key) -> Postings:
        return self._lists[key]

    def _covered(self) -> Mask:
        """Which documents hold enough of the plain words; notes which hold all of them.

        Enough is COVERAGE of the known weight, or half of what was typed between blanks, whole, or a score
        NEAR_BEST (raises recall@10 by up to .02 and costs no rank).
        """
        for piece in self._plan.pieces:
            self._held[piece] = self._holds_any((piece, *self._plan.synonyms.get(piece, ())))
        known = [documents for documents in self._held.values() if len(documents)]
        rarities = [self._facts.rarity(len(documents)) for documents in known]
        whole = sum(rarities)
        weight = np.bincount(
            _joined(known), np.repeat(rarities, [len(each) for each in known]), minlength=self._size
        )
        # Each sum is made in the order of the pieces: who holds all has the same number to the last bit.
        self.complete = weight == whole if len(known) == len(self._held) else np.zeros(self._size, np.bool_)
        covered = weight >= max(COVERAGE * whole, 1e-9)
        covered |= self.scores >= max(NEAR_BEST * float(self.scores.max(initial=0.0)), 1e-9)
        if len(self._plan.plain) > 1:
            covered |= self._half()
        return np.asarray(covered)

    def _half(self) -> Mask:
        """Documents that hold at least half of the blank-separated parts of the question completely."""
        parts = [
            [documents for piece, documents in self._held.items() if piece in text.text]
            for text in self._plan.plain
        ]
        whole = [self._common(lists) for lists in parts if lists]
        if not whole:
            return np.zeros(self._size, np.bool_)
        return np.asarray(np.bincount(_joined(whole), minlength=self._size) * 2 >= len(whole))

    def _holds_any(self, spellings: Sequence[str]) -> Places:
        found = [self._holds(spelling) for spelling in spellings]
        return found[0] if len(found) == 1 else np.unique(_joined(found))

    def _holds(self, piece: str) -> Places:
        """Documents with all pairs of a piece: for two characters, as most pieces are, exactly the piece."""
        return self._common([self._lists[key].documents for key in piece_keys(piece)])

    def _common(self, lists: Sequence[Places]) -> Places:
        """The documents of all lists."""
        found = lists[0]
        for other in lists[1:]:
            found = other[self._mask(found)[other]]
        return found

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
        keys = piece_keys(text)
        if len(keys) < 2:
            return self._mask(_joined([self._lists[key].documents for key in keys]))
        mask = np.ones(self._size, np.bool_)
        for window in windows(text):
            mask &= self._mask(self.source.phrase(window))
        return mask

    def _mask(self, documents: Places) -> Mask:
        mask = np.zeros(self._size, np.bool_)
        mask[documents] = True
        return mask

    def _score(self, conditions: Iterable[Sequence[Worded]]) -> None:
        """Scores the texts of each condition; a term counts once in each."""
        telling: list[Key] = []
        for texts in conditions:
            self.scored_texts += [text.text for text in texts]
            keys = dict.fromkeys(key for text in texts for key in text.own_keys)
            groups = {word: others for text in texts for word, others in text.synonyms}
            telling += self._telling(keys, alone=not groups)
            for word, others in groups.items():
                self._score_group(word, others)
        for field, scores in self._sums(telling).items():
            self._scored[field] += scores

    def _score_group(self, word: str, others: Sequence[str]) -> None:
        """A word counts by the spelling of it that scores best; a longer spelling counts no more for that."""
        best = {field: np.zeros(self._size) for field in self._scored} | self._sums(text_keys(word))
        own = self._worth(word)
        for other in others:
            scale = OTHER_SPELLING * (min(1.0, own / max(self._worth(other), 1e-9)) if own else 1.0)
            held = self._mask(self._holds(other))
            for field, scores in self._sums(text_keys(other)).items():
                np.maximum(best[field], scale * scores * held, out=best[field])
        for field, scores in best.items():
            self._scored[field] += scores

    def _sums(self, keys: Iterable[Key]) -> dict[str, Scores]:
        """What terms give all documents, by the field where they score: words and pairs, half and half."""
        lists: dict[str, list[Postings]] = {}
        for key in keys:
            # Single characters count among the pairs.
            lists.setdefault("w" if key.field == "w" else "p", []).append(self._lists[key])
        return {field: self._added(found) for field, found in lists.items()}

    def _added(self, lists: Sequence[Postings]) -> Scores:
        documents = _joined([each.documents for each in lists])
        weights = np.concatenate([each.weights for each in lists], dtype=np.float64)
        return np.asarray(0.5 * np.bincount(documents, weights, self._size), np.float64)

    def _worth(self, text: str) -> float:
        """The rarity of a text's terms together; 0 when the library has none of them."""
        counts = (len(self._lists[key].documents) for key in text_keys(text))
        return sum(self._facts.rarity(count) for count in counts if count)

    def _telling(self, keys: Iterable[Key], *, alone: bool) -> Sequence[Key]:
        """The terms that score: in a large library none that is nearly everywhere, if there are others."""
        known = [key for key in keys if self._lists[key] is COMMON or len(self._lists[key].documents)]
        rare = [key for key in known if 0 < len(self._lists[key].documents) <= self._ceiling]
        if rare or not alone:
            return rare
        self._lists = {**self._lists, **self.source.postings(known)}
        return known


def _joined(lists: Sequence[Places]) -> Places:
    return np.concatenate(lists) if lists else np.zeros(0, np.intp)


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
