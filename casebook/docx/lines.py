"""How a paragraph will break into lines: enough of it to keep one lone character off a last line.

A print editor's first complaint about a Chinese page is a last line of one character (孤字). Whether a
paragraph has one is estimated here from character widths, and mended by a letter-spacing too small to see.
The estimate follows what LibreOffice and Word do with exact 12 pt text: full-width characters are 1 em,
Latin ones take their width in Times (metrics of Liberation Serif), a boundary between the scripts takes a
fifth of an em, no line begins with closing punctuation or ends with opening punctuation.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

_LATIN = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 "
    "500 500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 "
    "556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 "
    "500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541"
)
_WIDTHS = {chr(32 + index): int(width) / 1000 for index, width in enumerate(_LATIN.split())}
_WIDTHS["·"] = 0.25
_WIDTHS["–"] = 0.5
_GAP = 0.2
_WIDE_FROM = "\u2e7f"
_FULL_FROM = "\u2010"
"""From here on every character takes a full em."""
_NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…—～·%‰℃,.;:?!)]}")
_NOT_LAST = frozenset("（《〈「『【〔“‘([{")
_HANGING = frozenset("，。、；：！？")
"""Marks that may stand beyond the right edge, as Word and LibreOffice do it."""
_UNITS = re.compile(r"[\x21-\x7e]+|[\s\S]")

LONE = 2.1
"""A last line shorter than this, in ems, is lone: one character and its full stop, which cannot be parted."""
ENOUGH = 2.9
"""What a stretched paragraph should carry over to its last line, in ems."""
_STEPS = (
    -0.0042,
    -0.0083,
    -0.0125,
    -0.0167,
    -0.0208,
    0.0042,
    0.0083,
    0.0125,
    0.0167,
    -0.025,
    -0.0333,
    0.0458,
)
"""Changes of letter-spacing that are tried, in ems a character; unseen beside justified lines."""


def em_width(text: str) -> float:
    """Width of text set in one line, in ems."""
    wide = (len(text.encode("utf-8", "replace")) - len(text)) / 2
    if wide == len(text):
        return wide
    return sum(map(_width, text))


def _width(character: str) -> float:
    return _WIDTHS.get(character) or (0.5 if character < _FULL_FROM else 1.0)


def tracking(text: str, measure: float, first_indent: float) -> float:
    """Letter-spacing in ems a character that spares this paragraph a lone last character; 0 for most.

    `measure` is the line's length and `first_indent` the first line's indent, both in ems.
    """
    total = len(text)
    if "\n" in text or total < measure - first_indent:
        return 0.0
    rough = (first_indent + _rough_width(text)) % measure
    if 4.5 + total / measure < rough < measure - 1.5:
        return 0.0
    measured = _Measured.of(text)
    last, count = measured.last_line(measure, first_indent, 0.0)
    if last >= LONE or count < 2:
        return 0.0
    for step in _STEPS:
        length, lines = measured.last_line(measure, first_indent, step)
        if (lines < count and length > LONE) or (lines == count and length >= ENOUGH):
            return step
    return 0.0


def _rough_width(text: str) -> float:
    wide = (len(text.encode("utf-8", "replace")) - len(text)) / 2
    return wide + (len(text) - wide) * 0.5


def last_line(text: str, measure: float, first_indent: float, spacing: float) -> tuple[float, int]:
    """Width of the last line in ems, and the number of lines, with `spacing` ems after each character."""
    return _Measured.of(text).last_line(measure, first_indent, spacing)


def may_break(text: str, place: int) -> bool:
    """Whether a line may end before the character at `place`, as far as punctuation goes."""
    return _parts(text[place - 1], text[place])


def _parts(before: str, after: str) -> bool:
    return after not in _NOT_FIRST and before not in _NOT_LAST


def filled(text: str, measure: float, spacing: float = 0.0) -> list[str]:
    """The lines of a text without first-line indent; `measure` and `spacing` in ems."""
    return _Measured.of(text).filled(measure, spacing)


@dataclass(frozen=True, slots=True)
class _Measured:
    """A text in units that cannot be broken: one Han character, or one Latin word.

    `widths` are in ems, `lengths` in characters; `gaps` are the gaps before units where the scripts meet,
    which are in their widths and fall away at the beginning of a line.
    """

    pieces: list[str]
    widths: list[float]
    lengths: list[int]
    gaps: dict[int, float]

    @classmethod
    def of(cls, text: str) -> "_Measured":
        if min(text, default="") >= _FULL_FROM:
            return cls(list(text), [1.0] * len(text), [1] * len(text), {})
        pieces = _UNITS.findall(text)
        widths = [1.0 if piece > _WIDE_FROM else _word_width(piece) for piece in pieces]
        gaps = {}
        for place, piece in enumerate(pieces):
            if piece < "\x7f":
                if (
                    place
                    and piece[0].isalnum()
                    and pieces[place - 1] > "\x7f"
                    and pieces[place - 1].isalnum()
                ):
                    gaps[place] = _GAP
                after = pieces[place + 1] if place + 1 < len(pieces) else ""
                if piece[-1].isalnum() and after > "\x7f" and after.isalnum():
                    gaps[place + 1] = _GAP
        for place, gap in gaps.items():
            widths[place] += gap
        return cls(pieces, widths, list(map(len, pieces)), gaps)

    def last_line(self, measure: float, first_indent: float, spacing: float) -> tuple[float, int]:
        """As the function of this name. The ends of all units are summed once, each line is one bisection."""
        widths = self.widths
        if spacing:
            widths = [width + spacing * length for width, length in zip(widths, self.lengths, strict=True)]
        ends = list(accumulate(widths))
        count, lines, start, offset = len(ends), 1, 0, -first_indent
        while True:
            index = max(bisect_right(ends, offset + measure + spacing + 0.01, start), start + 1)
            if index < count and self.pieces[index] in _HANGING:
                index += 1
            if index >= count:
                return (ends[-1] - offset if ends else first_indent), lines
            start = self._break_before(index, start)
            lines += 1
            if start >= count:
                return 0.0, lines
            offset = ends[start - 1] + self.gaps.get(start, 0.0)

    def filled(self, measure: float, spacing: float) -> list[str]:
        lines, start, width = [], 0, 0.0
        for index, (piece, wide) in enumerate(zip(self.pieces, self.widths, strict=True)):
            width += wide + spacing * self.lengths[index]
            if width - spacing > measure + 0.01 and index > start and piece not in _HANGING:
                begin = self._break_before(index, start)
                lines.append("".join(self.pieces[start:begin]))
                start = begin
                width = sum(self.widths[start : index + 1]) + spacing * sum(self.lengths[start : index + 1])
        return [*lines, "".join(self.pieces[start:])]

    def _break_before(self, index: int, start: int) -> int:
        """The nearest place at or before `index`, after `start`, where a line may end."""
        place = index
        while place > start + 1 and not self._may_break(place):
            place -= 1
        if place == start + 1 and not self._may_break(place):
            place = index
        while place < len(self.pieces) and self.pieces[place] == " ":
            place += 1
        return place

    def _may_break(self, place: int) -> bool:
        return _parts(self.pieces[place - 1][-1], self.pieces[place][0])


@lru_cache(maxsize=4096)
def _word_width(word: str) -> float:
    return sum(map(_width, word))
