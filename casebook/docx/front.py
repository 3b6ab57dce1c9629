"""The pages before the text: cover, title page, colophon, foreword; and the chapters' dividers."""

import math
from dataclasses import dataclass

from casebook.book import Book, Chapter
from casebook.docx.body import Place, blocks_xml
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, bookmark, frame, indent, page_field, paragraph, plain, run
from casebook.docx.figures import Numbers
from casebook.docx.lines import em_width
from casebook.docx.palette import PALETTE
from casebook.docx.reference import Geometry
from foundation.richtext import lines

MM = 36_000
"""EMU of a millimetre."""
_TWIPS_PER_MM = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class Field:
    """A coloured rectangle on the page, in millimetres from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: str


def fields(draft: Draft, *shapes: Field) -> Xml:
    return Xml(
        "".join(
            page_field(
                draft.shelf.colour(shape.colour),
                draft.next_drawing(),
                round(shape.x * MM),
                round(shape.y * MM),
                round(shape.width * MM),
                round(shape.height * MM),
            )
            for shape in shapes
        )
    )


def _before(points: float) -> str:
    return f'<w:spacing w:before="{points * 20:.0f}"/>'


def balanced(text: str, size: float, measure: int, spread: float = 0.0, *, centred: bool = True) -> str:
    """Indents that break a long title into lines of like length instead of leaving a character over.

    `size` and `spread` in points, `measure` in twips; "" when the title stands on one line.
    """
    em = size * 20
    width = em_width(text) * em + len(text) * spread * 20
    count = -(-width // measure)
    if count < 2:
        return ""
    per_line = math.ceil(em_width(text) / count) + 0.4
    target = min(measure, per_line * (em + spread * 20))
    free = int(measure - target)
    return indent(free // 2, free // 2) if centred else indent(0, free)


def cover(draft: Draft, book: Book, page: Geometry) -> Xml:
    """The book's colour to the edge, a gold frame, the title on it; publisher and year on the light foot."""
    width, height = page.width / _TWIPS_PER_MM, page.height / _TWIPS_PER_MM
    split, inset, rule = 198.0, 11.0, 0.5
    ground = fields(
        draft,
        Field(0, 0, width, height, PALETTE.paper),
        Field(0, 0, width, split, PALETTE.accent),
        Field(0, 0, 9, split, PALETTE.deep),
        Field(0, split, width, 1.4, PALETTE.gold),
        Field(9 + inset, inset, width - 9 - 2 * inset, rule, PALETTE.gold),
        Field(9 + inset, split - inset, width - 9 - 2 * inset, rule, PALETTE.gold),
        Field(9 + inset, inset, rule, split - 2 * inset, PALETTE.gold),
        Field(width - inset - rule, inset, rule, split - 2 * inset, PALETTE.gold),
        Field(page.left / _TWIPS_PER_MM + 6, 62, 1.6, 14, PALETTE.gold),
    )
    margin = 560
    room = page.measure - margin - 300
    title = balanced(book.title, 36, room, 4, centred=False) or indent(0, 0)
    shifted = title.replace('w:left="0"', f'w:left="{margin}"')
    parts = [paragraph("Spacer", ground), plain("Title", book.title, _before(150) + shifted)]
    if book.subtitle:
        parts.append(plain("Subtitle", book.subtitle, indent(margin)))
    # A frame on the light foot: it stays there however many lines the title needs.
    foot = frame(x=page.left + margin, y=round((split + 34) * _TWIPS_PER_MM), width=room)
    parts.append(plain("CoverYear", str(book.year), foot + _before(0)))
    parts.append(plain("CoverFoot", book.publisher, foot))
    return Xml("".join(parts))


def title_page(draft: Draft, book: Book, page: Geometry) -> Xml:
    words = draft.wording
    rules = fields(
        draft,
        Field(page.width / _TWIPS_PER_MM / 2 - 12 + 2, 62, 24, 0.7, PALETTE.accent),
    )
    parts = [
        paragraph("Spacer", rules),
        plain("InnerTitle", book.title, _before(140) + balanced(book.title, 30, page.measure, 3)),
    ]
    if book.subtitle:
        parts.append(plain("InnerSubtitle", book.subtitle))
    if book.imprint.compiler:
        parts.append(plain("InnerSubtitle", words.compiled.format(book.imprint.compiler), _before(30)))
    foot = frame(x=page.left, y=page.height - round(52 * _TWIPS_PER_MM), width=page.measure)
    parts.append(plain("InnerFoot", book.publisher, foot))
    parts.append(plain("InnerFoot", words.year.format(book.year), foot))
    return Xml("".join(parts))


def colophon(draft: Draft, book: Book, page: Geometry, pages: int | None) -> Xml:
    """Publication details at the foot of the title page's back. Nothing is printed that nobody has given."""
    words, imprint = draft.wording, book.imprint
    size = f"{round(page.width / _TWIPS_PER_MM)} mm × {round(page.height / _TWIPS_PER_MM)} mm"
    rows = [
        (words.colophon_title, " ".join(part for part in (book.title, book.subtitle) if part)),
        (words.colophon_compiler, imprint.compiler),
        (words.colophon_publisher, book.publisher),
        (words.colophon_edition, imprint.edition or words.year.format(book.year)),
        (words.colophon_printing, imprint.printing),
        (words.colophon_size, size),
        (
            words.colophon_sheets,
            words.sheets.format(f"{pages / 16:.2f}".rstrip("0").rstrip(".")) if pages else "",
        ),
        (words.colophon_characters, words.characters.format(max(1, round(characters(book) / 1000)))),
        (words.colophon_isbn, imprint.isbn),
    ]
    shown = [(name, value) for name, value in rows if value]
    notes = [words.colophon_cip.format(imprint.cip)] if imprint.cip else []
    notes += imprint.remark.splitlines()
    drop = 600 - 24 - 17 * (len(shown) + len(notes))
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="4" w:color="' + PALETTE.gold + '"/></w:pBdr>'
    parts = [
        plain(
            "ColophonHead", words.colophon_head, rule + f'<w:spacing w:before="{drop * 20}" w:after="120"/>'
        )
    ]
    parts += [
        paragraph("Colophon", Xml(f"{run(name)}<w:r><w:tab/></w:r>{run(value)}")) for name, value in shown
    ]
    parts += [plain("Colophon", note) for note in notes]
    return Xml("".join(parts))


def characters(book: Book) -> int:
    """Characters of the text without white space, as a colophon states them."""
    total = 0
    for entry in book.entries:
        total += len(entry.title) + len(entry.summary)
        total += sum(len("".join(line.split())) for line in lines(entry.blocks))
    return total


def foreword(draft: Draft, book: Book, name: str) -> Xml:
    heading = bookmark(name, draft.next_bookmark(), run(draft.wording.foreword))
    text = blocks_xml(draft, Numbers(), book.foreword, Place(draft.measure))
    return Xml(paragraph("FrontHeading", heading) + text)


def divider(draft: Draft, chapter: Chapter, number: int, name: str, page: Geometry) -> Xml:
    """A right-hand page: a band of colour at the spine, the chapter's number, title and extent.

    Its blank back is a page of its own: LibreOffice sets the first page of a section that begins on an odd
    page 16 points too high, so the cases simply begin on the next page.
    """
    words = draft.wording
    height = page.height / _TWIPS_PER_MM
    shapes = fields(
        draft,
        Field(0, 0, page.width / _TWIPS_PER_MM, height, PALETTE.paper),
        Field(0, 0, 34, height, PALETTE.accent),
        Field(34, 0, 1.2, height, PALETTE.gold),
    )
    left = 1456
    title = balanced(chapter.title, 28, page.measure - left, 2, centred=False)
    shifted = title.replace('w:left="0"', f'w:left="{left}"') if title else ""
    rule = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="1" w:color="{PALETTE.gold}"/></w:pBdr>'
        + _before(4)
        + indent(left, page.measure - left - 1250)
    )
    parts = [
        paragraph("Spacer", shapes),
        plain("DividerNumber", words.chapter.format(words.number(number)), _before(210)),
        paragraph("Heading1", bookmark(name, draft.next_bookmark(), run(chapter.title)), shifted),
        paragraph("CaseRule", "", rule),
        plain("DividerNote", words.entries.format(len(chapter.entries)), _before(16)),
        plain("Spacer", "", "<w:pageBreakBefore/>"),
    ]
    return Xml("".join(parts))
