"""A book as a Word file: plan the sections, write the body as a stream, pack; twice to know its pages."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO

from casebook.book import Book, Chapter, Entry
from casebook.docx import front
from casebook.docx.body import Place, blocks_xml
from casebook.docx.contents import Line, contents_xml
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, bookmark, escaped, paragraph, plain, run
from casebook.docx.figures import Numbers, figure_xml
from casebook.docx.media import MediaShelf
from casebook.docx.numbering import restarted
from casebook.docx.reference import Geometry, Reference, reference, relations_without_ids
from casebook.docx.sections import Sections, arabic_from, closed_by, roman_from
from casebook.docx.zipped import Package
from casebook.errors import LayoutFailed
from casebook.pagination import Layout, Paginator
from casebook.renderer import NoPictures, Pictures, Progress, Rendered
from casebook.wording import roman, wording
from foundation.text import Text, _

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" '
    f'xmlns:pic="{_DRAWING}/picture"><w:body>'
)
_FOREWORD = "_TocForeword"
_CASE_TITLE = 20.0
_RULE = (
    '<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="1" w:color="B9975B"/></w:pBdr>'
    '<w:spacing w:before="0" w:after="200"/>'
)


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
        layout = None
        if self.paginator is not None and book.entries:
            progress(5, _("计算页码：排版全书"))
            layout = self._laid_out(book, pictures, self.paginator)
        progress(80, _("写入 Word 文件"))
        writer = _Writer(book, MediaShelf(pictures), layout)
        writer.write(out)
        shelf = writer.draft.shelf
        return Rendered(
            pages=layout.pages if layout else None,
            entries=len(book.entries),
            pictures=shelf.shown,
            missing=tuple(shelf.missing),
        )

    def _laid_out(self, book: Book, pictures: Pictures, paginator: Paginator) -> Layout | None:
        with tempfile.TemporaryDirectory(prefix="exemplar-book-") as folder:
            proxy = Path(folder) / "layout.docx"
            with proxy.open("wb") as out:
                _Writer(book, MediaShelf(pictures, proxy=True), Layout(1, {})).write(out)
            try:
                return paginator.lay_out(proxy)
            except LayoutFailed:
                return None


def render(book: Book, pictures: Pictures | None = None) -> bytes:
    """The book as a Word file in one go, without page numbers in its contents."""
    out = BytesIO()
    DocxRenderer().render(book, pictures or NoPictures(), out)
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
        """Write the package. The sections are planned first: the content types stand at its beginning."""
        plan = _Plan.of(self.book, self.sections, self.draft.wording.foreword, self.draft.wording.contents)
        package = Package(out)
        package.add("[Content_Types].xml", self._content_types())
        rewritten = {
            "[Content_Types].xml",
            "word/_rels/document.xml.rels",
            "word/numbering.xml",
            "docProps/core.xml",
        }
        for name, content in self.source.parts.items():
            if name not in rewritten:
                package.add(name, content)
        package.add("docProps/core.xml", self._properties())
        with package.part("word/document.xml") as stream:
            stream.write(_HEAD.encode())
            for piece in self._pieces(plan):
                stream.write(piece.encode())
            stream.write(b"</w:body></w:document>")
        package.add("word/numbering.xml", self._numbering())
        package.add("word/_rels/document.xml.rels", self._relations())
        for edge in self.sections.edges:
            package.add(f"word/{edge.name}", edge.xml)
        for name, source in self.shelf.parts.items():
            package.add(f"word/{name}", self.shelf.read(source), stored=True)
        package.close()

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
                yield self._entry_xml(entry, first=index == 0)
            last = cases
        yield last

    def _entry_xml(self, entry: Entry, *, first: bool) -> Xml:
        self._entry += 1
        numbers = Numbers()
        title = bookmark(_entry_name(self._entry), self.draft.next_bookmark(), run(entry.title))
        form = front.balanced(entry.title, _CASE_TITLE, self.draft.measure - 600, 0.5)
        begin = "" if first else "<w:pageBreakBefore/>"
        parts = []
        if entry.prize:
            parts.append(plain("CasePrize", entry.prize, begin))
            begin = ""
        parts.append(paragraph("Heading2", title, begin + form))
        parts.append(plain("CaseUnit", entry.unit))
        words = self.draft.wording
        if entry.authors:
            authors = words.authors.format(words.joint.join(entry.authors))
            parts.append(plain("CaseAuthors", authors, front.balanced(authors, 11, self.draft.measure - 600)))
        side = self.draft.measure // 2 - 700
        parts.append(paragraph("CaseRule", "", f'{_RULE}<w:ind w:left="{side}" w:right="{side}"/>'))
        if entry.summary:
            label = run(f"{words.summary}{words.caption_gap}", style="SummaryLabel")
            parts.append(paragraph("CaseSummary", Xml(label + run(entry.summary))))
        parts.append(blocks_xml(self.draft, numbers, entry.blocks, Place(self.draft.measure)))
        for photo in entry.photos:
            parts.append(figure_xml(self.draft, numbers, photo.src, "", photo.caption, self.draft.measure))
        if entry.source_line:
            parts.append(plain("SourceLine", entry.source_line))
        if entry.signoff_line:
            parts.append(plain("SignOff", entry.signoff_line))
        return Xml("".join(parts))

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

    # --- the other parts ------------------------------------------------------------------------------

    def _content_types(self) -> str:
        known = self.source.parts["[Content_Types].xml"].decode()
        defaults = "".join(
            f'<Default Extension="{suffix}" ContentType="image/{kind}"/>'
            for suffix, kind in (("jpg", "jpeg"), ("png", "png"), ("gif", "gif"))
            if f'Extension="{suffix}"' not in known
        )
        edges = "".join(
            f'<Override PartName="/word/{edge.name}" ContentType="{_WORD}.{edge.kind}+xml"/>'
            for edge in self.sections.edges
        )
        head, first, rest = known.partition("<Default ")
        return (head + defaults + first + rest).replace("</Types>", edges + "</Types>")

    def _numbering(self) -> str:
        lists = "".join(restarted(number, level) for number, level in self.draft.ordered_lists)
        return (
            self.source.parts["word/numbering.xml"]
            .decode()
            .replace("</w:numbering>", lists + "</w:numbering>")
        )

    def _relations(self) -> str:
        found = [relations_without_ids(self.source.parts["word/_rels/document.xml.rels"])]
        own: list[tuple[str, str, str]] = [
            (edge.relation, edge.kind, edge.name) for edge in self.sections.edges
        ]
        own += [(relation, "image", name) for relation, name in self.shelf.relations]
        found += [
            f'<Relationship Id="{one}" Type="{_OFFICE}/{kind}" Target="{name}"/>' for one, kind, name in own
        ]
        found += [
            f'<Relationship Id="{relation}" Type="{_OFFICE}/hyperlink" Target="{escaped(href)}" '
            'TargetMode="External"/>'
            for href, relation in self.draft.links.items()
        ]
        return "".join(found) + "</Relationships>"

    def _properties(self) -> str:
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
            'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escaped(self.book.title)}</dc:title>"
            f"<dc:subject>{escaped(self.book.subtitle)}</dc:subject>"
            f"<dc:creator>{escaped(self.book.publisher)}</dc:creator>"
            f"<dc:language>{'zh-CN' if self.book.language == 'zh' else 'en'}</dc:language>"
            "</cp:coreProperties>"
        )


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
            foreword=sections.running("".join(foreword.split()), "oddPage", roman_from(1)),
            contents=sections.running(
                "".join(contents.split()), "oddPage", roman_from(None if book.foreword else 1)
            ),
            chapters=tuple(
                (sections.bare("oddPage", arabic_from(1 if index == 0 else None)), _cases(sections, chapter))
                for index, chapter in enumerate(book.chapters)
            ),
        )


def _cases(sections: Sections, chapter: Chapter) -> str:
    return sections.running(chapter.title, "oddPage", arabic_from(None))


def _chapter_name(number: int) -> str:
    return f"_TocChapter{number:03d}"


def _entry_name(number: int) -> str:
    return f"_TocCase{number:05d}"
