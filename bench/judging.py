"""Who gets a prize, by the mean and by the models, against the truth of simulated contests.

`python -m bench judging` is short. `python -m bench.judging --runs 30` prints everything side by side, with
`--sizes` small,medium,large and `--markdown FILE` for docs/judging.md.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table as Grid
from scipy.stats import kendalltau

from bench.contests import SETTINGS, Contest, Flags, Floats, Places, Setting, case_id, juror_id
from bench.methods import METHODS, Scored, by_location_scale, by_mean
from bench.table import Result, cpu_seconds
from judging.assignment import distribute
from judging.statistics.estimation import fit_scales
from judging.statistics.location_scale import Calibrated, fit
from judging.statistics.next_reads import BATCHES, where_reads_help
from judging.statistics.probabilities import Cut, prize_probabilities
from judging.statistics.reads import Table, table
from judging.values import CaseSeat, JurorSeat

JOB = "judging"
PLAIN = "the mean of each case's reads; for further reads, as many at random"
SHARE = 0.1
"""Of the cases get a prize."""
MORE_READS = 0.1
NINETY = 1.6448536269514722
BINS = 10
SIZES = {"small": (100, 10, 3), "medium": (1_000, 40, 4), "large": (20_000, 400, 4)}
LARGE_RUNS = 3
POOLS, CUTS = "", "prize"


# --- against the truth ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quality:
    """`precision`: share of the true best tenth among those with a prize; `regret`: by how many standard
    deviations the winners are worse than the best; `coverage`: share of cases within their 90 % interval."""

    precision: float
    regret: float
    tau: float
    coverage: float


def best(score: Floats, places: int) -> Places:
    return np.argsort(-score, kind="stable")[:places]


def quality(scored: Scored, truth: Floats) -> Quality:
    places = round(len(truth) * SHARE)
    winners, deserving = best(scored.score, places), best(truth, places)
    coverage = float("nan")
    if scored.sd is not None:
        off = scored.score - truth
        coverage = float((np.abs(off - off.mean()) < NINETY * scored.sd).mean())
    return Quality(
        precision=len(np.intersect1d(winners, deserving)) / places,
        regret=float(truth[deserving].mean() - truth[winners].mean()) / float(truth.std()),
        tau=float(kendalltau(scored.score, truth).statistic),
        coverage=coverage,
    )


def truth_of(contest: Contest, data: Table) -> Floats:
    """Truth in the table's order; cases that nobody read are not in it."""
    return contest.truth[[int(each[1:]) for each in data.case_ids]]


def chances(calibrated: Calibrated, truth: Floats) -> tuple[Floats, Flags]:
    """Stated probability of a prize, and whether it is deserved."""
    places = round(len(truth) * SHARE)
    ids = calibrated.table.case_ids
    stated = prize_probabilities(calibrated, {POOLS: [Cut(CUTS, places)]}, dict.fromkeys(ids, POOLS))
    deserved = np.zeros(len(truth), dtype=np.bool_)
    deserved[best(truth, places)] = True
    return np.array([stated[each][CUTS] for each in ids]), deserved


def calibration(stated: Floats, deserved: Flags) -> tuple[float, float, float]:
    """Mean difference between stated and true frequency over ten bins of the stated probability, weighted by
    cases; the largest where 200 cases or more are in the bin, and the chance error of that one."""
    place = np.minimum((stated * BINS).astype(int), BINS - 1)
    count = np.bincount(place, minlength=BINS)
    off = np.abs(np.bincount(place, stated - deserved, BINS)) / np.maximum(count, 1)
    truly = np.bincount(place, deserved, BINS) / np.maximum(count, 1)
    worst = int(np.argmax(np.where(count >= 200, off, 0)))
    chance = float(np.sqrt(truly[worst] * (1 - truly[worst]) / max(count[worst], 1)))
    return float((off * count).sum() / count.sum()), float(off[worst]), chance


# --- further reads ----------------------------------------------------------------------------------------


def further_reads(contest: Contest, seed: int) -> tuple[float, float, float]:
    """Precision by the location-scale model: as it is, with a tenth more reads at random, with as many where
    they are expected to gain most."""
    data = table(contest.reads())
    budget = round(data.reads * MORE_READS)
    rng = np.random.default_rng([seed, 1])
    open_pairs = ~contest.forbidden
    open_pairs[contest.pairs] = False
    case, juror = np.nonzero(open_pairs)
    drawn = rng.choice(len(case), budget, replace=False)
    random = _marked(contest, case[drawn], juror[drawn])
    return (
        _precision(contest, []),
        _precision(contest, random),
        _precision(contest, _where_they_help(contest, budget)),
    )


def _where_they_help(contest: Contest, budget: int) -> list[tuple[int, int, float]]:
    forbidden = {
        (case_id(case), juror_id(juror)) for case, juror in zip(*np.nonzero(contest.forbidden), strict=True)
    }
    rooms = {juror_id(juror): -(-2 * budget // contest.jurors) for juror in range(contest.jurors)}
    more: list[tuple[int, int, float]] = []
    for batch in range(BATCHES):
        calibrated = fit(contest.reads(more))
        ids = calibrated.table.case_ids
        cuts = {POOLS: [Cut(CUTS, round(len(ids) * SHARE))]}
        many = (budget - len(more)) // (BATCHES - batch)
        chosen = where_reads_help(
            calibrated, cuts, dict.fromkeys(ids, POOLS), budget=many, rooms=rooms, forbidden=forbidden
        )
        case = np.array([int(each.case_id[1:]) for each in chosen], dtype=np.int64)
        juror = np.array([int(each.juror_id[1:]) for each in chosen], dtype=np.int64)
        more += _marked(contest, case, juror)
        for each in chosen:
            rooms[each.juror_id] -= 1
    return more


def _marked(contest: Contest, case: Places, juror: Places) -> list[tuple[int, int, float]]:
    marks = contest.mark(case, juror)
    return list(zip(case.tolist(), juror.tolist(), marks.tolist(), strict=True))


def _precision(contest: Contest, more: Iterable[tuple[int, int, float]]) -> float:
    data = table(contest.reads(more))
    return quality(by_location_scale(data), truth_of(contest, data)).precision


# --- one setting at one size ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measured:
    """Means over the runs. `error`: standard error of the gain in precision over the mean; `off`: as
    `calibration`; `further`: as `further_reads`."""

    setting: str
    size: str
    runs: int
    methods: Mapping[str, Quality]
    error: float
    off: tuple[float, float, float]
    further: tuple[float, float, float] | None

    @property
    def gain(self) -> float:
        """Of the location-scale model over the mean, in precision."""
        return self.methods["location-scale"].precision - self.methods["mean"].precision


def measure(setting: Setting, size: str, runs: int, *, further: bool) -> Measured:
    found: dict[str, list[Quality]] = {name: [] for name in METHODS}
    stated, deserved, more = [], [], []
    for run_ in range(runs):
        contest = Contest(setting, *SIZES[size], seed=run_)
        data = table(contest.reads())
        truth = truth_of(contest, data)
        for name, method in METHODS.items():
            found[name].append(quality(method(data), truth))
        chance, right = chances(fit(contest.reads()), truth)
        stated.append(chance)
        deserved.append(right)
        if further:
            more.append(further_reads(contest, run_))
    gains = [
        ours.precision - plain.precision
        for ours, plain in zip(found["location-scale"], found["mean"], strict=True)
    ]
    return Measured(
        setting=setting.name,
        size=size,
        runs=runs,
        methods={name: _mean(each) for name, each in found.items()},
        error=float(np.std(gains) / np.sqrt(runs)),
        off=calibration(np.concatenate(stated), np.concatenate(deserved)),
        further=(*(float(each) for each in np.mean(more, axis=0)),) if more else None,  # type: ignore[arg-type]  # three columns
    )


def _mean(found: Sequence[Quality]) -> Quality:
    return Quality(*np.mean([(q.precision, q.regret, q.tau, q.coverage) for q in found], axis=0).tolist())


# --- how long it takes ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, of the processor and by the clock, of one contest at the largest size; peak memory, MB."""

    fit: tuple[float, float]
    probabilities: tuple[float, float]
    assignment: tuple[float, float] | None
    memory: float


def cost(*, assigning: bool) -> Cost:
    contest = Contest(SETTINGS[2], *SIZES["large"], seed=0)
    reads = contest.reads()
    kept: list[Calibrated] = []
    fitting = _timed(lambda: kept.append(fit(reads)))
    ids = kept[0].table.case_ids
    cuts = {POOLS: [Cut("first", 200), Cut("second", 600), Cut("third", 1_200)]}
    chancing = _timed(lambda: prize_probabilities(kept[0], cuts, dict.fromkeys(ids, POOLS)))
    assignment = _timed(_assign) if assigning else None
    return Cost(fitting, chancing, assignment, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _assign() -> None:
    """20,000 cases of ten categories, jurors of 133 units, each named for one category; a twentieth of the
    pairs in conflict."""
    count, jurors, reads = SIZES["large"]
    rng = np.random.default_rng(1)
    cases = [
        CaseSeat(case_id(n), str(n), f"u{n % 2000}", f"/u{n % 2000}/", f"k{n % 10}") for n in range(count)
    ]
    seats = [
        JurorSeat(juror_id(n), str(n), f"v{n % 133}", f"/v{n % 133}/", frozenset({f"k{n % 10}"}))
        for n in range(jurors)
    ]
    apart = np.nonzero(rng.random((jurors, count)) < 0.05)
    conflicts = {(juror_id(juror), case_id(case)) for juror, case in zip(*apart, strict=True)}
    plan = distribute(cases, seats, reads=reads, seed=1, conflicts=conflicts)
    if len(plan.added) != count * reads:
        raise RuntimeError(f"{len(plan.added)} of {count * reads} reads assigned")


def _timed(run_: Callable[[], object]) -> tuple[float, float]:
    started = time.perf_counter()
    processor = cpu_seconds(run_)
    return processor, time.perf_counter() - started


# --- what is shown ----------------------------------------------------------------------------------------


def run(_folder: Path) -> list[Result]:
    contest = measure(SETTINGS[2], "medium", 3, further=True)
    none = measure(SETTINGS[0], "medium", 3, further=False)
    results = []
    for each in (contest, none):
        ours, plain = each.methods["location-scale"], each.methods["mean"]
        place = f"{each.setting}, 1,000 cases"
        results += [
            Result(JOB, f"right prizes, {place}", ours.precision * 100, plain.precision * 100, "%", True),
            Result(JOB, f"regret, {place}", ours.regret, plain.regret, "sd"),
        ]
    assert contest.further is not None
    before, random, aimed = contest.further
    results.append(
        Result(
            JOB,
            "gained by a tenth more reads",
            (aimed - before) * 100,
            max(random - before, 0.001) * 100,
            "points",
            True,
        )
    )
    large = table(Contest(SETTINGS[2], *SIZES["large"], seed=0).reads())
    fitting, averaging = cpu_seconds(lambda: fit_scales(large)), cpu_seconds(lambda: by_mean(large))
    results.append(Result(JOB, "20,000 cases, 400 jurors, CPU", fitting, averaging, "s"))
    return results


def quality_rows(measured: Measured) -> list[list[str]]:
    cases, jurors, reads = SIZES[measured.size]
    rows = []
    for name, each in measured.methods.items():
        covered = "" if np.isnan(each.coverage) else f"{each.coverage:.3f}"
        rows.append(
            [
                f"{cases:,} x {jurors} x {reads}, {measured.setting}",
                name,
                f"{each.precision:.3f}",
                f"{each.regret:.3f}",
                f"{each.tau:.3f}",
                covered,
            ]
        )
    return rows


def summary_row(measured: Measured) -> list[str]:
    cases, jurors, reads = SIZES[measured.size]
    further = ""
    if measured.further is not None:
        before, random, aimed = measured.further
        further = f"{(random - before) * 100:+.1f} / {(aimed - before) * 100:+.1f}"
    return [
        f"{cases:,} x {jurors} x {reads}, {measured.setting}",
        str(measured.runs),
        f"{measured.gain * 100:+.1f} ± {measured.error * 100:.1f}",
        f"{measured.methods['location-scale'].coverage:.3f}",
        f"{measured.off[0]:.3f} / {measured.off[1]:.3f} ± {measured.off[2]:.3f}",
        further,
    ]


def cost_rows(found: Cost) -> list[list[str]]:
    rows = [
        [name, *(f"{seconds:.1f}" for seconds in each)]
        for name, each in (("fit", found.fit), ("probabilities of three prizes", found.probabilities))
    ]
    if found.assignment is not None:
        rows.append(["assignment", *(f"{seconds:.1f}" for seconds in found.assignment)])
    return [*rows, ["peak memory, MB", f"{found.memory:,.0f}", ""]]


QUALITY = ["cases x jurors x reads, setting", "method", "precision", "regret, sd", "Kendall tau", "coverage"]
SUMMARY = [
    "cases x jurors x reads, setting",
    "runs",
    "points over the mean",
    "coverage",
    "probabilities off, mean / most",
    "a tenth more reads: random / aimed, points",
]
COST = ["20,000 x 400 x 4", "CPU s", "wall s"]


def _grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Grid:
    grid = Grid(*head)
    for row in rows:
        grid.add_row(*row)
    return grid


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.judging", description=__doc__)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--sizes", default="small,medium,large")
    parser.add_argument("--markdown", type=Path)
    asked = parser.parse_args(arguments)
    console = Console(width=150)
    measured: list[Measured] = []
    spent = cost(assigning=True) if "large" in asked.sizes else None  # first: memory of nothing else
    for size in asked.sizes.split(","):
        for setting in SETTINGS:
            runs = min(asked.runs, LARGE_RUNS) if size == "large" else asked.runs
            further = size == "medium" and setting.name in ("contest", "harsh")
            measured.append(measure(setting, size, runs, further=further))
            console.print(" ".join(summary_row(measured[-1])), highlight=False)
    tables: list[tuple[list[str], list[list[str]]]] = [
        (QUALITY, [row for each in measured for row in quality_rows(each)]),
        (SUMMARY, [summary_row(each) for each in measured]),
    ]
    if spent is not None:
        tables.append((COST, cost_rows(spent)))
    for head, rows in tables:
        console.print(_grid(head, rows))
    if asked.markdown:
        asked.markdown.write_text("\n".join(_markdown(head, rows) for head, rows in tables), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
