"""Keyphrases of a case: what its topics are proposed from. Pure.

Method. Candidates are runs of one to four words (rjieba, with its guessing of new words) in which only nouns,
verbs, adjectives and times stand and which end in a noun, so that new compounds come out whole (夜间党校,
积分制度); English: runs of one to three words between stop words (RAKE; Rose et al. 2010). Words that stay
together belong together: a compound's parts must meet more often than chance has them meet (normalised
pointwise mutual information; Bouma 2009). A phrase that mostly stands inside a longer one gives way to it
(C-value; Frantzi, Ananiadou & Mima 2000). What is left is weighed by how rare it is on the shelf (inverse
document frequency; Spärck Jones 1972), and by where it stands: title, headings and summary say what a text is
about.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import rjieba

from foundation.folding import HAN
from search.analysis import folded
from search.curation.dull_words import BREAKING, DULL, STOP_ENGLISH

MOST = 6
"""Keyphrases of a case; more would say less."""
LONGEST = 10
"""Chinese characters of a phrase."""
_TITLE, _HEADING, _SUMMARY, _BODY = 3.0, 2.0, 2.0, 1.0
_COHESION = 0.25
_WEAK, _WEAK_WORD = 0.12, 0.3
"""A phrase, a single word, with less than this share of the best one's score says little about a text."""
_STRONG_NESTING = 0.6
"""A phrase of which more than this stands inside one longer candidate gives way to it."""

_CLAUSE = re.compile(r"[^\w\s·'’-]+|\n+|[\u3000]+")
_HAN_ONLY = re.compile(f"[{HAN}]+")
_TALE = re.compile("(?:ed|ly)$")
"""An English run that ends like this tells what happened; it names nothing."""
_LATIN = re.compile(r"[a-z][a-z'’-]+")

_ENDS = frozenset({"n", "vn", "nz", "an", "j", "l", "i", "ng", "nl", "k"})
_COMPOUND_ENDS = _ENDS | {"v"}
"""The dictionary calls many a noun a verb (超市): such a compound must stand more often (`_least`)."""
_INSIDE = _ENDS | {"v", "a", "ad", "b", "t", "s", "g"}
_ALONE = frozenset({"n", "vn", "nz", "j"})
_OWN_NAME = re.compile(
    "(?:[里上中下内外]|党支部|支部|党委|党组|总支|小组|公司|中心|学院|大学|中学|小学|医院|社区|街道|协会|集团|局|处|科)$"
)
"""What ends like this names somebody, and units have a facet of their own."""
_COUNTING = frozenset("一二两三四五六七八九十百千几每半")
"""What begins like this counts something; short forms like 三会一课 are words of the dictionary."""


@dataclass(frozen=True, slots=True)
class Material:
    """The parts of a case that a reader sees first, and its body."""

    title: str
    summary: str
    headings: Sequence[str]
    body: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a text counts: candidates by their folded spelling, with weights by place, and words."""

    counts: Mapping[str, int]
    weights: Mapping[str, float]
    parts: Mapping[str, tuple[str, ...]]
    words: Mapping[str, int]
    verbal: frozenset[str] = frozenset()
    """Those that end in what the dictionary calls a verb."""


@dataclass(slots=True)
class Background:
    """What the shelf as a whole says of phrases: in how many texts each stands, and how often words meet."""

    texts: int = 0
    documents: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)

    def add(self, phrases: Phrases) -> None:
        """Takes a text in."""
        self.texts += 1
        self.documents.update(phrases.counts.keys())
        self.counts.update(phrases.counts)
        self.words.update(phrases.words)

    def rarity(self, phrase: str) -> float:
        """Inverse document frequency, smoothed; above 0."""
        return math.log(1 + (self.texts + 1) / (self.documents[phrase] + 0.5))

    def cohesion(self, phrase: str, parts: Sequence[str]) -> float:
        """Normalised pointwise mutual information of the weakest cut, from -1 to 1; 1 for a single word."""
        total = sum(self.words.values()) or 1
        together = self.counts[phrase] / total
        if len(parts) < 2 or not 0 < together < 1:
            return 1.0
        joiner = " " if _LATIN.fullmatch(parts[0]) else ""
        cuts = []
        for at in range(1, len(parts)):
            left, right = joiner.join(parts[:at]), joiner.join(parts[at:])
            apart = self._frequency(left, at == 1) * self._frequency(right, len(parts) - at == 1) / total**2
            cuts.append(math.log(together / apart) / -math.log(together))
        return min(cuts)

    def _frequency(self, piece: str, single: bool) -> int:
        return max(1, self.words[piece] if single else self.counts[piece])


@dataclass(frozen=True, slots=True)
class Keyphrase:
    """`score` compares the phrases of one text only."""

    text: str
    score: float


def phrases(material: Material) -> Phrases:
    """The candidates of a text."""
    counts: Counter[str] = Counter()
    weights: dict[str, float] = {}
    parts: dict[str, tuple[str, ...]] = {}
    words: Counter[str] = Counter()
    verbs: set[str] = set()
    for text, weight in _places(material):
        for clause in _CLAUSE.split(folded(text).text):
            tagged = rjieba.tag(clause) if clause.strip() else []
            words.update(word for word, _tag in tagged)
            verbs.update(word for word, tag in tagged if tag == "v")
            for phrase, pieces in _candidates(tagged):
                counts[phrase] += 1
                weights[phrase] = max(weights.get(phrase, 0.0), weight)
                parts[phrase] = pieces
    verbal = frozenset(phrase for phrase, pieces in parts.items() if pieces[-1] in verbs)
    return Phrases(counts, weights, parts, words, verbal)


def background(texts: Iterable[Phrases]) -> Background:
    """The shelf, or as much of it as there is time for."""
    found = Background()
    for each in texts:
        found.add(each)
    return found


def keyphrases(
    text: Phrases, shelf: Background, *, most: int = MOST, without: Collection[str] = ()
) -> list[Keyphrase]:
    """The phrases that say best what a text is about, the best first. `without` are folded phrases."""
    able = {
        phrase: count
        for phrase, count in text.counts.items()
        if phrase not in without
        and count >= _least(phrase, text)
        and shelf.cohesion(phrase, text.parts[phrase]) >= _COHESION
    }
    around = _containing(able, text.parts)
    scored = sorted(
        (Keyphrase(phrase, _score(phrase, able, around, text, shelf)) for phrase in able),
        key=lambda each: (-each.score, each.text),
    )
    chosen: list[Keyphrase] = []
    best = scored[0].score if scored else 0.0
    for each in scored:
        weak = (_WEAK if len(text.parts[each.text]) > 1 else _WEAK_WORD) * best
        if len(chosen) == most or each.score <= 0:
            break
        if each.score > weak and not any(
            each.text in other.text or other.text in each.text for other in chosen
        ):
            chosen.append(each)
    return chosen


def _least(phrase: str, text: Phrases) -> int:
    """How often a phrase must stand in a text; English runs hold verbs, so that chance makes more of them."""
    if phrase in text.verbal:
        return 3
    compound = len(text.parts[phrase]) > 1 and (not phrase.isascii() or text.weights[phrase] == _TITLE)
    return 2 if compound else 3


def _score(
    phrase: str,
    able: Mapping[str, int],
    around: Mapping[str, Sequence[str]],
    text: Phrases,
    shelf: Background,
) -> float:
    longer = around.get(phrase, ())
    count = float(able[phrase])
    if longer:
        if max(able[each] for each in longer) > _STRONG_NESTING * count:
            return 0.0
        count -= sum(able[each] for each in longer) / len(longer)
    length = len(text.parts[phrase])
    alone = 0.6 if length == 1 else 1.0
    return alone * math.log2(1 + length) * math.log(1 + count) * text.weights[phrase] * shelf.rarity(phrase)


def _containing(able: Mapping[str, int], parts: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Phrase -> the longer candidates in which it stands, word by word."""
    found: dict[str, list[str]] = {}
    by_parts = {parts[phrase]: phrase for phrase in able}
    for longer in able:
        pieces = parts[longer]
        inner = {
            pieces[start:end]
            for start in range(len(pieces))
            for end in range(start + 1, len(pieces) + 1)
            if end - start < len(pieces)
        }
        for each in inner:
            if each in by_parts:
                found.setdefault(by_parts[each], []).append(longer)
    return found


def _places(material: Material) -> Iterator[tuple[str, float]]:
    yield material.title, _TITLE
    yield material.summary, _SUMMARY
    for heading in material.headings:
        yield heading, _HEADING
    yield material.body, _BODY


def _candidates(tagged: Sequence[tuple[str, str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for start in range(len(tagged)):
        yield from _chinese(tagged, start)
        yield from _english(tagged, start)


def _chinese(tagged: Sequence[tuple[str, str]], start: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    pieces: list[str] = []
    verbs = 0
    for word, tag in tagged[start : start + 4]:
        if tag not in _INSIDE or word in BREAKING or not _HAN_ONLY.fullmatch(word):
            return
        pieces.append(word)
        text = "".join(pieces)
        verbs += tag == "v"
        if len(text) > LONGEST or (verbs and len(pieces) > 2):
            return
        if _ends_well(pieces, tag, text) and not (verbs and len(word) == 1):
            yield text, tuple(pieces)


def _ends_well(pieces: Sequence[str], tag: str, text: str) -> bool:
    if _OWN_NAME.search(text) or (text[0] in _COUNTING and tag != "j"):
        return False
    if len(pieces) == 1:
        return tag in _ALONE and len(text) > 1 and text not in DULL
    dull = all(piece in DULL or len(piece) == 1 for piece in pieces)
    return tag in _COMPOUND_ENDS and len(pieces[0]) > 1 and not dull


def _english(tagged: Sequence[tuple[str, str]], start: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    pieces: list[str] = []
    for word, _tag in tagged[start:]:
        if word.isspace():
            continue
        if not _LATIN.fullmatch(word) or word in STOP_ENGLISH or len(pieces) == 3:
            return
        pieces.append(word)
        if (len(pieces) > 1 or len(word) > 3) and not _TALE.search(word):
            yield " ".join(pieces), tuple(pieces)
