"""A book as a Word file: plan the sections, write the body as a stream, pack; twice to know its pages."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO

from casebook.book import Book, Chapter, Colours, Entry, Language
from casebook.docx import front
from casebook.docx.contents import Line, contents_xml
from casebook.docx.draft import Draft
from casebook.docx.entry import entry_xml
from casebook.docx.media import MediaShelf
from casebook.docx.package import Binding, Properties
from casebook.docx.reference import Geometry, Reference, reference
from casebook.docx.sections import Sections, arabic_from, closed_by, roman_from
from casebook.errors import LayoutFailed
from casebook.pagination import Layout, Paginator
from casebook.renderer import NoPictures, Pictures, Progress, Rendered
from casebook.wording import roman, wording
from foundation.text import Text, _

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_FOREWORD = "_TocForeword"


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
                _Writer(book, MediaShelf(pictures, proxy=True), Layout(1, {})).write(out)
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
    sections = Sections(source.geometry, entry.title)
    section = sections.headless("nextPage", arabic_from(1))
    out = BytesIO()
    about = Properties(entry.title, entry.prize, entry.unit, _LANGUAGES[language])
    texts = (
        entry_xml(draft, each, _entry_name(number), first=number == 1)
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
    source: Reference = field(default_factory=reference)
    draft: Draft = field(init=False)
    sections: Sections = field(init=False)
    _entry: int = 0

    def __post_init__(self) -> None:
        self.draft = Draft(self.shelf, wording(self.book.language), self.source.geometry.measure)
        self.sections = Sections(self.source.geometry, self.book.title)

    @property
    def page(self) -> Geometry:
        return self.source.geometry

    def write(self, out: IO[bytes]) -> None:
        plan = _Plan.of(self.book, self.sections, self.draft.wording.foreword, self.draft.wording.contents)
        about = Properties(
            self.book.title, self.book.subtitle, self.book.publisher, _LANGUAGES[self.book.language]
        )
        Binding(self.source, self.sections, self.draft).write(out, about, self._pieces(plan))

    # --- the document ---------------------------------------------------------------------------------

    def _pieces(self, plan: "_Plan") -> Iterator[str]:
        """The body piece by piece; each section is closed by its properties, the last ones stand bare."""
        pages = self.layout.pages if self.layout and self.layout.places else None
        yield front.cover(self.draft, self.book, self.page) + closed_by(plan.cover)
        yield front.title_page(self.draft, self.book, self.page) + closed_by(plan.title_page)
        yield front.colophon(self.draft, self.book, self.page, pages) + closed_by(plan.colophon)
        if self.book.foreword:
            yield front.foreword(self.draft, self.book, _FOREWORD) + closed_by(plan.foreword)
        yield contents_xml(self.draft, self._lines(), self._folios())
        last = plan.contents
        for number, (chapter, (divider, cases)) in enumerate(
            zip(self.book.chapters, plan.chapters, strict=True), 1
        ):
            yield closed_by(last)
            name = _chapter_name(number)
            yield front.divider(self.draft, chapter, number, name, self.page) + closed_by(divider)
            for index, entry in enumerate(chapter.entries):
                self._entry += 1
                yield entry_xml(self.draft, entry, _entry_name(self._entry), first=index == 0)
            last = cases
        yield last

    def _lines(self) -> list[Line]:
        words = self.draft.wording
        found = [Line(1, _FOREWORD, words.foreword)] if self.book.foreword else []
        entry = 0
        for number, chapter in enumerate(self.book.chapters, 1):
            head = f"{words.chapter.format(words.number(number))}{words.caption_gap}{chapter.title}"
            found.append(Line(1, _chapter_name(number), head))
            for each in chapter.entries:
                entry += 1
                found.append(Line(2, _entry_name(entry), each.title, each.unit))
        return found

    def _folios(self) -> Mapping[str, str] | None:
        if self.layout is None:
            return None
        places = self.layout.places
        body = places.get(_chapter_name(1), 0)
        found = {name: str(place - body + 1) for name, place in places.items() if place >= body}
        if _FOREWORD in places:
            found[_FOREWORD] = roman(1)
        return found


@dataclass(frozen=True, slots=True)
class _Plan:
    """The properties of every section, in order."""

    cover: str
    title_page: str
    colophon: str
    foreword: str
    contents: str
    chapters: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, book: Book, sections: Sections, foreword: str, contents: str) -> "_Plan":
        return cls(
            cover=sections.bare("nextPage"),
            title_page=sections.bare("oddPage"),
            colophon=sections.bare("evenPage"),
            foreword=sections.running("".join(foreword.split()), "nextPage", roman_from(1)),
            contents=sections.running(
                "".join(contents.split()), "oddPage", roman_from(None if book.foreword else 1)
            ),
            chapters=tuple(
                (sections.bare("oddPage", arabic_from(1 if index == 0 else None)), _cases(sections, chapter))
                for index, chapter in enumerate(book.chapters)
            ),
        )


def _cases(sections: Sections, chapter: Chapter) -> str:
    return sections.running(chapter.title, "nextPage", arabic_from(None))


def _chapter_name(number: int) -> str:
    return f"_TocChapter{number:03d}"


def _entry_name(number: int) -> str:
    return f"_TocCase{number:05d}"
