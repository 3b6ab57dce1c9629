"""Why a case is among the hits: which words of the question stand where in it, and how near to each other.

Read from the case itself, not from the index, so that what is said here is what the reader finds when he
opens the case. The numbers are the engine's own (`Reasons`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from foundation.folding import fold
from search import analysis, highlight
from search.values import AnyOf, Clause, FieldText, Phrase, Plain, Query, Reasons, Sign

NEAR = 60
"""Characters within which words stand near each other though not in one sentence."""
SMALL = 0.005
"""A share of the score below which an effect is not worth a sentence."""


class Where(StrEnum):
    TITLE = "title"
    SUMMARY = "summary"
    HEADING = "heading"
    BODY = "body"
    UNIT = "unit"
    TOPIC = "topic"
    CATEGORY = "category"


class Nearness(StrEnum):
    """How the words of a question stand in a text, from best to worst."""

    TOGETHER = "together"
    SENTENCE = "sentence"
    NEAR = "near"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word of the question; `spelling` is the synonym that stands there instead, "" for the word itself.

    `times` tells how often it stands in each part of the case, the parts in the order of `Where`.
    """

    word: str
    times: Mapping[Where, int]
    spelling: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """`nearness` is None for a single word; `prize` and `recency` are shares of the score in percent."""

    found: tuple[FoundWord, ...]
    missing: tuple[str, ...]
    nearness: Nearness | None
    prize: float
    recency: float
    reasons: Reasons
    score: float


Parts = Mapping[Where, str]
"""The folded texts of a case."""


def explain(query: Query, parts: Parts, reasons: Reasons, score: float) -> Explanation | None:
    """Why this case answers; None for a question without words."""
    wanted = _wanted(query)
    if not wanted:
        return None
    found: list[FoundWord] = []
    missing: list[str] = []
    for word, others in wanted.items():
        spellings = [
            FoundWord(word, _times(parts, each), "" if each == word else each) for each in (word, *others)
        ]
        there = [each for each in spellings if each.times]
        found += there
        if not there:
            missing.append(word)
    near = _nearness(parts, found) if len({each.word for each in found}) > 1 else None
    return Explanation(
        found=tuple(found) or tuple(part for word in missing for part in _letters(parts, word)),
        missing=tuple(missing),
        nearness=near,
        prize=_percent(reasons.prize, score),
        recency=_percent(reasons.recency, score),
        reasons=reasons,
        score=score,
    )


def _wanted(query: Query) -> dict[str, tuple[str, ...]]:
    """The words and phrases that are looked for, folded, each with its other spellings."""
    wanted: dict[str, tuple[str, ...]] = {}
    for clause in query.clauses:
        if clause.sign is not Sign.MUST_NOT:
            for word, others in _of_clause(clause):
                wanted.setdefault(word, others)
    return wanted


def _of_clause(clause: Clause) -> Iterable[tuple[str, tuple[str, ...]]]:
    for part in clause.part.parts if isinstance(clause.part, AnyOf) else (clause.part,):
        if isinstance(part, Plain):
            others = {group.word: tuple(map(fold, group.others)) for group in part.synonyms}
            for piece in analysis.pieces(fold(part.text), tuple(others)):
                yield piece, others.get(piece, ())
        elif isinstance(part, Phrase) or (isinstance(part, FieldText) and part.field in _SHOWN_FIELDS):
            yield fold(part.text), ()


_SHOWN_FIELDS = frozenset({"title", "unit", "topic", "category"})


def _letters(parts: Parts, word: str) -> list[FoundWord]:
    """The longest stretches of a missing Chinese word that do stand in the case: they are why it is among
    the hits."""
    if len(word) < 2 or not all(map(analysis.is_han, word)):
        return []
    for length in range(len(word) - 1, 0, -1):
        stretches = dict.fromkeys(word[at : at + length] for at in range(len(word) - length + 1))
        there = [FoundWord(each, times) for each in stretches if (times := _times(parts, each))]
        if there:
            return there
    return []


def _times(parts: Parts, spelling: str) -> dict[Where, int]:
    return {
        where: times for where, text in parts.items() if (times := len(highlight.spans(text, [spelling])))
    }


def _nearness(parts: Parts, found: Sequence[FoundWord]) -> Nearness:
    """The best over title, summary and text, for as many different words as one of them holds."""
    ranks = list(Nearness)
    best, most = Nearness.APART, 2
    for where in (Where.TITLE, Where.SUMMARY, Where.HEADING, Where.BODY):
        text = parts.get(where, "")
        places = sorted(
            (start, end, each.word)
            for each in found
            if where in each.times
            for start, end in highlight.spans(text, [each.spelling or each.word])
        )
        kinds = len({word for _, _, word in places})
        if kinds >= most:
            reached = _closest(text, places, kinds)
            best = reached if kinds > most else min(best, reached, key=ranks.index)
            most = kinds
    return best


def _closest(text: str, places: Sequence[tuple[int, int, str]], kinds: int) -> Nearness:
    """The shortest stretch of a text that holds each of the words once."""
    last: dict[str, tuple[int, int]] = {}
    stretch: tuple[int, int] | None = None
    for start, end, word in places:
        last[word] = (start, end)
        if len(last) == kinds:
            begin = min(first for first, _ in last.values())
            if stretch is None or end - begin < stretch[1] - stretch[0]:
                stretch = begin, end
    if stretch is None:
        return Nearness.APART
    inside = text[stretch[0] : stretch[1]]
    shortest = sum(len(word) for word in last)
    if len(inside) <= shortest + 2:
        return Nearness.TOGETHER
    if not any(mark in inside for mark in "。！？；!?\n"):
        return Nearness.SENTENCE
    return Nearness.NEAR if len(inside) <= NEAR else Nearness.APART


def _percent(effect: float, score: float) -> float:
    """What an effect adds to the rest of the score; 0 for one that is too small to speak of."""
    rest = score - effect
    share = effect / rest if rest > 0 else 0.0
    return round(100 * share, 1) if share > SMALL else 0.0
