"""Photos with their captions: 11 cm wide where there is room, never blown up, never taller than the page."""

import re
from dataclasses import dataclass, field

from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, inline_picture, paragraph, plain, run
from casebook.docx.elements import field as field_xml

EMU_PER_TWIP = 635
EMU_PER_CM = 360_000
WIDEST = 11 * EMU_PER_CM
TALLEST = 15 * EMU_PER_CM
COARSEST = 9525
"""EMU of one pixel at 96 dots an inch: a small picture is printed smaller rather than coarser."""


@dataclass(slots=True)
class Count:
    """`anew` says that the next number does not follow the last field's."""

    last: int = 0
    anew: bool = True

    def next(self, caption: str) -> tuple[int, bool]:
        """The next number and whether it begins anew; 0 where the caption's own number stays as written."""
        own = own_number(caption)
        if own not in (None, self.last + 1):
            self.last, self.anew = max(self.last, own or 0), True
            return 0, False
        self.last += 1
        anew, self.anew = self.anew, False
        return self.last, anew


@dataclass(slots=True)
class Numbers:
    """Figures and tables counted in one entry: writers count them so, and refer to them so in their texts.

    A caption that brings its own number (图2　现场) keeps it, and counting goes on from there; only a number
    that counting would have given anyway becomes a field.
    """

    figures: Count = field(default_factory=Count)
    tables: Count = field(default_factory=Count)


_OWN = re.compile(
    r"\s*(?:图|圖|表|Figure|Fig\.?|Table)\s*(?:([0-9]{1,3})(?![0-9])|([一二三四五六七八九十]{1,3}))"
    r"((?:[-－—.．][0-9]{1,3})?)(?:\s*[:：.、．]\s*|\s+|\Z)",
    re.IGNORECASE,
)
_HAN_DIGITS = {sign: place for place, sign in enumerate("一二三四五六七八九十", 1)}


def own_number(caption: str) -> int | None:
    """The number that a caption brings along; None without one, 0 where it is no plain number (图1-2)."""
    found = _OWN.match(caption)
    if found is None:
        return None
    if found[3]:
        return 0
    return int(found[1]) if found[1] else _HAN_DIGITS.get(found[2], 0)


def without_number(caption: str) -> str:
    found = _OWN.match(caption)
    return caption[found.end() :] if found else caption


def extent(width: int, height: int, room: int) -> tuple[int, int]:
    """Printed size in EMU of a picture of this many pixels where `room` twips are free."""
    cx = min(WIDEST, room * EMU_PER_TWIP, width * COARSEST)
    cy = max(1, cx * height // width)
    if cy > TALLEST:
        cx, cy = max(1, cx * TALLEST // cy), TALLEST
    return cx, cy


def figure_xml(draft: Draft, numbers: Numbers, src: str, description: str, caption: str, room: int) -> Xml:
    """A picture and its numbered caption. A picture that is not there leaves a visible note in its place."""
    facts = draft.shelf.facts(src)
    if facts is None:
        note = draft.wording.picture_missing + (draft.wording.caption_gap + caption if caption else "")
        return plain("Caption", note)
    cx, cy = extent(facts.width, facts.height, room)
    relation = draft.shelf.place(src, cx)
    drawing = inline_picture(relation, draft.next_drawing(), cx, cy, description or caption)
    if not caption:
        return paragraph("Figure", drawing)
    number, anew = numbers.figures.next(caption)
    written = label(draft.wording.figure, number, draft.wording.caption_gap, caption, again=anew)
    return Xml(paragraph("Figure", drawing, "<w:keepNext/>") + paragraph("Caption", written))


def label(name: str, number: int, gap: str, caption: str, *, again: bool = False) -> Xml:
    """ "图3　…": the number is a field. With `again` it does not count on from the one before but begins anew
    (LibreOffice does not know the switch that begins anew after each heading). With the number 0 the caption
    stands as it is written."""
    if not number:
        return run(caption)
    sequence, words = name.strip(), without_number(caption)
    anew = f" \\r {number}" if again else ""
    counted = run(name) + field_xml(f"SEQ {sequence} \\* ARABIC{anew}", str(number))
    return Xml(counted + run(f"{gap}{words}") if words else counted)
