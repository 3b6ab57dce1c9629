"""Where a long title is broken: between words, into lines of like length.

A title on a page of its own is set line by line (`in_lines`). A heading stays whole, since the contents take
their words from it: indents narrow its paragraph until it breaks where a word ends (`balanced`).
"""

import math
import re
from itertools import accumulate

from casebook.docx.elements import has_han, indent
from casebook.docx.lines import em_width, filled, may_break

_POINT = 20
_SLACK = 0.45
"""Ems beyond a line's last word: more than programs differ by, too little for another character."""
_CLINGING = re.compile("[的地得了着过们之上下中里内外个件次年月日号项条]")
"""A word that belongs to the one before it: a particle, or one character of place, measure or date."""
_PAUSES = "，：；、！？—\u3000"
_BROKEN_WORD, _MORE_LINES, _SHORT_END, _PAUSE = 20.0, 4.0, 3.0, -3.0
"""What each costs, in ems of unlike length; to break where a reader pauses is a gain."""
_GAIN = 1 / 9
"""What a pause at a line's end is worth on a title page: as much as a third of a line left free."""
_SHORT = 2.5
"""A last line below this, in ems, looks left over."""


def in_lines(text: str, size: float, measure: int, spread: float = 0.0) -> str:
    """The title with a line break wherever a line ends. `size` and `spread` in points, `measure` in twips."""
    room, spacing = measure / (size * _POINT), spread / size
    if em_width(text) + len(text) * spacing <= room:
        return text
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for end in sorted(_word_ends(text) | {len(text)}):
        for start, (cost, lines) in list(best.items()):
            line = text[start:end].strip()
            free = room - em_width(line) - len(line) * spacing
            if line and free >= 0:
                gain = room * room * _GAIN if text[end - 1] in _PAUSES else 0.0
                total = cost + room + free * free - gain
                best[end] = min(best.get(end, (math.inf, ())), (total, (*lines, line)))
    return "\n".join(best[len(text)][1]) if len(text) in best else text


def balanced(text: str, size: float, measure: int, spread: float = 0.0, *, centred: bool = True) -> str:
    """Indents that break a title that is longer than a line between words, into lines of like length.

    `size` and `spread` in points, `measure` in twips; "" when the title stands on one line.
    """
    em = size * _POINT
    room, spacing = measure / em, spread / size
    if em_width(text) + len(text) * spacing <= room:
        return ""
    free = int(measure - min(room, _width(text, room, spacing)) * em)
    return indent(free // 2, free // 2) if centred else indent(0, free)


def _width(text: str, room: float, spacing: float) -> float:
    """Ems of the paragraph in which the title looks best."""
    ends = accumulate(em_width(character) + spacing for character in text)
    fewest = len(filled(text, room, spacing))
    whole = _word_ends(text)
    widths = [room, *(end + _SLACK for end in ends if room / 3 < end + _SLACK < room)]
    return min(widths, key=lambda width: _cost(filled(text, width, spacing), whole, fewest, width))


def _cost(lines: list[str], whole: frozenset[int], fewest: int, width: float) -> float:
    breaks = list(accumulate(map(len, lines)))[:-1]
    broken = sum(place not in whole for place in breaks)
    pauses = sum(line[-1] in _PAUSES for line in lines[:-1])
    left_over = em_width(lines[-1].strip()) < _SHORT
    unlike = sum(width - em_width(line.strip()) for line in lines)
    more = len(lines) - fewest
    return unlike + broken * _BROKEN_WORD + more * _MORE_LINES + left_over * _SHORT_END + pauses * _PAUSE


def _word_ends(text: str) -> frozenset[int]:
    """Places between two words. The dictionary is loaded here, by the first title that needs it."""
    if not has_han(text):
        return frozenset(place for place in range(1, len(text)) if text[place - 1] == " ")
    import rjieba  # noqa: PLC0415 - a fifth of a second that books of short titles do not spend

    places, at = set(), 0
    for word in rjieba.cut(text):
        if at and not _CLINGING.fullmatch(word) and not text[at - 1].isdecimal() and may_break(text, at):
            places.add(at)
        at += len(word)
    return frozenset(places)
