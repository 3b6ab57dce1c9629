"""What comes out: CSV files, and a summary that says from what and with what they were made."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from foundation.sheets import Cell, Table, write
from webapp.contest.values import Contest, Sheet

DIGITS = 4


def write_sheets(folder: Path, sheets: Iterable[Sheet]) -> list[Path]:
    """Write the files into the folder, made if it is not there; files of the same names are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for sheet in sheets:
        path = folder / sheet.name
        with path.open("wb") as target:
            write(
                Table(sheet.name, sheet.heads, ([cell(each) for each in row] for row in sheet.rows)),
                "csv",
                target,
            )
        written.append(path)
    return written


def cell(value: object) -> Cell:
    """As it is written: floats to four decimals, lists with semicolons."""
    match value:
        case None | str() | bool() | int() | Decimal():
            return value
        case float():
            return round(value, DIGITS) + 0.0
        case list() | tuple() | set() | frozenset():
            return ";".join(str(each) for each in value)
        case _:
            return str(value)


def summary(contest: Contest, configuration: Mapping[str, object], found: Mapping[str, object]) -> Sheet:
    """Key and value: what was asked, what was found, hashes of data and configuration, versions."""
    settings = {
        **configuration,
        "criteria": [[each.key, each.weight, each.lowest, each.highest] for each in contest.criteria],
        "prizes": [[each.key, each.quota, str(each.threshold)] for each in contest.prizes],
        "groups": [[each.key, each.weight] for each in contest.groups],
    }
    canonical = json.dumps(settings, ensure_ascii=False, sort_keys=True, default=str)
    rows: list[tuple[str, object]] = [
        *configuration.items(),
        ("cases", len(contest.cases)),
        ("jurors", len(contest.jurors)),
        ("reviews", len(contest.reviews)),
        ("reviews_counted", sum(1 for _row in contest.counted)),
        *found.items(),
        ("data_hash", contest.data_hash),
        ("configuration_hash", hashlib.sha256(canonical.encode()).hexdigest()),
        ("exemplar", _own_version()),
        ("python", platform.python_version()),
        ("numpy", version("numpy")),
        ("scipy", version("scipy")),
    ]
    return Sheet("summary.csv", ("key", "value"), rows)


def _own_version() -> str:
    """Of the installed package; run from a checkout it has none."""
    try:
        return version("exemplar")
    except PackageNotFoundError:
        return "checkout"
