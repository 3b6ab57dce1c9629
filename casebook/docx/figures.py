"""Photos with their captions: 11 cm wide where there is room, never blown up, never taller than the page."""

from dataclasses import dataclass

from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, field, inline_picture, paragraph, plain, run

EMU_PER_TWIP = 635
EMU_PER_CM = 360_000
WIDEST = 11 * EMU_PER_CM
TALLEST = 15 * EMU_PER_CM
COARSEST = 9525
"""EMU of one pixel at 96 dots an inch: a small picture is printed smaller rather than coarser."""


@dataclass(slots=True)
class Numbers:
    """Figures and tables counted in one entry."""

    figures: int = 0
    tables: int = 0


def extent(width: int, height: int, room: int) -> tuple[int, int]:
    """Printed size in EMU of a picture of this many pixels where `room` twips are free."""
    cx = min(WIDEST, room * EMU_PER_TWIP, width * COARSEST)
    cy = max(1, cx * height // width)
    if cy > TALLEST:
        cx, cy = max(1, cx * TALLEST // cy), TALLEST
    return cx, cy


def figure_xml(draft: Draft, numbers: Numbers, src: str, description: str, caption: str, room: int) -> Xml:
    """A picture and its numbered caption. A picture that is not there leaves a visible note in its place."""
    placed = draft.shelf.place(src)
    if placed is None:
        note = draft.wording.picture_missing + (draft.wording.caption_gap + caption if caption else "")
        return plain("Caption", note)
    cx, cy = extent(placed.width, placed.height, room)
    drawing = inline_picture(placed.relation, draft.next_drawing(), cx, cy, description or caption)
    if not caption:
        return paragraph("Figure", drawing)
    numbers.figures += 1
    return Xml(
        paragraph("Figure", drawing, "<w:keepNext/>")
        + paragraph(
            "Caption", label(draft.wording.figure, numbers.figures, draft.wording.caption_gap, caption)
        )
    )


def label(name: str, number: int, gap: str, caption: str) -> Xml:
    """ "图3　…": the number is a field that counts again from 1 after each case's title (heading 2)."""
    sequence = name.strip()
    return Xml(run(name) + field(f"SEQ {sequence} \\* ARABIC \\s 2", str(number)) + run(f"{gap}{caption}"))
