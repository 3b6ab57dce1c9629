"""How a paragraph will break into lines: enough of it to keep one lone character off a last line.

A print editor's first complaint about a Chinese page is a last line of one character (孤字). Whether a
paragraph has one is estimated here from character widths, and mended by a letter-spacing too small to see.
The estimate follows what LibreOffice and Word do with exact 12 pt text: full-width characters are 1 em,
Latin ones take their width in Times (metrics of Liberation Serif), a boundary between the scripts takes a
fifth of an em, no line begins with closing punctuation or ends with opening punctuation.
"""

import re

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
    return _WIDTHS.get(character) or (0.5 if character < "\u2010" else 1.0)


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
    last, count = last_line(text, measure, first_indent, 0.0)
    if last >= LONE or count < 2:
        return 0.0
    for step in _STEPS:
        length, lines = last_line(text, measure, first_indent, step)
        if (lines < count and length > LONE) or (lines == count and length >= ENOUGH):
            return step
    return 0.0


def _rough_width(text: str) -> float:
    wide = (len(text.encode("utf-8", "replace")) - len(text)) / 2
    return wide + (len(text) - wide) * 0.5


def last_line(text: str, measure: float, first_indent: float, spacing: float) -> tuple[float, int]:
    """Width of the last line in ems, and the number of lines, with `spacing` ems after each character."""
    units = _units(text, spacing)
    lines, filled, start = 1, first_indent, 0
    index = 0
    while index < len(units):
        width = units[index][1] + (units[index][2] if index > start else 0.0)
        hangs = units[index][0] in _HANGING
        if filled + (0.0 if hangs else width) - spacing <= measure + 0.01 or index == start:
            filled += width
            index += 1
            continue
        index = _break_before(units, index, start)
        lines, filled, start = lines + 1, 0.0, index
    return filled, lines


def _break_before(units: list[tuple[str, float, float]], index: int, start: int) -> int:
    """The nearest place at or before `index`, after `start`, where a line may end."""
    place = index
    while place > start + 1 and not _may_break(units[place - 1][0], units[place][0]):
        place -= 1
    if place == start + 1 and not _may_break(units[start][0], units[place][0]):
        place = index
    while place < len(units) and units[place][0] == " ":
        place += 1
    return place


def _may_break(before: str, after: str) -> bool:
    return after[0] not in _NOT_FIRST and before[-1] not in _NOT_LAST


def _units(text: str, spacing: float) -> list[tuple[str, float, float]]:
    """What cannot be broken, each with its width: one Han character, or one Latin word; and the
    gap before it where the scripts meet inside a line."""
    units: list[tuple[str, float, float]] = []
    before = ""
    for match in _UNITS.finditer(text):
        piece = match[0]
        width = sum(map(_width, piece)) + spacing * len(piece)
        mixed = before.isalnum() and piece[0].isalnum() and (before < "\x7f") != (piece[0] < "\x7f")
        before = piece[-1]
        units.append((piece, width, _GAP if mixed else 0.0))
    return units
