"""Blocks of a case's text -> paragraphs, lists, tables and pictures, wherever they stand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from casebook.docx import lines as breaking
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, align, indent, paragraph, plain
from casebook.docx.figures import Numbers, figure_xml, label
from casebook.docx.inline import runs_xml
from casebook.docx.numbering import HANGING, list_indent
from casebook.docx.sections import closed_by
from casebook.docx.tables import PADDING, Setting, Slot, grid, setting, table_xml
from foundation.richtext import Block, Figure, Heading, ListBlock, Paragraph, Quote, Run, Table, text

BODY_EM = 240
"""Twips of one em of the text."""
DEEPEST_LEVEL = 8
_BEFORE_TABLE = '<w:keepNext/><w:spacing w:line="120" w:lineRule="exact"/>'


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand: `room` is the width in twips, `level` the depth of lists (-1: in none), `number`
    the list's `w:num` while the first paragraph of an item is still to come; `cell` how the table is set
    that they stand in, `may_turn` whether a wide table may have a page turned for it."""

    room: int
    style: str = "BodyText"
    level: int = -1
    number: int | None = None
    bullet: bool = False
    in_cell: bool = False
    head: bool = False
    centred: bool = False
    cell: Setting | None = None
    may_turn: bool = False

    @property
    def cell_style(self) -> str:
        return self.cell.style if self.cell else "TableText"

    @property
    def cell_em(self) -> int:
        return self.cell.em if self.cell else 210


def blocks_xml(draft: Draft, numbers: Numbers, blocks: Iterable[Block], place: Place) -> Xml:
    written: list[str] = []
    heads = 0  # so many headings what is written ends with
    for block in blocks:
        written.append(_block_xml(draft, numbers, block, place))
        if heads and draft.turned and written[-1].startswith(opening := closed_by(draft.turned.before)):
            # The headings of a table on a turned page go with it.
            written[-1] = written[-1].removeprefix(opening)
            written.insert(-1 - heads, opening)
        heads = heads + 1 if isinstance(block, Heading) else 0
        if place.number is not None:
            place = replace(place, number=None)
    return Xml("".join(written))


def _block_xml(draft: Draft, numbers: Numbers, block: Block, place: Place) -> Xml:
    if place.number is not None and not isinstance(block, Paragraph | Heading):
        # An item that begins with a picture or a table: its number stands on a line of its own.
        later = replace(place, number=None)
        return Xml(_paragraph_xml(draft, (), "", place) + _block_xml(draft, numbers, block, later))
    match block:
        case Paragraph(runs=runs, align=side):
            return _paragraph_xml(draft, runs, side, place)
        case Heading(level=level, runs=runs):
            return _heading_xml(draft, level, runs, place)
        case ListBlock():
            return _list_xml(draft, numbers, block, place)
        case Table():
            return _table(draft, numbers, block, place)
        case Figure(src=src, alt=alt, caption=caption):
            return figure_xml(draft, numbers, src, alt, caption, place.room)
        case Quote(blocks=inner):
            quoted = (
                place if place.in_cell else replace(place, style="BlockText", room=place.room - 5 * BODY_EM)
            )
            return blocks_xml(draft, numbers, inner, quoted)


def _paragraph_xml(draft: Draft, runs: tuple[Run, ...], side: str, place: Place) -> Xml:
    if place.level >= 0:
        return _item_paragraph(draft, runs, place)
    if place.in_cell:
        chosen = side or ("center" if place.centred or place.head else "left")
        style = place.cell_style
        if place.head:
            style = "TableHead" if style == "TableText" else style
            runs = runs if style == "TableHead" else _stressed(runs)
        return paragraph(style, runs_xml(draft, runs), align(chosen))
    if side:
        return paragraph(place.style, runs_xml(draft, runs), indent() + align(side))
    return paragraph(place.style, runs_xml(draft, runs, _tracking(runs, place)))


def _tracking(runs: tuple[Run, ...], place: Place) -> int:
    """Twips of letter-spacing that keep a lone character off the last line."""
    first = 2.0 if place.style == "BodyText" else 0.0
    measure = (place.room - (5 * BODY_EM if place.style == "BlockText" else 0)) / BODY_EM
    written = runs[0].text if len(runs) == 1 else text(runs)
    return round(breaking.tracking(written, measure, first) * BODY_EM)


def _item_paragraph(draft: Draft, runs: tuple[Run, ...], place: Place) -> Xml:
    level = min(place.level, DEEPEST_LEVEL)
    left = HANGING * (level + 1) if place.in_cell else list_indent(level)
    if place.number is None:
        style = place.cell_style if place.in_cell else "ListContinue"
        return paragraph(style, runs_xml(draft, runs), indent(left))
    style = place.cell_style if place.in_cell else ("ListBullet" if place.bullet else "ListNumber")
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{place.number}"/></w:numPr>'
    form = indent(left, hanging=HANGING) if place.in_cell else ""
    measure = (place.room - left) / (place.cell_em if place.in_cell else BODY_EM)
    spacing = 0 if place.in_cell else round(breaking.tracking(text(runs), measure, 0.0) * BODY_EM)
    return paragraph(style, runs_xml(draft, runs, spacing), number + form)


def _heading_xml(draft: Draft, level: int, runs: tuple[Run, ...], place: Place) -> Xml:
    if place.level >= 0 or place.in_cell or place.style != "BodyText":
        return _paragraph_xml(draft, _stressed(runs), "", place)
    return paragraph(f"Heading{min(max(level, 2), 4) + 1}", runs_xml(draft, runs))


def _stressed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple(replace(each, bold=True) for each in runs)


def _list_xml(draft: Draft, numbers: Numbers, block: ListBlock, place: Place) -> Xml:
    level = min(place.level + 1, DEEPEST_LEVEL)
    number = draft.list_number(block.ordered, level)
    inside = replace(place, level=level, number=number, bullet=not block.ordered)
    return Xml("".join(blocks_xml(draft, numbers, item or (Paragraph(()),), inside) for item in block.items))


def _table(draft: Draft, numbers: Numbers, table: Table, place: Place) -> Xml:
    left = list_indent(place.level) if place.level >= 0 and not place.in_cell else 0
    room = max(600, place.room - left)
    rows, columns = grid(table)
    if not columns:
        return plain("AfterTable", "")
    turned = draft.turned if place.may_turn and place.level < 0 else None
    form = setting(rows, columns, room, turned.measure if turned else 0)

    def write_cell(slot: Slot, width: int, head: bool) -> str:
        inside = Place(max(300, width - PADDING), in_cell=True, head=head, cell=form)
        content = text_length(slot)
        inside = replace(inside, centred=content * form.em <= inside.room * 1.6 and content <= 16)
        written = blocks_xml(draft, numbers, slot.blocks, inside)
        # A cell without a paragraph at its end makes Word call the file damaged.
        return written if written.endswith("</w:p>") else written + plain(form.style, "")

    caption: str = "" if place.in_cell else plain("AfterTable", "", _BEFORE_TABLE)
    if table.caption:
        (number, anew), words = numbers.tables.next(table.caption), draft.wording
        counted = label(words.table, number, words.caption_gap, table.caption, again=anew)
        caption = paragraph("TableCaption", counted)
    after = "" if place.in_cell else plain("AfterTable", "")
    written = caption + table_xml(table, rows, columns, form, write_cell) + after
    if turned and form.turned:
        return Xml(closed_by(turned.before) + written + closed_by(turned.own))
    return Xml(written)


def text_length(slot: Slot) -> int:
    """Characters of a cell of one paragraph; a large number for any other."""
    match slot.blocks:
        case ():
            return 0
        case (Paragraph(runs=runs),):
            return len(text(runs))
        case _:
            return 1000
