"""Small contests for the models' tests."""

import random

from judging.statistics.reads import Read


def contest(
    cases: int,
    jurors: int,
    each: int,
    *,
    seed: int = 1,
    severity: float = 0.0,
    spread: float = 0.0,
    noise: float = 5.0,
) -> tuple[list[Read], dict[str, float]]:
    """Reads and true qualities. Severities have the deviation `severity` (points), spreads lie evenly within
    `spread` of 1; each case is read by `each` jurors at random, loads even."""
    rng = random.Random(seed)
    truth = {f"c{n:03}": rng.gauss(75, 8) for n in range(cases)}
    harsh = [rng.gauss(0, severity) for _juror in range(jurors)]
    wide = [1 + spread * (2 * n / max(jurors - 1, 1) - 1) for n in range(jurors)]
    load = [0] * jurors
    reads = []
    for case_id, quality in truth.items():
        chosen = sorted(range(jurors), key=lambda juror: (load[juror], rng.random()))[:each]
        for juror in chosen:
            load[juror] += 1
            mark = 75 + wide[juror] * (quality - 75) - harsh[juror] + rng.gauss(0, noise)
            reads.append(Read(case_id, f"j{juror:02}", "", mark))
    return reads, truth


def grid(marks: dict[str, dict[str, float]], group: str = "") -> list[Read]:
    """Reads from case -> juror -> mark."""
    return [
        Read(case_id, juror_id, group, mark)
        for case_id, row in marks.items()
        for juror_id, mark in row.items()
    ]


def order(scores: dict[str, float]) -> list[str]:
    """Case ids from the best; equal scores by id."""
    return sorted(scores, key=lambda case_id: (-scores[case_id], case_id))
