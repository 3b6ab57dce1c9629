"""`exemplar import-cases`: documents of a folder as drafts of a call."""

import sys
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from foundation.text import use_translations
from webapp.cli.console import console, errors, opened
from webapp.languages import languages
from webapp.pipeline.importing import Imported, import_folder
from webapp.pipeline.values import CannotRun


def import_cases(folder: Path, *, call: str, yes: bool = False, language: str = "en") -> None:
    """Read a folder of documents as drafts for the units they name.

    A dry run unless --yes is given. Exit code 0: all can be (or were) imported; 1: some; 2: none.

    Args:
        folder: The documents (.txt, .md, .docx); call.toml may name the unit and category of each.
        call: Address (slug) of the call.
        yes: Write the drafts.
        language: zh or en: the language of reasons.
    """
    translations = languages().get(language)
    if translations is None:
        errors.print("The language is zh or en.")
        sys.exit(2)
    try:
        with opened() as product:
            results, skipped = import_folder(product, folder, call, write=yes)
    except CannotRun as error:
        errors.print(f"[bold red]{escape(str(error))}[/]", highlight=False)
        sys.exit(2)
    with use_translations(translations):
        table = Table("file", "title", "unit", "words", "result", title="Import" if yes else "Dry run")
        for each in results:
            table.add_row(
                escape(each.file), escape(each.title), escape(each.unit), str(each.words), _result(each, yes)
            )
        for missed in skipped:
            table.add_row(escape(missed.name), "", "", "", f"[red]{escape(str(missed.reason))}[/]")
        console.print(table)
    good = sum(each.problem is None for each in results)
    total = len(results) + len(skipped)
    console.print(f"{good} of {total} documents {'imported as drafts' if yes else 'can be imported'}")
    if not yes and good:
        console.print("Nothing was written. Run it again with --yes to write the drafts.")
    sys.exit(0 if good == total and good else 1 if good else 2)


def _result(each: Imported, written: bool) -> str:
    if each.problem is not None:
        return f"[red]{escape(str(each.problem))}[/]"
    remarks = "\n".join(f"[dim]{escape(str(finding))}[/]" for finding in each.findings)
    return f"[green]{'draft ' + each.case_id if written else 'ready'}[/]" + (
        f"\n{remarks}" if remarks else ""
    )
