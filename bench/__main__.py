"""`make bench`, or `python -m bench search casebook` for some of the jobs."""

import importlib
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from bench.table import Result, show

JOBS = ("submissions", "listing", "search", "casebook", "aids", "originality", "judging", "assignment")


def main(chosen: list[str]) -> int:
    console = Console()
    unknown = [name for name in chosen if name not in JOBS]
    if unknown:
        console.print(f"no such job: {', '.join(unknown)}; there are {', '.join(JOBS)}")
        return 2
    results: list[Result] = []
    plain: dict[str, str] = {}
    for name in chosen or JOBS:
        started = time.perf_counter()
        job = importlib.import_module(
            f"bench.{name}"
        )  # one job's libraries do not weigh on another's figures
        with tempfile.TemporaryDirectory(prefix="exemplar-bench-") as folder:
            results += job.run(Path(folder))
        plain[job.JOB] = job.PLAIN
        console.print(f"{name}: {time.perf_counter() - started:.0f} s", highlight=False)
    show(results, plain, console)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
