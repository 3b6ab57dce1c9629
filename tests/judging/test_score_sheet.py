"""The score sheet: written, filled in, read back, compared."""

import io
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from foundation.errors import Invalid
from foundation.sheets import Line, Sheet, read_sheet
from foundation.text import _
from judging.score_sheet import SheetLine, SheetRow, State, lines_of, plan_of, workbook
from judging.score_sheet.tokens import Token, read, written
from judging.values import CommentKind
from submissions.values import Criterion, Level

SECRET = b"s" * 32
REAL = Criterion("real", "真实性", 60, 0, 100)
NEW = Criterion(
    "new", "创新性", 40, 0, 10, levels=(Level(Decimal(2), "中"), Level(Decimal(9), "优")), graded=True
)
CRITERIA = (REAL, NEW)
TOKEN = Token("round", "juror", "read1", {"mark:real": 2, "comment:author": 1})
ROW = SheetRow(
    TOKEN,
    "A01",
    "=1+1",
    "农村",
    {"real": Decimal("85"), "new": Decimal(9)},
    {CommentKind.AUTHOR: "写得实"},
)


def made() -> Sheet:
    return read_sheet("评分表.xlsx", workbook(CRITERIA, [ROW], SECRET))


def test_what_was_written_is_read_back() -> None:
    (line,) = lines_of(made(), secret=SECRET, juror_id="juror", round_id="round")
    assert line == SheetLine(
        3,
        "read1",
        "A01",
        {"mark:real": 2, "comment:author": 1},
        {"mark:real": ("D", "85"), "mark:new": ("E", "优"), "comment:author": ("F", "写得实")},
    )
    assert SheetLine.from_json(line.as_json()) == line


def test_the_sheet_speaks_to_a_person_and_hides_what_is_for_the_program() -> None:
    content = workbook(CRITERIA, [ROW], SECRET)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1][:6] == [
        "评审号",
        "标题",
        "类别",
        "真实性（0–100，权重 60%）",
        "创新性（等级，权重 40%）",
        "给作者的评语",
    ]
    assert rows[2][1] == "=1+1"  # text, no formula
    assert read(str(rows[2][-1]), SECRET) == TOKEN


@pytest.mark.parametrize(
    "spoilt", ["", "abc", ".", "é.é", written(TOKEN, b"other" * 8), written(TOKEN, SECRET)[:-2] + "AA"]
)
def test_a_token_that_is_not_ours_is_none(spoilt: str) -> None:
    assert read(spoilt, SECRET) is None


def line(number: int, *cells: str) -> Line:
    return Line(number, cells)


HEADS = line(1, "label", "mark:real", "token")


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        (Sheet(line(1, "评审号", "分数"), ()), "这不是从本系统下载的离线评分表"),
        (Sheet(HEADS, (line(2, "评审号", "真实性"),)), "离线评分表里没有案例"),
        (Sheet(HEADS, (line(2, "评审号"), line(3, "A01", "85", "x.y"))), "第 3 行的隐藏编号缺失或被改动"),
        (Sheet(HEADS, (line(5, "A01", "85"),)), "第 5 行的隐藏编号缺失或被改动"),
        (
            Sheet(HEADS, (line(3, "A01", "85", written(replace(TOKEN, round_id="old"), SECRET)),)),
            "这份离线评分表属于另一轮评审",
        ),
        (
            Sheet(HEADS, (line(3, "A01", "85", written(replace(TOKEN, juror_id="you"), SECRET)),)),
            "这份离线评分表属于另一位评委",
        ),
        (
            Sheet(HEADS, tuple(line(n, "A01", "85", written(TOKEN, SECRET)) for n in (3, 4))),
            "第 4 行和第 3 行是同一个案例",
        ),
    ],
)
def test_a_sheet_that_cannot_be_taken_says_why(sheet: Sheet, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        lines_of(sheet, secret=SECRET, juror_id="juror", round_id="round")
    (error,) = refusal.value.errors
    assert (error.field, str(error.message)[: len(sentence)]) == ("file", sentence)


def came(
    cells: Mapping[str, tuple[str, str]], label: str = "A01", versions: Mapping[str, int] = TOKEN.versions
) -> list[SheetLine]:
    return [SheetLine(3, "read1", label, versions, cells)]


def state(**changes: object) -> dict[str, State]:
    kept = State("read1", "A01", {"mark:real": ("80", "85"), "comment:author": ("写得实",)})
    return {"read1": replace(kept, **changes)}  # type: ignore[arg-type]  # fields of State by name


def test_only_what_differs_is_changed() -> None:
    cells = {"mark:real": ("D", "85"), "mark:new": ("E", "优"), "comment:author": ("F", "更实")}
    found = plan_of(came(cells), state(), CRITERIA)
    assert [(each.key, each.server, each.sheet, each.value) for each in found.changes] == [
        ("mark:new", "", "优", "9"),
        ("comment:author", "写得实", "更实", "更实"),
    ]
    assert (found.conflicts, found.faults) == ([], [])


NEWER = {"mark:real": ("80", "85", "77")}


@pytest.mark.parametrize(
    ("typed", "changes", "conflicts"),
    [
        ("85", [], []),  # left as it was: the server's newer mark stays
        ("77", [], []),  # both say the same
        ("90", [], [("77", "90")]),
    ],
)
def test_a_mark_changed_on_both_sides_is_a_conflict(
    typed: str, changes: list[str], conflicts: list[tuple[str, str]]
) -> None:
    found = plan_of(came({"mark:real": ("D", typed)}), state(versions=NEWER), CRITERIA)
    assert [each.sheet for each in found.changes] == changes
    assert [(each.server, each.sheet) for each in found.conflicts] == conflicts


def test_a_mark_taken_back_on_the_server_is_a_conflict_too() -> None:
    versions = {"mark:real": ("80", "85", "")}
    found = plan_of(came({"mark:real": ("D", "90")}), state(versions=versions), CRITERIA)
    assert [(each.server, each.sheet) for each in found.conflicts] == [("", "90")]


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ({"mark:real": ("D", "101")}, [(3, "D", "“真实性”的分数应在 0 到 100 之间。")]),
        ({"mark:real": ("D", "很好")}, [(3, "D", "“真实性”的分数请填写数字。")]),
        ({"mark:new": ("E", "7")}, [(3, "E", "“创新性”请选择 优、中 中的一个。")]),
        ({"comment:jury": ("G", "长" * 4001)}, [(3, "G", "不能超过 4000 个字")]),
    ],
)
def test_wrong_cells_are_named_by_line_and_column(
    cells: Mapping[str, tuple[str, str]], faults: list[tuple[int, str, str]]
) -> None:
    found = plan_of(came(cells), state(), CRITERIA)
    assert [(each.line, each.column, str(each.message)) for each in found.faults] == faults
    assert found.changes == []


def test_rows_that_cannot_be_taken_are_named() -> None:
    cells = {"mark:real": ("D", "90")}
    gone = plan_of(came(cells), {}, CRITERIA)
    moved = plan_of(came(cells, label="A02"), state(), CRITERIA)
    assert [str(each.message)[:12] for each in (*gone.faults, *moved.faults)] == [
        "这个案例已不在您的评审任",
        "评审号与这一行的隐藏编号",
    ]


def test_a_handed_in_row_is_refused_only_where_it_was_changed() -> None:

    shut = state(shut=_("已提交"))
    assert plan_of(came({"mark:real": ("D", "85")}), shut, CRITERIA).faults == []
    (fault,) = plan_of(came({"mark:real": ("D", "90")}), shut, CRITERIA).faults
    assert (fault.line, fault.column, str(fault.message)) == (3, "", "已提交")
