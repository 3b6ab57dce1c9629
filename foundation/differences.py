"""What changed between two texts: first paragraph against paragraph, then word against word inside those that
were changed.

Method: difflib's matching blocks (Ratcliff and Obershelp, 1988) over whole paragraphs; inside a stretch of
changed paragraphs those that resemble each other are paired in order, and each pair is compared by tokens. A
token is one Chinese character, one Latin word or number, or one other sign. Cost is bounded: a stretch with
over `PAIRS_HIGHEST` possible pairs is paired by place, and a pair of over `TOKENS_HIGHEST` tokens is shown as
wholly changed; above `COMMON_HIGHEST` items difflib takes no very frequent one for an anchor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

PAIRS_HIGHEST = 900
TOKENS_HIGHEST = 4_000
COMMON_HIGHEST = 800
ALIKE = 0.4
"""Paragraphs less alike than this (share of common tokens) are one removed and one added, not one changed."""
_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?|[A-Za-z\u00c0-\u024f]+|\s+|.", re.DOTALL)

_CHANCE = 2
"""Tokens: the longest agreement that two changes around it may swallow."""

Kind = Literal["same", "changed", "removed", "added"]
_Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one side; `marked` where the other side differs."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph before and after. `index`es point into the sequences compared; None on the empty side."""

    kind: Kind
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    before_index: int | None = None
    after_index: int | None = None


def lines(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """Paragraph by paragraph, in reading order."""
    found: list[Line] = []
    for tag, i1, i2, j1, j2 in _opcodes(before, after):
        if tag == "equal":
            found += [_same(text, i1 + n, j1 + n) for n, text in enumerate(before[i1:i2])]
        else:
            found += _stretch(before, after, range(i1, i2), range(j1, j2))
    return found


def words(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both sides of one text, with what differs marked."""
    one, other = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(one) + len(other) > TOKENS_HIGHEST:
        return _whole(before), _whole(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i1, i2, j1, j2 in _readable(_opcodes(one, other)):
        _add(left, "".join(one[i1:i2]), marked=tag != "equal")
        _add(right, "".join(other[j1:j2]), marked=tag != "equal")
    return tuple(left), tuple(right)


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of both texts in one line: the same in both, taken out, or put in."""

    text: str
    kind: Literal["same", "del", "ins"]


def in_line(before: Sequence[Piece], after: Sequence[Piece]) -> tuple[Mark, ...]:
    """Both sides of one text (as `words` gives them) as one: what was taken out before what was put in."""
    found: list[Mark] = []
    left, right = list(before), list(after)
    while left or right:
        while left and left[0].marked:
            found.append(Mark(left.pop(0).text, "del"))
        while right and right[0].marked:
            found.append(Mark(right.pop(0).text, "ins"))
        if left and right:
            found.append(Mark(left.pop(0).text, "same"))
            right.pop(0)
        elif left or right:
            raise ValueError("the two sides do not belong together")
    return tuple(found)


def is_changed(found: Sequence[Line]) -> bool:
    return any(line.kind != "same" for line in found)


def _opcodes(one: Sequence[str], other: Sequence[str]) -> list[_Opcode]:
    many = max(len(one), len(other)) > COMMON_HIGHEST
    return list(SequenceMatcher(None, one, other, autojunk=many).get_opcodes())


def _readable(found: list[_Opcode]) -> list[_Opcode]:
    """Without chance agreements: a character or two that a rewritten passage shares with the old one, between
    changes that are longer, belong to the change."""
    kept: list[_Opcode] = []
    for place, code in enumerate(found):
        _tag, _i1, i2, _j1, j2 = code
        between = 0 < place < len(found) - 1
        shorter = min(_CHANCE + 1, _length(kept[-1]), _length(found[place + 1])) if between else 0
        by_chance = _length(code) < shorter
        if kept and kept[-1][0] != "equal" and (code[0] != "equal" or by_chance):
            kept[-1] = ("replace", kept[-1][1], i2, kept[-1][3], j2)
        else:
            kept.append(code)
    return kept


def _length(code: _Opcode) -> int:
    return max(code[2] - code[1], code[4] - code[3])


def _same(text: str, i: int, j: int) -> Line:
    piece = (Piece(text, marked=False),)
    return Line("same", piece, piece, i, j)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, marked=True),) if text else ()


def _add(pieces: list[Piece], text: str, *, marked: bool) -> None:
    if text:
        pieces.append(Piece(text, marked))


def _stretch(before: Sequence[str], after: Sequence[str], old: range, new: range) -> Iterator[Line]:
    """Lines of a stretch in which no paragraph stayed the same."""
    i, j = old.start, new.start
    for pair_i, pair_j in _pairs(before, after, old, new):
        yield from _alone(before, after, range(i, pair_i), range(j, pair_j))
        left, right = words(before[pair_i], after[pair_j])
        yield Line("changed", left, right, pair_i, pair_j)
        i, j = pair_i + 1, pair_j + 1
    yield from _alone(before, after, range(i, old.stop), range(j, new.stop))


def _alone(before: Sequence[str], after: Sequence[str], old: range, new: range) -> Iterator[Line]:
    yield from (Line("removed", before=_whole(before[i]), before_index=i) for i in old)
    yield from (Line("added", after=_whole(after[j]), after_index=j) for j in new)


def _pairs(before: Sequence[str], after: Sequence[str], old: range, new: range) -> Iterator[tuple[int, int]]:
    """Paragraphs that became one another, in order on both sides."""
    if len(old) * len(new) > PAIRS_HIGHEST:
        yield from zip(old, new, strict=False)
        return
    tokens = {("b", i): _TOKEN.findall(before[i]) for i in old}
    tokens |= {("a", j): _TOKEN.findall(after[j]) for j in new}
    start = new.start
    for i in old:
        best, at = ALIKE, None
        for j in range(start, new.stop):
            likeness = _likeness(tokens["b", i], tokens["a", j])
            if likeness > best:
                best, at = likeness, j
        if at is not None:
            yield i, at
            start = at + 1


def _likeness(one: list[str], other: list[str]) -> float:
    """Share of tokens in common, in any order (2 * common / all): an upper bound of difflib's ratio."""
    return SequenceMatcher(None, one, other, autojunk=False).quick_ratio() if one and other else 0.0
