"""A book as its sections in order: covers, titles, texts before the cases, chapters, texts after them.

The cover is page 1 of the file and its back blank; half title, title page with the copyright page on its
back, board, forewords and contents begin on right-hand pages and count in Roman numerals; the first chapter's
page is 1. A blank inside of the last cover leaf stands before the back cover, so that the pages between the
covers are always the file's less four.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casebook.book import Book, Chapter, Matter
from casebook.docx import front, names
from casebook.docx.draft import Draft
from casebook.docx.elements import plain
from casebook.docx.sections import Sections, arabic_from, closed_by, roman_from
from casebook.wording import roman


@dataclass(frozen=True, slots=True)
class Part:
    """A section: the properties that close it, and what writes its content when its turn comes."""

    section: str
    write: Callable[[], str]


def bound(parts: Sequence[Part]) -> Iterator[str]:
    """The body piece by piece; each section is closed by its properties, the last ones stand bare."""
    for part in parts[:-1]:
        yield part.write() + closed_by(part.section)
    yield parts[-1].write() + parts[-1].section


def opening(draft: Draft, book: Book, sections: Sections, pages: int | None) -> Iterator[Part]:
    """Everything before the contents. `pages` of the file, None while they are not known."""
    page = sections.geometry
    yield Part(sections.bare("nextPage"), partial(front.cover_page, draft, book, page))
    yield Part(sections.bare("oddPage"), partial(front.half_title, draft, book, page))
    yield Part(sections.bare("oddPage"), partial(front.title_page, draft, book, page))
    yield Part(sections.bare("evenPage"), partial(front.copyright_page, draft, book, page, pages))
    first = roman_from(1)
    if book.board:
        yield Part(sections.headless("oddPage", first), partial(front.board, draft, book.board, names.BOARD))
        first = roman_from(None)
    for place, each in enumerate(book.front, 1):
        yield Part(
            sections.running(book.title, _head(each), "oddPage", first),
            partial(front.matter, draft, each, names.front(place)),
        )
        first = roman_from(None)


def contents_part(draft: Draft, book: Book, sections: Sections, write: Callable[[], str]) -> Part:
    first = roman_from(None if book.board or book.front else 1)
    head = "".join(draft.wording.contents.split())
    return Part(sections.running(book.title, head, "oddPage", first), write)


def chapter_part(draft: Draft, chapter: Chapter, number: int, sections: Sections) -> Part:
    folio = arabic_from(1 if number == 1 else None)
    name, page = names.chapter(number), sections.geometry
    return Part(sections.bare("oddPage", folio), partial(front.divider, draft, chapter, number, name, page))


def afterwords(draft: Draft, book: Book, sections: Sections) -> Iterator[Part]:
    """Texts after the cases."""
    for place, each in enumerate(book.back, 1):
        yield Part(
            sections.running(book.title, _head(each), "oddPage", arabic_from(None)),
            partial(front.matter, draft, each, names.back(place)),
        )


def back_cover(draft: Draft, book: Book, sections: Sections) -> Iterator[Part]:
    """The inside of the last leaf of the cover, blank, and the back."""
    yield Part(sections.bare("oddPage"), lambda: plain("Spacer", ""))
    yield Part(sections.bare("evenPage"), partial(front.back_page, draft, book, sections.geometry))


def printed_folios(places: Mapping[str, int]) -> dict[str, str]:
    """By bookmark the page number that is printed: Arabic from the first chapter, Roman before it."""
    body = places.get(names.chapter(1), 0)
    before = [names.BOARD, *(name for name in places if name.startswith(names.front(0)[:-3]))]
    first = min((places[name] for name in before if name in places), default=0)
    return {
        name: str(place - body + 1) if place >= body else roman(place - first + 1)
        for name, place in places.items()
    }


def _head(matter: Matter) -> str:
    return "".join(matter.heading.split())
