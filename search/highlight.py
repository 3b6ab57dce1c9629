"""Marks and snippets: where a question's words stand in a text, found again in the folded text.

The index keeps no text and no character offsets. The text of the few hits that a page shows is folded as when
it was indexed, searched for the question's words, and the places are carried back to the original
characters. Overlapping and touching places become one mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from foundation.folding import HAN, fold
from search.analysis import Folded, is_han, pieces, units, words
from search.values import AnyOf, FieldText, Part, Phrase, Plain, Query, Sign

SNIPPET = 72
"""Characters of one fragment (a Latin letter counts half)."""
LEAD = 14
"""Characters shown before the first mark of a fragment."""
MORE = 14
"""A fragment may be so much longer where a sentence ends there."""
_SENTENCE_END = "。！？；!?;\n"
_NO_BEGINNING = "，、：；。！？,:;.!?）)》”’…"
_OTHER = rf"(?:(?![{HAN}])[^\W_])"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a text; `marked` when they answer the question."""

    text: str
    marked: bool


Marked = tuple[Piece, ...]


def wanted(query: Query) -> tuple[str, ...]:
    """The folded words and phrases of a question that a reader expects to see marked."""
    found: list[str] = []
    for clause in query.clauses:
        if clause.sign is not Sign.MUST_NOT:
            found += _of_part(clause.part)
    return tuple(dict.fromkeys(found))


def _of_part(part: Part) -> list[str]:
    match part:
        case Plain(text=text, synonyms=synonyms):
            return [*_of_plain(fold(text)), *(fold(other) for group in synonyms for other in group.others)]
        case Phrase(text=text) | FieldText(text=text):
            return [fold(text)]
        case AnyOf(parts=parts):
            return [word for inner in parts for word in _of_part(inner)]
        case _:
            return []


def _of_plain(text: str) -> list[str]:
    sense = pieces(text)
    inner = [word for word in words(text) if len(word) > 1 and any(word in piece for piece in sense)]
    whole = [text] if len(units(text)) <= 8 else []
    return [*whole, *sense, *inner]


def spans(text: str, expressions: Iterable[str]) -> list[tuple[int, int]]:
    """Places of the expressions in a folded text, merged, in order."""
    found = sorted(
        match.span()
        for expression in expressions
        if (pattern := _pattern(expression)) is not None
        for match in pattern.finditer(text)
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


@lru_cache(maxsize=2048)
def _pattern(expression: str) -> re.Pattern[str] | None:
    """Units with whatever the index looks through between them; words of other scripts only as a whole."""
    sequence = units(expression)
    if not sequence:
        return None
    parts = [re.escape(sequence[0].text)]
    for before, unit in pairwise(sequence):
        near = unit.position == before.position + 1
        parts.append(
            (r"[ \t\u00a0]{0,2}" if near and is_han(unit.text) else r"[\W_]{0,4}") + re.escape(unit.text)
        )
    left = "" if is_han(sequence[0].text) else f"(?<!{_OTHER})"
    right = "" if is_han(sequence[-1].text) else f"(?!{_OTHER})"
    return re.compile(left + "".join(parts) + right)


def marked(text: Folded, expressions: Sequence[str]) -> Marked:
    """A whole text (a title, a unit's name) with its marks."""
    return _pieces(text, spans(text.text, expressions), 0, len(text.text))


def snippets(
    text: Folded, expressions: Sequence[str], *, most: int = 2, width: int = SNIPPET
) -> tuple[Marked, ...]:
    """The fragments of a text that show most different words of the question, in the order of the text.

    Without any mark: the beginning of the text.
    """
    places = spans(text.text, expressions)
    if not text.text.strip():
        return ()
    if not places:
        return (_pieces(text, [], 0, _fragment_end(text.text, 0, width * 2)),)
    fragments: list[tuple[int, int]] = []
    for first in _windows(text.text, places, width, most):
        start, end = _fragment(text.text, places[first], width)
        if fragments and start < fragments[-1][1]:
            fragments[-1] = fragments[-1][0], max(end, fragments[-1][1])
        else:
            fragments.append((start, end))
    return tuple(_pieces(text, places, start, end) for start, end in fragments)


def _windows(text: str, places: Sequence[tuple[int, int]], width: int, most: int) -> list[int]:
    """Indexes of the places at which windows begin: each time the one that shows most that is new."""
    windows = {first: _inside(places, first, width) for first in range(len(places))}
    kinds = {first: {text[a:b] for a, b in places[first:last]} for first, last in windows.items()}
    seen: set[str] = set()
    chosen: list[int] = []
    while windows and len(chosen) < most:
        first = max(windows, key=lambda place: _worth(kinds[place], seen, windows[place] - place, place))
        if chosen and not kinds[first] - seen and len(seen) > 1:
            break
        last = windows[first]
        chosen.append(first)
        seen |= kinds[first]
        windows = {a: b for a, b in windows.items() if b <= first or a >= last}
    return sorted(chosen)


def _inside(places: Sequence[tuple[int, int]], first: int, width: int) -> int:
    """The index after the last place that fits into a window which begins at the place `first`."""
    limit = places[first][0] + width
    last = first + 1
    while last < len(places) and places[last][1] <= limit:
        last += 1
    return last


def _worth(kinds: set[str], seen: set[str], marks: int, place: int) -> tuple[int, int, int]:
    """Long words that were not shown yet, then number of marks, then the earlier place."""
    return sum(min(len(kind), 8) for kind in kinds - seen), marks, -place


def _fragment(text: str, place: tuple[int, int], width: int) -> tuple[int, int]:
    """A range of the folded text that begins a little before a mark, at a sentence where one begins near."""
    begin, end = place
    start = max(0, begin - LEAD)
    for sign in range(begin - 1, max(-1, begin - LEAD * 2), -1):
        if text[sign] in _SENTENCE_END:
            start = sign + 1
            break
    while start < begin and (text[start].isspace() or text[start] in _NO_BEGINNING):
        start += 1
    return start, max(end, _fragment_end(text, start, width))


def _fragment_end(text: str, start: int, width: int) -> int:
    """Where `width` Chinese characters are full, or a sentence ends soon after; no word is cut."""
    room = float(width)
    end = start
    while end < len(text) and room > 0:
        room -= 0.5 if text[end].isascii() else 1
        end += 1
    for near in range(end, min(end + MORE, len(text))):
        if text[near - 1] in _SENTENCE_END:
            return near
    while end < len(text) and text[end - 1].isascii() and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return end


def _pieces(text: Folded, places: Sequence[tuple[int, int]], start: int, end: int) -> Marked:
    """The original characters of a range of the folded text, cut at the borders of the marks."""
    found: list[Piece] = []
    at = start
    for begin, stop in places:
        if begin >= end or stop <= start:
            continue
        first, last = max(begin, at), min(stop, end)
        found.append(Piece(_original(text, at, first), marked=False))
        found.append(Piece(_original(text, first, last), marked=True))
        at = last
    found.append(Piece(_original(text, at, end), marked=False))
    return tuple(piece for piece in found if piece.text)


def _original(text: Folded, start: int, end: int) -> str:
    """The original of a range, with the glosses inside and after it; line ends shown as one blank."""
    if start >= end:
        return ""
    stop = text.offsets[end] if end < len(text.offsets) else len(text.original)
    return re.sub(r"\s*\n\s*", " ", text.original[text.offsets[start] : stop])
