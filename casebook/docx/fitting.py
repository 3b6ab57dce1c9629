"""Words made to fit: long titles in lines of like length, heads cut where a line ends, lines counted."""

import math

from casebook.docx.elements import indent
from casebook.docx.lines import em_width

_POINT = 20


def balanced(text: str, size: float, measure: int, spread: float = 0.0, *, centred: bool = True) -> str:
    """Indents that break a long title into lines of like length instead of leaving a character over.

    `size` and `spread` in points, `measure` in twips; "" when the title stands on one line.
    """
    em = size * _POINT
    count = _count(text, size, measure, spread)
    if count < 2:
        return ""
    per_line = math.ceil(em_width(text) / count) + 0.4
    target = min(measure, per_line * (em + spread * _POINT))
    free = int(measure - target)
    return indent(free // 2, free // 2) if centred else indent(0, free)


def _count(text: str, size: float, measure: int, spread: float = 0.0) -> int:
    width = em_width(text) * size * _POINT + len(text) * spread * _POINT
    return -int(-width // measure)


def line_count(text: str, size: float, measure: int) -> int:
    """Lines that a text takes, at least one."""
    return max(1, _count(text, size, measure))


def cut(text: str, size: float, measure: int) -> str:
    """The text, or as much of it as stands on one line with an ellipsis after it."""
    if _count(text, size, measure) < 2:
        return text
    kept = text
    while kept and em_width(kept) + 1 > measure / (size * _POINT):
        kept = kept[:-1]
    return kept.rstrip() + "…"
