"""Indexes at the end of a book: paragraphs whose page numbers are PAGEREF fields, in two columns.

An INDEX field crashes LibreOffice 7.4 on load, so the order is worked out here (`casebook.indexing`) and each
number is a field of its own that shows the printed folio.
"""

from collections.abc import Sequence

from casebook.book import IndexKind
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, bookmark, field, paragraph, plain, run
from casebook.indexing import DIGITS, OTHERS, IndexGroup, IndexLine
from casebook.wording import Wording

GUTTER = 425
"""Twips between the columns."""
_TAB = "<w:r><w:tab/></w:r>"
_HANGING = '<w:ind w:leftChars="0" w:left="420" w:hangingChars="0" w:hanging="420"/>'


def heading(words: Wording, kind: IndexKind) -> str:
    return {
        IndexKind.UNITS: words.index_units,
        IndexKind.TOPICS: words.index_topics,
        IndexKind.PLACES: words.index_places,
    }[kind]


def heading_xml(draft: Draft, kind: IndexKind, name: str) -> Xml:
    """The index's head, across both columns; `name` is its bookmark."""
    title = bookmark(name, draft.next_bookmark(), run(heading(draft.wording, kind)))
    note = "" if draft.folios is not None else plain("ContentsNote", draft.wording.index_unpaginated)
    return Xml(paragraph("FrontHeading", title) + note)


def index_xml(draft: Draft, groups: Sequence[IndexGroup], names: Sequence[str], width: int) -> Xml:
    """The terms under their letters. `names` are the bookmarks of the book's entries, `width` the twips of a
    column."""
    form = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>{_HANGING}'
    written = []
    for group in groups:
        written.append(plain("IndexHeading", _letter(draft.wording, group.letter)))
        written += [paragraph("Index1", _line(draft, line, names), form) for line in group.lines]
    return Xml("".join(written))


def column(measure: int) -> int:
    return (measure - GUTTER) // 2


def _letter(words: Wording, letter: str) -> str:
    return {DIGITS: words.index_digits, OTHERS: words.index_others}.get(letter, letter)


def _line(draft: Draft, line: IndexLine, names: Sequence[str]) -> Xml:
    if line.see:
        return run(draft.wording.see_also.format(line.words, line.see))
    folios = draft.folios or {}
    pages = [(names[entry], folios.get(names[entry], "")) for entry in line.entries]
    numbers = run(draft.wording.page_joint).join(field(f"PAGEREF {name} \\h", folio) for name, folio in pages)
    return Xml(run(line.words) + _TAB + numbers)
