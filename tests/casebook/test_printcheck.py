"""What is found before a book goes to the printer."""

from io import BytesIO

import pylopdf_fonts_zh_cn
import pytest
from fpdf import FPDF

from casebook.book import Photo
from casebook.printcheck import (
    PageFacts,
    PrintFinding,
    PrintKind,
    print_report,
    read_pages,
    sentence,
)
from casebook.renderer import Rendered, Shown
from tests.casebook.factories import make_book, make_entry

NOTHING = Rendered(pages=64, entries=0, pictures=0)


def found(body: str, **changes: object) -> list[PrintFinding]:
    return list(print_report(make_book(make_entry("甲案", body, **changes)), NOTHING).findings)


def test_a_sound_book_has_nothing_to_look_at() -> None:
    report = print_report(make_book(make_entry()), NOTHING)
    assert (report.pages, report.sheets, report.findings) == (64, "4", ())


def test_sheets_are_of_sixteen_pages() -> None:
    seen = PageFacts(250)
    assert print_report(make_book(make_entry()), NOTHING, seen).sheets == "15.625"


def test_pictures() -> None:
    rendered = Rendered(
        pages=None,
        entries=1,
        pictures=2,
        missing=("attachment:gone",),
        shown=(
            Shown("attachment:300x200", 300, 200, 914_400 * 2),
            Shown("attachment:b", 1300, 900, 914_400 * 4),
        ),
    )
    body = "<figure><img src='attachment:300x200'><figcaption>图3　会</figcaption></figure>"
    photos = (Photo("attachment:b"), Photo("attachment:gone", "旧照"))
    report = print_report(make_book(make_entry("甲案", body, photos=photos)), rendered)
    assert (report.pages, report.pictures, report.coarse) == (None, 2, 1)
    assert report.findings == (
        PrintFinding(PrintKind.COARSE, "甲案", "attachment:300x200", 150),
        PrintFinding(PrintKind.MISSING, "甲案", "attachment:gone"),
        PrintFinding(PrintKind.NO_CAPTION, "甲案", number=1),
        PrintFinding(PrintKind.OWN_NUMBER, "甲案", "图3　会"),
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<table>" + f"<tr>{'<td>Completed-1001' * 20}</tr>" * 2 + "</table>", [PrintKind.CROWDED]),
        ("<table>" + f"<tr>{'<td>7' * 20}</tr>" * 2 + "</table>", []),
        ("<p>据<sup>[1]</sup></p>", [PrintKind.NOTES]),
        ("<p>据<sup>[1]</sup></p><p>注释</p><ol><li>出处</ol>", []),
    ],
)
def test_tables_and_notes(body: str, expected: list[PrintKind]) -> None:
    assert [each.kind for each in found(body)] == expected


def test_characters_that_are_not_printed_are_named() -> None:
    assert found("<p>字</p>", summary="铃\x07声") == [PrintFinding(PrintKind.DROPPED, "甲案", "U+0007", 1)]


def test_rare_characters_are_shown() -> None:
    rare = found("<p>𠮷野家🎉</p>", authors=("张𬭎", "李\ue001"))
    assert rare == [PrintFinding(PrintKind.RARE, "甲案", "𬭎\ue001𠮷🎉", 4)]


def test_cases_much_longer_or_shorter_than_the_others() -> None:
    entries = [make_entry(f"案{n}", f"<p>{'字' * n}</p>") for n in (1000, 1100, 1200, 4000, 300)]
    assert print_report(make_book(*entries), NOTHING).findings == (
        PrintFinding(PrintKind.LONG, "案4000", number=4000),
        PrintFinding(PrintKind.SHORT, "案300", number=300),
    )


def test_pages_of_a_pdf() -> None:
    pdf = FPDF()
    pdf.add_font("song", fname=str(pylopdf_fonts_zh_cn.serif_path()))
    pdf.set_font("song", size=12)
    for lines in (["正文" * 15, "字。"], [], ["是", "否"]):
        pdf.add_page()
        for line in lines:
            pdf.cell(text=line, new_x="LMARGIN", new_y="NEXT")
    seen = read_pages(BytesIO(bytes(pdf.output())))
    assert seen == PageFacts(3, blank=(2,), lone=(1,))
    kinds = [each.kind for each in print_report(make_book(make_entry()), NOTHING, seen).findings]
    assert kinds == [PrintKind.BLANK, PrintKind.LONE]


@pytest.mark.parametrize("kind", PrintKind)
def test_every_finding_has_a_sentence(kind: PrintKind) -> None:
    assert str(sentence(PrintFinding(kind, "案", "U+0007", 3))) != ""
