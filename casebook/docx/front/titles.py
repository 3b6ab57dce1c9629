"""Half title and title page (GB/T 12450: title, who answers for it, edition, publisher)."""

from casebook.book import Book, Profile
from casebook.docx.balancing import in_lines
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, frame, paragraph, plain
from casebook.docx.front.shapes import Field, before, fields
from casebook.docx.trims import Geometry, twips
from casebook.imprint_words import imprint_words


def half_title(draft: Draft, book: Book, page: Geometry) -> Xml:
    """The title alone, high on a right-hand page: it keeps the title page clean."""
    drop = page.height / 20 * 0.22
    return Xml(
        plain("Spacer", "") + plain("HalfTitle", in_lines(book.title, 18, page.measure, 3), before(drop))
    )


def title_page(draft: Draft, book: Book, page: Geometry) -> Xml:
    words = imprint_words(book.language)
    width, height = page.size
    centre = (page.left + page.measure / 2) / page.width * width
    rule = fields(draft, Field(centre - 12, height * 0.217, 24, 0.7, draft.palette.accent))
    drop = height * 0.173 * 72 / 25.4
    parts = [
        paragraph("Spacer", rule),
        plain("InnerTitle", in_lines(book.title, 30, page.measure, 3), before(drop)),
    ]
    if book.subtitle:
        parts.append(plain("InnerSubtitle", book.subtitle))
    if book.imprint.compiler:
        parts.append(plain("InnerSubtitle", words.compiled.format(book.imprint.compiler), before(30)))
    foot = frame(x=page.left, y=page.height - twips(height * 0.183), width=page.measure)
    if book.format.profile is Profile.INTERNAL:
        parts.append(plain("InnerMark", words.internal, foot))
    if book.publisher:
        parts.append(plain("InnerFoot", book.publisher, foot))
    parts.append(plain("InnerFoot", words.year.format(book.year), foot))
    return Xml("".join(parts))
