"""One whole book, laid out by LibreOffice once: its page numbers, its schema, its way through another
program, and how its pages look.

The pictures in `approved/` were looked at by a person. `python -m tests.casebook.docx.test_printed_pages
FOLDER` writes those of today beside a large one of each page: look at these, then put the small ones there.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from PIL import Image, ImageChops, ImageFilter, ImageStat

from casebook.book import BoardLine, Book, Format, IndexKind, Matter, Trim
from casebook.docx.check import findings
from casebook.docx.renderer import DocxRenderer
from casebook.pagination import LibreOffice, installed_paginator, read_layout
from casebook.renderer import Rendered
from foundation.richtext import Paragraph, Run, blocks
from tests.casebook.docx.test_renderer import RICH, document, texts
from tests.casebook.factories import LONG, Photos, make_book, make_entry
from tests.conftest import lacking

pytestmark = pytest.mark.xdist_group("printed")  # laid out once

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
APPROVED = Path(__file__).with_name("approved")
SMALL = (93, 130)
"""Pixels of an approved picture: what stands where is seen, letters are not."""
UNLIKE = 4.0
"""Levels of grey (of 255), on average over a page, that another version of a font or LibreOffice may move."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A book's Word file, the PDF of it, and what the renderer said."""

    word: Path
    pdf: Path
    result: Rendered


@pytest.fixture(scope="module")
def office() -> LibreOffice:
    found = installed_paginator()
    if found is None:
        lacking("page tests need LibreOffice: `apt install libreoffice-writer`")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def printed(office: LibreOffice, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return _printed(office, tmp_path_factory.mktemp("printed"))


def _printed(office: LibreOffice, folder: Path) -> Printed:
    word = folder / "book.docx"
    with word.open("wb") as out:
        result = DocxRenderer(office).render(_whole_book(), Photos(), out)
    return Printed(word, office.to_pdf(word, folder), result)


_WIDE = (
    "<table><caption>台账</caption>"
    + "".join(f"<tr>{f'<td>Completed-{row}' * 16}</tr>" for row in range(4))
    + "</table>"
)
_NOTED = "<p>据统计<sup>[1]</sup>。</p><p>注释</p><ol><li>见《统计年鉴》。</li></ol>"


def _whole_book() -> Book:
    """Every part that a book may have; cases of one to several pages, the third on pages that are turned."""
    bodies = {3: f"<p>{LONG}</p>{_WIDE}<p>{LONG}</p>", 4: f"<p>{LONG * 8}</p>{_NOTED}", 6: RICH}
    entries = tuple(
        replace(
            make_entry(
                f"第{number}个案例", bodies.get(number, f"<p>{LONG * 7 * number}</p>"), id=f"e{number}"
            ),
            unit=f"{'安北重'[number % 3]}县县委",
            topics=("党建", "治理")[: number % 2 + 1],
            places=(f"第{number}镇",),
            commendation="扎实。" if number % 2 else "",
        )
        for number in range(1, 9)
    )
    seen = Paragraph((Run("做法", href="entry:e7"), Run("（见本书第…页）", href="entry:e5")))
    first = replace(entries[0], blocks=(*entries[0].blocks, seen))
    return make_book(
        first,
        *entries[1:],
        chapters=3,
        format=Format(trim=Trim.K16),
        board=(BoardLine("主编", ("甲", "乙")),),
        back=(Matter("后记", blocks(f"<p>{LONG}</p>")),),
        indexes=tuple(IndexKind),
    )


def test_every_page_number_is_the_printed_one(printed: Printed) -> None:
    """Contents, indexes, references in the text: what the file says when it is opened is what is printed."""
    with printed.word.open("rb") as source:
        assert findings(source) == ()
    layout = read_layout(printed.pdf)
    assert printed.result.pages == layout.pages

    said = _page_numbers(document(printed.word.read_bytes()))
    folios = _printed_folios(printed.pdf)
    named = [name for name, _page in said]
    # Each case stands in the contents and in three indexes, under one topic or two; two are referred to.
    assert [named.count(f"_TocCase0000{number}") for number in range(1, 9)] == [5, 4, 5, 4, 6, 4, 6, 4]
    assert {"_TocFront001", "_TocBack001", "_TocIndexUnits", "_TocIndexPlaces"} <= set(named)
    without = [name for name, _page in said if name.startswith("_TocChapter")]
    assert [(name, page) for name, page in said if name not in without] == [
        (name, folios[layout.places[name]]) for name in named if name not in without
    ]
    # Dividers are counted but carry no folio: a chapter's first case is two pages on.
    pages = dict(said)
    assert [int(pages[f"_TocChapter00{number}"]) + 2 for number in (1, 2, 3)] == [
        int(pages[name]) for name in ("_TocCase00001", "_TocCase00004", "_TocCase00007")
    ]
    assert all(layout.places[name] % 2 == 0 for name in layout.places if name.startswith("_TocChapter"))
    referring = f"做法（见本书第{pages['_TocCase00007']}页）（见本书第{pages['_TocCase00005']}页）"
    assert referring in texts(printed.word.read_bytes())


def test_the_file_keeps_to_the_schema_of_word(printed: Printed) -> None:
    """openxml-audit has the schemas of Microsoft's Open XML SDK (MIT). It asks for a theme, too, which a
    package may have (ECMA-376 part 1, 14.2.7) and ours leaves out: its styles name their fonts."""
    found = [str(error) for error in OpenXmlValidator().validate(str(printed.word)).errors]
    assert [each for each in found if "relationships/theme' is missing" not in each] == []


def test_another_program_reads_and_writes_the_same_text(
    printed: Printed, office: LibreOffice, tmp_path: Path
) -> None:
    """LibreOffice opens the file without repair; what it saves says the same, contents and indexes too."""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    asked = ["--headless", "--norestore", "--convert-to", "docx", "--outdir", str(tmp_path)]
    subprocess.run([office.program, profile, *asked, str(printed.word)], check=True, capture_output=True)
    assert _letters(tmp_path / printed.word.name) == _letters(printed.word)


def _letters(path: Path) -> str:
    return "".join(texts(path.read_bytes()).split())


def test_the_pages_look_as_approved(printed: Printed) -> None:
    pages = list(_pictures(printed.pdf))
    approved = sorted(APPROVED.glob("*.png"))
    assert len(pages) == len(approved)
    unlike = {
        each.name: round(difference, 1)
        for each, page in zip(approved, pages, strict=True)
        if (difference := _difference(Image.open(each), _small(page))) > UNLIKE
    }
    assert unlike == {}


def test_a_page_that_looks_otherwise_is_noticed(printed: Printed) -> None:
    """The measure tells pages of one book apart: a divider from the contents, a text from a blank page."""
    pages = [_small(page) for page in _pictures(printed.pdf)]
    body = next(n for n, each in enumerate(_printed_folios(printed.pdf)) if each == "3")
    assert _difference(pages[0], pages[body]) > UNLIKE
    assert _difference(pages[body], Image.new("L", SMALL, 255)) > UNLIKE


def _pictures(pdf: Path) -> Iterator[Image.Image]:
    found = pypdfium2.PdfDocument(pdf)
    for page in found:
        yield page.render(scale=1).to_pil()
    found.close()


def _small(page: Image.Image) -> Image.Image:
    return page.convert("L").resize(SMALL, Image.Resampling.BOX)


def _difference(one: Image.Image, other: Image.Image) -> float:
    """Blurred first, so that a line that stands a little lower is nearly the same."""
    blurred = [each.convert("L").filter(ImageFilter.GaussianBlur(1.5)) for each in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*blurred)).mean[0])


def _page_numbers(body: etree._Element) -> list[tuple[str, str]]:
    """Every PAGEREF field in order: the bookmark it asks for, and the number that it shows."""
    found: list[tuple[str, str]] = []
    name, shown, kind = "", "", ""
    for each in body.iter(_W + "fldChar", _W + "instrText", _W + "t"):
        tag = etree.QName(each).localname
        if tag == "instrText":
            name, shown = "".join(re.findall(r"PAGEREF (\S+)", each.text or "")), ""
        elif tag == "fldChar":
            kind = each.get(_W + "fldCharType") or ""
            if kind == "end" and name:
                found.append((name, shown))
                name = ""
        elif kind == "separate":
            shown += each.text or ""
    return found


def _printed_folios(pdf: Path) -> list[str]:
    """What is printed between the two dots at the foot of each page; "" where there is nothing."""
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
    found = (re.findall(r"^\s*·\s*([IVX]+|\d+)\s*·\s*$", page, re.MULTILINE) for page in text.split("\f"))
    return [each[-1] if each else "" for each in found]


if __name__ == "__main__":
    target = Path(sys.argv[1])
    laid_out = installed_paginator()
    assert laid_out is not None
    for number, shown in enumerate(_pictures(_printed(laid_out, target).pdf), 1):
        _small(shown).save(target / f"{number:02d}.png", optimize=True)
        shown.resize((shown.width, shown.height)).save(target / f"{number:02d}-large.jpg")
