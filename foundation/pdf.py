"""Sheets of A4 paper with Chinese text: receipts and forms.

fpdf2 with the Noto Serif of a font package, so that no system library or font is needed; only the characters
that are used go into the file. It takes half a second: never inside a write transaction.
"""

import re
from collections.abc import Sequence
from datetime import datetime

import pylopdf_fonts_zh_cn
from fpdf import FPDF
from fpdf.enums import WrapMode, XPos, YPos
from fpdf.fonts import FontFace
from fpdf.table import Row

from foundation import qr

_FONT = "serif"
_MARGIN = 22
_INK_2 = 90
"""Grey level of what is only an explanation."""
_PADDING = 1.5
_SLACK = 1.0
"""fpdf2 keeps a little room of its own in each cell."""
_PIECE = re.compile(r"[（《“‘〔【]*(?:[!-~]+|[^\s])[，。、；：？！）》”’〕】…]*|[ \u3000]", re.DOTALL)
"""What is not to be torn apart: a Latin word, or one Chinese character, with the marks that cling to it."""


class Sheets:
    """A PDF while it is written, from the top downwards; sizes are in millimetres and points.

    Args:
        title: for the reader's window, not printed.
        now: written into the file as its date.
        foot: a line at the foot of each page, left of the page's number.
    """

    def __init__(self, title: str, *, now: datetime, foot: str = "") -> None:
        self._pdf = _Paper(foot)
        self._pdf.set_title(title)
        self._pdf.set_creation_date(now)
        self._pdf.set_margins(_MARGIN, 20, _MARGIN)
        self._pdf.set_auto_page_break(True, margin=22)
        self._pdf.add_font(_FONT, fname=str(pylopdf_fonts_zh_cn.serif_path()))
        self._pdf.add_page()

    def next_page(self) -> None:
        """Go on with a new page."""
        self._pdf.add_page()

    def heading(self, text: str, *, below: str = "") -> None:
        """A centred heading, with a smaller line below it."""
        self._line(text, size=20, align="C", height=11)
        if below:
            self._line(below, size=11, align="C", height=7, grey=True)
        self._pdf.ln(3)

    def paragraph(self, text: str, *, size: float = 11, grey: bool = False) -> None:
        """Lines of text."""
        self._line(text, size=size, align="L", height=size * 0.58, grey=grey)
        self._pdf.ln(1.5)

    def facts(self, rows: Sequence[tuple[str, str]], *, label_width: int = 34) -> None:
        """A table with a name and what is so named in each row."""
        pdf = self._pdf
        pdf.set_font(_FONT, size=11)
        widths = (label_width, int(pdf.epw) - label_width)
        with pdf.table(
            col_widths=widths,
            first_row_as_headings=False,
            line_height=6.4,
            padding=_PADDING,
            text_align="LEFT",
            wrapmode=WrapMode.CHAR,
        ) as table:
            for cells in rows:
                self._row(table.row(), cells, widths)
        pdf.ln(4)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[int]) -> None:
        """A table with a head that is repeated on each page; `widths` in any unit, they are made to fit."""
        pdf = self._pdf
        pdf.set_font(_FONT, size=10)
        with pdf.table(
            col_widths=tuple(widths),
            line_height=5.6,
            padding=_PADDING,
            text_align="LEFT",
            wrapmode=WrapMode.CHAR,
            headings_style=_plain(),
        ) as table:
            for cells in (head, *rows):
                self._row(table.row(), cells, [width * pdf.epw / sum(widths) for width in widths])
        pdf.ln(4)

    def _row(self, row: Row, cells: Sequence[str], widths: Sequence[float]) -> None:
        for cell, width in zip(cells, widths, strict=True):
            row.cell(self._broken(cell, width - 2 * _PADDING - 2 * _SLACK))

    def signature_box(self, lines: Sequence[str], *, height: float = 44) -> None:
        """A framed place for a stamp, with lines to fill in at its foot."""
        pdf = self._pdf
        if pdf.will_page_break(height):
            pdf.add_page()
        top = pdf.get_y()
        pdf.rect(_MARGIN, top, pdf.epw, height)
        pdf.set_y(top + height - 7 * len(lines) - 2)
        for line in lines:
            self._line(line, size=11, align="R", height=7)
        pdf.set_y(top + height + 4)

    def code(self, text: str, beside: Sequence[str], *, side: float = 32) -> None:
        """A QR code with lines of explanation beside it."""
        pdf = self._pdf
        if pdf.will_page_break(side):
            pdf.add_page()
        left, top = pdf.get_x(), pdf.get_y()
        modules, bars = qr.bars(text)
        step = side / modules
        pdf.set_fill_color(0)
        for column, row, length in bars:
            pdf.rect(left + column * step, top + row * step, length * step + 0.02, step + 0.02, style="F")
        indent = side + 6
        pdf.set_left_margin(_MARGIN + indent)
        pdf.set_xy(_MARGIN + indent, top)
        for line in beside:
            self._line(line, size=9.5, align="L", height=5.4, grey=True)
        pdf.set_left_margin(_MARGIN)
        pdf.set_xy(_MARGIN, max(top + side, pdf.get_y()) + 4)

    def content(self) -> bytes:
        """The finished file."""
        return bytes(self._pdf.output())

    def _line(self, text: str, *, size: float, align: str, height: float, grey: bool = False) -> None:
        pdf = self._pdf
        pdf.set_font(_FONT, size=size)
        pdf.set_text_color(_INK_2 if grey else 0)
        pdf.multi_cell(
            0,
            height,
            self._broken(text, pdf.epw - 2 * _SLACK),
            align=align,
            wrapmode=WrapMode.CHAR,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
        pdf.set_text_color(0)

    def _broken(self, text: str, width: float) -> str:
        return "\n".join(broken(self._pdf, text, width))


def broken(pdf: FPDF, text: str, width: float) -> list[str]:
    """The text in lines of this width at most, in the font that is set; no line begins with a mark that ends
    something."""
    return [line for part in text.split("\n") for line in _lines(pdf, part, width)]


def _lines(pdf: FPDF, text: str, width: float) -> list[str]:
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and pdf.get_string_width(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip(" ")
    return lines


class _Paper(FPDF):
    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self._foot = foot

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font(_FONT, size=9)
        self.set_text_color(_INK_2)
        self.cell(self.epw - 20, 6, self._foot)
        self.cell(20, 6, str(self.page_no()), align="R")
        self.set_text_color(0)


def _plain() -> FontFace:
    """The head of a table: there is no bold cut of the font, so it is told by its lines."""
    return FontFace(emphasis="", fill_color=238)
