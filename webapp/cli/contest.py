"""`exemplar standings`, `assign`, `reliability`, `next-reads`: the server's calculations on CSV files."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from foundation.text import use_translations
from webapp.cli.console import console, errors
from webapp.contest import assigning
from webapp.contest import reliability as relying
from webapp.contest.reading import read_contest
from webapp.contest.standing import Rule, stand
from webapp.contest.table import MOST_FAULTS, BadFolder
from webapp.contest.values import Contest, Sheet
from webapp.contest.writing import cell, write_sheets
from webapp.languages import languages

SHOWN = 20
"""Lines of a table on the screen; the files have them all."""
STANDING = ("case_id", "score", "rank", "prize", "n_reads", "p_prize", "flags")
JUROR = ("juror_id", "load", "severity", "se", "spread", "correlation", "flags")


def standings(
    folder: Path, *, rule: Rule = Rule.MEAN, out: Path | None = None, reads: int = 1, language: str = "en"
) -> None:
    """Scores, ranks and prizes from cases.csv, jurors.csv and reviews.csv. Exit code 2: the files are wrong.

    Args:
        folder: cases.csv, jurors.csv, reviews.csv; conflicts.csv, criteria.csv, prizes.csv, groups.csv if
            needed.
        rule: mean, trimmed_mean, weighted, adjusted, or location_scale (the calibrated standing).
        out: A folder for cases.csv, jurors.csv, reviews.csv and summary.csv.
        reads: Reads a case needs for a rank and a prize.
        language: zh or en: the language of reasons.
    """

    def work(contest: Contest) -> tuple[list[Sheet], Table]:
        result = stand(contest, rule, reads=reads)
        return list(result.sheets), _table("Standings", result.sheets[0], STANDING)

    _run(folder, out, language, work)


def assign(folder: Path, *, out: Path, reads: int = 3, seed: int = 1, language: str = "en") -> None:
    """Who reads what: existing reviews stay and count, conflicts and load limits are obeyed.

    Args:
        folder: cases.csv, jurors.csv; conflicts.csv and reviews.csv if there are any.
        out: A folder for reviews.csv (with the new pairs, to be filled in), cases.csv, jurors.csv and
            summary.csv.
        reads: Reads a case.
        seed: Of the draw among equal pairs; the same seed gives the same plan.
        language: zh or en: the language of reasons.
    """

    def work(contest: Contest) -> tuple[list[Sheet], Table]:
        plan, sheets = assigning.assign(contest, reads=max(1, reads), seed=max(1, seed))
        for note in (*(each.reason for each in plan.shortfalls), *plan.notes):
            errors.print(f"[yellow]{escape(str(note))}[/]", highlight=False)
        return sheets, _table("Assignment", sheets[2], sheets[2].heads)

    _run(folder, out, language, work)


def reliability(folder: Path, *, out: Path | None = None, language: str = "en") -> None:
    """Krippendorff's alpha, ICC, generalizability, and each juror's figures and flags.

    Args:
        folder: cases.csv, jurors.csv, reviews.csv.
        out: A folder for jurors.csv, favours.csv and summary.csv.
        language: zh or en: the language of reasons.
    """

    def work(contest: Contest) -> tuple[list[Sheet], Table]:
        _analysis, found, sheets = relying.rely(contest)
        table = Table("figure", "value", title="Reliability")
        for name, value in found.items():
            table.add_row(name, escape(_shown(value)))
        console.print(_table("Jurors", sheets[0], JUROR))
        return sheets, table

    _run(folder, out, language, work)


def next_reads(folder: Path, *, budget: int, out: Path | None = None, language: str = "en") -> None:
    """Where one more read helps most: pairs of case and juror, the most helpful first.

    Args:
        folder: cases.csv, jurors.csv, reviews.csv, prizes.csv.
        budget: How many reads can be added.
        out: A folder for next_reads.csv and summary.csv.
        language: zh or en: the language of reasons.
    """

    def work(contest: Contest) -> tuple[list[Sheet], Table]:
        _found, sheets = relying.help_most(contest, budget=max(0, budget))
        return sheets, _table("Next reads", sheets[0], sheets[0].heads)

    _run(folder, out, language, work)


def _run(
    folder: Path, out: Path | None, language: str, work: Callable[[Contest], tuple[list[Sheet], Table]]
) -> None:
    translations = languages().get(language)
    if translations is None:
        errors.print("The language is zh or en.")
        sys.exit(2)
    if not folder.is_dir():
        errors.print(f"There is no folder {escape(str(folder))}.")
        sys.exit(2)
    if out is not None and out.resolve() == folder.resolve():
        errors.print("The results go into a folder of their own: --out must not be the folder that is read.")
        sys.exit(2)
    begun = time.perf_counter()
    with use_translations(translations):
        try:
            sheets, table = work(read_contest(folder))
        except BadFolder as bad:
            _complain(bad)
            sys.exit(2)
        console.print(table)
        if out is not None:
            seconds = round(time.perf_counter() - begun, 2)
            written = write_sheets(out, [_timed(sheet, seconds) for sheet in sheets])
            console.print(f"written: {', '.join(escape(str(path)) for path in written)}", highlight=False)


def _complain(bad: BadFolder) -> None:
    for fault in bad.faults[:MOST_FAULTS]:
        place = f"{fault.file}:{fault.line}" if fault.line else fault.file
        errors.print(f"[bold red]{escape(place)}[/] {escape(str(fault.reason))}", highlight=False)
    if len(bad.faults) > MOST_FAULTS:
        errors.print(f"… and {len(bad.faults) - MOST_FAULTS} more.")


def _timed(sheet: Sheet, seconds: float) -> Sheet:
    """The summary also says how long it took."""
    if sheet.name != "summary.csv":
        return sheet
    return replace(sheet, rows=[*sheet.rows, ("seconds", seconds)])


def _table(title: str, sheet: Sheet, columns: Sequence[str]) -> Table:
    """The first lines of a sheet for the screen."""
    places = [list(sheet.heads).index(column) for column in columns]
    table = Table(*columns, title=title)
    for row in sheet.rows[:SHOWN]:
        table.add_row(*(escape(_shown(row[place] if place < len(row) else None)) for place in places))
    if len(sheet.rows) > SHOWN:
        table.caption = f"{SHOWN} of {len(sheet.rows)}; --out writes all"
    return table


def _shown(value: object) -> str:
    return "" if value is None else str(cell(value))
