"""From the texts of a question to the terms whose posting lists answer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from foundation.folding import fold
from search import analysis
from search.scoring.arrays import Key
from search.values import AnyOf, Clause, Part, Phrase, Plain, Sign, YearRange

LONGEST_PHRASE = 16
"""Pairs that are looked up as one phrase; a longer quotation is several overlapping ones."""
MOST_VARIANTS = 16
"""Ways to write a text with its synonyms that are tried where it must stand as it is."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A text of the question, folded, with the words inside it that have synonyms."""

    text: str
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    @lru_cache(maxsize=1024)
    def of(cls, part: Plain | Phrase) -> Worded:
        text = fold(part.text)
        groups: dict[str, tuple[str, ...]] = {}
        for group in part.synonyms if isinstance(part, Plain) else ():
            word = fold(group.word)
            others = [other for other in map(fold, group.others) if other != word and analysis.units(other)]
            if others and word in text and analysis.units(word):
                groups[word] = tuple(dict.fromkeys((*groups.get(word, ()), *others)))
        return cls(text, tuple(groups.items()))

    @property
    def variants(self) -> list[str]:
        """The text in each of its spellings, its own first."""
        found = [self.text]
        for word, others in self.synonyms:
            found += [text.replace(word, other) for text in found for other in others]
        return list(dict.fromkeys(found))[:MOST_VARIANTS]

    @property
    def own_keys(self) -> Sequence[Key]:
        """What scores of the text itself, without the words that are scored with their synonyms."""
        apart = {key for word, _ in self.synonyms for key in text_keys(word)}
        return [key for key in text_keys(self.text) if key not in apart] if apart else text_keys(self.text)

    @property
    def spellings(self) -> list[str]:
        return [spelling for word, others in self.synonyms for spelling in (word, *others)]


def worded(clauses: Iterable[Clause]) -> list[Worded]:
    """The texts of conditions."""
    found: list[Worded] = []
    for clause in clauses:
        parts = clause.part.parts if isinstance(clause.part, AnyOf) else (clause.part,)
        found += [Worded.of(part) for part in parts if isinstance(part, Plain | Phrase)]
    return found


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks of any index."""

    clauses: Sequence[Clause]
    """Those with something to look for."""
    plain: tuple[Worded, ...]
    synonyms: Mapping[str, tuple[str, ...]]
    pieces: Sequence[str]
    keys: Sequence[Key]
    spare: frozenset[Key]
    """Those of the keys that only score."""


@lru_cache(maxsize=512)
def plan(typed: tuple[Clause, ...]) -> Plan:
    clauses = [clause for clause in typed if asks(clause.part)]
    plain = tuple(
        Worded.of(clause.part)
        for clause in clauses
        if clause.sign is Sign.SHOULD and isinstance(clause.part, Plain)
    )
    synonyms = {word: others for text in plain for word, others in text.synonyms}
    pieces = analysis.pieces(" ".join(text.text for text in plain), tuple(synonyms))
    texts = [*plain, *worded(clauses)]
    held = _held_keys(texts, pieces)
    scoring = dict.fromkeys(key for text in texts for key in text.own_keys)
    # Pairs are needed for closeness, too.
    spare = frozenset(key for key in scoring if key.field == "w").difference(held)
    return Plan(clauses, plain, synonyms, pieces, list(scoring | held), spare)


def asks(part: Part) -> bool:
    """Whether there is a letter, digit or character to look for; punctuation alone asks for nothing."""
    if isinstance(part, AnyOf):
        return any(asks(inner) for inner in part.parts)
    return isinstance(part, YearRange) or bool(analysis.units(fold(part.text)))


def _held_keys(texts: Sequence[Worded], pieces: Sequence[str]) -> dict[Key, None]:
    """The lists that say which documents hold the pieces and spellings of a question."""
    found: list[Key] = []
    for text in texts:
        for spelling in text.variants:
            found += piece_keys(spelling)
        for spelling in text.spellings:
            found += (*text_keys(spelling), *piece_keys(spelling))
    for piece in pieces:
        found += piece_keys(piece)
    return dict.fromkeys(found)


@lru_cache(maxsize=1024)
def text_keys(text: str) -> tuple[Key, ...]:
    """Words and pairs of a text; its single character only where it is nothing else."""
    found = [Key("w", word) for word in analysis.words(text)]
    sequence = analysis.units(text)
    if len(sequence) == 1:
        found.append(unit_key(sequence[0].text))
    else:
        found += [Key("p", term) for term in analysis.pairs(text)[0]]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def piece_keys(piece: str) -> tuple[Key, ...]:
    sequence = analysis.units(piece)
    if len(sequence) == 1:
        return (unit_key(sequence[0].text),)
    return tuple(Key("p", term) for term in analysis.pairs(piece)[0])


@lru_cache(maxsize=1024)
def text_pairs(text: str) -> Sequence[tuple[str, int]]:
    """The pairs of a text with their positions."""
    return list(zip(*analysis.pairs(text), strict=True))


@lru_cache(maxsize=1024)
def windows(text: str) -> Sequence[Sequence[tuple[str, int]]]:
    """A quotation as phrases: pairs, each with its distance from the first."""
    inner = _inner(text)
    starts = range(0, max(len(inner) - 1, 1), LONGEST_PHRASE - 1)
    found = [inner[start : start + LONGEST_PHRASE] for start in starts]
    return [[(term, at - window[0][1]) for term, at in window] for window in found]


def exactly(text: Worded) -> tuple[str, ...]:
    """The text, when a document that answers it holds all of its pairs in this order."""
    whole = not text.synonyms and len(text_pairs(text.text)) == len(_inner(text.text))
    return (text.text,) if whole else ()


def _inner(text: str) -> Sequence[tuple[str, int]]:
    return _without_loose_ends(text_pairs(text), analysis.units(text))


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


def unit_key(unit: str) -> Key:
    return Key("c", unit) if analysis.is_han(unit) else Key("w", unit)
