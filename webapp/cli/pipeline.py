"""`exemplar pipeline`: a whole year from a folder of documents."""

import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import Parameter
from pydantic import ValidationError
from rich.markup import escape
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from foundation.clock import FixedClock
from foundation.errors import Problem
from foundation.text import Text, use_translations
from webapp import migrate
from webapp.accounts import service as accounts
from webapp.cli.console import console, errors
from webapp.languages import languages
from webapp.pipeline import folder as folders
from webapp.pipeline import marks as mark_files
from webapp.pipeline.reading import JURORS, read_folder
from webapp.pipeline.values import CannotRun, CaseReport, Plan, QueryReport, Report
from webapp.pipeline.year import Year
from webapp.settings import Settings
from webapp.wiring import Product, build

YES, NO = "[green]yes[/]", "[red]no[/]"


def pipeline(
    folder: Path,
    *,
    out: Path,
    marks: Annotated[Path | None, Parameter(name="--marks")] = None,
    database: str = "",
    language: str = "en",
) -> None:
    """Take a folder of documents from the call to the casebook.

    Exit code 0: done; 1: done, but a check failed; 2: nothing could be done.

    Args:
        folder: The documents (.txt, .md, .docx): a call document or call.toml, and the cases.
        out: Folder of the results; begun afresh by each run.
        marks: CSV of the jury's marks; made up and written where there is none.
        database: URL of an empty database; by default a new SQLite in the output folder.
        language: zh or en: the language of reasons.
    """
    translations = languages().get(language)
    if translations is None:
        _stop(f"There is no language {language!r}: zh or en.")
        return
    try:
        report = _run(folder, out, marks, database)
    except CannotRun as error:
        _stop(str(error))
        return
    except Problem as error:
        with use_translations(translations):
            _stop(str(error.reason))
        return
    with use_translations(translations):
        folders.write_report(out, report)
        _show(report, out)
    if not report.all_correct:
        sys.exit(1)


def _stop(sentence: str) -> None:
    errors.print(f"[bold red]{escape(sentence)}[/]", highlight=False)
    sys.exit(2)


def _run(folder: Path, out: Path, marks_file: Path | None, database: str) -> Report:
    started = time.perf_counter()
    plan = read_folder(folder)
    reading = time.perf_counter() - started
    settings = _settings(out, database)
    file = marks_file or out / folders.MARKS
    given = marks_file is not None and marks_file.exists()
    jury = _given_marks(plan, file) if given else None  # wrong marks must not cost an earlier run
    if folders.prepare(out):
        console.print(f"{out} holds an earlier run: begun afresh.", highlight=False)
    jury = jury or _made_up_marks(plan, file)
    clock = FixedClock(plan.opens_at)
    product = build(settings, clock)
    try:
        _open_empty(product)
        year = Year(product, clock, plan, jury, str(file))
        year.report.seconds.append(("read", reading))
        year.run(out)
        return year.report
    finally:
        product.close()


def _settings(out: Path, database: str) -> Settings:
    try:
        return Settings(data_dir=out / folders.DATA, database_url=database)
    except ValidationError as error:
        raise CannotRun(f"--database {error.errors()[0]['msg'].removeprefix('Value error, ')}.") from error


def _open_empty(product: Product) -> None:
    """A trial year goes into a database of its own, never beside real accounts."""
    url = product.database.url.render_as_string(hide_password=True)
    try:
        migrate.upgrade(product.database)
        with product.database.read() as db:
            used = accounts.any_user(db)
    except SQLAlchemyError as error:
        raise CannotRun(f"{url} cannot be used: {error.__cause__ or error}") from error
    if used:
        raise CannotRun(f"{url} holds accounts already: name an empty database.")


def _given_marks(plan: Plan, file: Path) -> mark_files.Marks:
    names = [each.source.name for each in plan.cases]
    return mark_files.read(file, names, plan.proposal.rules.criteria, JURORS)


def _made_up_marks(plan: Plan, file: Path) -> mark_files.Marks:
    criteria = plan.proposal.rules.criteria
    contents = {each.source.name: each.parsed.body_html for each in plan.cases}
    made = mark_files.generate(contents, criteria, JURORS)
    mark_files.write(file, made, criteria)
    return made


# --- what is printed ---------------------------------------------------------------------------------


def _show(report: Report, out: Path) -> None:
    console.print(_call(report))
    console.print(_cases(report))
    if report.skipped:
        console.print(_skipped(report))
    console.print(_questions(report.queries))
    console.print(_files(report, out))
    console.print(
        f"{len(report.submitted)} of {len(report.cases)} cases submitted, "
        f"{sum(bool(each.prize) for each in report.cases)} awarded, "
        f"{report.journal_entries} journal entries (chain unbroken), "
        f"{sum(seconds for _name, seconds in report.seconds):.1f} s",
        highlight=False,
    )
    if not report.all_correct:
        wrong = [each.query for each in report.queries if not each.correct]
        errors.print(f"[bold red]Checks failed: {escape('; '.join([*wrong, *report.book_findings]))}[/]")


def _call(report: Report) -> Table:
    table = Table(title="Call", show_header=False)
    prizes = ", ".join(f"{name} x {quota}" for name, quota in report.prizes)
    marks = "made up for this trial" if report.marks_generated else "given"
    for name, value in (
        ("document", report.call_document),
        ("title", report.call_title),
        ("theme", report.theme),
        (
            "window",
            f"{_local(report.opens_at, report)} up to {_local(report.closes_at, report)} {report.timezone}",
        ),
        ("categories", f"{len(report.categories)}: {', '.join(report.categories)}"),
        ("prizes", prizes),
        ("marks", f"{report.marks_file} ({marks})"),
    ):
        table.add_row(name, escape(value))
    return table


def _cases(report: Report) -> Table:
    table = Table("file", "title", "unit", "words", "received", "in window", "score", "prize", title="Cases")
    for case in report.cases:
        received = _local(case.received_at, report) if case.received_at else ""
        inside = case.received_at is not None and report.opens_at <= case.received_at < report.closes_at
        table.add_row(
            escape(case.file),
            escape(case.title) + _remarks(case),
            escape(case.unit),
            str(case.words),
            received,
            YES if inside else NO,
            case.score,
            f"[bold]{escape(case.prize)}[/]" if case.prize else "",
        )
    return table


def _remarks(case: CaseReport) -> str:
    if case.refused:
        return f"\n[red]{escape(_joined(case.refused))}[/]"
    return f"\n[dim]supplied: {', '.join(case.supplied)}[/]" if case.supplied else ""


def _skipped(report: Report) -> Table:
    table = Table("file", "reason", title="Not read")
    for each in report.skipped:
        table.add_row(escape(each.name), escape(str(each.reason)))
    return table


def _questions(queries: Sequence[QueryReport]) -> Table:
    table = Table("query", "script", "hits", "expected", "correct", title="Library")
    for each in queries:
        expected = f"not: {each.wanted}" if each.absent else each.wanted or "something"
        table.add_row(
            escape(each.query), each.kind, str(each.hits), escape(expected), YES if each.correct else NO
        )
    return table


def _files(report: Report, out: Path) -> Table:
    table = Table("step or file", "seconds", "bytes", title="Steps and files")
    for name, seconds in report.seconds:
        table.add_row(name, f"{seconds:.2f}", "")
    for file in report.files:
        pages = f" ({report.book_pages} pages)" if file.name.endswith(".docx") and report.book_pages else ""
        table.add_row(f"{escape(str(out / file.name))}{pages}", "", f"{file.size:,}")
    for name in (folders.REPORT,):
        table.add_row(escape(str(out / name)), "", f"{(out / name).stat().st_size:,}")
    return table


def _local(moment: datetime, report: Report) -> str:
    return f"{moment.astimezone(ZoneInfo(report.timezone)):%Y-%m-%d %H:%M}"


def _joined(sentences: Sequence[Text]) -> str:
    return " ".join(map(str, sentences))
