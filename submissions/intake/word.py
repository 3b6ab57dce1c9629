"""A .docx as its paragraphs, tables and pictures, by one walk over the main part.

python-docx is not used here: it opens files that must be refused, and hangs on a cell that spans 10^9 columns
(measured; see docs/decisions). The walk knows both namespaces (transitional and strict), follows styles and
automatic numbers, and flattens what a case's body cannot hold (tables in tables).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from foundation.richtext import Block, Cell, ListBlock, Paragraph, Run, Table, text
from foundation.text import Text, _, n_
from submissions.intake.elements import Element, ItemPlace, Line
from submissions.intake.errors import Unreadable
from submissions.intake.guard import Package, too_deep
from submissions.intake.inline import DEEPEST, Inline, Piece, Source, local
from submissions.intake.numbering import Numbering, Styles, outline_level, value
from submissions.intake.pictures import BYTES_LIMIT, Picture, redrawn

PARAGRAPHS_LIMIT = 60_000
PICTURES_LIMIT = 30
SMALLEST_PICTURE = 24
"""Pixels: what is smaller in both directions is a bullet or a spacer, not a photo."""
WIDEST = 60
_TWIPS_ALIGN = {"center": "center", "right": "right", "end": "right"}
_NOT_BODY = ("del", "moveFrom", "sectPr", "sdtPr", "sdtEndPr")
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)


@dataclass(slots=True)
class WordDocument:
    """What was read; `pictures` by the id under which `elements` show them."""

    elements: list[Element]
    pictures: dict[str, Picture]
    notes: list[str]
    findings: list[Text]


def read_word(data: bytes) -> WordDocument:
    """Read a .docx.

    Raises:
        Unreadable: not a .docx, damaged, dangerous or too large; with what to do about it.
    """
    package = Package(data)
    root = package.xml(package.main)
    ns = next(
        (f"{{{each}}}" for each in _NAMESPACES if root is not None and root.tag == f"{{{each}}}document"), ""
    )
    body = None if root is None or not ns else root.find(f"{ns}body")
    if body is None:
        raise Unreadable(
            _("这个压缩文件里没有 Word 文档的内容。%(how)s", how=_("请重新用 Word 或 WPS 保存后再上传。"))
        )
    walk = _Walk(package, ns)
    walk.body(body, 0)
    return WordDocument(walk.elements, walk.pictures, walk.source.cited, walk.findings())


@dataclass(slots=True)
class _Numbered:
    """A paragraph's properties with what its style adds."""

    style: str
    outline: int | None
    align: str
    num_id: str
    level: str
    bold: bool
    joins_next: bool = False


class _Walk:
    def __init__(self, package: Package, ns: str) -> None:
        self._package = package
        self._ns = ns
        self._part_lost = 0
        self.elements: list[Element] = []
        self.pictures: dict[str, Picture] = {}
        self._picture_ids: dict[str, str] = {}
        self._carried: list[Piece] = []
        self._paragraphs = 0
        self._nested = 0
        self._styles = Styles(self._optional("styles"), ns)
        self._numbering = Numbering(self._optional("numbering"), ns)
        self.source = Source(ns, package.relationships(package.main), self._notes(), self._picture)

    # --- parts -----------------------------------------------------------------------------------

    def _optional(self, kind: str) -> etree._Element | None:
        """A part that the text can do without: a broken one costs its formatting, not the whole document."""
        name = self._package.related(kind)
        if name is None:
            return None
        try:
            return self._package.xml(name)
        except Unreadable:
            self._part_lost += 1
            return None

    def _notes(self) -> dict[str, str]:
        """Texts of footnotes (`f` + id) and endnotes (`e` + id)."""
        found = {}
        for kind in ("footnotes", "endnotes"):
            for note in () if (root := self._optional(kind)) is None else root:
                if note.get(f"{self._ns}type") in (None, "normal"):
                    written = "".join(each.text or "" for each in note.iter(f"{self._ns}t"))
                    found[kind[0] + (note.get(f"{self._ns}id") or "")] = written.strip()
        return found

    def _picture(self, part: str) -> str:
        if part in self._picture_ids:
            return self._picture_ids[part]
        self._picture_ids[part] = ""
        data = self._package.part(part, BYTES_LIMIT)
        if data is None or len(self.pictures) >= PICTURES_LIMIT:
            self.source.lost["picture"] += 1
            return ""
        try:
            picture = redrawn(data)
        except Unreadable:
            self.source.lost["picture"] += 1
            return ""
        if max(picture.width, picture.height) < SMALLEST_PICTURE:
            return ""
        self._picture_ids[part] = f"picture{len(self.pictures) + 1}"
        self.pictures[self._picture_ids[part]] = picture
        return self._picture_ids[part]

    def findings(self) -> list[Text]:
        lost = self.source.lost
        counted = (
            (lost["picture"], _lost_pictures),
            (lost["outside"], _outside_pictures),
            (lost["drawing"] + lost["object"], _lost_drawings),
            (lost["equation"], _flat_equations),
            (self._nested, _flat_tables),
        )
        found = [sentence(number) for number, sentence in counted if number]
        if self._part_lost:
            found.append(_("文件的样式部分已损坏，文字读出来了，标题和列表请核对。"))
        return found

    # --- the body --------------------------------------------------------------------------------

    def body(self, parent: Iterable[etree._Element], depth: int) -> None:
        if depth > DEEPEST:
            raise Unreadable(too_deep())
        for child in parent:
            name = local(child)
            if name == "p":
                self.elements.extend(self._paragraph(child, depth))
            elif name == "tbl":
                self.elements.extend(self._table(child))
            elif name == "altChunk":
                self.source.lost["object"] += 1
            elif name not in _NOT_BODY:
                # Of alternative contents the first is enough.
                self.body(list(child)[:1] if name == "AlternateContent" else child, depth + 1)

    def _paragraph(self, paragraph: etree._Element, depth: int) -> Iterator[Element]:
        self._paragraphs += 1
        if self._paragraphs > PARAGRAPHS_LIMIT:
            raise Unreadable(_("这个文件的段落过多，不能接收。请删去与案例无关的内容后再上传。"))
        properties = self._properties(paragraph)
        inline = Inline(self.source)
        inline.read(paragraph)
        pieces, self._carried = [*self._carried, *inline.pieces], []
        if properties.joins_next:
            self._carried = pieces
        elif not properties.style.startswith(("toc ", "toc\t", "目录 ")) and properties.style not in (
            "toc",
            "目录",
        ):
            yield from self._lines(pieces, properties)
        for box in inline.boxes:
            yield from self._box(box, depth)

    def _box(self, box: etree._Element, depth: int) -> Iterator[Element]:
        kept, self.elements = self.elements, []
        self.body(box, depth + 1)
        inside, self.elements = self.elements, kept
        yield from inside

    def _lines(self, pieces: list[Piece], properties: _Numbered) -> Iterator[Element]:
        """The paragraph, in pieces where pictures stand in it. Only a paragraph with text takes a number."""
        runs: list[Run] = []
        numbered = False
        for piece in [*pieces, None]:
            if isinstance(piece, Run):
                runs.append(piece)
                continue
            if text(runs).strip():
                yield self._line(tuple(runs), properties, first=not numbered)
                numbered = True
            runs = []
            if piece is not None:
                yield piece

    def _line(self, runs: tuple[Run, ...], properties: _Numbered, *, first: bool) -> Line:
        if properties.bold:
            runs = tuple(replace(run, bold=True) for run in runs)
        item = None
        level = (
            self._numbering.level(properties.num_id, properties.level)
            if properties.num_id and first
            else None
        )
        if level is not None:
            label = self._numbering.label(properties.num_id, properties.level)
            depth = int(properties.level) if properties.level.isdigit() else 0
            if properties.outline is not None or level.is_chinese:
                runs = (runs[0].saying(label), *runs)
            else:
                item = ItemPlace(not level.is_bullet, min(depth, 3))
        align = _TWIPS_ALIGN.get(properties.align, "")
        return Line(
            runs,
            "center" if align == "center" else "right" if align == "right" else "",
            properties.outline,
            properties.style,
            item,
        )

    def _properties(self, paragraph: etree._Element) -> _Numbered:
        own = paragraph.find(f"{self._ns}pPr")
        if own is None:
            return _Numbered("", None, "", "", "", bold=False)
        style = self._styles.style(value(own.find(f"{self._ns}pStyle"), self._ns) or "")
        outline = value(own.find(f"{self._ns}outlineLvl"), self._ns)
        number = own.find(f"{self._ns}numPr")
        num_id, level = style.num_id, style.level
        if number is not None:
            num_id = value(number.find(f"{self._ns}numId"), self._ns) or num_id
            level = value(number.find(f"{self._ns}ilvl"), self._ns) or level
        return _Numbered(
            style=style.name,
            outline=style.outline if outline is None else outline_level(outline),
            align=value(own.find(f"{self._ns}jc"), self._ns) or "",
            num_id=num_id,
            level=level or "0",
            bold=style.bold,
            joins_next=own.find(f"{self._ns}rPr/{self._ns}del") is not None,
        )

    # --- tables ----------------------------------------------------------------------------------

    def _table(self, table: etree._Element) -> Iterator[Element]:
        rows = [
            self._row(row)
            for row in self._own(table, "tr")
            if row.find(f"{self._ns}trPr/{self._ns}del") is None
        ]
        merged = _merged_down([row for row in rows if row])
        if any(cell.blocks for row in merged for cell in row):
            yield Table(tuple(merged))

    def _row(self, row: etree._Element) -> list[_Placed]:
        cells: list[_Placed] = []
        column = 0
        for cell in self._own(row, "tc"):
            if column >= WIDEST:
                break
            properties = cell.find(f"{self._ns}tcPr")
            span = None if properties is None else value(properties.find(f"{self._ns}gridSpan"), self._ns)
            merge = None if properties is None else properties.find(f"{self._ns}vMerge")
            width = int(span) if span and re.fullmatch(r"\d{1,12}", span) else 1
            width = max(1, min(WIDEST - column, width))
            cells.append(
                _Placed(
                    column=column,
                    width=width,
                    continues=merge is not None and value(merge, self._ns) in (None, "continue"),
                    blocks=tuple(self._cell_blocks(cell)),
                )
            )
            column += width
        return cells

    def _own(self, parent: etree._Element, name: str, depth: int = 0) -> Iterator[etree._Element]:
        """Rows of a table, cells of a row: also inside content controls, but not those of tables inside."""
        for child in parent:
            if local(child) == name:
                yield child
            elif (
                local(child) in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
                and depth < DEEPEST
            ):
                yield from self._own(child, name, depth + 1)

    def _cell_blocks(self, cell: etree._Element) -> Iterator[Block]:
        if next(cell.iter(f"{self._ns}tbl"), None) is not None:
            self._nested += 1
        for paragraph in cell.iter(f"{self._ns}p"):
            if not any(local(each) == "txbxContent" for each in paragraph.iterancestors()):
                for element in self._paragraph(paragraph, 0):
                    yield from _as_blocks(element)


@dataclass(slots=True)
class _Placed:
    column: int
    width: int
    continues: bool
    blocks: tuple[Block, ...]
    height: int = field(default=1)


def _as_blocks(element: Element) -> Iterator[Block]:
    if isinstance(element, Line):
        paragraph = Paragraph(element.runs, element.align)
        yield ListBlock(element.item.ordered, ((paragraph,),)) if element.item else paragraph
    else:
        yield element


def _merged_down(rows: list[list[_Placed]]) -> list[tuple[Cell, ...]]:
    """vMerge as rowspan; the first row of several is the head when all its cells have text."""
    above: dict[int, _Placed] = {}
    for row in rows:
        for cell in row:
            if cell.continues and cell.column in above:
                above[cell.column].height += 1
            else:
                cell.continues = False
                above[cell.column] = cell
    head = len(rows) > 1 and len(rows[0]) > 1 and all(_is_label(cell.blocks) for cell in rows[0])
    return [
        tuple(
            Cell(cell.blocks, cell.width, cell.height, header=head and index == 0)
            for cell in row
            if not cell.continues
        )
        for index, row in enumerate(rows)
    ]


def _is_label(blocks: Iterable[Block]) -> bool:
    written = "".join(text(block.runs) for block in blocks if isinstance(block, Paragraph))
    return 0 < len(written.strip()) <= 20


def _lost_pictures(n: int) -> Text:
    return n_(
        "有 %(n)s 张图片的格式读不出来（如 EMF、WMF），请另存为 JPG 或 PNG 后单独上传。",
        "有 %(n)s 张图片的格式读不出来（如 EMF、WMF），请另存为 JPG 或 PNG 后单独上传。",
        n,
    )


def _outside_pictures(n: int) -> Text:
    return n_(
        "有 %(n)s 张图片只是链接，不在文件里，没有读取，请单独上传。",
        "有 %(n)s 张图片只是链接，不在文件里，没有读取，请单独上传。",
        n,
    )


def _lost_drawings(n: int) -> Text:
    return n_(
        "有 %(n)s 处图表、图形或嵌入的文件没有读取，请截成图片后单独上传。",
        "有 %(n)s 处图表、图形或嵌入的文件没有读取，请截成图片后单独上传。",
        n,
    )


def _flat_equations(n: int) -> Text:
    return n_("有 %(n)s 处公式读成了普通文字，请核对。", "有 %(n)s 处公式读成了普通文字，请核对。", n)


def _flat_tables(n: int) -> Text:
    return n_(
        "有 %(n)s 个单元格里还有表格，里面的表格读成了普通段落，请核对。",
        "有 %(n)s 个单元格里还有表格，里面的表格读成了普通段落，请核对。",
        n,
    )
