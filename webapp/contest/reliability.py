"""`exemplar reliability` and `exemplar next-reads`: the jury's figures, where one more read helps most."""

from __future__ import annotations

from foundation.text import _
from judging.statistics.analysis import Analysis
from judging.statistics.next_reads import NextRead, where_reads_help
from judging.statistics.reliability import Coefficient
from webapp.contest.assigning import case_seats, forbidden, juror_seats
from webapp.contest.standing import analysis_of, jurors_sheet, pools
from webapp.contest.table import BadFolder, Fault
from webapp.contest.values import Contest, Sheet
from webapp.contest.writing import summary


def rely(contest: Contest) -> tuple[Analysis, dict[str, object], list[Sheet]]:
    """The analysis, its coefficients by name, and the files.

    Raises:
        BadFolder: there is no review that counts.
    """
    analysis = analysis_of(contest)
    found = _coefficients(analysis)
    favours = Sheet(
        "favours.csv",
        ("juror_id", "unit_or_region", "is_region", "reads", "excess", "z"),
        [
            [hint.juror_id, hint.place_id, hint.is_region, hint.reads, hint.excess, hint.z]
            for hint in analysis.favours.hints
        ],
    )
    return (
        analysis,
        found,
        [jurors_sheet(contest, analysis), favours, summary(contest, {"command": "reliability"}, found)],
    )


def _coefficients(analysis: Analysis) -> dict[str, object]:
    model = analysis.calibrated
    found: dict[str, object] = {}
    for name, coefficient in (
        ("alpha", analysis.agreement.alpha),
        ("icc_1_1", analysis.agreement.icc_single),
        ("icc_1_k", analysis.agreement.icc_mean),
    ):
        found |= _with_interval(name, coefficient)
    share = analysis.generalizability
    if share is not None:
        found |= {
            "reads_per_case": share.reads,
            "case_variance": share.case_variance,
            "juror_variance": share.juror_variance,
            "noise_variance": share.noise_variance,
            "g_raw": share.raw,
            "g_corrected": share.corrected,
            "reads_needed_raw": share.needed_raw,
            "reads_needed_corrected": share.needed_corrected,
        }
    return found | {
        "method": model.method,
        "reason": str(model.reason),
        "components": model.connectivity.components,
        "A_efficiency": model.connectivity.efficiency,
        "held_out_ratio": model.held_out_ratio,
        "favour_pairs_tested": analysis.favours.tested,
        "favour_hints": len(analysis.favours.hints),
        "favour_hints_expected_by_chance": analysis.favours.expected,
    }


def _with_interval(name: str, found: Coefficient | None) -> dict[str, object]:
    if found is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


def help_most(contest: Contest, *, budget: int) -> tuple[list[NextRead], list[Sheet]]:
    """The reads to add, the most helpful first, and their files.

    Raises:
        BadFolder: there is no review that counts, or no prize whose line could be told.
    """
    if not contest.prizes:
        raise BadFolder([Fault("prizes.csv", 0, _("需要 prizes.csv（prize、quota）才知道获奖线在哪里"))])
    analysis, found_pools = analysis_of(contest), pools(contest)
    cases, jurors = case_seats(contest), juror_seats(contest)
    held: dict[str, int] = {}
    closed = {(case_id, juror_id) for juror_id, case_id in forbidden(contest, cases, jurors)}
    for row in contest.reviews:
        closed.add((row.case_id, row.juror_id))
        if row.counts or row.status in ("assigned", "open", "draft"):
            held[row.juror_id] = held.get(row.juror_id, 0) + 1
    rooms = {
        each.juror_id: budget if each.max_load is None else max(0, each.max_load - held.get(each.juror_id, 0))
        for each in contest.jurors
    }
    found = where_reads_help(
        analysis.calibrated,
        found_pools.cuts,
        found_pools.of_case,
        budget=budget,
        rooms=rooms,
        forbidden=closed,
        units={each.juror_id: each.unit for each in contest.jurors},
    )
    sheets = [
        Sheet(
            "next_reads.csv",
            ("case_id", "juror_id", "gain"),
            [[each.case_id, each.juror_id, each.gain] for each in found],
        ),
        summary(contest, {"command": "next-reads", "budget": budget}, {"found": len(found)}),
    ]
    return found, sheets
