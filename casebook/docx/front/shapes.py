"""What covers and dividers are drawn with: coloured fields and places on the page, in millimetres."""

from dataclasses import dataclass

from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, frame, page_field
from casebook.docx.trims import Geometry, twips

MM = 36_000
"""EMU of a millimetre."""


@dataclass(frozen=True, slots=True)
class Field:
    """A coloured rectangle on the page, in millimetres from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A page, or a part of a wider sheet: where it stands and how large it is after trimming, in millimetres.

    `bleed` is how far its ground goes on beyond each edge. The designs are drawn on 210 x 285 and follow the
    panel's proportions through `across` and `down`.
    """

    x: float
    y: float
    width: float
    height: float
    bleed: float = 0.0

    @classmethod
    def of(cls, page: Geometry) -> "Panel":
        return cls(0, 0, *page.size)

    def across(self, millimetres: float) -> float:
        return millimetres * self.width / 210

    def down(self, millimetres: float) -> float:
        return millimetres * self.height / 285

    def frame(self, x: float, y: float, width: float) -> str:
        """A place for text, in millimetres from the panel's corner."""
        return frame(twips(self.x + x), twips(self.y + y), twips(width))


def before(points: float) -> str:
    return f'<w:spacing w:before="{points * 20:.0f}"/>'


def fields(draft: Draft, *shapes: Field) -> Xml:
    return Xml(
        "".join(
            page_field(
                draft.shelf.colour(shape.colour),
                draft.next_drawing(),
                round(shape.x * MM),
                round(shape.y * MM),
                round(shape.width * MM),
                round(shape.height * MM),
            )
            for shape in shapes
        )
    )
