"""How thick a book is, and whether its spine has room for words. Pure.

Thickness of a leaf of offset paper: 0.00135 mm for each gram a square metre, the printers' rule of thumb. A
spine of 5 mm or more carries the title (GB/T 11668).
"""

from __future__ import annotations

from dataclasses import dataclass

THINNEST = 5.0
"""Millimetres from which a spine carries words."""
_MICRONS_PER_GRAM = 1.35


@dataclass(frozen=True, slots=True)
class Spine:
    """`millimetres` is 0 while pages or paper are not known."""

    pages: int = 0
    millimetres: float = 0.0

    @property
    def known(self) -> bool:
        return self.millimetres > 0

    @property
    def has_words(self) -> bool:
        return self.millimetres >= THINNEST


def spine(pages: int, *, paper_weight: int = 0, leaf_thickness: int = 0) -> Spine:
    """`pages` between the covers; `leaf_thickness` in micrometres wins over `paper_weight` in grams a square
    metre."""
    leaf = leaf_thickness or paper_weight * _MICRONS_PER_GRAM
    leaves = (pages + 1) // 2
    return Spine(pages, round(leaves * leaf / 1000, 1))
