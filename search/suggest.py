"""What a half-typed question may become, and what a misspelt one was meant to be.

Dictionaries in memory, made from titles, units, topics and categories when the index has changed. Chinese is
found by its characters, by pinyin without tones from any syllable on (`dangjian`, `jianshe`) and by initials
(`djsz`). A misspelling is nearly always a homophone that the input method offered first: the dictionary of
toneless pinyin gives the word that the library has (党健 -> 党建).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Literal

from foundation.folding import fold
from search import analysis
from search.phonebook import Phonebook
from search.pinyin import confused, sound, syllables
from search.values import Entry

Kind = Literal["title", "unit", "category", "topic", "collection", "word"]
_KINDS: tuple[Kind, ...] = ("word", "collection", "category", "topic", "unit", "title")
"""Short things before long ones."""
SHORTEST_STRETCH = 3
"""Letters of initials that may be read as a stretch of a title; two say too little."""
LONGEST_WORD = 6
_LATIN = re.compile(r"[a-z][a-z' ]*")
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    kind: Kind
    case_id: str = ""
    address: str = ""
    """Where it leads, for what is neither a case nor words to search."""


class Suggestions:
    """The dictionaries of one state of the index."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        found: dict[tuple[Kind, str], Suggestion] = {}
        counts: dict[str, int] = {}
        for entry in entries:
            for each in _suggestions_of(entry):
                if found.setdefault((each.kind, each.text), each) is each or each.kind == "title":
                    for word in _words_of(fold(each.text)):
                        counts[word] = counts.get(word, 0) + 1
        for word, count in counts.items():
            if count > 1 and analysis.is_han(word[0]) and ("topic", word) not in found:
                found.setdefault(("word", word), Suggestion(word, "word"))
        lines = sorted(((each, _line(each.text)) for each in found.values()), key=_order)
        self._suggestions = [each for each, _ in lines]
        self._book = Phonebook([line for _, line in lines])
        self._words = {word: count for word, count in counts.items() if analysis.is_han(word[0])}
        self._english = {word: count for word, count in counts.items() if word.isascii() and word.isalpha()}
        self._by_sound = _loudest(self._words, sound)
        self._by_confused = _loudest(self._words, lambda word: confused(sound(word)))
        self._by_initials = _loudest(self._words, lambda word: "".join(part[0] for part in syllables(word)))

    def complete(self, typed: str, limit: int = 8) -> list[Suggestion]:
        """Suggestions for what has been typed so far: those that begin so first, then those that hold it."""
        folded, latin = spoken_line(typed)
        if not folded:
            return []
        places = self._book.places(folded, latin)
        return [self._suggestions[place] for place in islice(places, limit)] or self._next_word(typed, limit)

    def _next_word(self, typed: str, limit: int) -> list[Suggestion]:
        """The words that the last of several may become, behind those before it."""
        before, _, last = " ".join(typed.split()).rpartition(" ")
        if not before:
            return []
        words = (each for each in self.complete(last, limit * 4) if each.kind in ("word", "topic"))
        return [Suggestion(f"{before} {each.text}", "word") for each in islice(words, limit)]

    def read(self, latin: str, *, initials: bool = True) -> str:
        """What pinyin, or initials too, stand for by the words of the library; "" where they are neither."""
        folded = fold(latin).replace("'", "").replace(" ", "")
        if len(folded) < 2 or not _LETTERS.fullmatch(folded):
            return ""
        whole = self._by_sound.get(folded) or self._spelled(folded)
        if whole or not initials:
            return whole
        return self._by_initials.get(folded) or self._stretch(folded)

    def holds(self, word: str) -> bool:
        """Whether a title, unit, topic or category has this word in letters."""
        return fold(word) in self._english

    def correct(self, typed: str) -> str:
        """The question with words of the library in place of homophones; "" when nothing better is known."""
        folded = fold(typed)
        found = " ".join(self._correct_part(part) for part in folded.split())
        return found if found != " ".join(folded.split()) else ""

    def _stretch(self, latin: str) -> str:
        return self._book.stretch(latin) if len(latin) >= SHORTEST_STRETCH else ""

    def _spelled(self, latin: str) -> str:
        """Pinyin of several words in a row, in as few words as possible."""
        best: list[tuple[int, str] | None] = [(0, ""), *[None] * len(latin)]
        for end in range(2, len(latin) + 1):
            for start in range(max(0, end - LONGEST_WORD * 6), end - 1):
                before, word = best[start], self._by_sound.get(latin[start:end])
                if before is not None and word:
                    reached = (before[0] + 1, before[1] + word)
                    best[end] = min(best[end] or reached, reached)
        last = best[len(latin)]
        return last[1] if last else ""

    def _correct_part(self, part: str) -> str:
        """From the left, the longest stretch that is a known word or sounds like one."""
        if _LATIN.fullmatch(part):
            return self._homophone(part) or self._similar(part) or part
        done = ""
        while len(part) > 1:
            stretches = (part[:length] for length in range(min(len(part), LONGEST_WORD), 1, -1))
            known = next(((s, word) for s in stretches if (word := self._known(s))), None)
            stretch, word = known or (part[:1], part[:1])
            done += word
            part = part[len(stretch) :]
        return done + part

    def _known(self, stretch: str) -> str:
        return stretch if stretch in self._words else self._homophone(stretch)

    def _homophone(self, word: str) -> str:
        if not all(map(analysis.is_han, word)) and not _LATIN.fullmatch(word):
            return ""
        heard = sound(word)
        return self._by_sound.get(heard) or self._by_confused.get(confused(heard), "")

    def _similar(self, word: str) -> str:
        """A word in Latin letters that the library has, a letter or two away."""
        if word in self._english or len(word) < 4:
            return ""
        return next(iter(get_close_matches(word, self._english, n=1, cutoff=0.8)), "")


def _suggestions_of(entry: Entry) -> list[Suggestion]:
    found = [
        Suggestion(entry.category, "category"),
        Suggestion(entry.unit, "unit"),
        Suggestion(entry.title, "title", entry.id),
        *(Suggestion(topic, "topic") for topic in entry.topics),
    ]
    return [each for each in found if each.text]


@lru_cache(maxsize=131_072)
def _words_of(folded: str) -> frozenset[str]:
    """The words of a line that may be meant: Chinese ones of two characters to six, and those in letters."""
    return frozenset(
        word
        for word in (*analysis.words(folded), *analysis.pieces(folded))
        if (1 < len(word) <= LONGEST_WORD and all(map(analysis.is_han, word)))
        or (word.isascii() and word.isalpha() and len(word) > 3)
    )


def _loudest(words: Mapping[str, int], key: Callable[[str], str]) -> dict[str, str]:
    """Key -> the most frequent of the words that have it."""
    found: dict[str, str] = {}
    for word in sorted(words, key=lambda each: (-words[each], each)):
        found.setdefault(key(word), word)
    return found


def spoken_line(typed: str) -> tuple[str, str]:
    """What was typed as lines are looked for, and the sound that it may spell, "" for none."""
    folded = _line(typed)
    return folded, re.sub("[ ']", "", folded) if _LATIN.fullmatch(folded) else _mixed(folded)


@lru_cache(maxsize=131_072)
def _line(text: str) -> str:
    """A text as it is looked for: folded, without the debris of copying, on one line."""
    return " ".join(analysis.folded(text).text.split())


def _mixed(folded: str) -> str:
    """The sound of characters with pinyin after them, as an input method leaves it: 党jian."""
    return "".join(syllables(folded)) if re.search("[a-z]$", folded) else ""


def _order(item: tuple[Suggestion, str]) -> tuple[int, int, str]:
    suggestion, line = item
    return _KINDS.index(suggestion.kind), len(line), line
