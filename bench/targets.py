"""What the search set out to reach beside the others, and whether it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench.search_values import Measured

CLASSES = {
    "rare": "rare term",
    "common": "common term",
    "three": "three terms",
    "phrase": "phrase",
    "question": "question",
    "facets": "facets",
    "marked": "highlights",
}


@dataclass(frozen=True, slots=True)
class Target:
    """`ratio` of a rival's figure and ours that is to be reached; at least, or for sizes the inverse."""

    what: str
    against: str
    least: float
    ours: Callable[[Measured], float]
    theirs: Callable[[Measured], float]


def _kept(kind: str, *, cold: bool = False) -> Callable[[Measured], float]:
    return lambda found: (found.cold if cold else found.warm)[kind].p50


def _targets() -> list[Target]:
    naive = "naive Whoosh"
    wanted = [
        Target("index", naive, 5, lambda found: found.build, lambda found: found.build),
        Target("size", naive, 1 / 0.8, lambda found: found.bytes, lambda found: found.bytes),
        Target("open", naive, 50, lambda found: found.opening, lambda found: found.opening),
        Target("add one", naive, 8, lambda found: found.adding, lambda found: found.adding),
        Target("question, warm", naive, 300, _kept("question"), _kept("question")),
        Target("question, cold", naive, 50, _kept("question", cold=True), _kept("question")),
        Target("facets, warm", naive, 1000, _kept("facets"), _kept("facets")),
        Target("facets, cold", naive, 200, _kept("facets", cold=True), _kept("facets")),
        Target("highlights, warm", naive, 150, _kept("marked"), _kept("marked")),
        Target("question, warm", "SQLite FTS5", 20, _kept("question"), _kept("question")),
    ]
    for kind, shown in CLASSES.items():
        wanted.append(Target(f"{shown}, warm", "tantivy", 1 / 1.5, _kept(kind), _kept(kind)))
        cold = _kept(kind, cold=True)
        wanted.append(Target(f"{shown}, cold beside cold", "tantivy", 1 / 6, cold, cold))
    return wanted


def lines(found: Sequence[Measured]) -> tuple[list[str], list[list[str]]]:
    """Ratios as theirs / ours, so that more is better; each target whose rival was measured. The last column
    is that of our engine without the answers it has kept."""
    by_name: Mapping[str, Measured] = {each.subject: each for each in found}
    ours, anew = by_name.get("Exemplar"), by_name.get("Exemplar, worked out anew")
    head = [
        f"{found[0].cases:,} cases: times better than",
        "rival",
        "wanted",
        "measured",
        "",
        "worked out anew",
    ]
    rows = []
    for target in _targets():
        rival = by_name.get(target.against)
        if ours is not None and rival is not None:
            row = [target.what, target.against, _x(target.least), *_reached(target, rival, ours)]
            beside = target.what.endswith(", warm")
            rows.append([*row, " ".join(_reached(target, rival, anew)) if anew and beside else ""])
    if ours is not None:
        reached = "reached" if ours.seen <= 100 else "missed"
        rows.append(["visible after the commit, ms by the clock", "", "100", f"{ours.seen:.0f}", reached, ""])
    return head, rows


def _reached(target: Target, rival: Measured, ours: Measured) -> tuple[str, str]:
    ratio = target.theirs(rival) / target.ours(ours)
    return _x(ratio), "reached" if ratio >= target.least else "missed"


def _x(ratio: float) -> str:
    return f"{ratio:,.0f} x" if ratio >= 10 else f"{ratio:.2f} x"
