"""Pages by trimmed size, and how much stands on them.

A line holds a whole number of full-width characters of the text (12 pt) and a page a whole number of its
lines (22 pt): what is left over goes to the outer and the lower margin. Margins mirror; left is the inner.
"""

from dataclasses import dataclass

from casebook.book import Trim

BODY, LEADING = 240, 440
"""Twips of a character and of a line of the text."""
_SPARE = 40
"""Twips below the last line: the hair-thin paragraph that ends a section finds room on a full page."""
SHEET_PAGES = 16
"""Pages of these sizes on one printed sheet (印张)."""
TWIPS_PER_MM = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class Geometry:
    """Page size and margins in twips, the margins as of a right-hand page (left is the inner one)."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int

    @property
    def measure(self) -> int:
        """Width of the text."""
        return self.width - self.left - self.right

    @property
    def per_line(self) -> int:
        """Characters in a line of the text."""
        return self.measure // BODY

    @property
    def lines(self) -> int:
        """Lines of the text on a page."""
        return (self.height - self.top - self.bottom) // LEADING

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        return self.width / TWIPS_PER_MM, self.height / TWIPS_PER_MM

    def xml(self) -> str:
        lies = ' w:orient="landscape"' if self.width > self.height else ""
        return (
            f'<w:pgSz w:w="{self.width}" w:h="{self.height}"{lies}/>'
            f'<w:pgMar w:top="{self.top}" w:right="{self.right}" w:bottom="{self.bottom}" '
            f'w:left="{self.left}" w:header="{self.header}" w:footer="{self.footer}" w:gutter="0"/>'
        )


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)


def _page(width: float, height: float, *, top: float, inner: float, per_line: int, lines: int) -> Geometry:
    w, h, above, left = twips(width), twips(height), twips(top), twips(inner)
    return Geometry(
        width=w,
        height=h,
        top=above,
        right=w - left - per_line * BODY,
        bottom=h - above - lines * LEADING - _SPARE,
        left=left,
        header=twips(top * 0.57),
        footer=twips(13),
    )


GEOMETRIES = {
    Trim.K16_LARGE: _page(210, 285, top=28, inner=26, per_line=38, lines=30),
    Trim.K16: _page(185, 260, top=26, inner=24, per_line=33, lines=27),
    Trim.A4: _page(210, 297, top=30, inner=28, per_line=37, lines=31),
}
MILLIMETRES = {Trim.K16_LARGE: (210, 285), Trim.K16: (185, 260), Trim.A4: (210, 297)}
"""The sizes as a printer names them."""
