"""Where a book's files are made: Word, PDF, EPUB, single cases, and the manifest of it all.

Everything here is slow and knows no database: values and pictures in, stored files out.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO

import pypdf

from casebook.book import Book
from casebook.docx.check import findings
from casebook.docx.front.copyright import inner_pages
from casebook.docx.front.jacket import render_jacket
from casebook.docx.renderer import MEDIA_TYPE, render_case
from casebook.docx.zipped import Package
from casebook.errors import LayoutFailed
from casebook.making import keeping, manifest
from casebook.making.epub import write as write_epub
from casebook.making.manifest import KeptPhoto, Record
from casebook.making.previews import drawn
from casebook.making.values import BuildKind, BuiltFile, Output
from casebook.making.wording import words_of
from casebook.pagination import ON_SCREEN, PRINTED, LibreOffice, Paginator, PdfSettings, dated
from casebook.printcheck import PageFacts, PrintFinding, print_report, read_pages
from casebook.renderer import Picture, Pictures, Progress, Rendered, Renderer
from casebook.rules.spine import spine
from foundation import richtext
from foundation.downloads import safe_name
from foundation.files import CHUNK, FileStore, OwnFiles
from foundation.text import Text, _

PDF = "application/pdf"
EPUB = "application/epub+zip"
ZIP = "application/zip"
JSON = "application/json"
GZIP = "application/gzip"
_COVER_WIDTH = 1200
"""Pixels across the cover of an e-book."""
_TYPEFACES = re.compile(r'w:(?:ascii|eastAsia|hAnsi)="([^"]+)"')
_SAID = (Path(__file__).parents[1], Path(richtext.__file__).parent)
"""Folders whose code has a say in a book's bytes."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came out of a build."""

    files: tuple[BuiltFile, ...]
    rendered: Rendered
    findings: tuple[str, ...]
    report: tuple[PrintFinding, ...]
    fonts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptPictures:
    """The book's photos out of the file store, by what the text calls them."""

    files: FileStore
    photos: Mapping[str, KeptPhoto]

    @classmethod
    def of(cls, files: FileStore, photos: tuple[KeptPhoto, ...]) -> KeptPictures:
        return cls(files, {photo.src: photo for photo in photos if files.exists(photo.sha256)})

    def find(self, src: str) -> Picture | None:
        photo = self.photos.get(src)
        return Picture(photo.media_type, photo.width, photo.height) if photo else None

    def read(self, src: str) -> bytes:
        return self.files.read(self.photos[src].sha256)


@dataclass(frozen=True, slots=True)
class Workshop:
    """`books` is the store that the files come into, `word` makes the Word renderer; without an `office`
    there are no PDF files and no page numbers."""

    books: OwnFiles
    word: Callable[[Paginator | None], Renderer]
    office: LibreOffice | None = None

    def make(
        self,
        record: Record,
        book: Book,
        pictures: Pictures,
        wanted: tuple[Output, ...],
        progress: Progress,
        stopped: Callable[[], bool],
    ) -> Made:
        """Make and store every file.

        Raises:
            Stopped: the build was cancelled.
            LayoutFailed: LibreOffice made no PDF of the book.
        """
        office = self.office.watching(stopped) if self.office else None
        with tempfile.TemporaryDirectory(prefix="exemplar-making-") as folder:
            return _Making(self, record, book, pictures, wanted, progress, office, Path(folder)).all()


@dataclass(slots=True)
class _Making:
    """One book on the bench. `folder` is gone afterwards."""

    shop: Workshop
    record: Record
    book: Book
    pictures: Pictures
    wanted: tuple[Output, ...]
    progress: Progress
    office: LibreOffice | None
    folder: Path

    def all(self) -> Made:
        renderer = self.shop.word(self.office)
        word = self.folder / "book.docx"
        with word.open("w+b") as out:
            rendered = renderer.render(self.book, self.pictures, out, self._part(0, 45))
            out.seek(0)
            found = findings(out)
        files = [self._keep(Output.WORD, renderer.suffix, renderer.media_type, word)]
        files += self._others(word, rendered.pages)
        said, fonts = [*found, *_no_office(self.wanted, self.office)], _fonts(word, files, self.shop.books)
        self.progress(95, _("检查并保存文件"))
        files.append(self._keep(Output.BOOK, ".json.gz", GZIP, keeping.packed(self.book)))
        listed = manifest.written(
            self.record,
            self.book,
            files,
            program=program(),
            template=hashlib.sha256(self.book.format.reference).hexdigest()
            if self.book.format.reference
            else "",
            fonts=fonts,
        )
        files.append(self._keep(Output.MANIFEST, ".json", JSON, listed))
        return Made(
            files=tuple(files),
            rendered=rendered,
            findings=tuple(said),
            report=print_report(self.book, rendered, self._pages(files)).findings,
            fonts=tuple(fonts.get("pdf") or fonts["word"]),
        )

    def _pages(self, files: list[BuiltFile]) -> PageFacts | None:
        pdf = next((each for each in files if each.output in BY_OFFICE), None)
        if pdf is None:
            return None
        with self.shop.books.open(pdf.sha256) as source:
            return read_pages(source)

    def _others(self, word: Path, pages: int | None) -> Iterator[BuiltFile]:
        pdfs = list(self._pdfs(word))
        yield from pdfs
        if Output.COVER in self.wanted:
            yield from self._cover(pages)
        if Output.EPUB in self.wanted:
            self.progress(78, _("生成电子书"))
            yield self._epub(drawn(self.shop.books.read(pdfs[0].sha256), 1, _COVER_WIDTH) if pdfs else b"")
        if Output.CASES in self.wanted:
            self.progress(86, _("生成单篇文件"))
            target = self.folder / "cases.zip"
            with target.open("wb") as out:
                self._cases(out)
            yield self._keep(Output.CASES, ".zip", ZIP, target)

    def _pdfs(self, word: Path) -> Iterator[BuiltFile]:
        if Output.PRINT_PDF in self.wanted and self.office:
            self.progress(46, _("生成印刷用 PDF"))
            yield self._pdf(Output.PRINT_PDF, word, self.office, PRINTED)
        if Output.SCREEN_PDF in self.wanted and self.office:
            self.progress(62, _("生成阅读用 PDF"))
            yield self._pdf(Output.SCREEN_PDF, word, self.office, ON_SCREEN)

    def _epub(self, cover: bytes) -> BuiltFile:
        """`cover` is the first page of the PDF, where there is one."""
        target = self.folder / "book.epub"
        with target.open("wb") as out:
            key, at = self.record.edition_id, self.record.at
            write_epub(self.book, self.pictures, out, key=key, at=at, cover=cover)
        return self._keep(Output.EPUB, ".epub", EPUB, target)

    def _pdf(self, output: Output, word: Path, office: LibreOffice, settings: PdfSettings) -> BuiltFile:
        made = office.to_pdf(word, self.folder, settings).read_bytes()
        return self._keep(output, ".pdf", PDF, dated(made, self.record.at))

    def _cover(self, pages: int | None) -> Iterator[BuiltFile]:
        """Back, spine and front as one sheet, where the thickness of the spine is known."""
        paper = self.record.paper
        inner = paper.pages or (inner_pages(pages) if pages else 0)
        back = spine(inner, paper_weight=paper.weight, leaf_thickness=paper.leaf)
        if not back.known:
            return
        self.progress(74, _("生成封面展开图"))
        sheet = self.folder / "cover.docx"
        sheet.write_bytes(render_jacket(self.book, back))
        if self.office:
            yield self._pdf(Output.COVER, sheet, self.office, PRINTED)
        else:
            yield self._keep(Output.COVER, ".docx", MEDIA_TYPE, sheet)

    def _cases(self, out: IO[bytes]) -> None:
        """Every case as a Word file of its own that says which book it is from."""
        words = words_of(self.book.language)
        origin = "　".join(filter(None, (words.chosen_from.format(self.book.title), self.book.mark)))
        package = Package(out)
        width = len(str(len(self.book.entries)))
        for number, entry in enumerate(self.book.entries, start=1):
            self.progress(86 + 8 * number // len(self.book.entries), _("生成单篇文件"))
            case = render_case(replace(entry, origin=origin), self.pictures, self.book.language)
            package.add(f"{number:0{width}} {safe_name(entry.title)}.docx", case, stored=True)
        package.close()

    def _keep(self, output: Output, suffix: str, media_type: str, content: Path | bytes) -> BuiltFile:
        source = BytesIO(content) if isinstance(content, bytes) else content.open("rb")
        with source:
            stored = self.shop.books.put(iter(lambda: source.read(CHUNK), b""))
        part = words_of(self.book.language).names[output]
        stem = "-".join(filter(None, (safe_name(self.book.title), str(self.record.number), part)))
        return BuiltFile(output, stem + suffix, media_type, stored.sha256, stored.size)

    def _part(self, start: int, end: int) -> Progress:
        def told(share: int, step: Text) -> None:
            self.progress(start + share * (end - start) // 100, step)

        return told


def marked(record: Record, book: Book) -> Book:
    """The book as this build prints it: a proof bears its number and date."""
    if record.kind is BuildKind.FINAL:
        return book
    return replace(book, mark=words_of(book.language).proof_mark(record.number, record.at.date()))


def _no_office(wanted: tuple[Output, ...], office: LibreOffice | None) -> list[str]:
    return [] if office else [f"{each.value}: no LibreOffice" for each in wanted if each in BY_OFFICE]


BY_OFFICE = (Output.PRINT_PDF, Output.SCREEN_PDF)


def _fonts(word: Path, files: list[BuiltFile], books: FileStore) -> dict[str, list[str]]:
    """The fonts that the Word file names, and those that stand in the PDF for the printer."""
    with zipfile.ZipFile(word) as package:
        styles = package.read("word/styles.xml").decode()
    found = {"word": sorted(set(_TYPEFACES.findall(styles)))}
    pdf = next((each for each in files if each.output in BY_OFFICE), None)
    if pdf:
        with books.open(pdf.sha256) as source:
            found["pdf"] = sorted(embedded_fonts(source))
    return found


def embedded_fonts(source: IO[bytes]) -> set[str]:
    """The names of the fonts of a PDF, without the six letters of a part of a font."""
    names = set()
    for page in pypdf.PdfReader(source).pages:
        fonts = page.get("/Resources", {}).get_object().get("/Font", {}).get_object()
        names |= {str(font.get_object()["/BaseFont"])[1:].rpartition("+")[2] for font in fonts.values()}
    return names


@cache
def program() -> str:
    """The program's version, with a hash of everything that has a say in a book's bytes."""
    digest = hashlib.sha256()
    for source in sorted(each for folder in _SAID for each in folder.rglob("*.py")):
        digest.update(source.read_bytes())
    try:
        version = importlib.metadata.version("exemplar")
    except importlib.metadata.PackageNotFoundError:  # run from its folder
        version = "exemplar"
    return f"{version} {digest.hexdigest()[:12]}"


__all__ = ["KeptPictures", "LayoutFailed", "Made", "Workshop", "embedded_fonts", "marked", "program"]
