"""The complete casebook beside python-docx, docxtpl and pandoc, each in a process of its own.

`python -m bench casebook` is short (50 cases, python-docx). `python -m bench.casebook --cases 50,300,1000
--work FOLDER` prints everything; `--markdown FILE` writes it for docs/casebook.md.

CPU: of the making alone, user and system, with its children, without start-up, imports and preparing the
input. Memory: the most that the process and its children held at once, all of it. Ours is laid out by nobody
here: LibreOffice, which tells page numbers, costs the same whoever wrote the file.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.table import Result

JOB = "casebook"
PLAIN = "python-docx's add_heading, add_paragraph, add_table, add_picture; without front matter or contents"
SHORT = 50
OURS, FLOOR = "Exemplar", "floor"
SUBJECTS = (OURS, FLOOR, "python-docx", "docxtpl", "pandoc")
WANTED: Mapping[int, Mapping[str, float]] = {
    300: {"python-docx": 15, "pandoc": 25, FLOOR: 1 / 1.5},
    1000: {"python-docx": 50, "pandoc": 45, FLOOR: 1 / 1.5},
}
"""How many times less CPU at so many cases."""
MOST_MEMORY = 200


@dataclass(frozen=True, slots=True)
class Made:
    """`cpu` and `wall` in seconds, `peak` and `size` in MB."""

    cpu: float
    wall: float
    peak: float
    size: float


def made(subject: str, count: int, work: Path) -> Made:
    """Makes the book in a child process and measures it."""
    target = work / f"{subject}-{count}.docx"
    told = target.with_suffix(".json")
    command = [
        sys.executable,
        "-m",
        "bench.casebook",
        "--one",
        subject,
        "--cases",
        str(count),
        "--work",
        work,
    ]
    child = os.spawnv(os.P_NOWAIT, sys.executable, list(map(str, command)))
    _child, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{subject} failed at {count} cases")
    times = json.loads(told.read_text(encoding="utf-8"))
    return Made(times["cpu"], times["wall"], used.ru_maxrss / 1024, target.stat().st_size / 1e6)


def one(subject: str, count: int, work: Path) -> None:
    """In the child: the input is prepared, the making is measured."""
    from bench import bookmakers  # noqa: PLC0415 - the parent needs none of its libraries

    target = work / f"{subject}-{count}.docx"
    make = bookmakers.MAKERS[subject](bookmakers.cases(count), target)
    cpu, wall = _spent(), time.perf_counter()
    make()
    times = {"cpu": _spent() - cpu, "wall": time.perf_counter() - wall}
    target.with_suffix(".json").write_text(json.dumps(times), encoding="utf-8")


def _spent() -> float:
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in found)


def run(folder: Path) -> list[Result]:
    """The short comparison of `make bench`."""
    ours, plain = (made(subject, SHORT, folder) for subject in (OURS, "python-docx"))
    return [
        Result(JOB, f"{SHORT} cases, processor time", ours.cpu, plain.cpu, "CPU s"),
        Result(JOB, "time to the file", ours.wall, plain.wall, "s"),
        Result(JOB, "most memory", ours.peak, plain.peak, "MB"),
        Result(JOB, "size of the file", ours.size, plain.size, "MB"),
    ]


Lines = list[list[str]]


def lines(count: int, found: Mapping[str, Made]) -> tuple[list[str], Lines]:
    """A line a way of making, ours first; the ratio is its CPU time by ours, and what was wanted of it."""
    head = [f"{count:,} cases", "CPU s", "clock s", "peak MB", "file MB", "CPU by ours", "wanted", ""]
    ours = found[OURS]
    rows = []
    for subject, each in found.items():
        row = [subject, f"{each.cpu:.2f}", f"{each.wall:.2f}", f"{each.peak:.0f}", f"{each.size:.1f}"]
        if subject == OURS:
            verdict = "reached" if each.peak <= MOST_MEMORY else "missed"
            rows.append([*row, "", f"peak below {MOST_MEMORY} MB", verdict])
            continue
        ratio, wanted = each.cpu / ours.cpu, WANTED.get(count, {}).get(subject)
        verdict = "" if wanted is None else "reached" if ratio >= wanted else "missed"
        rows.append([*row, f"{ratio:.2f} x", f"{wanted:.2f} x" if wanted else "", verdict])
    return head, rows


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.casebook", description=__doc__)
    parser.add_argument("--cases", default="50,300,1000")
    parser.add_argument("--subjects", default=",".join(SUBJECTS))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--one", choices=SUBJECTS, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    asked.work.mkdir(parents=True, exist_ok=True)
    counts = list(map(int, asked.cases.split(",")))
    if asked.one:
        one(asked.one, counts[0], asked.work)
        return 0
    console, text = Console(width=140), []
    chosen = [each for each in asked.subjects.split(",") if each != "pandoc" or shutil.which("pandoc")]
    for count in counts:
        head, rows = lines(count, {subject: made(subject, count, asked.work) for subject in chosen})
        grid = Table(*head)
        for row in rows:
            grid.add_row(*row)
        console.print(grid)
        text += [f"| {' | '.join(row)} |\n" for row in (head, ["---"] * len(head), *rows)] + ["\n"]
    if asked.markdown:
        asked.markdown.write_text("".join(text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
