"""Tables in and out of files: what is written comes back, what people make is read, what harms is refused."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from foundation.sheets import Line, Table, Unreadable, read_sheet, write, write_book

ROWS = (("=1+1", 3), ("王芳", None), ("+86 138", Decimal("1.50")), ("'abc", True), ("第一行\n第二行", "-x"))


def written(kind: str, **changes: Any) -> bytes:
    out = io.BytesIO()
    write(Table(**{"name": "名单", "heads": ("姓名", "数"), "rows": ROWS, **changes}), kind, out)
    return out.getvalue()


def workbook(*rows: tuple[Any, ...], at: tuple[int, int] = (0, 0)) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at[0] + number, at[1] + column, cell)
    book.close()
    return out.getvalue()


def cells(data: bytes) -> list[tuple[str, ...]]:
    sheet = read_sheet("名单", data)
    return [sheet.heads.cells, *(line.cells for line in sheet.lines)]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_written_is_read_again(kind: str) -> None:
    true = "true" if kind == "xlsx" else "1"
    assert cells(written(kind)) == [
        ("姓名", "数"),
        ("=1+1", "3"),
        ("王芳", ""),
        ("+86 138", "1.5" if kind == "xlsx" else "1.50"),
        ("'abc", true),
        ("第一行\n第二行", "-x"),
    ]


@pytest.mark.parametrize("harmful", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("x")'])
def test_a_cell_never_becomes_a_formula(harmful: str) -> None:
    line = written("csv", rows=[(harmful, 1)]).decode("utf-8-sig").splitlines()[1]
    assert line.startswith("\"'")
    book = CalamineWorkbook.from_filelike(io.BytesIO(written("xlsx", rows=[(harmful, 1)])))
    assert b"<f>" not in written("xlsx", rows=[(harmful, 1)])
    assert book.get_sheet_by_index(0).to_python()[1][0] == harmful


def test_times_are_written_on_the_clock_of_the_zone() -> None:
    at = datetime(2026, 3, 1, 16, 30, 5, 700_000, tzinfo=UTC)
    rows = [(at, date(2026, 3, 1))]
    assert cells(written("csv", rows=rows))[1] == ("2026-03-02 00:30:05", "2026-03-01")
    assert cells(written("xlsx", rows=rows, zone="UTC"))[1][1] == "2026-03-01"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_in_the_encodings_and_with_the_marks_of_office_programs(encoding: str, mark: str) -> None:
    data = f"姓名{mark}邮箱\r\n龚珺{mark}a@b\r\n\r\n赵㐱{mark}c@d\r\n".encode(encoding)
    sheet = read_sheet("a.csv", data)
    assert sheet.heads == Line(1, ("姓名", "邮箱"))
    assert sheet.lines == (Line(2, ("龚珺", "a@b")), Line(4, ("赵㐱", "c@d")))


def test_lines_have_the_numbers_that_the_spreadsheet_program_shows() -> None:
    sheet = read_sheet(
        "a.xlsx", workbook(("姓名", "年"), ("王芳", 2026.0), ("", ""), ("李强", 0.5), at=(2, 0))
    )
    assert sheet.heads == Line(3, ("姓名", "年"))
    assert sheet.lines == (Line(4, ("王芳", "2026")), Line(6, ("李强", "0.5")))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "是空的"),
        (b",,\r\n,,\r\n", "没有内容"),
        (b"\x00\x01\x02\x03", "不是可以读取的表格"),
        (b"PK\x03\x04 not a workbook", "不是可以读取的表格"),
        (b"a\n" * 60_000, "表格太大"),
        (b"\xff" * 50, "文字编码"),
        (workbook(("a",), *[("",)] * 10), ""),
    ],
    ids=("nothing", "no content", "bytes", "no workbook", "too large", "encoding", "a head alone"),
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    if not sentence:
        assert read_sheet("a", data).lines == ()
        return
    with pytest.raises(Unreadable) as refused:
        read_sheet("a", data)
    assert sentence in str(refused.value.reason)


def test_a_stray_cell_at_the_far_corner_ends_in_a_sentence_and_not_in_the_end_of_the_process() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "姓名")
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(Unreadable) as refused:
        read_sheet("a.xlsx", out.getvalue())
    assert "限定的时间和内存" in str(refused.value.reason)


def test_a_small_workbook_that_stands_for_gigabytes_ends_in_a_sentence() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for row in range(2_000):
        sheet.write_string(row, 0, "字" * 30_000)  # one string, which all cells share
    book.close()
    with pytest.raises(Unreadable, match="太大"):
        read_sheet("a.xlsx", target.getvalue())


def test_several_tables_are_the_sheets_of_one_book_and_the_same_bytes_each_time() -> None:
    tables = (Table("表/一", ("甲",), [("=1",), (2,)]), Table("表 一", ("乙",), [("丙",)]))
    books = []
    for _time in range(2):
        out = io.BytesIO()
        write_book(tables, out)
        books.append(out.getvalue())
    assert books[0] == books[1]
    assert CalamineWorkbook.from_filelike(io.BytesIO(books[0])).sheet_names == ["表 一", "表 一 2"]
    assert [line.cells for line in read_sheet("a.xlsx", books[0]).lines] == [("=1",), ("2",)]
