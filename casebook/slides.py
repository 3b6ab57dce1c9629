"""Slides as a PowerPoint file: a title, then pages of a heading and short points, set so that a hall can read
them. Empty presenter's templates are not used: each page is drawn, so that it looks the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Cm, Emu, Pt

from casebook.docx import zipped

_RED, _INK, _GREY = RGBColor(143, 26, 32), RGBColor(32, 32, 32), RGBColor(96, 96, 96)
_LATIN, _HAN = "Arial", "微软雅黑"
_WIDTH, _HEIGHT, _MARGIN = Cm(33.867), Cm(19.05), Cm(2.2)
_SIZES = ((90, 30), (180, 26), (320, 22), (520, 18))
"""(signs on a page up to which, points): long pages are set smaller, the longest smallest."""
_SMALLEST = 15


def write_slides(title: str, byline: str, pages: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """The file. A page without points shows its heading alone, large."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = _WIDTH, _HEIGHT
    slides.core_properties.title = title
    slides.core_properties.author = ""
    _centred(slides, title, byline, size=44 if len(title) <= 18 else 34)
    for number, (heading, points) in enumerate(pages, start=2):
        page = _page(slides, heading, points) if points else _centred(slides, heading, "", size=40)
        _number(page, number)
    out = BytesIO()
    slides.save(out)
    return zipped.normalised(out.getvalue())


def _blank(slides: Slides) -> Slide:
    page: Slide = slides.slides.add_slide(slides.slide_layouts[6])
    return page


def _centred(slides: Slides, heading: str, below: str, *, size: int) -> Slide:
    page = _blank(slides)
    _bar(page, _MARGIN, Cm(6.2), Cm(0.35), Cm(6.0))
    frame = _frame(page, _MARGIN + Cm(1.1), Cm(5.6), _WIDTH - _MARGIN * 2 - Cm(1.1), Cm(7.2))
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _write(frame.paragraphs[0], heading, size, _RED, bold=True)
    if below:
        line = frame.add_paragraph()
        line.space_before = Pt(14)
        _write(line, below, 20, _GREY)
    return page


def _page(slides: Slides, heading: str, points: Sequence[str]) -> Slide:
    page = _blank(slides)
    _bar(page, _MARGIN, Cm(1.5), Cm(0.25), Cm(1.5))
    top = _frame(page, _MARGIN + Cm(0.7), Cm(1.25), _WIDTH - _MARGIN * 2, Cm(2.0))
    top.vertical_anchor = MSO_ANCHOR.MIDDLE
    _write(top.paragraphs[0], heading, 34, _RED, bold=True)
    body = _frame(page, _MARGIN, Cm(4.1), _WIDTH - _MARGIN * 2, _HEIGHT - Cm(6.0))
    length = sum(map(len, points))
    size = next((size for limit, size in _SIZES if length <= limit), _SMALLEST)
    for number, words in enumerate(points):
        line = body.paragraphs[0] if number == 0 else body.add_paragraph()
        line.line_spacing, line.space_after = 1.25, Pt(size * 0.5)
        if len(points) > 1:
            _bullet(line, size)
        _write(line, words, size, _INK)
    return page


def _frame(page: Slide, left: int, top: int, width: int, height: int) -> TextFrame:
    box = page.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height))
    frame: TextFrame = box.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    return frame


def _write(line: _Paragraph, words: str, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    run = line.add_run()
    run.text = words
    run.font.size, run.font.bold, run.font.color.rgb, run.font.name = Pt(size), bold, colour, _LATIN
    properties = run._r.get_or_add_rPr()
    etree.SubElement(properties, qn("a:ea")).set("typeface", _HAN)


def _bullet(line: _Paragraph, size: float) -> None:
    properties = line._p.get_or_add_pPr()
    indent = str(int(Pt(size * 1.1)))
    properties.set("marL", indent)
    properties.set("indent", f"-{indent}")
    etree.SubElement(properties, qn("a:buChar")).set("char", "•")


def _bar(page: Slide, left: int, top: int, width: int, height: int) -> None:
    bar = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(left), Emu(top), Emu(width), Emu(height))
    bar.fill.solid()
    bar.fill.fore_color.rgb = _RED
    bar.line.fill.background()


def _number(page: Slide, number: int) -> None:
    frame = _frame(page, _WIDTH - _MARGIN - Cm(2), _HEIGHT - Cm(1.6), Cm(2), Cm(1))
    _write(frame.paragraphs[0], str(number), 12, _GREY)
