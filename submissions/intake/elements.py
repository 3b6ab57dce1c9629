"""What a reader (Word or plain text) finds in a document before anybody has asked what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foundation.richtext import Align, Figure, Run, Table, text


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """Where a list item stands: `depth` counts from 0."""

    ordered: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `outline` is its level by style (0 is the highest), None when it is no heading by style;
    `style` is the style's name in small letters."""

    runs: tuple[Run, ...]
    align: Align = ""
    outline: int | None = None
    style: str = ""
    item: ItemPlace | None = None

    @property
    def text(self) -> str:
        return text(self.runs).strip()

    @property
    def bold(self) -> bool:
        """Whether every visible character is bold."""
        return all(run.bold for run in self.runs if run.text.strip()) and bool(self.text)


Element = Line | Table | Figure

_GLOSS = re.compile("[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}[)）]")


def without_glosses(written: str) -> str:
    """Names and titles without the pronunciation that some web pages put after rare characters: 認(rèn)真."""
    return _GLOSS.sub("", written)
