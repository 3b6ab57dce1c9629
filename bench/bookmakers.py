"""Ways to make a casebook as a Word file, each given the same cases.

Ours starts at the stored HTML and makes a whole book: covers, title page, contents, chapters with dividers,
figures, indexes. The others make the cases alone, under headings.
"""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from lxml import etree

from bench import corpus
from bench.corpus import CATEGORIES, PRIZES, BenchCase
from casebook.book import BoardLine, Book, Chapter, Entry, IndexKind, Matter, Photo
from casebook.docx.renderer import DocxRenderer
from casebook.renderer import Picture
from foundation import richtext

Make = Callable[[], object]
CHARACTERS = 3000
PHOTO = Picture("image/jpeg", 1600, 1200)
PHOTO_WIDTH = Cm(14)
CAPTION = "活动现场"
_DOCUMENT = "word/document.xml"


def cases(count: int) -> list[BenchCase]:
    """Of 3,000 characters; a photo in four of ten, a table in every fifth."""
    return list(corpus.cases(count, characters=CHARACTERS, photos=True))


def photo(number: int) -> bytes:
    """A file like no other: one of twelve JPEGs with a comment of its own behind its first segment."""
    data, comment = corpus.photo(number % 12), str(number).encode()
    place = 4 + int.from_bytes(data[4:6])
    return data[:place] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2) + comment + data[place:]


# --- ours -------------------------------------------------------------------------------------------------


class _Photos:
    """The generated photos under the numbers of their cases."""

    def find(self, src: str) -> Picture | None:
        return PHOTO

    def read(self, src: str) -> bytes:
        return photo(int(src))


def ours(found: Sequence[BenchCase], target: Path) -> Make:
    """The complete book, from stored values to the file."""
    bodies = {case.number: case.html() for case in found}

    def make() -> None:
        with target.open("wb") as out:
            DocxRenderer().render(_book(found, bodies), _Photos(), out)

    return make


def _book(found: Sequence[BenchCase], bodies: Mapping[int, str]) -> Book:
    return Book(
        title="案例选编",
        subtitle="二〇二六年卷",
        publisher="组织部",
        year=2026,
        chapters=tuple(
            Chapter(prize, tuple(_entry(case, bodies[case.number]) for case in found if case.prize == prize))
            for prize in PRIZES
        ),
        board=(BoardLine("主编", ("某某",)), BoardLine("编委", ("某某", "某某某"))),
        front=(Matter("前言", richtext.blocks("<p>一年来的做法，都在这里。</p>")),),
        indexes=tuple(IndexKind),
    )


def _entry(case: BenchCase, body: str) -> Entry:
    return Entry(
        title=case.title,
        unit=case.unit,
        prize=case.prize,
        blocks=richtext.blocks(body),
        photos=(Photo(str(case.number), CAPTION),) if case.photo else (),
        category=case.category,
        id=str(case.number),
        topics=(case.category, CATEGORIES[case.number % len(CATEGORIES)]),
        places=(case.unit[:2],),
    )


# --- the others -------------------------------------------------------------------------------------------


def plain(found: Sequence[BenchCase], target: Path) -> Make:
    """python-docx as in its documentation: add_heading, add_paragraph, add_table, add_picture."""

    def make() -> None:
        document = docx.Document()
        for prize in PRIZES:
            document.add_heading(prize, 1)
            for case in (case for case in found if case.prize == prize):
                _plain_case(document, case)
        document.save(str(target))

    return make


def _plain_case(document: Document, case: BenchCase) -> None:
    document.add_heading(case.title, 2)
    document.add_paragraph(case.unit)
    for heading, part in zip(case.headings, case.paragraphs, strict=True):
        document.add_heading(heading, 3)
        for line in part:
            document.add_paragraph(line)
    if case.rows:
        table = document.add_table(rows=len(case.rows), cols=len(case.rows[0]))
        for row, values in enumerate(case.rows):
            for column, value in enumerate(values):
                table.cell(row, column).text = value
    if case.photo:
        document.add_picture(io.BytesIO(photo(case.number)), width=PHOTO_WIDTH)
        document.add_paragraph(CAPTION)


_TEMPLATE = (
    ("Heading 1", "{%p for prize, cases in chapters %}"),
    ("Heading 1", "{{ prize }}"),
    ("Normal", "{%p for case in cases %}"),
    ("Heading 2", "{{ case.title }}"),
    ("Normal", "{{ case.unit }}"),
    ("Normal", "{%p for heading, part in case.parts %}"),
    ("Heading 3", "{{ heading }}"),
    ("Normal", "{%p for line in part %}"),
    ("Normal", "{{ line }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p if case.rows %}"),
    ("table", ""),
    ("Normal", "{%p endif %}"),
    ("Normal", "{%p if case.photo %}"),
    ("Normal", "{{ case.photo }}"),
    ("Normal", CAPTION),
    ("Normal", "{%p endif %}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p endfor %}"),
)


def templated(found: Sequence[BenchCase], target: Path) -> Make:
    """docxtpl: a Word template with loops."""
    template = target.with_suffix(".template.docx")
    _template(template)

    def make() -> None:
        book = DocxTemplate(str(template))
        book.render(
            {
                "chapters": [
                    (prize, [_case_values(book, case) for case in found if case.prize == prize])
                    for prize in PRIZES
                ]
            },
            autoescape=True,
        )
        book.save(str(target))

    return make


def _case_values(book: DocxTemplate, case: BenchCase) -> dict[str, object]:
    return {
        "title": case.title,
        "unit": case.unit,
        "parts": list(zip(case.headings, case.paragraphs, strict=True)),
        "rows": case.rows,
        "photo": InlineImage(book, io.BytesIO(photo(case.number)), width=PHOTO_WIDTH) if case.photo else "",
    }


def _template(path: Path) -> None:
    document = docx.Document()
    for style, text in _TEMPLATE:
        if style != "table":
            document.add_paragraph(text, style)
            continue
        table = document.add_table(rows=3, cols=3)
        table.cell(0, 0).text = "{%tr for row in case.rows %}"
        for column in range(3):
            table.cell(1, column).text = f"{{{{ row[{column}] }}}}"
        table.cell(2, 0).text = "{%tr endfor %}"
    document.save(str(path))


def pandoc(found: Sequence[BenchCase], target: Path) -> Make:
    """pandoc from HTML, in a process of its own."""
    source = target.with_suffix(".html")
    folder = target.with_suffix(".photos")
    folder.mkdir(exist_ok=True)
    for case in found:
        if case.photo:
            (folder / f"{case.number}.jpg").write_bytes(photo(case.number))
    parts = ["<html><body>"]
    for prize in PRIZES:
        parts.append(f"<h1>{prize}</h1>")
        for case in (case for case in found if case.prize == prize):
            parts.append(f"<h2>{escape(case.title)}</h2><p>{escape(case.unit)}</p>")
            parts.append(case.html(f"{folder.name}/{case.number}.jpg").replace("h2>", "h3>"))
    source.write_text("".join((*parts, "</body></html>")), encoding="utf-8")
    command = ["pandoc", "-f", "html", "-o", target.name, source.name]

    def make() -> None:
        subprocess.run(command, check=True, cwd=target.parent)

    return make


def floor(found: Sequence[BenchCase], target: Path) -> Make:
    """What no way through lxml can do without: serialise the finished text, deflate it, store the photos."""
    finished = target.with_suffix(".finished.docx")
    ours(found, finished)()
    with zipfile.ZipFile(finished) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    tree = etree.fromstring(parts.pop(_DOCUMENT), etree.XMLParser(huge_tree=True))

    def make() -> None:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
            package.writestr(_DOCUMENT, etree.tostring(tree, encoding="UTF-8", xml_declaration=True))
            for name, data in parts.items():
                photo = name.startswith("word/media/")
                package.writestr(name, data, zipfile.ZIP_STORED if photo else zipfile.ZIP_DEFLATED)

    return make


MAKERS: Mapping[str, Callable[[Sequence[BenchCase], Path], Make]] = {
    "Exemplar": ours,
    "floor": floor,
    "python-docx": plain,
    "docxtpl": templated,
    "pandoc": pandoc,
}
