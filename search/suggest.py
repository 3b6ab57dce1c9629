"""What a half-typed question may become, and what a misspelt one was meant to be.

Dictionaries in memory, made from titles, units and categories when the index has changed. Chinese is found by
its characters, by pinyin without tones from any syllable on (`dangjian`, `jianshe`) and by initials (`djsz`).
A misspelling is nearly always a homophone that the input method offered first: the dictionary of toneless
pinyin gives the word that the library has (党健 -> 党建).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pypinyin import lazy_pinyin

from foundation.folding import fold
from search import analysis
from search.values import Entry

Kind = Literal["title", "unit", "category", "word"]
SHORTEST_PINYIN = 2
LONGEST_WORD = 6
_LATIN = re.compile(r"[a-z][a-z' ]*")
_CONFUSED = ((r"([zcs])h", r"\1"), (r"([aei])ng\b", r"\1n"), (r"\bn", "l"), (r"\br", "l"), (r"\bhu", "f"))
"""Sounds that southern speakers and typists mix up; tried only when the exact sound finds nothing."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    kind: Kind
    case_id: str = ""


@lru_cache(maxsize=65_536)
def syllables(text: str) -> tuple[str, ...]:
    """Toneless pinyin of each Chinese character; other words as they are. `text` is folded."""
    return tuple(part.strip() for part in lazy_pinyin(text) if part.strip())


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing that can be suggested; `sounds` runs the syllables together from each of them on."""

    suggestion: Suggestion
    folded: str
    sounds: tuple[str, ...]
    initials: str


class Suggestions:
    """The dictionaries of one state of the index."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        lines: dict[tuple[Kind, str], _Line] = {}
        counts: dict[str, int] = {}
        for entry in entries:
            for kind, text, case_id in (
                ("category", entry.category, ""),
                ("unit", entry.unit, ""),
                ("title", entry.title, entry.id),
            ):
                if text:
                    _note(lines, counts, Suggestion(text, kind, case_id))  # type: ignore[arg-type]  # the literals above are kinds
        for word, count in counts.items():
            if count > 1:
                lines.setdefault(("word", word), _line(Suggestion(word, "word")))
        self._lines = sorted(lines.values(), key=_order)
        self._by_sound: dict[str, dict[str, int]] = {}
        for word, count in counts.items():
            for sound in {_sound(word), _confused(_sound(word))}:
                self._by_sound.setdefault(sound, {})[word] = count
        self._words = frozenset(counts)

    def complete(self, typed: str, limit: int = 8) -> list[Suggestion]:
        """Suggestions for what has been typed so far: those that begin so first, then those that hold it."""
        folded = " ".join(fold(typed).split())
        if not folded:
            return []
        latin = folded.replace(" ", "").replace("'", "") if _LATIN.fullmatch(folded) else ""
        ranked = [
            (rank, place, line.suggestion)
            for place, line in enumerate(self._lines)
            if (rank := _rank(line, folded, latin)) is not None
        ]
        ranked.sort(key=lambda item: item[:2])
        return [suggestion for _, _, suggestion in ranked[:limit]]

    def correct(self, typed: str) -> str:
        """The question with words of the library in place of homophones; "" when nothing better is known."""
        folded = fold(typed)
        found = " ".join(self._correct_part(part) for part in folded.split())
        return found if found != " ".join(folded.split()) else ""

    def _correct_part(self, part: str) -> str:
        """From the left, the longest stretch that is a known word or sounds like one."""
        if _LATIN.fullmatch(part):
            return self._homophone(part) or part
        done = ""
        while len(part) > 1:
            stretches = (part[:length] for length in range(min(len(part), LONGEST_WORD), 1, -1))
            known = next(
                ((s, s if s in self._words else self._homophone(s)) for s in stretches if self._sounds(s)),
                None,
            )
            stretch, word = known or (part[:1], part[:1])
            done += word
            part = part[len(stretch) :]
        return done + part

    def _sounds(self, stretch: str) -> bool:
        return stretch in self._words or bool(self._homophone(stretch))

    def _homophone(self, word: str) -> str:
        if not all(analysis.is_han(character) for character in word) and not _LATIN.fullmatch(word):
            return ""
        sound = _sound(word)
        for known in (self._by_sound.get(sound), self._by_sound.get(_confused(sound))):
            if known:
                return min(known, key=lambda other: (-known[other], other))
        return ""


def _note(lines: dict[tuple[Kind, str], _Line], counts: dict[str, int], suggestion: Suggestion) -> None:
    lines.setdefault((suggestion.kind, suggestion.text), _line(suggestion))
    folded = fold(suggestion.text)
    for word in {*analysis.words(folded), *analysis.pieces(folded)}:
        if 1 < len(word) <= LONGEST_WORD and analysis.is_han(word):
            counts[word] = counts.get(word, 0) + 1


def _line(suggestion: Suggestion) -> _Line:
    folded = fold(suggestion.text)
    parts = syllables(folded)
    sounds = tuple("".join(parts[start:]) for start in range(len(parts)))
    return _Line(suggestion, folded, sounds, "".join(part[0] for part in parts))


def _order(line: _Line) -> tuple[int, int, str]:
    """Words and categories before units before titles; short before long."""
    kinds = {"word": 0, "category": 1, "unit": 2, "title": 3}
    return kinds[line.suggestion.kind], len(line.folded), line.folded


def _rank(line: _Line, folded: str, latin: str) -> int | None:
    """0 for the best kind of match; None where the line does not answer."""
    if line.folded.startswith(folded):
        return 0
    if folded in line.folded:
        return 1
    if len(latin) < SHORTEST_PINYIN:
        return None
    if line.sounds and line.sounds[0].startswith(latin):
        return 2
    if line.initials.startswith(latin):
        return 3
    if any(sound.startswith(latin) for sound in line.sounds):
        return 4
    return 5 if latin in line.initials else None


def _sound(word: str) -> str:
    """Syllables without anything between them: typed pinyin has no borders."""
    return "".join(syllables(word)).replace(" ", "").replace("'", "")


def _confused(sound: str) -> str:
    for pattern, other in _CONFUSED:
        sound = re.sub(pattern, other, sound)
    return sound
