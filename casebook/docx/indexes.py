"""Indexes at the end of a book: paragraphs whose page numbers are PAGEREF fields, in two columns.

An INDEX field crashes LibreOffice 7.4 on load, so the order is worked out here (`casebook.indexing`) and each
number is a field of its own that shows the printed folio.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from casebook.book import Book, IndexKind
from casebook.docx import names
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, bookmark, field, paragraph, plain, run
from casebook.docx.parts import Part
from casebook.docx.sections import GUTTER, Sections, arabic_from
from casebook.indexing import DIGITS, OTHERS, IndexGroup, IndexLine, index
from casebook.wording import Wording

_TAB = "<w:r><w:tab/></w:r>"
_HANGING = '<w:ind w:leftChars="0" w:left="420" w:hangingChars="0" w:hanging="420"/>'


def heading(words: Wording, kind: IndexKind) -> str:
    return {
        IndexKind.UNITS: words.index_units,
        IndexKind.TOPICS: words.index_topics,
        IndexKind.PLACES: words.index_places,
    }[kind]


def index_parts(draft: Draft, book: Book, sections: Sections) -> Iterator[Part]:
    """Each index that the book shall have and that has terms: its head, and its terms in two columns."""
    known = [names.entry(number) for number in range(1, len(book.entries) + 1)]
    width = (sections.geometry.measure - GUTTER) // 2
    for place, (kind, groups) in enumerate(indexes_of(book)):
        head = heading(draft.wording, kind)
        folio = arabic_from(None)
        yield Part(
            sections.running(book.title, head, "nextPage" if place else "oddPage", folio),
            partial(heading_xml, draft, kind, names.index(kind)),
        )
        yield Part(
            sections.running(book.title, head, "continuous", folio, columns=2),
            partial(index_xml, draft, groups, known, width),
        )
        # What follows on the same page makes the columns end at the same height.
        yield Part(sections.running(book.title, head, "continuous", folio), lambda: "")


def indexes_of(book: Book) -> list[tuple[IndexKind, tuple[IndexGroup, ...]]]:
    """The book's indexes that have terms, in the order in which it names them."""
    found = ((kind, index(book.entries, kind)) for kind in dict.fromkeys(book.indexes))
    return [(kind, groups) for kind, groups in found if groups]


def heading_xml(draft: Draft, kind: IndexKind, name: str) -> Xml:
    """The index's head, across both columns; `name` is its bookmark."""
    title = bookmark(name, draft.next_bookmark(), run(heading(draft.wording, kind)))
    note = "" if draft.folios is not None else plain("ContentsNote", draft.wording.index_unpaginated)
    return Xml(paragraph("FrontHeading", title) + note)


def index_xml(draft: Draft, groups: Sequence[IndexGroup], bookmarks: Sequence[str], width: int) -> Xml:
    """The terms under their letters. `bookmarks` are those of the book's entries, `width` the twips of a
    column."""
    form = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>{_HANGING}'
    written = []
    for group in groups:
        written.append(plain("IndexHeading", _letter(draft.wording, group.letter)))
        written += [paragraph("Index1", _line(draft, line, bookmarks), form) for line in group.lines]
    return Xml("".join(written))


def _letter(words: Wording, letter: str) -> str:
    return {DIGITS: words.index_digits, OTHERS: words.index_others}.get(letter, letter)


def _line(draft: Draft, line: IndexLine, bookmarks: Sequence[str]) -> Xml:
    if line.see:
        return run(draft.wording.see_also.format(line.words, line.see))
    folios = draft.folios or {}
    pages = [(bookmarks[entry], folios.get(bookmarks[entry], "")) for entry in line.entries]
    numbers = run(draft.wording.page_joint).join(field(f"PAGEREF {name} \\h", folio) for name, folio in pages)
    return Xml(run(line.words) + _TAB + numbers)
