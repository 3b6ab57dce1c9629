"""A text for reading with its passages marked: lines of pieces, passages numbered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from submissions.originality.reading import Line

LONG = 12_000
"""Characters of a text from which on only the neighbourhood of passages is shown."""
_AROUND = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a line; `number` is its passage's, 0 for none; `first` where that passage begins."""

    text: str
    number: int
    first: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line, or (`left_out` > 0) so many lines that are not shown."""

    heading: bool
    pieces: tuple[Piece, ...]
    left_out: int = 0

    @property
    def marked(self) -> bool:
        return any(piece.number for piece in self.pieces)


def shown(lines: Sequence[Line], spans: Iterable[tuple[int, int, int]]) -> list[ShownLine]:
    """The lines with passages marked: `spans` are (start, end, number) in the lines joined by line ends."""
    cuts = _without_overlaps(spans)
    found = []
    place = 0
    for line in lines:
        end = place + len(line.text)
        found.append(ShownLine(line.heading, tuple(_pieces(line.text, place, cuts))))
        place = end + 1
    return found if place <= LONG else _neighbourhood(found)


def _without_overlaps(spans: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Later passages begin where the earlier one ends; what is left of one may be nothing but its place."""
    found = []
    reached = 0
    for start, end, number in sorted(spans):
        begin = max(start, reached)
        reached = max(reached, end)
        found.append((begin, max(begin, end), number))
    return found


def _pieces(line: str, place: int, cuts: list[tuple[int, int, int]]) -> Iterable[Piece]:
    done = 0
    for start, end, number in cuts:
        if end < place or start > place + len(line) or (start == end and start == place + len(line)):
            continue
        begin, stop = max(start - place, done), min(end - place, len(line))
        if stop < begin or (stop == begin and start != end):
            continue
        if begin > done:
            yield Piece(line[done:begin], 0, first=False)
        yield Piece(line[begin:stop], number, first=start >= place)
        done = max(done, stop)
    if done < len(line):
        yield Piece(line[done:], 0, first=False)


def _neighbourhood(lines: list[ShownLine]) -> list[ShownLine]:
    marked = [number for number, line in enumerate(lines) if line.marked]
    near = {number + step for number in marked for step in range(-_AROUND, _AROUND + 1)}
    found: list[ShownLine] = []
    left_out = 0
    for number, line in enumerate(lines):
        if number not in near:
            left_out += 1
            continue
        if left_out:
            found.append(ShownLine(heading=False, pieces=(), left_out=left_out))
            left_out = 0
        found.append(line)
    if left_out:
        found.append(ShownLine(heading=False, pieces=(), left_out=left_out))
    return found
