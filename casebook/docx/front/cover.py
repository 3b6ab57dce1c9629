"""The covers: the book's colour to the edge, a gold frame, the title on it; the back with its words.

The same drawings serve the book's own first and last page and the sheet that a printer folds around it
(`jacket`): a panel says where, how large, and how far beyond the edge.
"""

from casebook.book import Book, Profile
from casebook.docx.balancing import in_lines
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, paragraph, plain
from casebook.docx.front.shapes import Field, Panel, fields
from casebook.docx.trims import Geometry, twips
from casebook.imprint_words import imprint_words

_SPINE_SIDE = 9.0
_BARCODE = (45.0, 30.0)
WHITE = "FFFFFF"


def cover_page(draft: Draft, book: Book, page: Geometry) -> Xml:
    """The first page of the book's own file."""
    panel = Panel.of(page)
    return Xml(paragraph("Spacer", fields(draft, *ground(draft, panel))) + front_words(draft, book, panel))


def back_page(draft: Draft, book: Book, page: Geometry) -> Xml:
    """The last page of the book's own file."""
    panel = Panel.of(page)
    return Xml(
        paragraph("Spacer", fields(draft, *back_ground(draft, book, panel))) + back_words(draft, book, panel)
    )


def ground(draft: Draft, panel: Panel) -> tuple[Field, ...]:
    """The fields of the front."""
    colours, bleed = draft.palette, panel.bleed
    width, height, split = panel.width, panel.height, panel.down(198)
    side, inset, rule = panel.across(_SPINE_SIDE), panel.across(11), 0.5
    x, y = panel.x, panel.y
    return (
        Field(x, y + split, width + bleed, height - split + bleed, colours.paper),
        Field(x, y - bleed, width + bleed, split + bleed, colours.accent),
        Field(x, y - bleed, side, split + bleed, colours.deep),
        Field(x, y + split, width + bleed, 1.4, colours.gold),
        Field(x + side + inset, y + inset, width - side - 2 * inset, rule, colours.gold),
        Field(x + side + inset, y + split - inset, width - side - 2 * inset, rule, colours.gold),
        Field(x + side + inset, y + inset, rule, split - 2 * inset, colours.gold),
        Field(x + width - inset - rule, y + inset, rule, split - 2 * inset, colours.gold),
        Field(x + panel.across(32), y + panel.down(62), 1.6, 14, colours.gold),
    )


def front_words(draft: Draft, book: Book, panel: Panel) -> Xml:
    """What the front says, each in a place of its own, so that a long title moves nothing at the foot."""
    words = imprint_words(book.language)
    left, width = panel.across(36), panel.width - panel.across(36 + 24)
    mark: list[Xml] = []
    if book.format.profile is Profile.INTERNAL:
        top = panel.frame(left, panel.down(22), width)
        mark = [plain("CoverMark", words.internal, top)]
        if book.imprint.permit:
            mark.append(plain("CoverMark", f"{words.permit}　{book.imprint.permit}", top))
    place = panel.frame(left, panel.down(78), width)
    title = [plain("Title", in_lines(book.title, 36, twips(width) - 200, 4), place)]
    if book.subtitle:
        title.append(plain("Subtitle", book.subtitle, place))
    at_foot = panel.frame(left, panel.down(232), width)
    foot = [plain("CoverYear", str(book.year), at_foot)]
    name = book.publisher or book.imprint.compiler
    if name:
        foot.append(plain("CoverFoot", name, at_foot))
    return _apart(mark, title, foot)


def _apart(*places: list[Xml]) -> Xml:
    """Framed paragraphs place by place: LibreOffice loses the middle one of three frames without a paragraph
    of the page between them."""
    return Xml(plain("Spacer", "").join("".join(place) for place in places if place))


def back_ground(draft: Draft, book: Book, panel: Panel) -> tuple[Field, ...]:
    colours, bleed = draft.palette, panel.bleed
    x, y, width, height, split = panel.x, panel.y, panel.width, panel.height, panel.down(198)
    shapes = [
        Field(x - bleed, y - bleed, width + bleed, height + 2 * bleed, colours.paper),
        Field(x - bleed, y + split, width + bleed, 1.4, colours.gold),
        Field(x - bleed, y - bleed, width + bleed, 9 + bleed, colours.accent),
    ]
    if book.format.profile is Profile.FORMAL:
        wide, high = _BARCODE
        left, top = barcode_place(panel)
        shapes.append(Field(x + left, y + top, wide, high, WHITE))
    return tuple(shapes)


def barcode_place(panel: Panel) -> tuple[float, float]:
    """The corner of the white field for the barcode, in millimetres from the panel's corner."""
    return panel.width - panel.across(22) - _BARCODE[0], panel.height - panel.down(20) - _BARCODE[1]


def back_words(draft: Draft, book: Book, panel: Panel) -> Xml:
    left, width = panel.across(26), panel.width - panel.across(52)
    place = panel.frame(left, panel.down(40), width)
    blurb = [plain("BackText", line, place) for line in book.blurb]
    internal = book.format.profile is Profile.INTERNAL
    return _apart(blurb, *([_internal_lines(book, panel)] if internal else _formal_lines(book, panel)))


def _formal_lines(book: Book, panel: Panel) -> tuple[list[Xml], list[Xml]]:
    """Number above the barcode's field and price below it, as the two belong together."""
    words, (left, top) = imprint_words(book.language), barcode_place(panel)
    number, price = [], []
    if book.imprint.isbn:
        place = panel.frame(left, top - 7, _BARCODE[0] + 8)
        number.append(plain("BackLine", f"ISBN {book.imprint.isbn}", place))
    if book.imprint.price:
        line = f"{words.price.replace('　', '')}{words.colon}{book.imprint.price}"
        price.append(plain("BackLine", line, panel.frame(left, top + _BARCODE[1] + 1.5, _BARCODE[0] + 8)))
    return number, price


def _internal_lines(book: Book, panel: Panel) -> list[Xml]:
    """What internal material must say where everybody sees it, at the foot of the back."""
    words, imprint = imprint_words(book.language), book.imprint
    rows = (
        (words.permit, imprint.permit),
        (words.issuer, imprint.compiler or book.publisher),
        (words.audience, imprint.audience),
        (words.printer, imprint.printer),
        (words.printed_on, imprint.printed_on),
        (words.print_run, imprint.print_run),
    )
    place = panel.frame(panel.across(26), panel.down(212), panel.width - panel.across(52))
    found = [plain("BackMark", words.internal, place)]
    found += [
        plain("BackLine", f"{name.replace('　', '')}{words.colon}{value}", place)
        for name, value in rows
        if value
    ]
    return found
