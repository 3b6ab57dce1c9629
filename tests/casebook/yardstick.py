"""The plain way to the same book, for comparison: python-docx's own calls, one by one, with its own template.

What most programs do that write Word files. It says the same words and shows the same pictures and tables; it
has no folios, contents, running heads or dividers, so it does less than the casebook.
"""

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.shared import Cm

from casebook.book import Book, Entry
from casebook.renderer import Pictures
from foundation.richtext import (
    Block,
    Cell,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Table,
    lines,
    text,
)


def plain_docx(book: Book, pictures: Pictures) -> bytes:
    """The book as a Word file by `add_paragraph`, `add_picture` and `add_table`."""
    document = Document()
    document.add_heading(book.title, 0)
    for matter in book.front:
        for block in matter.blocks:
            _add(document, block, pictures)
    for chapter in book.chapters:
        document.add_page_break()  # type: ignore[no-untyped-call]  # python-docx types only part of itself
        document.add_heading(chapter.title, 1)
        for entry in chapter.entries:
            _entry(document, entry, pictures)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _entry(document: DocumentObject, entry: Entry, pictures: Pictures) -> None:
    document.add_page_break()  # type: ignore[no-untyped-call]  # python-docx types only part of itself
    document.add_heading(entry.title, 2)
    for line in (entry.prize, entry.unit, "、".join(entry.authors), entry.summary):
        if line:
            document.add_paragraph(line, style="Body Text")
    for block in entry.blocks:
        _add(document, block, pictures)
    for photo in entry.photos:
        _add(document, Figure(photo.src, "", photo.caption), pictures)
    for line in (entry.source_line, entry.signoff_line):
        if line:
            document.add_paragraph(line, style="Body Text")


def _add(document: DocumentObject, block: Block, pictures: Pictures) -> None:
    match block:
        case Heading(level=level, runs=runs):
            document.add_heading(text(runs), level + 1)
        case Paragraph(runs=runs):
            _paragraph(document, runs)
        case ListBlock(ordered=ordered, items=items):
            _lines(document, items, "List Number" if ordered else "List Bullet")
        case Quote(blocks=inner):
            _lines(document, (inner,), "Quote")
        case Figure():
            _figure(document, block, pictures)
        case Table(rows=rows):
            _table(document, rows)


def _paragraph(document: DocumentObject, runs: tuple[Run, ...]) -> None:
    paragraph = document.add_paragraph(style="Body Text")
    for each in runs:
        run = paragraph.add_run(each.text)
        run.bold, run.italic, run.underline = each.bold, each.italic, each.underline


def _lines(document: DocumentObject, items: tuple[tuple[Block, ...], ...], style: str) -> None:
    for item in items:
        document.add_paragraph(" ".join(lines(item)), style=style)


def _figure(document: DocumentObject, figure: Figure, pictures: Pictures) -> None:
    if pictures.find(figure.src) is not None:
        document.add_picture(BytesIO(pictures.read(figure.src)), width=Cm(11))
        document.add_paragraph(figure.caption, style="Caption")


def _table(document: DocumentObject, rows: tuple[tuple[Cell, ...], ...]) -> None:
    columns = max(len(row) for row in rows)
    table = document.add_table(len(rows), columns, style="Table Grid")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.cell(number, column).text = " ".join(lines(cell.blocks))
