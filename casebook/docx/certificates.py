"""Certificates as a Word file: A4 across, a page each, so that a house can change them before it prints.

Each page is one table of fixed rows, so that a long title moves nothing that belongs at the foot.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from casebook.book import FontRole
from casebook.docx import zipped
from casebook.docx.look import FONTS
from foundation import qr
from foundation.text import _
from judging.values.honours import Sheet

_RED, _INK, _GREY = RGBColor(143, 26, 32), RGBColor(32, 32, 32), RGBColor(96, 96, 96)
_SONG, _SERIF = FONTS[FontRole.BODY].han, FONTS[FontRole.BODY].latin
_BORDER = "8F1A20"
_HEAD, _BODY, _FOOT = Mm(48), Mm(80), Mm(44)
_LEFT, _RIGHT = Mm(118), Mm(119)
_LONG = 60
"""Signs in the text above which it is set smaller."""


def write_certificates(sheets: Sequence[Sheet]) -> bytes:
    """One page for each sheet."""
    document = Document()
    _page(document)
    document.core_properties.title = sheets[0].heading
    document.core_properties.author = sheets[0].issuers[0] if sheets[0].issuers else ""
    document.core_properties.comments = ""
    for number, sheet in enumerate(sheets):
        _certificate(document, sheet, last=number == len(sheets) - 1)
    raw = BytesIO()
    document.save(raw)
    return zipped.normalised(raw.getvalue())


def _page(document: DocumentObject) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(30)
    section.top_margin, section.bottom_margin = Mm(17), Mm(14)
    section.header_distance = section.footer_distance = Mm(5)
    edges = "".join(
        f'<w:{side} w:val="thickThinMediumGap" w:sz="24" w:space="20" w:color="{_BORDER}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    borders = parse_xml(f'<w:pgBorders {nsdecls("w")} w:offsetFrom="page">{edges}</w:pgBorders>')
    section._sectPr.insert_element_before(
        borders, "w:lnNumType", "w:pgNumType", "w:cols", "w:noEndnote", "w:titlePg", "w:docGrid"
    )
    normal = document.styles["Normal"]
    normal.font.name = _SERIF
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _SONG)
    normal.paragraph_format.space_after = Pt(0)


def _certificate(document: DocumentObject, sheet: Sheet, *, last: bool) -> None:
    table = document.add_table(rows=3, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for row, height in zip(table.rows, (_HEAD, _BODY, _FOOT), strict=True):
        row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.EXACTLY
        for cell, width in zip(row.cells, (_LEFT, _RIGHT), strict=True):
            cell.width = width
    head = table.rows[0].cells[0].merge(table.rows[0].cells[1])
    body = table.rows[1].cells[0].merge(table.rows[1].cells[1])
    _heading(head, sheet)
    _words(body, sheet)
    _proof(table.rows[2].cells[0], sheet)
    _signed(table.rows[2].cells[1], sheet)
    after = document.add_paragraph()
    after.paragraph_format.line_spacing = Pt(1)
    if not last:
        after.add_run().add_break(WD_BREAK.PAGE)


def _heading(cell: _Cell, sheet: Sheet) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    line = cell.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = _run(line, sheet.heading, 44 if len(sheet.heading) <= 10 else 34, _RED, bold=True)
    if sheet.language == "zh":
        spacing = parse_xml(f'<w:spacing {nsdecls("w")} w:val="360"/>')
        run._r.get_or_add_rPr().append(spacing)


def _words(cell: _Cell, sheet: Sheet) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    length = sum(len(words) for _kind, words in sheet.lines)
    size = 21 if length <= _LONG else 18 if length <= 2 * _LONG else 15
    for number, (kind, words) in enumerate(sheet.lines):
        line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        line.paragraph_format.line_spacing = 1.5
        if kind == "prize" or sheet.language != "zh":
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif kind == "text":
            line.paragraph_format.first_line_indent = Pt(2 * size)
        if kind == "prize":
            _run(line, words, size * 1.7, _RED, bold=True)
        else:
            _run(line, words, size, _INK)


def _proof(cell: _Cell, sheet: Sheet) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
    picture = cell.paragraphs[0].add_run().add_picture(BytesIO(qr.png(sheet.verify_url)), width=Mm(24))
    picture._inline.docPr.set("descr", sheet.verify_url)
    _run(cell.add_paragraph(), str(_("证书编号：%(number)s", number=sheet.number)), 10.5, _INK)
    address = sheet.verify_url.rsplit("/", 1)[0]
    told = str(_("扫描二维码，或在 %(address)s 输入编号，可以核验真伪。", address=address))
    _run(cell.add_paragraph(), told, 8, _GREY)


def _signed(cell: _Cell, sheet: Sheet) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
    place = cell.paragraphs[0]
    _run(place, str(_("（盖章）")), 8, _GREY)
    lines = [place]
    for words in (*sheet.issuers, sheet.dated):
        lines.append(cell.add_paragraph())
        _run(lines[-1], words, 14 if len(words) <= 20 else 12, _INK)
    for line in lines:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_after = Pt(3)


def _run(line: Paragraph, words: str, size: float, colour: RGBColor, *, bold: bool = False) -> Run:
    run = line.add_run(words)
    run.font.size, run.font.color.rgb, run.font.bold = Pt(size), colour, bold
    run.font.name = _SERIF
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _SONG)
    return run
