"""Certificates as PDF: A4 across, one page each, drawn with fpdf2 and the fonts that come with the product.

There is no bold cut of the font: what stands out is drawn with a thin outline. It takes half a second a file:
never inside a write transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pylopdf_fonts_zh_cn
from fpdf import FPDF
from fpdf.enums import TextMode

from foundation import qr
from foundation.pdf import broken
from foundation.text import _
from judging.values.honours import Sheet

_FONT = "serif"
_WIDE, _HIGH = 297.0, 210.0
_LEFT = 40.0
_MEASURE = _WIDE - 2 * _LEFT
_RED = (143, 26, 32)
_GOLD = (176, 137, 62)
_INK = (32, 32, 32)
_GREY = (112, 112, 112)
_SIDE = 25.0
"""Side of the QR code."""
_BODY_TOP, _BODY_BOTTOM = 70.0, 146.0
_SIZES = (21.0, 19.0, 17.0, 15.0, 13.0, 11.5)
"""Sizes of the body in points: the first in which everything has room."""
_LINE = 0.62
"""Height of a line in millimetres a point."""


def certificates_pdf(sheets: Sequence[Sheet], *, now: datetime) -> bytes:
    """One file with a page for each sheet."""
    pdf = FPDF(orientation="landscape", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margins(0, 0, 0)
    pdf.add_font(_FONT, fname=str(pylopdf_fonts_zh_cn.serif_path()))
    pdf.set_creation_date(now)
    pdf.set_title(sheets[0].heading if len(sheets) > 1 else f"{sheets[0].heading} {sheets[0].number}")
    for sheet in sheets:
        pdf.add_page()
        _frame(pdf)
        _heading(pdf, sheet)
        _body(pdf, sheet)
        _proof(pdf, sheet)
        _signed(pdf, sheet)
    return bytes(pdf.output())


def _frame(pdf: FPDF) -> None:
    """A broad red line, a fine golden one inside, and angles in the corners."""
    pdf.set_draw_color(*_RED)
    pdf.set_line_width(1.3)
    pdf.rect(9, 9, _WIDE - 18, _HIGH - 18)
    pdf.set_draw_color(*_GOLD)
    pdf.set_line_width(0.35)
    pdf.rect(12.5, 12.5, _WIDE - 25, _HIGH - 25)
    pdf.set_line_width(0.7)
    for across, x in ((1, 16.0), (-1, _WIDE - 16)):
        for down, y in ((1, 16.0), (-1, _HIGH - 16)):
            for step in (0.0, 2.6):
                long = 16 - 2 * step
                pdf.line(x + across * step, y + down * step, x + across * (step + long), y + down * step)
                pdf.line(x + across * step, y + down * step, x + across * step, y + down * (step + long))


def _heading(pdf: FPDF, sheet: Sheet) -> None:
    size = 44.0
    pdf.set_font(_FONT, size=size)
    while pdf.get_string_width(sheet.heading) > _MEASURE - 30:
        size -= 2
        pdf.set_font(_FONT, size=size)
    room = _MEASURE - pdf.get_string_width(sheet.heading)
    spread = min(9.0, room / max(1, len(sheet.heading) - 1)) if sheet.language == "zh" else 0.0
    wide = pdf.get_string_width(sheet.heading) + spread * (len(sheet.heading) - 1)
    x, y = (_WIDE - wide) / 2, 52.0
    if spread:
        for sign in sheet.heading:
            _strong(pdf, x, y, sign, 0.35, _RED)
            x += pdf.get_string_width(sign) + spread
    else:
        _strong(pdf, x, y, sheet.heading, 0.35, _RED)
    pdf.set_draw_color(*_GOLD)
    pdf.set_line_width(0.4)
    pdf.line(_WIDE / 2 - 34, 59.5, _WIDE / 2 + 34, 59.5)


def _strong(pdf: FPDF, x: float, y: float, words: str, outline: float, colour: tuple[int, int, int]) -> None:
    with pdf.local_context(text_mode=TextMode.FILL_STROKE, line_width=outline):
        pdf.set_text_color(*colour)
        pdf.set_draw_color(*colour)
        pdf.text(x, y, words)


def _body(pdf: FPDF, sheet: Sheet) -> None:
    """To whom, the text, the prize on a line of its own: Chinese from the left with an indent, other
    languages centred."""
    size, lines = _fitting(pdf, sheet)
    high = sum(_advance(kind, size) for kind, _words in lines)
    y = _BODY_TOP + max(0.0, (_BODY_BOTTOM - _BODY_TOP - high) / 2)
    for kind, words in lines:
        y += _advance(kind, size)
        pdf.set_font(_FONT, size=_size_of(kind, size))
        if kind == "prize":
            x = (_WIDE - pdf.get_string_width(words)) / 2
            _strong(pdf, x, y - size * 0.16, words, 0.3, _RED)
        else:
            pdf.set_text_color(*_INK)
            centred = (_WIDE - pdf.get_string_width(words)) / 2
            pdf.text(_LEFT if sheet.language == "zh" else centred, y - size * 0.12, words)


def _fitting(pdf: FPDF, sheet: Sheet) -> tuple[float, list[tuple[str, str]]]:
    for size in _SIZES:
        lines = _laid_out(pdf, sheet, size)
        if sum(_advance(kind, size) for kind, _words in lines) <= _BODY_BOTTOM - _BODY_TOP:
            return size, lines
    return _SIZES[-1], _laid_out(pdf, sheet, _SIZES[-1])


def _laid_out(pdf: FPDF, sheet: Sheet, size: float) -> list[tuple[str, str]]:
    found = []
    for kind, words in sheet.lines:
        pdf.set_font(_FONT, size=_size_of(kind, size))
        indent = "\u3000\u3000" if kind == "text" and sheet.language == "zh" else ""
        found += [(kind, line) for line in broken(pdf, indent + words, _MEASURE)]
    return found


def _size_of(kind: str, size: float) -> float:
    return size * 1.75 if kind == "prize" else size * 1.08 if kind == "to" else size


def _advance(kind: str, size: float) -> float:
    return _size_of(kind, size) * _LINE * (1.12 if kind == "prize" else 1.0)


def _proof(pdf: FPDF, sheet: Sheet) -> None:
    """The QR code with number and address, at the lower left."""
    x, y = 27.0, _HIGH - 27 - _SIDE
    modules, bars = qr.bars(sheet.verify_url)
    step = _SIDE / modules
    pdf.set_fill_color(0)
    for column, row, length in bars:
        pdf.rect(x + column * step, y + row * step, length * step + 0.02, step + 0.02, style="F")
    pdf.set_text_color(*_INK)
    pdf.set_font(_FONT, size=10.5)
    pdf.text(x + _SIDE + 5, y + 7, str(_("证书编号：%(number)s", number=sheet.number)))
    pdf.set_text_color(*_GREY)
    pdf.set_font(_FONT, size=8.5)
    address = sheet.verify_url.rsplit("/", 1)[0]
    told = str(_("扫描二维码，或在 %(address)s 输入编号，可以核验真伪。", address=address))
    for number, line in enumerate(broken(pdf, told, 78)):
        pdf.text(x + _SIDE + 5, y + 13.5 + 4.6 * number, line)


def _signed(pdf: FPDF, sheet: Sheet) -> None:
    """Who issues it, with room for the seal over name and date, at the lower right."""
    centre = _WIDE - 78.0
    size = 15.0 if len(sheet.issuers) <= 2 else 12.0
    step = size * 0.58
    y = _HIGH - 30.0
    pdf.set_text_color(*_INK)
    pdf.set_font(_FONT, size=size)
    pdf.text(centre - pdf.get_string_width(sheet.dated) / 2, y, sheet.dated)
    for words in reversed(sheet.issuers):
        y -= step
        shown = size
        pdf.set_font(_FONT, size=shown)
        while pdf.get_string_width(words) > 104 and shown > 8:
            shown -= 0.5
            pdf.set_font(_FONT, size=shown)
        pdf.text(centre - pdf.get_string_width(words) / 2, y, words)
    pdf.set_text_color(*_GREY)
    pdf.set_font(_FONT, size=8.5)
    place = str(_("（盖章）"))
    pdf.text(centre - pdf.get_string_width(place) / 2, y - step - 1, place)
