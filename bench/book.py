"""Compiling a casebook of 300 cases: our renderer beside plain python-docx calls with the same content."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import docx
from docx.shared import Cm

from bench import corpus
from bench.corpus import PRIZES, BenchCase
from bench.table import Result
from casebook.book import Book, Chapter, Entry, Photo
from casebook.docx.renderer import DocxRenderer
from casebook.renderer import Picture
from foundation import richtext

JOB = "casebook of 300 cases"
PLAIN = "python-docx's add_heading, add_paragraph, add_table, add_picture; without front matter or contents"
CASES = 300
CHARACTERS = 3000
PHOTO = Picture("image/jpeg", 1600, 1200)


def run(folder: Path) -> list[Result]:
    """Our side starts at the stored HTML and makes a whole book; the plain side makes the cases alone."""
    cases = list(corpus.cases(CASES, characters=CHARACTERS, photos=True))
    ours = _measured(lambda: _ours(cases, folder / "ours.docx"))
    plain = _measured(lambda: _plain(cases, folder / "plain.docx"))
    sizes = [(folder / name).stat().st_size / 1e6 for name in ("ours.docx", "plain.docx")]
    return [
        Result(JOB, "processor time", ours[0], plain[0], "CPU s"),
        Result(JOB, "time to the file", ours[1], plain[1], "s"),
        Result(JOB, "size of the file", sizes[0], sizes[1], "MB"),
    ]


def _measured(work: Callable[[], None]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


class _Photos:
    """The generated photos under the numbers of their cases."""

    def find(self, src: str) -> Picture | None:
        return PHOTO

    def read(self, src: str) -> bytes:
        return corpus.photo(int(src) % 12)


def _ours(cases: list[BenchCase], target: Path) -> None:
    book = Book(
        title="案例选编",
        subtitle="",
        publisher="组织部",
        year=2026,
        chapters=tuple(_chapter(prize, cases) for prize in PRIZES),
    )
    with target.open("wb") as out:
        DocxRenderer().render(book, _Photos(), out)


def _chapter(prize: str, cases: list[BenchCase]) -> Chapter:
    return Chapter(prize, tuple(_entry(case) for case in cases if case.prize == prize))


def _entry(case: BenchCase) -> Entry:
    return Entry(
        title=case.title,
        unit=case.unit,
        prize=case.prize,
        blocks=richtext.blocks(case.html()),
        photos=(Photo(str(case.number), "活动现场"),) if case.photo else (),
        category=case.category,
    )


def _plain(cases: list[BenchCase], target: Path) -> None:
    document = docx.Document()
    for prize in PRIZES:
        document.add_heading(prize, 1)
        for case in (case for case in cases if case.prize == prize):
            _plain_case(document, case)
    document.save(str(target))


def _plain_case(document: docx.document.Document, case: BenchCase) -> None:
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
        document.add_picture(io.BytesIO(case.photo), width=Cm(14))
        document.add_paragraph("活动现场")
