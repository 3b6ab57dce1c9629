"""The Excel file with formulas: LibreOffice calculates from the marks what the server says."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from judging import workbook
from judging.queries.standings import Material, board_of
from judging.values import ReviewRow, RoundState
from judging.values.standing import Carried
from judging.views import Board, CaseLine, RoundView
from submissions.values import CallRules, CallView, JudgingRules, JuryGroup, StandingRule
from tests.judging.factories import flat, review, rules

GROUPS = (JuryGroup("experts", "专家", 70), JuryGroup("public", "群众", 30))
SEATS = {"w": "experts", "x": "experts", "y": "public", "z": "public"}


def reads(case: str, jurors: str, *marks: str) -> tuple[ReviewRow, ...]:
    """A read with one mark everywhere by each juror."""
    return tuple(flat(case, juror, mark) for juror, mark in zip(jurors, marks, strict=True))


READS = (
    *reads("a", "wxyz", "91", "84", "89.5", "70"),
    *(review("b", juror, 86, 86, 88, 85) for juror in "wxy"),
    *(review("c", juror, 88, 84, 88, 85) for juror in "wxz"),  # the score of b; parted by the chain
    *reads("d", "wx", "77.5", "66"),  # too few
    *reads("e", "wxz", "80", "79", "73"),
    *reads("f", "wyz", "80", "79", "73"),
)
WORLDS = {
    "mean": JudgingRules(tie_break=("innovation", "authenticity")),
    "trimmed_mean": JudgingRules(),
    "weighted": JudgingRules(jury_groups=GROUPS),
    "adjusted": JudgingRules(),
}
needs_office = pytest.mark.skipif(
    not shutil.which("localc") and not os.environ.get("CI"),  # in CI nothing is skipped
    reason="LibreOffice Calc is not installed",
)


def board(laid_down: CallRules) -> Board:
    at = datetime(2026, 4, 1, tzinfo=UTC)
    call = CallView("call", "cases", "征集", "", "", at, at, "Asia/Shanghai", laid_down, at, 2026)
    case_ids = sorted({each.case_id for each in READS} | {"g"})  # nobody has read g
    lines = {
        case_id: CaseLine(case_id, "", f"A{place:02d}", "rural", "=1+1", "u", "单位", "")
        for place, case_id in enumerate(case_ids, start=1)
    }
    names = {juror: f"评委{juror}" for juror in SEATS}
    carried = Carried(40, {"a": Fraction(7, 9)}) if laid_down.standing_rule is StandingRule.MEAN else None
    found = Material(lines, READS, SEATS, names, frozenset(), carried)
    view: dict[str, Any] = {"earlier_weight": carried.weight if carried else 0}
    view |= {"closes_at": None, "closed_at": at, "close_reason": "", "with_files": False}
    return board_of(found, RoundView("r", call, RoundState.CLOSED, at, reads_required=3, **view))


def written(made: Board) -> bytes:
    target = io.BytesIO()
    workbook.write(target, made, READS, SEATS)
    return target.getvalue()


def made_by(name: str) -> Board:
    """A round by this rule; that of the plain mean is a second one, to which the first counts 40 percent."""
    laid_down = replace(rules(rule=StandingRule(name)), judging=WORLDS[name])
    return board(laid_down)


def check(book: CalamineWorkbook, made: Board) -> None:
    """Each case has the digits and the rank of the server."""
    heads, *lines = book.get_sheet_by_name("名次").to_python()
    found, ranks = {row[0]: row for row in lines}, heads.index("名次")
    for row in made.rows:
        line = found[made.cases[row.case_id].label]
        if row.score is None:
            assert (line[2], line[3]) == (0, "")
            continue
        exact = Decimal(row.score.numerator) / row.score.denominator
        assert abs(Decimal(str(line[3])) - exact) < Decimal("1e-8")
        assert Decimal(str(line[4])).quantize(Decimal("0.01")) == row.shown
        assert (line[ranks] or None) == row.rank


def test_the_stored_results_are_those_of_the_server() -> None:
    for name in WORLDS:
        made = made_by(name)
        book = CalamineWorkbook.from_filelike(io.BytesIO(written(made)))
        assert book.sheet_names == ["规则", "评分", *(["宽严"] if name == "adjusted" else []), "总分", "名次"]
        check(book, made)
    parted = [(row.case_id, row.rank, row.broken_by) for row in made_by("mean").rows[:2]]
    assert parted == [("c", 1, "authenticity"), ("b", 2, "authenticity")]


@needs_office
def test_excel_calculates_what_the_server_says(tmp_path: Path) -> None:
    """Without the stored results: each rule, a tie-break, a case with too few reads, one that nobody read."""
    for name in WORLDS:
        (tmp_path / f"{name}.xlsx").write_bytes(without_results(written(made_by(name))))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--norestore", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")),
            *(str(tmp_path / f"{name}.xlsx") for name in WORLDS),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    for name in WORLDS:
        check(CalamineWorkbook.from_path(str(tmp_path / "out" / f"{name}.xlsx")), made_by(name))


def without_results(data: bytes) -> bytes:
    """The workbook with its formulas alone: a program must calculate what it shows."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as bare:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            bare.writestr(name, content)
    return target.getvalue()
