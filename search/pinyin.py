"""How Chinese sounds when it is typed: toneless pinyin, word by word. All texts here are folded."""

from __future__ import annotations

import re
from functools import lru_cache

import rjieba
from pypinyin import lazy_pinyin

from search.analysis import is_han

_CONFUSED = ((r"([zcs])h", r"\1"), (r"([aei])ng\b", r"\1n"), (r"\bn", "l"), (r"\br", "l"), (r"\bhu", "f"))
"""Sounds that southern speakers and typists mix up; tried only when the exact sound finds nothing."""


def parts(text: str) -> list[tuple[str, str]]:
    """(characters, sound) of each Chinese character and each other word; punctuation has no sound.

    Words first: the sound of a character depends on its word (重庆, 重量), and words repeat where titles do
    not, so that each is looked up once.
    """
    found: list[tuple[str, str]] = []
    for word in rjieba.cut(text, hmm=False):
        if is_han(word[0]):
            found += zip(word, _of_word(word), strict=True)
        elif word.isalnum():
            found.append((word, word))
    return found


@lru_cache(maxsize=131_072)
def syllables(text: str) -> tuple[str, ...]:
    """The sounds of `parts`; kept, because of a library's lines few are new when it has changed."""
    return tuple(heard for _, heard in parts(text))


@lru_cache(maxsize=131_072)
def sound(word: str) -> str:
    """Syllables without anything between them: typed pinyin has no borders."""
    return "".join(syllables(word))


def confused(typed: str) -> str:
    """A sound as somebody writes it who does not tell zh from z, ang from an, n from l."""
    for pattern, other in _CONFUSED:
        typed = re.sub(pattern, other, typed)
    return typed


@lru_cache(maxsize=131_072)
def _of_word(word: str) -> tuple[str, ...]:
    """One syllable a character, whatever the dictionary says of the word."""
    found = lazy_pinyin(word)
    if len(found) != len(word):
        found = [lazy_pinyin(character)[0] for character in word]
    return tuple(part.strip() or word[place] for place, part in enumerate(found))
