"""The back of the title page: CIP data and the record of the edition, or what internal material must say.

Nothing is printed that nobody has given. Sheets are counted from the pages between the covers.
"""

from collections.abc import Iterable

from casebook.book import Book, Profile, Trim
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, paragraph, plain, run
from casebook.docx.fitting import line_count
from casebook.docx.front.shapes import before
from casebook.docx.trims import MILLIMETRES, SHEET_PAGES, Geometry
from casebook.imprint_words import ImprintWords, imprint_words
from casebook.rules.imprint import cip_number
from foundation.richtext import lines as text_lines

COVER_PAGES = 4
"""Pages of the file that are cover: the front, its back, the inside of the last, the back."""
_LINE, _SIZE, _TAB = 17, 9.5, 1260
_UNTRIMMED = {Trim.K16_LARGE: "889 mm × 1194 mm", Trim.K16: "787 mm × 1092 mm", Trim.A4: "890 mm × 1240 mm"}
"""The printed sheet that each size is folded from."""

Rows = list[tuple[str, str]]


def copyright_page(draft: Draft, book: Book, page: Geometry, pages: int | None) -> Xml:
    words = imprint_words(book.language)
    formal = book.format.profile is Profile.FORMAL
    top = _cip(draft, book, words) if formal else []
    staff = [(line.office, "、".join(line.names)) for line in book.imprint.staff if line.names]
    rows = staff + [
        (name, value) for name, value in (_formal if formal else _internal)(book, words, pages) if value
    ]
    notes = [*book.imprint.remark.splitlines()]
    if formal:
        notes += [each for each in (book.imprint.rights, _hotline(book, words)) if each]
    head = words.copyright_page if formal else words.internal_page
    used = _height(top_lines=len(top), rows=rows, notes=notes, page=page)
    drop = max(10.0, page.lines * 22 - used)
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="4" w:color="{draft.palette.gold}"/></w:pBdr>'
    parts = [
        *top,
        plain("ColophonHead", head, f'{rule}<w:spacing w:before="{drop * 20:.0f}" w:after="120"/>'),
    ]
    if not formal:
        parts.append(plain("ColophonMark", words.internal))
    parts += [_row(name, value) for name, value in rows]
    parts += [plain("Colophon", note, before(8) if not place else "") for place, note in enumerate(notes)]
    return Xml("".join(parts))


def _cip(draft: Draft, book: Book, words: ImprintWords) -> list[Xml]:
    """The data as the house got them, between two rules; the number alone where only that is known."""
    imprint = book.imprint
    if not imprint.cip_data and not imprint.cip:
        return []
    hair = draft.palette.hair
    under = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{hair}"/></w:pBdr>'
    over = f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="{hair}"/></w:pBdr>'
    parts = [plain("ColophonHead", words.cip_head, under)]
    parts += [plain("CipData", line) for line in imprint.cip_data]
    if imprint.cip:
        parts.append(plain("CipData", words.cip_number.format(cip_number(imprint.cip)), over))
    return parts


def _formal(book: Book, words: ImprintWords, pages: int | None) -> Rows:
    imprint = book.imprint
    return [
        (words.title, " ".join(part for part in (book.title, book.subtitle) if part)),
        (words.compiler, imprint.compiler),
        (words.publisher, book.publisher),
        (words.address, imprint.address),
        (words.distributor, imprint.distributor),
        (words.printer, imprint.printer),
        *_extent(book, words, pages),
        (words.edition, imprint.edition),
        (words.printing, imprint.printing),
        (words.print_run, imprint.print_run),
        (words.isbn, f"ISBN {imprint.isbn}" if imprint.isbn else ""),
        (words.price, imprint.price),
    ]


def _internal(book: Book, words: ImprintWords, pages: int | None) -> Rows:
    imprint = book.imprint
    return [
        (words.title, " ".join(part for part in (book.title, book.subtitle) if part)),
        (words.issuer, imprint.compiler or book.publisher),
        (words.permit, imprint.permit),
        (words.audience, imprint.audience),
        (words.printer, imprint.printer),
        (words.printed_on, imprint.printed_on),
        (words.print_run, imprint.print_run),
        *_extent(book, words, pages),
    ]


def _extent(book: Book, words: ImprintWords, pages: int | None) -> Rows:
    wide, high = MILLIMETRES[book.format.trim]
    size = f"{_UNTRIMMED[book.format.trim]}　1/16（{wide} mm × {high} mm）"
    return [
        (words.size, size),
        (words.sheets, words.sheets_value.format(sheets(pages)) if pages else ""),
        (words.characters, book.imprint.characters or words.characters_value.format(thousands(book))),
    ]


def _hotline(book: Book, words: ImprintWords) -> str:
    return f"{words.hotline}　{book.imprint.hotline}" if book.imprint.hotline else ""


def sheets(pages: int) -> str:
    """Printed sheets of the pages between the covers, as a copyright page states them: 11.25."""
    return f"{inner_pages(pages) / SHEET_PAGES:.3f}".rstrip("0").rstrip(".")


def inner_pages(pages: int) -> int:
    """Pages between the covers of a file of `pages` pages."""
    return max(0, pages - COVER_PAGES)


def thousands(book: Book) -> int:
    return max(1, round(characters(book) / 1000))


def characters(book: Book) -> int:
    """Characters of the text without white space: the cases, and what stands before and after them."""
    return sum(map(len, "\n".join(_printed(book)).split()))


def _printed(book: Book) -> Iterable[str]:
    for entry in book.entries:
        yield entry.title
        yield entry.summary
        yield from text_lines(entry.blocks)
    for matter in (*book.front, *book.back):
        yield from text_lines(matter.blocks)


def _row(name: str, value: str) -> Xml:
    hanging = f'<w:ind w:left="{_TAB}" w:hanging="{_TAB}"/>'
    return paragraph("Colophon", Xml(f"{run(name)}<w:r><w:tab/></w:r>{run(value)}"), hanging)


def _height(*, top_lines: int, rows: Rows, notes: list[str], page: Geometry) -> float:
    """Points that the page's words take, with a line to spare."""
    count = sum(line_count(value, _SIZE, page.measure - _TAB) for _name, value in rows)
    count += sum(line_count(note, _SIZE, page.measure) for note in notes)
    return count * _LINE + top_lines * 20 + 24 + 20 + 30
