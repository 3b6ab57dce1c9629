"""The pipeline: documents as they are, through the services of the product, to a Word file."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from foundation import people
from foundation.actor import Role
from submissions import queries as submissions
from submissions import service
from submissions.call_templates import STANDARD
from submissions.values import CallProposal
from tests.support.databases import open_database
from tests.support.postgres import PostgresServer
from webapp import migrate
from webapp.cli.import_cases import import_cases
from webapp.cli.pipeline import pipeline
from webapp.pipeline.reading import read_folder
from webapp.pipeline.values import CannotRun
from webapp.settings import Settings
from webapp.wiring import Product, build

NOW = datetime(2026, 3, 1, tzinfo=UTC)

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

CALL_TOML = """
[call]
title = "基层创新案例征集"
theme = "把小事办实"
first_day = 2026-03-02
last_day = 2026-03-20
categories = ["社区", "学校"]
words_highest = 5000

[[call.prizes]]
key = "first"
name = "一等奖"
quota = 1

[[call.prizes]]
key = "second"
name = "二等奖"
quota = 1

[book]
title = "小事集"
foreword = "写在前面的话。"

[library]
queries = ["早班车"]

[cases."bus.md"]
category = "社区"
authors = ["张三（书记）"]
"""

PARAGRAPH = "支部把早班车司机的难处一条条记下来，逐条商量办法，办成一件划掉一件，三个月办成了二十一件。"
BUS = f"""---
title: 红色早班车
unit: 公交三场党支部
---
## 一、背景
{PARAGRAPH}{PARAGRAPH}

## 二、做法
- 记
- 办

{PARAGRAPH}
"""
SCHOOL = (
    "放学后的一小时\n实验学校党支部\n作者：李四\n摘要：放学后有人管。\n"
    f"一、背景\n{PARAGRAPH * 2}\n二、成效\n{PARAGRAPH}\n"
)

Run = Callable[..., int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A call.toml, a Markdown, a GB 18030 text, a Word file, and two files nobody can read."""
    made = tmp_path / "documents"
    made.mkdir()
    (made / "call.toml").write_text(CALL_TOML, encoding="utf-8")
    (made / "bus.md").write_text(BUS, encoding="utf-8")
    (made / "school.txt").write_bytes(SCHOOL.encode("gb18030"))
    document = Document()
    document.add_heading("楼道里的议事角", 0)
    document.add_paragraph("春风社区党委")
    document.add_heading("背景", 1)
    document.add_paragraph(PARAGRAPH * 3)
    document.save(str(made / "corner.docx"))
    (made / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    (made / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    return made


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice: the book is made without laying it out, which takes most of a run."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def run() -> Run:
    """Runs the command and returns its exit code."""

    def command(*arguments: object, **options: object) -> int:
        try:
            pipeline(*arguments, **options)  # type: ignore[arg-type]  # the tests give what the command line gives
        except SystemExit as stopped:
            return int(str(stopped.code))
        return 0

    return command


def report_of(out: Path) -> dict[str, object]:
    report: dict[str, object] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return report


def words_of(book: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(book)).paragraphs)


@pytest.mark.usefixtures("bare")
def test_a_folder_from_call_to_casebook_and_again(
    folder: Path, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(folder, out=out) == 0
    report = report_of(out)
    cases = report["cases"]
    assert isinstance(cases, list)
    assert [(each["file"], each["title"], each["unit"]) for each in cases] == [
        ("bus.md", "红色早班车", "公交三场党支部"),
        ("corner.docx", "楼道里的议事角", "春风社区党委"),
        ("school.txt", "放学后的一小时", "实验学校党支部"),
    ]
    assert sorted(each["prize"] for each in cases) == ["", "一等奖", "二等奖"]
    assert all("2026-03-02" <= each["received_at"][:10] <= "2026-03-20" for each in cases)
    skipped = report["skipped"]
    assert isinstance(skipped, list)
    assert [each["name"] for each in skipped] == ["broken.docx", "old.doc"]
    printed = capsys.readouterr().out
    assert "3 of 3 cases submitted, 2 awarded" in printed
    assert "broken.docx" in printed
    book = words_of(out / "casebook.docx")
    awarded = [each["title"] for each in cases if each["prize"]]
    assert all(title in book for title in awarded)
    assert "写在前面的话。" in book
    assert run(folder, out=out) == 0
    assert "begun afresh" in capsys.readouterr().out
    again = report_of(out)
    for each in ("call_title", "opens_at", "closes_at", "queries", "journal_entries"):
        assert report[each] == again[each]
    with (out / "standings.csv").open(encoding="utf-8-sig", newline="") as source:
        assert [row["rank"] for row in csv.DictReader(source)] == ["1", "2", "3"]


@pytest.mark.usefixtures("bare")
def test_given_marks_decide_and_a_case_against_the_rules_stays_out(
    folder: Path, tmp_path: Path, run: Run
) -> None:
    out, marks = tmp_path / "out", tmp_path / "marks.csv"
    limits = "words_lowest = 120\nwords_highest = 5000"
    (folder / "call.toml").write_text(CALL_TOML.replace("words_highest = 5000", limits), encoding="utf-8")
    tiny = "太短的案例\n小支部党支部\n作者：王五\n一、背景\n只有一句话。\n"
    (folder / "tiny.txt").write_text(tiny, encoding="utf-8")
    with marks.open("w", encoding="utf-8", newline="") as target:
        rows = csv.writer(target)
        rows.writerow(["file", "juror", *(each.key for each in STANDARD.rules.criteria), "comment"])
        for name, level in (("bus.md", 70), ("corner.docx", 70), ("school.txt", 95), ("tiny.txt", 99)):
            for juror in (1, 2, 3):
                rows.writerow([name, juror, level, level, level, level, "写得实在。"])
    assert run(folder, out=out, marks=marks, language="zh") == 0
    report = report_of(out)
    cases = report["cases"]
    assert isinstance(cases, list)
    assert {each["file"]: (each["prize"], each["score"], each["refused"]) for each in cases} == {
        "bus.md": ("二等奖", "70.00", []),
        "corner.docx": ("", "70.00", []),
        "school.txt": ("一等奖", "95.00", []),
        "tiny.txt": ("", "", ["正文至少要 120 字，现在是 10 字。"]),
    }
    assert report["marks_generated"] is False


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nobody.txt,1,80,80,80,80,", "there is no case 'nobody.txt'"),
        ("bus.md,4,80,80,80,80,", "must be a number from 1 to 3"),
        ("bus.md,1,eighty,80,80,80,", "'eighty' is not a number"),
        ("bus.md,1,80,80,80,80,", "has no marks for bus.md by juror 2"),
    ],
)
@pytest.mark.usefixtures("bare")
def test_wrong_marks_are_said_with_their_line(
    folder: Path, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    marks = tmp_path / "marks.csv"
    header = "file,juror,authenticity,effectiveness,innovation,exemplarity,comment"
    marks.write_text(f"{header}\n{line}\n", encoding="utf-8")
    assert run(folder, out=tmp_path / "out", marks=marks) == 2
    assert said in " ".join(capsys.readouterr().err.split())


@pytest.mark.usefixtures("bare")
def test_what_cannot_run_says_why(
    folder: Path, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(tmp_path / "nowhere", out=out) == 2
    assert "There is no folder" in capsys.readouterr().err
    assert run(folder, out=out, language="fr") == 2
    assert run(folder, out=out, database="mysql://x") == 2
    assert "must begin with sqlite:///" in " ".join(capsys.readouterr().err.split())
    (tmp_path / "text").write_text("no database", encoding="utf-8")
    assert run(folder, out=out, database=f"sqlite:///{tmp_path / 'text'}") == 2
    assert "cannot be used" in " ".join(capsys.readouterr().err.split())
    (folder / "call.toml").write_text('[call]\ntitle = "x"\ncolour = "red"\n', encoding="utf-8")
    assert run(folder, out=out) == 2
    assert "colour" in capsys.readouterr().err
    (folder / "call.toml").write_text('[call]\ntitle = "x"\n', encoding="utf-8")
    assert run(folder, out=out) == 2
    assert "No collection time was found" in capsys.readouterr().err
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("keep me", encoding="utf-8")
    (folder / "call.toml").write_text(CALL_TOML, encoding="utf-8")
    assert run(folder, out=mine) == 2
    assert "choose another folder" in " ".join(capsys.readouterr().err.split())
    assert (mine / "letter.txt").read_text(encoding="utf-8") == "keep me"


def test_an_unreadable_folder_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"x")
    with pytest.raises(CannotRun, match="no readable case"):
        read_folder(tmp_path)


@pytest.mark.usefixtures("bare")
def test_another_database_must_be_empty(
    folder: Path, tmp_path: Path, run: Run, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    used = open_database(sqlite_url)
    with used.write() as db:
        people.add_user(db, now=NOW, email="a@x.invalid", name="甲", roles=[])
    used.close()
    assert run(folder, out=tmp_path / "out", database=sqlite_url) == 2
    assert "holds accounts already" in " ".join(capsys.readouterr().err.split())


@pytest.mark.usefixtures("bare")
def test_on_postgresql(folder: Path, tmp_path: Path, run: Run, postgres_server: PostgresServer) -> None:
    postgres_server.create("pipeline")
    out = tmp_path / "out"
    assert run(folder, out=out, database=postgres_server.url("pipeline")) == 0
    queries = report_of(out)["queries"]
    assert isinstance(queries, list)
    assert all(each["correct"] for each in queries)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real documents lie beside the project, not in it")
def test_the_real_documents(tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    assert run(SEEDS, out=out) == 0
    report = report_of(out)
    assert (report["opens_at"], report["closes_at"]) == (
        datetime(2022, 1, 28, 16, tzinfo=UTC).isoformat(),
        datetime(2022, 1, 31, 16, tzinfo=UTC).isoformat(),
    )
    categories, cases, queries = report["categories"], report["cases"], report["queries"]
    assert isinstance(categories, list)
    assert isinstance(cases, list)
    assert isinstance(queries, list)
    assert (report["call_document"], len(categories), len(cases)) == ("004_5312be160e774d04.txt", 9, 4)
    assert {each["file"][:3]: each["unit"] for each in cases} == {
        "000": "Party Branch of the Second Bureau of the Enterprise Audit",
        "001": "審計署長沙特派辦",
        "002": "Party Committee of Guangzhou Special Office of CNAO",
        "003": "上海長寧區審計局機關黨支部",
    }
    assert sorted(each["prize"] for each in cases) == ["", "", "一等奖", "二等奖"]
    assert {each["kind"] for each in queries} == {"simplified", "traditional", "latin"}
    assert all(each["correct"] for each in queries)
    with zipfile.ZipFile(io.BytesIO((out / "casebook.docx").read_bytes())) as archive:
        assert "word/document.xml" in archive.namelist()


# --- import-cases --------------------------------------------------------------------------------------


@pytest.fixture
def product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Product:
    """A product with an open call, one unit with a submitter and one without; the commands find it."""
    monkeypatch.setenv("EXEMPLAR_DATA_DIR", str(tmp_path / "var"))
    made = build(Settings(data_dir=tmp_path / "var"))
    migrate.upgrade(made.database)
    now = made.clock.now()
    with made.database.write() as db:
        organiser = people.actor_of(
            people.add_user(db, now=now, email="o@x.invalid", name="组织", roles=[Role.ORGANISER])
        )
        unit = people.add_unit(db, name="公交三场党支部")
        people.add_unit(db, name="春风社区党委")
        people.add_user(db, now=now, email="s@x.invalid", name="张三", roles=[Role.SUBMITTER], unit=unit)
        proposal = CallProposal(
            title="开着的征集",
            theme="",
            notice_html="<p>通知</p>",
            slug="open",
            opens_at=now.replace(year=now.year - 1),
            closes_at=now.replace(year=now.year + 1),
            timezone="Asia/Shanghai",
            rules=replace(STANDARD.rules, parts=(), copyright_text=""),
        )
        call = service.create_call(db, actor=organiser, now=now, proposal=proposal)
        service.publish_call(db, actor=organiser, now=now, call_id=call.id)
    return made


def imported(folder: Path, **options: object) -> int:
    with pytest.raises(SystemExit) as stopped:
        import_cases(folder, **options)  # type: ignore[arg-type]  # the tests give what the command line gives
    return int(str(stopped.value.code))


def test_import_is_a_dry_run_unless_it_is_told_to_write(
    product: Product, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(folder, call="open", language="zh") == 1
    printed = "".join(capsys.readouterr().out.split())
    assert "1of5documentscanbeimported" in printed
    with product.database.read() as db:
        units = [unit.id for unit in people.units(db)]
        assert [submissions.cases_of_unit(db, unit_id) for unit_id in units] == [[], []]
    assert imported(folder, call="open", yes=True) == 1
    with product.database.read() as db:
        drafts = [case for unit_id in units for case in submissions.cases_of_unit(db, unit_id)]
        text = submissions.draft(db, drafts[0].id).text
        files = submissions.draft(db, drafts[0].id).attachments
    assert (len(drafts), text.title, [each.name for each in files]) == (1, "红色早班车", ["bus.md"])
    assert imported(folder, call="open", yes=True, language="zh") == 2
    product.close()


def test_import_names_what_it_does_not_know(
    product: Product, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(folder, call="nowhere") == 2
    assert "known: open" in capsys.readouterr().err
    product.close()
