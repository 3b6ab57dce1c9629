"""The files of a report: what stands in them, and what is told of the time between two makings."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

from casebook.docx.check import findings
from casebook.reports import queries
from casebook.reports.values import BuildState, FileKind
from casebook.reports.wording import change_line
from foundation.sheets import read_sheet
from tests.casebook.reports.world import QUOTE, Study, study


def words(made: Study, number: int, kind: FileKind) -> tuple[str, bytes]:
    content = made.product.files.read(made.build(number).files[kind][0])
    with zipfile.ZipFile(BytesIO(content)) as package:
        document = package.read("word/document.xml").decode()
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", document)), content


def test_files_are_made_compared_and_never_name_a_case_without_an_award(product: Any) -> None:
    made = study(product)
    made.quote(1)
    made.revoke(2)
    made.request()
    made.deliver()
    first = made.build(1)
    assert (first.state, first.changes, first.log) == (BuildState.DONE, None, ())
    titles = [each.title for each in made.judged.entries]
    report, content = words(made, 1, FileKind.REPORT)
    assert findings(BytesIO(content)) == ()
    assert "本报告统计了 1 次征集的 3 个案例" in report
    assert "{数" not in report
    assert f"“{QUOTE}”" in report
    assert titles[0] in report
    assert titles[2] not in report
    assert made.judged.entries[1].content_hash[:12] in report
    assert not any(juror.name in report for juror in made.judged.jurors)
    brief, content = words(made, 1, FileKind.BRIEF)
    assert findings(BytesIO(content)) == ()
    assert "基本情况" in brief
    assert QUOTE not in brief
    annex = product.files.read(first.files[FileKind.ANNEX][0])
    assert read_sheet("annex.xlsx", annex).lines[0].cells[1] == "创新案例研究报告"
    with zipfile.ZipFile(BytesIO(annex)) as package:
        cells = package.read("xl/workbook.xml").decode()
    assert "案例清单" in cells

    made.request()
    made.deliver()
    again = made.build(2)
    assert again.changes == ()
    assert again.files == first.files  # the same state of the data, the same bytes

    made.revoke(0)
    made.request("en")
    made.deliver()
    third = made.build(3)
    lines = [str(change_line(each)) for each in third.changes or ()]
    assert lines[0] == f"撤销的授奖：{titles[0]}（原为一等奖）"
    assert "获奖案例数：2 → 1" in lines
    english, _content = words(made, 3, FileKind.REPORT)
    assert "Method and limits" in english


def test_a_passage_that_lost_its_case_meanwhile_stops_the_making(product: Any) -> None:
    made = study(product)
    made.quote(0)
    made.request()
    made.revoke(0)
    made.deliver()
    build = made.build(1)
    assert (build.state, build.files) == (BuildState.FAILED, {})
    with product.database.read(made.editor) as db:
        assert queries.last_done(db, made.report_id) is None
