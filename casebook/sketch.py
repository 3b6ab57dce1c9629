"""A book's size as a drawing for the page: an opened spread and the cover, in millimetres. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.book import Colours, Trim
from casebook.docx.palette import Palette, palette
from casebook.docx.trims import GEOMETRIES, LEADING, TWIPS_PER_MM


@dataclass(frozen=True, slots=True)
class Sketch:
    """`lines` are the distances of the text's lines from the page's top; `inner` and `outer` the margins."""

    trim: Trim
    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    measure: float
    per_line: int
    lines: tuple[float, ...]
    palette: Palette

    @property
    def characters(self) -> int:
        return self.per_line * len(self.lines)


def sketch(trim: Trim, colours: Colours) -> Sketch:
    page = GEOMETRIES[trim]
    width, height = page.size
    top = page.top / TWIPS_PER_MM
    step = LEADING / TWIPS_PER_MM
    return Sketch(
        trim=trim,
        width=round(width),
        height=round(height),
        inner=round(page.left / TWIPS_PER_MM, 1),
        outer=round(page.right / TWIPS_PER_MM, 1),
        top=round(top, 1),
        bottom=round(page.bottom / TWIPS_PER_MM, 1),
        measure=round(page.measure / TWIPS_PER_MM, 1),
        per_line=page.per_line,
        lines=tuple(round(top + (number + 0.5) * step, 1) for number in range(page.lines)),
        palette=palette(colours),
    )
