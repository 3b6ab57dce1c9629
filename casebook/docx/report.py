"""A research paper as a Word file: text, tables, quoted passages and native charts on A4.

The same paper gives the same bytes. With a paginator the contents have the pages that are printed.
"""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casebook.docx import zipped
from casebook.docx.charts import BOOK_TYPE, CHART_TYPE, chart_xml, workbook
from casebook.docx.elements import (
    Xml,
    bookmark,
    escaped,
    link_out,
    link_to_bookmark,
    paragraph,
    plain,
    run,
)
from casebook.docx.elements import (
    field as word_field,
)
from casebook.docx.report_styles import FONTS, SETTINGS, Sheet, W, sheet, styles_xml
from casebook.pagination import Layout, Paginator
from casebook.research import Chart, ChartKind, Drawing, Grid, Heading, Part, Passage, Study, Words
from foundation import richtext
from foundation.richtext import Block, ListBlock, Paragraph, Quote, Run, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EMU = 635
"""EMU of a twip."""
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_SIDES = ("default", "even", "first")


@dataclass(frozen=True, slots=True)
class Written:
    """A Word file and its number of pages, None when nothing here could lay it out."""

    content: bytes
    pages: int | None = None


def write_study(study: Study, paginator: Paginator | None = None) -> Written:
    """Raises LayoutFailed: only with a paginator."""
    if paginator is None:
        return Written(_Writer(study, None).file())
    with tempfile.TemporaryDirectory(prefix="exemplar-report-") as folder:
        proxy = Path(folder) / "report.docx"
        proxy.write_bytes(_Writer(study, None).file())
        layout = paginator.lay_out(proxy)
    return Written(_Writer(study, layout).file(), layout.pages)


@dataclass(slots=True)
class _Writer:
    """One pass over the paper."""

    study: Study
    layout: Layout | None
    charts: list[Chart] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    figures: int = 0
    tables: int = 0
    headings: int = 0

    @property
    def sheet(self) -> Sheet:
        return sheet(compact=self.study.compact)

    def file(self) -> bytes:
        body = "".join(self._parts())
        return zipped.packed(_package(self, body))

    def _parts(self) -> Iterable[str]:
        yield plain("Title", self.study.title)
        if self.study.byline or self.study.dated:
            yield plain("Byline", "　".join(each for each in (self.study.byline, self.study.dated) if each))
        if self.study.contents:
            yield from self._contents()
        for part in self.study.parts:
            yield self._part(part)

    def _part(self, part: Part) -> str:
        match part:
            case Heading():
                return self._heading(part)
            case Words():
                return "".join(self._words(part))
            case Drawing():
                return self._drawing(part)
            case Grid():
                return self._grid(part)
            case Passage():
                return self._passage(part)

    # --- headings and contents ------------------------------------------------------------------------

    def _heading(self, part: Heading) -> Xml:
        self.headings += 1
        level = min(max(part.level, 1), 2)
        return paragraph(f"Heading{level}", bookmark(_name(self.headings), self.headings, run(part.text)))

    def _contents(self) -> Iterable[str]:
        found = [part for part in self.study.parts if isinstance(part, Heading)]
        if not found:
            return
        yield plain("Contents", self.study.wording.contents)
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o '
            '"1-2" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for number, part in enumerate(found, start=1):
            name = _name(number)
            page = self._page(name)
            folio = "<w:r><w:tab/></w:r>" + word_field(f"PAGEREF {name} \\h", page) if page else ""
            line = link_to_bookmark(name, run(part.text) + folio)
            first = begin if number == 1 else ""
            last = end if number == len(found) else ""
            yield paragraph(f"TOC{min(part.level, 2)}", first + line + last)
        yield paragraph("BodyText", '<w:r><w:br w:type="page"/></w:r>')

    def _page(self, name: str) -> str:
        if self.layout is None or name not in self.layout.places:
            return ""
        return str(self.layout.places[name] + 1)

    # --- text -----------------------------------------------------------------------------------------

    def _words(self, part: Words) -> Iterable[str]:
        if part.drafted:
            yield plain("Draft", self.study.wording.drafted)
        for block in part.blocks:
            yield from self._block(block, "BodyText")

    def _block(self, block: Block, style: str) -> Iterable[str]:
        match block:
            case richtext.Heading(level=level, runs=runs):
                yield paragraph("Heading2" if level == 2 else "Heading3", self._runs(runs))
            case Paragraph(runs=runs, align=align):
                form = f'<w:jc w:val="{align}"/>' if align else ""
                yield paragraph(style, self._runs(runs), form)
            case ListBlock():
                yield from self._list(block)
            case Quote(blocks=inner):
                for each in inner:
                    yield from self._block(each, "Quotation")
            case Table():
                yield self._rich_table(block)
            case _:
                pass  # pictures are not taken into a report's text

    def _list(self, block: ListBlock) -> Iterable[str]:
        """Numbers are written out: a report that is cut and pasted keeps them."""
        for number, item in enumerate(block.items, start=1):
            sign = f"{number}. " if block.ordered else "· "
            for place, each in enumerate(item):
                if place == 0 and isinstance(each, Paragraph):
                    yield paragraph("Listed", run(sign) + self._runs(each.runs))
                else:
                    yield from self._block(each, "Listed")

    def _runs(self, runs: Iterable[Run]) -> str:
        written = []
        for each in runs:
            form = (
                ("<w:b/><w:bCs/>" if each.bold else "")
                + ("<w:i/><w:iCs/>" if each.italic else "")
                + ("<w:strike/>" if each.strike else "")
                + ('<w:u w:val="single"/>' if each.underline else "")
                + ('<w:vertAlign w:val="subscript"/>' if each.sub else "")
                + ('<w:vertAlign w:val="superscript"/>' if each.sup else "")
            )
            content = run(each.text, form)
            written.append(link_out(self._link(each.href), content) if each.href else content)
        return "".join(written)

    def _link(self, href: str) -> str:
        return self.links.setdefault(href, f"rIdLink{len(self.links) + 1}")

    def _passage(self, part: Passage) -> str:
        source = run(part.source, style="Hyperlink" if part.href else "")
        linked = link_out(self._link(part.href), source) if part.href else source
        keep = "<w:keepNext/>"
        return paragraph("Quotation", run(f"“{part.text}”"), keep) + paragraph("Origin", linked)

    # --- figures and tables ---------------------------------------------------------------------------

    def _drawing(self, part: Drawing) -> str:
        self.charts.append(part.chart)
        self.figures += 1
        number = len(self.charts)
        width = self.sheet.measure * _EMU
        height = round(_height(part.chart, compact=self.study.compact) * 360_000)
        graphic = (
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="Chart {number}" '
            f'title="{escaped(part.chart.title)}" descr="{escaped(part.chart.alt)}"/>'
            f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" '
            f'r:id="rIdChart{number}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )
        caption = f"{self.study.wording.figure}{self.figures}　{part.caption}"
        return paragraph("Picture", graphic) + plain("Caption", caption)

    def _grid(self, part: Grid) -> str:
        caption = ""
        if part.caption:
            self.tables += 1
            caption = plain("TableCaption", f"{self.study.wording.table}{self.tables}　{part.caption}")
        note = plain("Note", part.note) if part.note else plain("Note", "")
        return caption + _table(part.head, part.rows, self.sheet.measure) + note

    def _rich_table(self, table: Table) -> str:
        rows = [[" ".join(richtext.lines(cell.blocks)) for cell in row] for row in table.rows]
        columns = max((len(row) for row in rows), default=0)
        if not columns:
            return ""
        full = [tuple(row + [""] * (columns - len(row))) for row in rows]
        return _table(full[0], tuple(full[1:]), self.sheet.measure) + plain("Note", table.caption)


def _name(number: int) -> str:
    return f"_TocReport{number:03d}"


def _height(chart: Chart, *, compact: bool) -> float:
    """Centimetres: charts of rows grow with them."""
    if compact:
        return 4.6
    if chart.kind is ChartKind.DOUGHNUT:
        return 6.2
    if chart.kind in (ChartKind.BAR, ChartKind.STACKED):
        return min(17.0, 3.2 + 0.75 * len(chart.categories) * (1 if len(chart.series) < 3 else 1.3))
    return 7.8


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], measure: int) -> str:
    sizes = _widths((head, *rows), measure)
    numeric = [bool(rows) and all(_is_number(row[place]) for row in rows) for place in range(len(head))]
    parts = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Figures"/><w:tblW w:w="{measure}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{size}"/>' for size in sizes),
        "</w:tblGrid>",
        _row(head, sizes, numeric, head=True),
        *(_row(row, sizes, numeric) for row in rows),
        "</w:tbl>",
    ]
    return "".join(parts)


def _row(cells: tuple[str, ...], sizes: list[int], numeric: list[bool], *, head: bool = False) -> str:
    form = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    bold = "<w:b/><w:bCs/>" if head else ""
    content = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph('CellNumber' if right else 'Cell', run(cell, bold))}</w:tc>"
        for cell, size, right in zip(cells, sizes, numeric, strict=True)
    )
    return f"<w:tr><w:trPr>{form}</w:trPr>{content}</w:tr>"


_NUMBER = re.compile(r"[+\-−]?[\d.,]+%?|—|")
_UNBROKEN = re.compile(r"[!-~]+")


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None


def _widths(rows: tuple[tuple[str, ...], ...], measure: int) -> list[int]:
    """By the square root of the longest cell of a column, so that short columns are not starved; an address
    or a hash, which cannot be broken well, gets what it needs where that is little."""
    columns = len(rows[0])
    weights = [max(_weight(row[at]) for row in rows) for at in range(columns)]
    found = [int(measure * weight / sum(weights)) for weight in weights]
    found[-1] += measure - sum(found)
    return found


def _weight(cell: str) -> float:
    unbroken = max((len(each) for each in _UNBROKEN.findall(cell)), default=0)
    return max(4.0, min(26.0, 2.2 * math.sqrt(len(cell)) + 1), min(16.0, 0.62 * unbroken + 1))


# --- the package -----------------------------------------------------------------------------------------


def _package(writer: _Writer, body: str) -> Iterable[tuple[str, bytes]]:
    charts = range(1, len(writer.charts) + 1)
    yield "[Content_Types].xml", _types(charts).encode()
    yield "_rels/.rels", _ROOT.encode()
    yield "docProps/core.xml", _properties(writer.study).encode()
    yield "word/document.xml", _document(writer, body).encode()
    yield "word/_rels/document.xml.rels", _relations(charts, writer.links).encode()
    yield "word/styles.xml", styles_xml(compact=writer.study.compact).encode()
    yield "word/settings.xml", SETTINGS.encode()
    yield "word/fontTable.xml", FONTS.encode()
    for number, side in enumerate(_SIDES, start=1):
        yield f"word/header{number}.xml", _edge("hdr", plain("HeadLine", "")).encode()
        yield f"word/footer{number}.xml", _edge("ftr", _folio(side)).encode()
    for number, chart in zip(charts, writer.charts, strict=True):
        yield f"word/charts/chart{number}.xml", chart_xml(chart).encode()
        yield f"word/charts/_rels/chart{number}.xml.rels", _of_chart(number).encode()
        yield f"word/embeddings/chart{number}.xlsx", workbook(chart)


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ROOT = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_R}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" '
    f'Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
)


def _types(charts: Iterable[int]) -> str:
    parts = [("document", "document.main"), *((name, name) for name in ("styles", "settings", "fontTable"))]
    parts += [(f"{kind}{number}", kind) for kind in ("header", "footer") for number in (1, 2, 3)]
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in parts
    )
    drawn = "".join(
        f'<Override PartName="/word/charts/chart{number}.xml" ContentType="{CHART_TYPE}"/>'
        for number in charts
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="xlsx" '
        f'ContentType="{BOOK_TYPE}"/><Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{overrides}{drawn}</Types>"
    )


def _relations(charts: Iterable[int], links: Mapping[str, str]) -> str:
    own = [(f"rId{name}", name, f"{name}.xml") for name in ("styles", "settings", "fontTable")]
    own += [
        (f"rId{kind}{number}", kind, f"{kind}{number}.xml")
        for kind in ("header", "footer")
        for number in (1, 2, 3)
    ]
    own += [(f"rIdChart{number}", "chart", f"charts/chart{number}.xml") for number in charts]
    inside = "".join(f'<Relationship Id="{one}" Type="{_R}/{kind}" Target="{to}"/>' for one, kind, to in own)
    outside = "".join(
        f'<Relationship Id="{one}" Type="{_R}/hyperlink" Target="{escaped(to)}" TargetMode="External"/>'
        for to, one in links.items()
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inside}{outside}</Relationships>'


def _of_chart(number: int) -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_R}/package" '
        f'Target="../embeddings/chart{number}.xlsx"/></Relationships>'
    )


def _document(writer: _Writer, body: str) -> str:
    edges = "".join(
        f'<w:{kind}Reference w:type="{side}" r:id="rId{kind}{number}"/>'
        for kind in ("header", "footer")
        for number, side in enumerate(_SIDES, start=1)
    )
    return (
        f'{_XML}<w:document xmlns:w="{W}" xmlns:r="{_R}" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>{body}'
        f"<w:sectPr>{edges}{writer.sheet.xml()}</w:sectPr></w:body></w:document>"
    )


def _edge(kind: str, content: str) -> str:
    return f'{_XML}<w:{kind} xmlns:w="{W}" xmlns:r="{_R}">{content}</w:{kind}>'


def _folio(side: str) -> str:
    """Odd pages to the right, even ones to the left, one character from the edge."""
    number = run("— ") + word_field("PAGE", "1") + run(" —")
    if side == "even":
        return paragraph("Folio", number, '<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>')
    return paragraph("Folio", number, '<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>')


def _properties(study: Study) -> str:
    language = {"zh": "zh-CN", "en": "en"}[study.language]
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(study.title)}</dc:title><dc:creator>{escaped(study.byline)}</dc:creator>"
        f"<dc:language>{language}</dc:language></cp:coreProperties>"
    )
