"""What a bench says, and the one table at the end: ratios first, absolute figures after."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Result:
    """One comparison. `higher_is_better` for rates; times and sizes are better when lower."""

    job: str
    measure: str
    ours: float
    plain: float
    unit: str
    higher_is_better: bool = False

    @property
    def ratio(self) -> float:
        """How many times better ours is; below 1 it is worse."""
        better, worse = (self.ours, self.plain) if self.higher_is_better else (self.plain, self.ours)
        return better / worse if worse else float("inf")


def show(results: Sequence[Result], plain: dict[str, str], console: Console) -> None:
    """Print the table; `plain` says for each job what ours was compared with."""
    table = Table(title="Exemplar beside the plain way of doing the same, in one run on this machine")
    for heading in ("job", "measure"):
        table.add_column(heading)
    for heading in ("ratio", "Exemplar", "plain", "unit"):
        table.add_column(heading, justify="right" if heading != "unit" else "left")
    last = ""
    for result in results:
        if result.job != last and last:
            table.add_section()
        name = result.job if result.job != last else ""
        table.add_row(
            name,
            result.measure,
            f"{_figure(result.ratio)} x",
            _figure(result.ours),
            _figure(result.plain),
            result.unit,
        )
        last = result.job
    console.print(table)
    console.print(
        "ratio: how many times better Exemplar is; below 1 the plain way is better.", highlight=False
    )
    for job in dict.fromkeys(result.job for result in results):
        console.print(f"{job}: {plain[job]}", highlight=False)


def _figure(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def median_ms(run: Callable[[str], object], inputs: Iterable[str], *, rounds: int = 3) -> float:
    """Median over all inputs of the best of some rounds, wall milliseconds."""
    times = []
    for item in inputs:
        best = float("inf")
        for _round in range(rounds):
            started = time.perf_counter()
            run(item)
            best = min(best, time.perf_counter() - started)
        times.append(best * 1000)
    return statistics.median(times)


def cpu_seconds(run: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    started = time.process_time()
    run()
    return time.process_time() - started
