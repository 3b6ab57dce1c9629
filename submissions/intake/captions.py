"""Captions: a short line under a picture (图1 …) or above a table (表1 …) belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from foundation.richtext import Figure, Table
from submissions.intake.elements import Element, Line

LONGEST = 120
_FIGURE = re.compile(
    r"(?:图|圖|照片|Figure|Fig\.|Photo)\s*(?:[0-9一二三四五六七八九十]{1,3}(?:[-－.][0-9]{1,3})?)?\s*[:：.、\s]?\s*(.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_FIGURE_WORDS = re.compile(r"(?:图|圖)(?:为|為|片说明|片說明|示)|照片(?:说明|為|为)")
_TABLE = re.compile(r"(?:表|Table)\s*[0-9一二三四五六七八九十]{1,3}(?:[-－.][0-9]{1,3})?", re.IGNORECASE)
_STYLES = ("caption", "题注", "题 注", "图题", "表题", "图注")


def joined(elements: Sequence[Element]) -> list[Element]:
    """The document with captions inside their pictures and tables."""
    found: list[Element] = []
    for element in elements:
        before = found[-1] if found else None
        if (
            isinstance(element, Line)
            and isinstance(before, Figure)
            and not before.caption
            and _under(element)
        ):
            found[-1] = replace(before, caption=_legend(element))
        elif (
            isinstance(element, Line)
            and isinstance(before, Table)
            and not before.caption
            and _is_table_caption(element)
        ):
            found[-1] = replace(before, caption=element.text)
        elif isinstance(element, Table) and isinstance(before, Line) and _is_table_caption(before):
            found[-1] = replace(element, caption=before.text)
        else:
            found.append(element)
    return found


def _under(line: Line) -> bool:
    """Whether a line under a picture is its caption: by style, by 图1 or 图为, or as short and centred."""
    written = line.text
    if not 0 < len(written) <= LONGEST or line.item is not None:
        return False
    if line.style in _STYLES or _FIGURE_WORDS.match(written):
        return True
    numbered = re.match(
        r"(?:图|圖|照片|Figure|Fig\.|Photo)\s*[0-9一二三四五六七八九十]", written, re.IGNORECASE
    )
    return bool(numbered) or (line.align == "center" and len(written) <= 40 and line.outline is None)


def _is_table_caption(line: Line) -> bool:
    written = line.text
    return 0 < len(written) <= LONGEST and (
        _TABLE.match(written) is not None or (line.style in _STYLES and not _FIGURE_WORDS.match(written))
    )


def _legend(line: Line) -> str:
    """The caption without its number: the book and the page number figures themselves."""
    found = _FIGURE.match(line.text)
    return (found[1].strip() if found and not _FIGURE_WORDS.match(line.text) else line.text) or line.text
