"""The documents of an EPUB and the package around them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from casebook.book import Book, Chapter, Entry, Matter
from casebook.docx.zipped import Package
from casebook.making.epub.picturing import PictureShelf
from casebook.making.epub.xhtml import Text, page, quoted, safe
from casebook.making.wording import Words, words_of
from casebook.renderer import Pictures
from casebook.wording import wording

_STYLE = Path(__file__).with_name("style.css")
_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""For addresses (RFC 9562, appendix C): an edition's identifier is drawn from its id."""
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the book: its file, what it is (epub:type), how contents call it, how deep it stands."""

    name: str
    kind: str
    title: str
    content: str
    depth: int = 1
    listed: bool = True


def write(
    book: Book,
    pictures: Pictures,
    out: IO[bytes],
    *,
    key: str,
    at: datetime,
    cover: bytes = b"",
) -> None:
    """The book as EPUB 3 to a seekable stream. `key` names the edition in its identifier, `at` is the moment
    of its last change as the file states it, `cover` a JPEG."""
    writer = _Writer(book, PictureShelf(pictures), words_of(book.language))
    documents = list(writer.documents(cover=bool(cover)))
    package = Package(out)
    package.add("mimetype", "application/epub+zip", stored=True)
    package.add("META-INF/container.xml", _CONTAINER)
    package.add("EPUB/package.opf", writer.opf(documents, key=key, at=at, cover=bool(cover)))
    package.add("EPUB/nav.xhtml", writer.nav(documents))
    package.add("EPUB/style.css", _STYLE.read_bytes())
    for document in documents:
        content = page(document.title, document.content, writer.language, kind=document.kind)
        package.add(f"EPUB/{document.name}", content)
    for name, (_kind, picture) in sorted(writer.shelf.parts.items()):
        package.add(f"EPUB/{name}", picture, stored=True)
    if cover:
        package.add("EPUB/cover.jpg", cover, stored=True)
    package.close()


@dataclass(slots=True)
class _Writer:
    book: Book
    shelf: PictureShelf
    words: Words
    _text: Text = field(init=False)

    def __post_init__(self) -> None:
        places = {
            entry.id: _case_name(number) for number, entry in enumerate(self.book.entries, 1) if entry.id
        }
        self._text = Text(self.shelf, places, self.words.figure, top=1)

    @property
    def language(self) -> str:
        return "en" if self.book.language == "en" else "zh-CN"

    # --- documents ----------------------------------------------------------------------------------

    def documents(self, *, cover: bool) -> Iterator[Document]:
        """In reading order."""
        if cover:
            image = f'<div class="cover"><img src="cover.jpg" alt="{quoted(self.book.title)}"/></div>'
            yield Document("cover.xhtml", "cover", self.words.cover, image, listed=False)
        yield Document("title.xhtml", "titlepage", self.book.title, self._title_page())
        yield from self._matters(self.book.front, "frontmatter", "front")
        number = 0
        for place, chapter in enumerate(self.book.chapters, start=1):
            yield self._divider(chapter, place)
            for entry in chapter.entries:
                number += 1
                yield Document(
                    _case_name(number), "bodymatter chapter", entry.title, self._case(entry), depth=2
                )
        yield from self._matters(self.book.back, "backmatter", "back")

    def _title_page(self) -> str:
        book, imprint = self.book, self.book.imprint
        lines = [
            book.subtitle,
            wording(book.language).compiled.format(imprint.compiler) if imprint.compiler else "",
            book.publisher,
            str(book.year),
            f"ISBN {imprint.isbn.removeprefix('ISBN').strip()}" if imprint.isbn else "",
            *imprint.remark.splitlines(),
        ]
        board = "".join(
            f"<dt>{safe(line.office)}</dt><dd>{safe('　'.join(line.names))}</dd>" for line in book.board
        )
        written = "".join(f"<p>{safe(line)}</p>" for line in lines if line)
        mark = f'<p class="mark">{safe(book.mark)}</p>' if book.mark else ""
        return (
            f'<section class="titlepage"><h1>{safe(book.title)}</h1>{written}{mark}</section>'
            f"{f'<dl>{board}</dl>' if board else ''}"
        )

    def _matters(self, matters: tuple[Matter, ...], kind: str, stem: str) -> Iterator[Document]:
        for number, matter in enumerate(matters, start=1):
            content = f"<h1>{safe(matter.heading)}</h1>{self._text.written(matter.blocks)}"
            yield Document(f"{stem}{number:02}.xhtml", kind, matter.heading, content)

    def _divider(self, chapter: Chapter, number: int) -> Document:
        words = wording(self.book.language)
        head = self.words.chapter.format(words.number(number))
        count = words.entries.format(len(chapter.entries))
        content = (
            f'<section class="divider"><p>{safe(head)}</p><h1>{safe(chapter.title)}</h1>'
            f"<p>{safe(count)}</p></section>"
        )
        return Document(f"part{number:03}.xhtml", "bodymatter part", f"{head} {chapter.title}", content)

    def _case(self, entry: Entry) -> str:
        words = wording(self.book.language)
        credit = words.authors.format(words.joint.join(entry.authors)) if entry.authors else ""
        head = [" · ".join(filter(None, (entry.prize, entry.category))), entry.unit, credit]
        written = "".join(f'<p class="byline">{safe(line)}</p>' for line in head if line)
        photos = "".join(self._text.picture(each.src, "", each.caption) for each in entry.photos)
        source = words.source.format(entry.source_line) if entry.source_line else ""
        ends = (f'<p class="signed">{safe(line)}</p>' for line in (source, entry.signoff_line) if line)
        return (
            f"<h1>{safe(entry.title)}</h1>{written}"
            f"{self._boxed('summary', self.words.summary, entry.summary)}"
            f"{self._text.written(entry.blocks)}{photos}"
            f"{self._boxed('commendation', self.words.commendation, entry.commendation)}"
            f"{''.join(ends)}"
        )

    def _boxed(self, kind: str, label: str, words: str) -> str:
        if not words:
            return ""
        lines = "".join(f'<p class="line">{safe(line)}</p>' for line in words.splitlines() if line.strip())
        return f'<section class="{kind}" aria-label="{quoted(label)}">{lines}</section>'

    # --- the package --------------------------------------------------------------------------------

    def nav(self, documents: list[Document]) -> str:
        """Contents in two levels, and the landmarks of the book."""
        listed = [each for each in documents if each.listed]
        contents, inner = "", False
        for each in listed:
            if each.depth == 2 and not inner:
                contents, inner = contents.removesuffix("</li>") + "<ol>", True
            elif each.depth == 1 and inner:
                contents, inner = contents + "</ol></li>", False
            contents += f'<li><a href="{each.name}">{safe(each.title)}</a></li>'
        contents += "</ol></li>" if inner else ""
        body = next((each for each in documents if each.kind.startswith("bodymatter")), documents[0])
        marks = [
            ("toc", "#contents", self.words.contents),
            *(("cover", each.name, self.words.cover) for each in documents if each.kind == "cover"),
            ("titlepage", "title.xhtml", self.book.title),
            ("bodymatter", body.name, self.words.start),
        ]
        marked = "".join(
            f'<li><a epub:type="{kind}" href="{target}">{safe(label)}</a></li>'
            for kind, target, label in marks
        )
        return page(
            self.words.contents,
            f'<nav epub:type="toc" role="doc-toc" id="contents"><h1>{safe(self.words.contents)}</h1>'
            f'<ol>{contents}</ol></nav><nav epub:type="landmarks" hidden="hidden"><ol>{marked}</ol></nav>',
            self.language,
            kind="frontmatter",
        )

    def opf(self, documents: list[Document], *, key: str, at: datetime, cover: bool) -> str:
        items = "".join(_manifest_items(documents, self.shelf, cover=cover))
        spine = "".join(
            f'<itemref idref="{_id(each.name)}"/>' + self._contents_after(each) for each in documents
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" '
            f'version="3.0" unique-identifier="id" xml:lang="{self.language}">'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{self._metadata(key, at)}</metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>\n"
        )

    def _contents_after(self, document: Document) -> str:
        return '<itemref idref="nav"/>' if document.name == "title.xhtml" else ""

    def _metadata(self, key: str, at: datetime) -> str:
        book = self.book
        modified = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        isbn = "".join(sign for sign in book.imprint.isbn if sign.isdigit() or sign in "Xx")
        number = f"urn:isbn:{isbn}" if len(isbn) == 13 else f"urn:uuid:{uuid.uuid5(_NAMESPACE, key)}"
        lines = [
            f'<dc:identifier id="id">{safe(number)}</dc:identifier>',
            f"<dc:title>{safe(' '.join(filter(None, (book.title, book.subtitle))))}</dc:title>",
            f"<dc:language>{self.language}</dc:language>",
            f"<dc:date>{book.year}</dc:date>",
            f'<meta property="dcterms:modified">{modified}</meta>',
        ]
        if book.imprint.compiler:
            lines.append(f"<dc:creator>{safe(book.imprint.compiler)}</dc:creator>")
        if book.publisher:
            lines.append(f"<dc:publisher>{safe(book.publisher)}</dc:publisher>")
        features = ["tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability"]
        modes = ["textual"]
        if self.shelf.parts:
            features.append("alternativeText")
            modes.append("visual")
        lines += [_meta("accessMode", mode) for mode in modes]
        lines += [_meta("accessModeSufficient", "textual")]
        lines += [_meta("accessibilityFeature", feature) for feature in features]
        lines += [_meta("accessibilityHazard", "none")]
        return "".join(lines)


def _meta(name: str, content: str) -> str:
    return f'<meta property="schema:{name}">{content}</meta>'


def _manifest_items(documents: list[Document], shelf: PictureShelf, *, cover: bool) -> Iterator[str]:
    yield _item("nav.xhtml", "application/xhtml+xml", "nav")
    yield _item("style.css", "text/css")
    for each in documents:
        yield _item(each.name, "application/xhtml+xml")
    for name, (kind, _content) in sorted(shelf.parts.items()):
        yield _item(name, kind)
    if cover:
        yield _item("cover.jpg", "image/jpeg", "cover-image")


def _item(name: str, media_type: str, properties: str = "") -> str:
    said = f' properties="{properties}"' if properties else ""
    return f'<item id="{_id(name)}" href="{name}" media-type="{media_type}"{said}/>'


def _id(name: str) -> str:
    if name == "nav.xhtml":
        return "nav"
    return f"i{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _case_name(number: int) -> str:
    return f"case{number:05}.xhtml"
