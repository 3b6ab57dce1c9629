"""`exemplar import`: units, users and cases from a file, checked and written as on the pages."""

import sys
from pathlib import Path

from cyclopts import App
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from foundation.errors import NotFound
from foundation.files import CHUNK
from foundation.ids import new_id
from foundation.text import use_translations
from submissions import queries
from webapp.accounts.pages import LINK_PATH
from webapp.cli.console import console, errors, opened
from webapp.exchange import runs
from webapp.exchange.importer import COMMAND_LINE, Importer
from webapp.exchange.values import Deed, Kind, Outcome, Report, RowReport, RunView
from webapp.languages import languages
from webapp.wiring import Product

bring_in = App(name="import", help="Import units, users and cases from Excel, CSV or a zip of Word files.")

SHOWN = 40


@bring_in.command
def units(file: Path, *, yes: bool = False, language: str = "en") -> None:
    """Units of the tree. A dry run unless --yes is given.

    Exit code 0: nothing is wrong; 1: some rows cannot be imported (cases); 2: nothing was or can be imported.

    Args:
        file: .xlsx or .csv; the page /admin/import/units offers a blank one.
        yes: Write what the check has shown.
        language: zh or en: the language of the report.
    """
    _run(Kind.UNITS, file, yes=yes, language=language)


@bring_in.command
def users(file: Path, *, yes: bool = False, invite: bool = True, language: str = "en") -> None:
    """Accounts. A dry run unless --yes is given.

    Args:
        file: .xlsx or .csv; the page /admin/import/users offers a blank one.
        yes: Write what the check has shown.
        invite: Mail new users the link to set their password (needs the setting base_url).
        language: zh or en: the language of the report.
    """
    _run(Kind.USERS, file, yes=yes, invite=invite, language=language)


@bring_in.command
def cases(file: Path, *, call: str, yes: bool = False, language: str = "en") -> None:
    """Cases as drafts of the units that the file names. A dry run unless --yes is given.

    Args:
        file: A zip of Word files with a list in it, or the list alone with the texts; the call's page
            of imports offers a blank one.
        call: Address (slug) of the call.
        yes: Write what the check has shown.
        language: zh or en: the language of the report.
    """
    _run(Kind.CASES, file, call=call, yes=yes, language=language)


def _run(kind: Kind, file: Path, *, yes: bool, language: str, call: str = "", invite: bool = False) -> None:
    translations = languages().get(language)
    if translations is None or not file.is_file():
        errors.print("The language is zh or en." if translations is None else f"There is no file {file}.")
        sys.exit(2)
    with opened() as product, use_translations(translations):
        address = product.settings.base_url.rstrip("/")
        run = _registered(product, kind, file, call, invite and bool(address), address)
        site = product.settings.site_name
        importer = Importer(product.database, product.files, product.clock, site_name=site)
        outcome = _checked(importer, run)
        writes = yes and not outcome.failed and bool(outcome.report.to_do)
        if writes and (kind is Kind.CASES or not outcome.report.errors):
            outcome = _applied(product, importer, run)
        _print(outcome, written=writes)
    sys.exit(_exit_code(outcome))


def _registered(product: Product, kind: Kind, file: Path, slug: str, invite: bool, address: str) -> RunView:
    with file.open("rb") as source:
        stored = product.files.put(iter(lambda: source.read(CHUNK), b""))
    with product.database.read() as db:
        try:
            call_id = queries.call_by_slug(db, slug).id if slug else None
        except NotFound:
            errors.print(f"There is no call {escape(slug)}.")
            sys.exit(2)
        return runs.view(
            runs.new_row(
                run_id=new_id(),
                actor=COMMAND_LINE,
                now=product.clock.now(),
                kind=kind,
                file=runs.NewFile(file.name, stored),
                call_id=call_id,
                invite=invite,
                address=address + LINK_PATH if address else "",
            )
        )


def _checked(importer: Importer, run: RunView) -> Outcome:
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("checking", total=None)
        return importer.check(
            run, COMMAND_LINE, lambda done, total: bar.update(task, completed=done, total=total)
        )


def _applied(product: Product, importer: Importer, run: RunView) -> Outcome:
    """The run is put on record first: what it writes names it."""
    with product.database.write() as db:
        runs.register(db, actor=COMMAND_LINE, now=product.clock.now(), run=run)
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("importing", total=None)
        outcome = importer.apply(
            run, COMMAND_LINE, lambda done, total: bar.update(task, completed=done, total=total)
        )
    with product.database.write() as db:
        runs.finish_apply(
            db,
            actor=COMMAND_LINE,
            now=product.clock.now(),
            run_id=run.id,
            report=outcome.report,
            failed=outcome.failed,
        )
    return outcome


def _print(outcome: Outcome, *, written: bool) -> None:
    report = outcome.report
    if report.errors:
        table = Table("line", "column", "value", "problem", title="Errors")
        for each in report.errors[:SHOWN]:
            table.add_row(
                str(each.line or ""),
                str(each.column or ""),
                escape(each.value[:40]),
                escape(str(each.message)),
            )
        console.print(table)
    told = [row for row in report.rows if row.deed is not Deed.UNCHANGED]
    if told:
        table = Table("line", "what", "result", title="Import" if written else "Dry run")
        for row in told[:SHOWN]:
            table.add_row(str(row.line), _what(row), row.deed.value)
        console.print(table)
    for remark in report.remarks:
        console.print(f"[dim]{escape(str(remark))}[/]")
    console.print(_counts(report), highlight=False)
    if not written and report.to_do and not outcome.failed:
        console.print("Nothing was written. Run it again with --yes to write it.")


def _what(row: RowReport) -> str:
    details = [f"{each.column}: {each.before or '-'} -> {each.after or '-'}" for each in row.details]
    rest = [*details, *(str(note) for note in row.notes)]
    return escape(row.label) + "".join(f"\n[dim]{escape(line)}[/]" for line in rest)


def _counts(report: Report) -> str:
    counted = ", ".join(f"{report.count(deed)} {deed.value}" for deed in Deed)
    return f"{counted}, {report.count('error')} with errors"


def _exit_code(outcome: Outcome) -> int:
    if outcome.failed:
        return 2
    if not outcome.report.errors:
        return 0
    return 1 if outcome.report.to_do and all(each.line for each in outcome.report.errors) else 2
