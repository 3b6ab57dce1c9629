"""The cover as one sheet for the printer: back, spine and front side by side, with bleed and marks.

The page is the trimmed spread with 10 mm around it: 3 mm of bleed, then the marks for cutting and folding.
What Word cannot say stays to be said to the printer: the boxes of a PDF, plates and overprint; colours are
RGB and are converted there.
"""

from io import BytesIO

from casebook.book import Book
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, frame, paragraph, plain, run
from casebook.docx.front.cover import back_ground, back_words, front_words, ground
from casebook.docx.front.shapes import Field, Panel, fields
from casebook.docx.lines import em_width
from casebook.docx.look import Look
from casebook.docx.media import MediaShelf
from casebook.docx.package import Binding, Properties
from casebook.docx.reference import Reference, reference
from casebook.docx.sections import Sections
from casebook.docx.template import adopted
from casebook.docx.trims import MILLIMETRES, Geometry, twips
from casebook.imprint_words import imprint_words
from casebook.renderer import NoPictures
from casebook.rules.spine import Spine
from casebook.wording import wording

BLEED, AROUND = 3.0, 10.0
_MARK, _HAIR, _BLACK = 5.0, 0.15, "000000"
_LARGEST, _SMALLEST = 16.0, 7.0


def render_jacket(book: Book, spine: Spine) -> bytes:
    """The sheet as a Word file. `spine` has its thickness; one that is too thin stays without words."""
    look, house = Look.of(book.format), book.format.reference
    source = adopted(house, look) if house else reference(look)
    width, height = MILLIMETRES[book.format.trim]
    page = _sheet(2 * width + spine.millimetres + 2 * AROUND, height + 2 * AROUND)
    source = Reference(source.parts, look, page)
    draft = Draft(MediaShelf(NoPictures()), wording(book.language), page.measure, palette=look.palette)
    sections = Sections(page)
    back = Panel(AROUND, AROUND, width, height, BLEED)
    front = Panel(AROUND + width + spine.millimetres, AROUND, width, height, BLEED)
    middle = Panel(AROUND + width, AROUND, spine.millimetres, height, BLEED)
    shapes = [*back_ground(draft, book, back), *ground(draft, front), _spine_ground(draft, middle)]
    drawn = paragraph("Spacer", fields(draft, *shapes, *_marks(back, front)))
    words = [back_words(draft, book, back), plain("Spacer", ""), front_words(draft, book, front)]
    words += [plain("Spacer", ""), _slug(book, spine)]
    body = [drawn, *words]
    if spine.has_words:
        body += [plain("Spacer", ""), _spine_words(book, middle)]
    section = sections.bare("nextPage")
    out = BytesIO()
    about = Properties(book.title, "", book.publisher or book.imprint.compiler, "zh-CN")
    Binding(source, sections, draft).write(out, about, [*body, plain("Spacer", ""), section])
    return out.getvalue()


def _sheet(width: float, height: float) -> Geometry:
    edge = twips(AROUND)
    wide, high = twips(width), twips(height)
    return Geometry(wide, high, top=edge, right=edge, bottom=edge, left=edge, header=284, footer=284)


def _spine_ground(draft: Draft, panel: Panel) -> Field:
    return Field(
        panel.x, panel.y - BLEED, max(panel.width, _HAIR), panel.height + 2 * BLEED, draft.palette.deep
    )


def _marks(back: Panel, front: Panel) -> list[Field]:
    """Where the sheet is cut, at its corners, and where it is folded, above and below the spine."""
    top, bottom = back.y - BLEED - _MARK, back.y + back.height + BLEED
    left, right = back.x - BLEED - _MARK, front.x + front.width + BLEED
    upright = [back.x, back.x + back.width, front.x, front.x + front.width]
    found = [Field(x, y, _HAIR, _MARK, _BLACK) for x in upright for y in (top, bottom)]
    level = [back.y, back.y + back.height]
    return found + [Field(x, y, _MARK, _HAIR, _BLACK) for y in level for x in (left, right)]


def _slug(book: Book, spine: Spine) -> Xml:
    """What the sheet measures, in the margin that is cut off."""
    width, height = MILLIMETRES[book.format.trim]
    words = imprint_words(book.language)
    line = words.sheet.format(width=width, height=height, spine=f"{spine.millimetres:g}", bleed=f"{BLEED:g}")
    place = frame(twips(AROUND + 8), twips(1.5), twips(width - 16))
    return plain("SlugLine", line, place)


def _spine_words(book: Book, panel: Panel) -> Xml:
    """Title from above, publisher from below, as one reads down a spine."""
    size = min(_LARGEST, max(_SMALLEST, panel.width * 72 / 25.4 * 0.6))
    name = book.publisher or book.imprint.compiler
    title = book.title + (f"　{book.subtitle}" if book.subtitle else "")
    room = panel.height * 0.66 * 72 / 25.4
    size = min(size, room / max(1.0, em_width(title) * 1.12))
    rows = ((title, panel.height * 0.7, size, "left"), (name, panel.height * 0.2, size * 0.8, "right"))
    written = "".join(_spine_row(text, high, points, side, panel.width) for text, high, points, side in rows)
    width = twips(panel.width)
    return Xml(
        "<w:tbl><w:tblPr>"
        f'<w:tblpPr w:horzAnchor="page" w:vertAnchor="page" w:tblpX="{twips(panel.x)}" '
        f'w:tblpY="{twips(panel.y + panel.height * 0.05)}"/>'
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{written}</w:tbl>'
    )


def _spine_row(text: str, height: float, points: float, side: str, width: float) -> str:
    half = round(points * 2)
    letters = run(text, f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>')
    line = f'<w:spacing w:line="{twips(width)}" w:lineRule="exact"/>'
    content = paragraph("SpineTitle", letters, f'{line}<w:jc w:val="{side}"/>')
    return (
        f'<w:tr><w:trPr><w:trHeight w:val="{twips(height)}" w:hRule="exact"/></w:trPr><w:tc><w:tcPr>'
        f'<w:tcW w:w="{twips(width)}" w:type="dxa"/><w:textDirection w:val="tbRl"/><w:vAlign w:val="center"/>'
        f"</w:tcPr>{content}</w:tc></w:tr>"
    )
