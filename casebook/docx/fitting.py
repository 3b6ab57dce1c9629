"""Words made to fit: heads cut where a line ends, lines counted."""

from casebook.docx.lines import em_width

_POINT = 20


def _count(text: str, size: float, measure: int) -> int:
    return -int(-em_width(text) * size * _POINT // measure)


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
