"""Tables: a grid is worked out first (spans, merges), then widths by content, then the fragments."""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from casebook.docx.elements import Xml
from casebook.docx.lines import em_width
from casebook.docx.numbering import TABLE_STYLE
from foundation.richtext import Block, Cell, Table, figures, lines

MOST_COLUMNS = 63
"""Word's limit. Cells beyond it join the last one of their row."""
TALL_ROW = 20
"""Lines of a cell above which a row may break across pages: whole it would leave much of a page empty, and
what is taller than a page is cut off by LibreOffice."""
TALLEST_HEAD = 12
_PICTURE = 14
"""Lines that a picture takes."""
PADDING = 190
"""Twips of a cell that are not text."""
FEWEST = 4.0
"""Ems below which a column of running text reads as a tower of characters."""
_ALWAYS_FIT = 4
"""Columns up to which a table fits any page of a book in its ordinary type."""
_LONGEST_WORD = 12.0
_GAPS = 0.5
"""Ems that boundaries between Chinese and Latin take."""
_LATIN_WORD = re.compile(r"[\x21-\x7e]+")
_NARROW, _WIDE = 4.0, 26.0


@dataclass(slots=True)
class Slot:
    """One place of the grid: the cell that begins here, or the continuation of one from the row above."""

    column: int
    width: int
    cell: Cell | None
    height: int = 1
    more: list[Block] = field(default_factory=list)

    @property
    def blocks(self) -> tuple[Block, ...]:
        own = self.cell.blocks if self.cell else ()
        return (*own, *self.more)


Rows = list[list[Slot]]
CellWriter = Callable[[Slot, int, bool], str]
"""Writes a cell's content: the slot, its width in twips, whether it is a head."""


def grid(table: Table) -> tuple[Rows, int]:
    """The rows of slots, each row covering every column, and the number of columns."""
    rows: Rows = []
    above: dict[int, tuple[int, int]] = {}
    for cells in table.rows:
        row = _Row(above)
        for cell in cells:
            row.add(cell)
        row.finish()
        rows.append(row.slots)
        above = row.below
    columns = max((slot.column + slot.width for row in rows for slot in row), default=0)
    for slots in rows:
        covered = slots[-1].column + slots[-1].width if slots else 0
        if covered < columns:
            slots.append(Slot(covered, columns - covered, Cell(())))
    return rows, columns


@dataclass(slots=True)
class _Row:
    """A row being laid out. `above` and `below` are the cells that reach in from the row above and on into
    the next one: by their column, their width and the rows they have still to cover."""

    above: dict[int, tuple[int, int]]
    slots: list[Slot] = field(default_factory=list)
    below: dict[int, tuple[int, int]] = field(default_factory=dict)
    column: int = 0

    def add(self, cell: Cell) -> None:
        self._continue_merges()
        if self.column >= MOST_COLUMNS:
            _join_last(self.slots, cell)
            return
        width = _free_width(self.column, min(cell.colspan, MOST_COLUMNS - self.column), self.above)
        self.slots.append(Slot(self.column, width, cell, cell.rowspan))
        if cell.rowspan > 1:
            self.below[self.column] = (width, cell.rowspan - 1)
        self.column += width

    def finish(self) -> None:
        """Continue what reaches in to the right of the last cell, and fill the gaps before it."""
        self._continue_merges()
        for later in sorted(place for place in self.above if place > self.column):
            if later > self.column:
                self.slots.append(Slot(self.column, later - self.column, Cell(())))
                self.column = later
            self._continue_merges()

    def _continue_merges(self) -> None:
        while self.column in self.above:
            width, left = self.above[self.column]
            self.slots.append(Slot(self.column, width, None))
            if left > 1:
                self.below[self.column] = (width, left - 1)
            self.column += width


def _free_width(column: int, wanted: int, above: dict[int, tuple[int, int]]) -> int:
    """A cell is cut where a cell of an earlier row reaches down into its way."""
    return next((width for width in range(1, wanted) if column + width in above), wanted)


def _join_last(row: list[Slot], cell: Cell) -> None:
    for slot in reversed(row):
        if slot.cell is not None:
            slot.more.extend(cell.blocks)
            return


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table is set: the style of its cells, their em in twips, the width it takes; `turned` when it
    stands on a page turned by 90 degrees, `crowded` when its words do not fit even so."""

    style: str
    em: int
    room: int
    turned: bool = False
    crowded: bool = False


_SIZES = (("TableText", 210), ("TableSmall", 180), ("TableFine", 150))


def setting(rows: Rows, columns: int, room: int, turned: int = 0) -> Setting:
    """The largest type in which every column holds four characters of its texts and its longest Latin word:
    on the upright page, where `room` twips are free, else on the page turned, `turned` twips wide (0: never).
    """
    if columns <= _ALWAYS_FIT:
        return Setting(*_SIZES[0], room)
    needs = needed(rows, columns)
    for width, lies in ((room, False), (turned, True)):
        for style, em in _SIZES:
            if sum(needs) * em + columns * PADDING <= width:
                return Setting(style, em, width, turned=lies)
    style, em = _SIZES[-1]
    return Setting(style, em, max(room, turned), turned=turned > room, crowded=True)


def needed(rows: Rows, columns: int) -> list[float]:
    """The ems that each column needs; cells over several columns ask for nothing."""
    found = [1.0] * columns
    for row in rows:
        for slot in row:
            if slot.cell is not None and slot.width == 1:
                found[slot.column] = max(found[slot.column], *map(_line_need, lines(slot.blocks)), 1.0)
    return found


def _line_need(line: str) -> float:
    word = max((em_width(word) for word in _LATIN_WORD.findall(line)), default=0.0)
    width = em_width(line)
    if 0 < word < width:
        width += _GAPS
    return max(min(width, FEWEST), min(word, _LONGEST_WORD))


def widths(rows: Rows, columns: int, measure: int, em: int = 210) -> list[int]:
    """Twips of each column: what it needs, and the rest by the square root of its longest text, so that long
    texts get room without starving the short ones. They add up to `measure`."""
    weight = [_NARROW] * columns
    for row in rows:
        for slot in row:
            if slot.cell is not None:
                longest = max((len(line) for line in lines(slot.blocks)), default=0)
                share = min(_WIDE, 2.2 * longest**0.5 + 1) / slot.width
                for column in range(slot.column, slot.column + slot.width):
                    weight[column] = max(weight[column], share)
    total = sum(weight)
    found = [int(measure * each / total) for each in weight]
    if columns > _ALWAYS_FIT:
        found = _at_least([int(need * em) + PADDING for need in needed(rows, columns)], found)
        scale = measure / sum(found)
        found = [int(each * scale) for each in found]
    found[-1] += measure - sum(found)
    return found


def _at_least(least: list[int], wanted: list[int]) -> list[int]:
    """The same total where it suffices: columns below their need get it from those above theirs."""
    lacking = sum(max(0, need - width) for need, width in zip(least, wanted, strict=True))
    spare = sum(max(0, width - need) for need, width in zip(least, wanted, strict=True))
    kept = max(0.0, 1 - lacking / spare) if spare else 0.0
    return [need + int(max(0, width - need) * kept) for need, width in zip(least, wanted, strict=True)]


def head_rows(table: Table) -> int:
    """Rows at the top that are all heads; none when that would be the whole table."""
    heads = itertools.takewhile(lambda row: all(cell.header for cell in row), table.rows)
    count = sum(1 for _ in heads)
    return count if count < len(table.rows) else 0


def table_xml(table: Table, rows: Rows, columns: int, form: Setting, write_cell: CellWriter) -> Xml:
    """A table whose `grid` is rows and columns (at least one), set as `form` says."""
    measure = form.room
    sizes = widths(rows, columns, measure, form.em)
    heights = [_height(row, sizes, form.em) for row in rows]
    heads = head_rows(table)
    if sum(heights[:heads]) > TALLEST_HEAD:  # a head that is repeated must leave room for what it heads
        heads = 0
    first_row = 1 if heads else 0
    parts = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{measure}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"0020" if first_row else "0000"}" w:firstRow="{first_row}" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{size}"/>' for size in sizes),
        "</w:tblGrid>",
    ]
    for index, row in enumerate(rows):
        parts.append(_row_opening(heights[index] > TALL_ROW, index < heads))
        parts.extend(_cell_xml(slot, sizes, index < heads, write_cell) for slot in row)
        parts.append("</w:tr>")
    parts.append("</w:tbl>")
    return Xml("".join(parts))


def _height(row: list[Slot], sizes: list[int], em: int) -> int:
    """About how many lines the tallest cell of a row takes."""
    return max((_slot_height(slot, sizes, em) for slot in row if slot.cell is not None), default=0)


def _slot_height(slot: Slot, sizes: list[int], em: int) -> int:
    room = max(em, sum(sizes[slot.column : slot.column + slot.width]) - PADDING)
    text = sum(-(-len(line) * em // room) for line in lines(slot.blocks))
    return text + _PICTURE * sum(1 for _ in figures(slot.blocks))


def _row_opening(tall: bool, head: bool) -> str:
    properties = ("" if tall else "<w:cantSplit/>") + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{properties}</w:trPr>" if properties else "<w:tr>"


def _cell_xml(slot: Slot, sizes: list[int], head_row: bool, write_cell: CellWriter) -> str:
    size = sum(sizes[slot.column : slot.column + slot.width])
    span = f'<w:gridSpan w:val="{slot.width}"/>' if slot.width > 1 else ""
    merge = "" if slot.height == 1 else '<w:vMerge w:val="restart"/>'
    if slot.cell is None:
        merge = "<w:vMerge/>"
    content = write_cell(slot, size, head_row or bool(slot.cell and slot.cell.header))
    form = f'<w:tcW w:w="{size}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{form}</w:tcPr>{content}</w:tc>"
