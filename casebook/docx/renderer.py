"""A book as a Word file: plan the sections, write the body as a stream, pack; twice to know its pages."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import IO

from casebook.book import Book, Chapter, Colours, Entry, Language
from casebook.docx import names
from casebook.docx.contents import Line, contents_xml
from casebook.docx.draft import Draft
from casebook.docx.entry import entry_xml
from casebook.docx.front.matters import spaced
from casebook.docx.indexes import heading, index_parts, indexes_of
from casebook.docx.look import Look
from casebook.docx.media import MediaShelf
from casebook.docx.package import Binding, Properties
from casebook.docx.parts import (
    Part,
    afterwords,
    back_cover,
    bound,
    chapter_part,
    contents_part,
    opening,
    printed_folios,
)
from casebook.docx.reference import Reference, reference
from casebook.docx.sections import Sections, arabic_from
from casebook.docx.template import adopted
from casebook.docx.trims import Geometry
from casebook.errors import LayoutFailed
from casebook.pagination import Layout, Paginator
from casebook.renderer import NoPictures, Pictures, Progress, Rendered
from casebook.wording import wording
from foundation.text import Text, _

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def _silent(share: int, step: Text) -> None:
    """Nobody waits for the progress."""


@dataclass(frozen=True, slots=True)
class DocxRenderer:
    """Renderer of Word files. Without a paginator the contents carry no page numbers and say so."""

    paginator: Paginator | None = None
    media_type: str = MEDIA_TYPE
    suffix: str = ".docx"

    def render(
        self, book: Book, pictures: Pictures, out: IO[bytes], progress: Progress = _silent
    ) -> Rendered:
        layout, failure = None, ""
        if self.paginator is not None and book.entries:
            progress(5, _("计算页码：排版全书"))
            try:
                layout = self._laid_out(book, pictures, self.paginator)
            except LayoutFailed as error:  # a book without page numbers is better than none
                failure = str(error)
        progress(80, _("写入 Word 文件"))
        shelf = MediaShelf(pictures, grey=book.format.colours is Colours.GREY)
        writer = _Writer(book, shelf, layout)
        writer.write(out)
        return Rendered(
            pages=layout.pages if layout else None,
            entries=len(book.entries),
            pictures=len(shelf.shown),
            missing=tuple(shelf.missing),
            layout_failure=failure,
            shown=tuple(shelf.shown),
        )

    def _laid_out(self, book: Book, pictures: Pictures, paginator: Paginator) -> Layout:
        with tempfile.TemporaryDirectory(prefix="exemplar-book-") as folder:
            proxy = Path(folder) / "layout.docx"
            with proxy.open("wb") as out:
                # Without its mark: every proof of a book is laid out the same.
                _Writer(replace(book, mark=""), MediaShelf(pictures, proxy=True), Layout(1, {})).write(out)
            return paginator.lay_out(proxy)


def render(book: Book, pictures: Pictures | None = None) -> bytes:
    """The book as a Word file in one go, without page numbers in its contents."""
    out = BytesIO()
    DocxRenderer().render(book, pictures or NoPictures(), out)
    return out.getvalue()


def render_case(entry: Entry, pictures: Pictures, language: Language = "zh") -> bytes:
    """One case as a Word file of its own, in the book's styles."""
    return render_cases((entry,), pictures, language)


def render_cases(entries: Sequence[Entry], pictures: Pictures, language: Language = "zh") -> bytes:
    """Several texts in one Word file, each on a page of its own; the first gives the file its name."""
    source, entry = reference(), entries[0]
    draft = Draft(MediaShelf(pictures), wording(language), source.geometry.measure)
    sections = Sections(source.geometry)
    section = sections.headless("nextPage", arabic_from(1))
    out = BytesIO()
    about = Properties(entry.title, entry.prize, entry.unit, _LANGUAGES[language])
    texts = (
        entry_xml(draft, each, names.entry(number), first=number == 1)
        for number, each in enumerate(entries, start=1)
    )
    body = (piece for piece in (*texts, section))
    Binding(source, sections, draft).write(out, about, body)
    return out.getvalue()


@dataclass(slots=True)
class _Writer:
    """One pass over the book."""

    book: Book
    shelf: MediaShelf
    layout: Layout | None
    source: Reference = field(init=False)
    draft: Draft = field(init=False)
    sections: Sections = field(init=False)

    def __post_init__(self) -> None:
        look, house = Look.of(self.book.format), self.book.format.reference
        self.source = adopted(house, look) if house else reference(look)
        self.draft = Draft(
            self.shelf,
            wording(self.book.language),
            self.page.measure,
            palette=self.source.look.palette,
            targets={
                entry.id: names.entry(number) for number, entry in enumerate(self.book.entries, 1) if entry.id
            },
            folios=printed_folios(self.layout.places) if self.layout else None,
        )
        self.sections = Sections(self.page, self.book.mark)

    @property
    def page(self) -> Geometry:
        return self.source.geometry

    def write(self, out: IO[bytes]) -> None:
        parts = list(self._parts())  # every section is planned before the first is written
        about = Properties(
            self.book.title, self.book.subtitle, self.book.publisher, _LANGUAGES[self.book.language]
        )
        Binding(self.source, self.sections, self.draft).write(out, about, bound(parts))

    def _parts(self) -> Iterator[Part]:
        pages = self.layout.pages if self.layout and self.layout.places else None
        yield from opening(self.draft, self.book, self.sections, pages)
        yield contents_part(
            self.draft,
            self.book,
            self.sections,
            lambda: contents_xml(self.draft, self._lines(), self.draft.folios),
        )
        entry = 0
        for number, chapter in enumerate(self.book.chapters, 1):
            yield chapter_part(self.draft, chapter, number, self.sections)
            for each in chapter.entries:
                entry += 1
                yield self._case(chapter, each, entry)
        yield from index_parts(self.draft, self.book, self.sections)
        yield from afterwords(self.draft, self.book, self.sections)
        yield from back_cover(self.draft, self.book, self.sections)

    def _case(self, chapter: Chapter, entry: Entry, number: int) -> Part:
        """Each case is a section: its title is the head of its right-hand pages."""
        section = self.sections.running(chapter.title, entry.title, "nextPage", arabic_from(None))

        def write() -> str:
            self.draft.turned = self.sections.turned(section)
            return entry_xml(self.draft, entry, names.entry(number), first=True)

        return Part(section, write)

    def _lines(self) -> list[Line]:
        words = self.draft.wording
        book = self.book
        found = [
            Line(1, names.front(place), spaced(each.heading)) for place, each in enumerate(book.front, 1)
        ]
        entry = 0
        for number, chapter in enumerate(book.chapters, 1):
            head = f"{words.chapter.format(words.number(number))}{words.caption_gap}{chapter.title}"
            found.append(Line(1, names.chapter(number), head))
            for each in chapter.entries:
                entry += 1
                found.append(Line(2, names.entry(entry), each.title, each.unit))
        found += [Line(1, names.index(kind), heading(words, kind)) for kind, _groups in indexes_of(book)]
        found += [Line(1, names.back(place), spaced(each.heading)) for place, each in enumerate(book.back, 1)]
        return found
