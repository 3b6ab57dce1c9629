"""Indexes of a book, as values: which terms stand in them, in which order, which entries each leads to."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from casebook.book import Entry, IndexKind
from foundation.folding import fold

DIGITS = "0"
"""The group of terms that begin with a number; it stands first."""
OTHERS = "*"
"""The group of terms that begin with neither letter, number nor Chinese character; it stands last."""
_FORMER = re.compile(r"[（(]原(?:名为|名|称为|称|为|系)?\s*[“\"]?([^）)”\"]{2,60})[”\"]?[）)]")
_SYLLABLE = re.compile(r"([a-zü]+)([0-9]?)\Z")


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A term with the places of its entries in the book, counted from 0; or, with `see`, the term to look up
    instead."""

    words: str
    entries: tuple[int, ...] = ()
    see: str = ""


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The terms under one letter (A to Z, DIGITS or OTHERS)."""

    letter: str
    lines: tuple[IndexLine, ...]


def index(entries: Sequence[Entry], kind: IndexKind) -> tuple[IndexGroup, ...]:
    """The terms of all entries in the order of their sounds: Chinese by pinyin, traditional and simplified
    together, Latin words under their letters, numbers first."""
    found: dict[str, set[int]] = {}
    forms: dict[str, Counter[str]] = {}
    for place, entry in enumerate(entries):
        for term in _terms(entry, kind):
            key = _same(term)
            found.setdefault(key, set()).add(place)
            forms.setdefault(key, Counter())[term] += 1
    names = {key: forms[key].most_common(1)[0][0] for key in found}
    lines = [IndexLine(names[key], tuple(sorted(places))) for key, places in found.items()]
    former = {old: name for name in names.values() for old in _FORMER.findall(name)}
    lines += [IndexLine(old, see=name) for old, name in former.items() if _same(old) not in found]
    groups: dict[str, list[IndexLine]] = {}
    for line in sorted(lines, key=lambda line: (sort_key(line.words), line.words)):
        groups.setdefault(letter_of(line.words), []).append(line)
    order = sorted(groups, key=lambda letter: (letter == OTHERS, letter))
    return tuple(IndexGroup(letter, tuple(groups[letter])) for letter in order)


def _terms(entry: Entry, kind: IndexKind) -> Iterator[str]:
    written = {
        IndexKind.UNITS: tuple(re.split("[;；\n]", entry.unit)),
        IndexKind.TOPICS: entry.topics,
        IndexKind.PLACES: entry.places,
    }[kind]
    for term in written:
        if clean := " ".join(term.split()):
            yield clean


def _same(term: str) -> str:
    """Two terms are one when this is equal."""
    return fold(unicodedata.normalize("NFKC", term)).replace(" ", "").casefold()


def letter_of(term: str) -> str:
    first = sort_key(term)[:1]
    initial = first[0][0][:1].upper() if first else ""
    if initial.isdigit():
        return DIGITS
    return initial if "A" <= initial <= "Z" else OTHERS


@lru_cache(maxsize=8192)
def sort_key(term: str) -> tuple[tuple[str, str, str], ...]:
    """Character by character: letters of its sound, its tone, itself. Punctuation and blanks do not count."""
    folded = "".join(each for each in _same(term) if each.isalnum())
    sounds = lazy_pinyin(
        folded,
        style=Style.TONE3,
        neutral_tone_with_five=True,
        errors=list,  # type: ignore[arg-type]  # pypinyin takes a list of strings too: one sound a character
    )
    return tuple(_part(sound, character) for sound, character in zip(sounds, folded, strict=True))


def _part(sound: str, character: str) -> tuple[str, str, str]:
    spoken = _SYLLABLE.match(sound) if sound != character else None
    return (spoken[1], spoken[2], character) if spoken else (character, "", character)
