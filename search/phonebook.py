"""Lines found by how they are written or how they sound, many thousands at each key that is pressed.

The lines stand in one long text, their sounds in a second and their initials in a third: Python's own search
in a text reads a million characters in a fraction of a millisecond, and stops at the first few that answer,
because the lines stand in the order in which they are to be shown.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from search.pinyin import parts, syllables

SHORTEST = 2
"""Letters of pinyin or initials that say anything."""
MOST_STRETCHES = 300
"""Lines that are asked which words some initials stand for."""


class Phonebook:
    """`lines` are folded, without line ends, in the order of preference."""

    def __init__(self, lines: Sequence[str]) -> None:
        spoken = [syllables(line) for line in lines]
        self._lines = lines
        self._texts = _Column(lines)
        self._sounds = _Column(["".join(line) for line in spoken])
        self._initials = _Column(["".join(part[0] for part in line) for line in spoken])
        self._begins = _syllable_starts(spoken)

    def places(self, folded: str, latin: str) -> Iterator[int]:
        """Indexes of the lines that answer: those that begin so first, then those that hold it; by pinyin and
        initials where `latin` has letters. Each once."""
        seen: set[int] = set()
        for place in self._all(folded, latin):
            if place not in seen:
                seen.add(place)
                yield place

    def _all(self, folded: str, latin: str) -> Iterator[int]:
        yield from self._texts.beginning(folded)
        yield from self._texts.holding(folded)
        if len(latin) >= SHORTEST:
            yield from self._sounds.beginning(latin)
            yield from self._initials.beginning(latin)
            yield from self._sounds.holding(latin, self._begins)
            yield from self._initials.holding(latin)

    def stretch(self, latin: str) -> str:
        """The characters inside of lines that sound so, or else have these initials: those of most lines."""
        for column, begins, spoken in ((self._sounds, self._begins, True), (self._initials, None, False)):
            counts: dict[str, int] = {}
            for count, place in enumerate(column.holding(latin, begins)):
                if count == MOST_STRETCHES:
                    break
                for found in _stretches(self._lines[place], latin, spoken=spoken):
                    counts[found] = counts.get(found, 0) + 1
            if counts:
                return min(counts, key=lambda found: (-counts[found], found))
        return ""


class _Column:
    """Lines in one text."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n" + "".join(f"{line}\n" for line in lines)
        self._starts = array("I", [1])
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def beginning(self, wanted: str) -> Iterator[int]:
        return self._found("\n" + wanted, 1, None)

    def holding(self, wanted: str, begins: bytearray | None = None) -> Iterator[int]:
        """Lines that hold it, at one of the marked places where there are marks."""
        return self._found(wanted, 0, begins)

    def _found(self, wanted: str, offset: int, begins: bytearray | None) -> Iterator[int]:
        at = self._text.find(wanted)
        while at >= 0:
            if begins is None or begins[at]:
                line = bisect_right(self._starts, at + offset) - 1
                yield line
                at = self._text.find(wanted, self._starts[line + 1] - 1)
            else:
                at = self._text.find(wanted, at + 1)


def _syllable_starts(spoken: Sequence[Sequence[str]]) -> bytearray:
    """For each character of the column of sounds whether a syllable begins there."""
    begun = ["".join("1" + "0" * (len(syllable) - 1) for syllable in line) for line in spoken]
    return bytearray("0" + "0".join(begun) + "0", "ascii").translate(bytes(48) + b"\0\1" + bytes(206))


def _stretches(line: str, latin: str, *, spoken: bool) -> Iterator[str]:
    """The characters of a line that sound so from one syllable's beginning to another's end."""
    found = parts(line)
    for first in range(len(found)):
        left = latin
        for last in range(first, len(found)):
            heard = found[last][1] if spoken else found[last][1][0]
            if not left.startswith(heard):
                break
            left = left[len(heard) :]
            if not left:
                yield "".join(character for character, _ in found[first : last + 1])
                break
