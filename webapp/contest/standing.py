"""`exemplar standings`: scores, ranks and prizes by a published rule or by the location-scale model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from foundation.text import _
from judging.prizes import propose, terms
from judging.statistics.analysis import Analysis, Pools, analyse
from judging.statistics.cuts import pools_of
from judging.statistics.standing import rounded, standings
from judging.values import AssignmentState, Mark, PrizeProposal, ReviewRow, Standing
from submissions.values import CallRules, Category, JudgingRules, StandingRule
from webapp.contest.table import BadFolder, Fault
from webapp.contest.values import Contest, ReviewLine, Sheet
from webapp.contest.writing import summary

DIGITS = 4
NO_REVIEWS = Fault("reviews.csv", 0, _("没有一份计入的评分"))
NO_GROUPS = Fault(
    "groups.csv", 0, _("weighted 规则需要 groups.csv（group、weight）和 jurors.csv 的 group 列")
)


class Rule(StrEnum):
    """The published rules, and the model that stands beside them."""

    MEAN = "mean"
    TRIMMED_MEAN = "trimmed_mean"
    WEIGHTED = "weighted"
    ADJUSTED = "adjusted"
    LOCATION_SCALE = "location_scale"


@dataclass(frozen=True, slots=True)
class Result:
    """What was found, best first."""

    rows: tuple[Standing, ...]
    proposal: PrizeProposal
    analysis: Analysis
    sheets: tuple[Sheet, ...]


def stand(contest: Contest, rule: Rule, *, reads: int) -> Result:
    """Rank the cases; `reads` is what a case needs for a rank and a prize.

    Raises:
        BadFolder: there is no review that counts, or the rule lacks its groups.
    """
    _refuse(contest, rule)
    rules = call_rules(contest, rule, reads)
    categories = {case.case_id: case.category for case in contest.cases}
    prize_terms = terms(rules, categories, {case.case_id: case.unit for case in contest.cases})
    rows = standings(
        categories,
        review_rows(contest),
        rules,
        jury_groups={juror.juror_id: juror.group for juror in contest.jurors if juror.group},
        categories=categories,
    )
    analysis = analysis_of(contest)
    if rule is Rule.LOCATION_SCALE:
        rows = by_model(rows, analysis)
    proposal = propose(rows, rules.prizes, prize_terms)
    return Result(rows, proposal, analysis, _sheets(contest, rule, reads, rows, proposal, analysis))


def analysis_of(contest: Contest) -> Analysis:
    """What the statistics say.

    Raises:
        BadFolder: there is no review that counts.
    """
    found = analyse(contest.scored(), pools(contest))
    if found is None:
        raise BadFolder([NO_REVIEWS])
    return found


def pools(contest: Contest) -> Pools:
    """All cases compete together: a folder knows no pools."""
    return pools_of(contest.prizes, (), {case.case_id: case.category for case in contest.cases})


def _refuse(contest: Contest, rule: Rule) -> None:
    faults = [] if any(True for _row in contest.counted) else [NO_REVIEWS]
    if rule is Rule.WEIGHTED and not contest.groups:
        faults.append(
            Fault(
                "groups.csv", 0, _("weighted 规则需要 groups.csv（group、weight）和 jurors.csv 的 group 列")
            )
        )
    if faults:
        raise BadFolder(faults)


def call_rules(contest: Contest, rule: Rule, reads: int) -> CallRules:
    """The rules of a call that says what the folder says."""
    keys = sorted({case.category for case in contest.cases})
    return CallRules(
        categories=tuple(Category(key, key) for key in keys),
        criteria=contest.criteria,
        prizes=contest.prizes,
        standing_rule=StandingRule.MEAN if rule is Rule.LOCATION_SCALE else StandingRule(rule.value),
        cases_per_unit=None,
        words_lowest=0,
        words_highest=0,
        pledge_text="",
        needs_recommendation=False,
        reads_per_case=reads,
        judging=JudgingRules(jury_groups=contest.groups),
    )


def review_rows(contest: Contest) -> list[ReviewRow]:
    """The reviews that count, as the published rule takes them."""
    return [
        ReviewRow(
            row.case_id,
            row.juror_id,
            tuple(Mark(key, mark) for key, mark in sorted(row.marks.items())),
            AssignmentState.HANDED_IN,
        )
        for row in contest.counted
    ]


def by_model(rows: Sequence[Standing], analysis: Analysis) -> tuple[Standing, ...]:
    """The same cases ranked by the model's score, compared at four decimals."""
    scores = {
        row.case_id: Fraction(Decimal(str(round(analysis.calibrated.cases[row.case_id].score, DIGITS))))
        for row in rows
        if row.eligible
    }
    counts = Counter(scores.values())
    ranks: dict[Fraction, int] = {}
    place = 1
    for score in sorted(counts, reverse=True):
        ranks[score] = place
        place += counts[score]
    ranked = [
        replace(
            row,
            score=scores[row.case_id],
            shown=rounded(scores[row.case_id]),
            precise=None,
            rank=ranks[scores[row.case_id]],
            tied=counts[scores[row.case_id]] > 1,
            broken_by="",
        )
        for row in rows
        if row.eligible
    ]
    ranked.sort(key=lambda row: (row.rank or 0, row.case_id))
    return (*ranked, *(row for row in rows if not row.eligible))


def _sheets(
    contest: Contest,
    rule: Rule,
    reads: int,
    rows: Sequence[Standing],
    proposal: PrizeProposal,
    analysis: Analysis,
) -> tuple[Sheet, ...]:
    model = analysis.calibrated
    found = {
        "method": model.method,
        "reason": str(model.reason),
        "components": model.connectivity.components,
        "A_efficiency": model.connectivity.efficiency,
        "ties_at_cut": len(proposal.ties),
        "held_out_ratio": model.held_out_ratio,
    }
    return (
        _cases(contest, rows, proposal, analysis),
        jurors_sheet(contest, analysis),
        _reviews(contest, analysis),
        summary(contest, {"command": "standings", "rule": rule.value, "reads": reads}, found),
    )


def _cases(contest: Contest, rows: Sequence[Standing], proposal: PrizeProposal, analysis: Analysis) -> Sheet:
    prizes = [prize.key for prize in contest.prizes]
    category = {case.case_id: case.category for case in contest.cases}
    disputed = {case_id for tie in proposal.ties for case_id in tie.case_ids}
    lines = []
    for row in rows:
        estimate = analysis.calibrated.cases.get(row.case_id)
        chances = analysis.probabilities.get(row.case_id, {})
        lines.append(
            [
                row.case_id,
                category[row.case_id],
                None if row.score is None else rounded(row.score, DIGITS),
                None if row.score is None else str(row.score),
                row.rank,
                proposal.certain.get(row.case_id, ""),
                row.reads,
                *(estimate and getattr(estimate, name) for name in ("score", "sd", "low", "high")),
                sum(chances.values()) if chances else None,
                *(chances.get(key) for key in prizes),
                _case_flags(row, row.case_id in disputed, analysis.borderline(row.case_id)),
            ]
        )
    heads = (
        *("case_id", "category", "score", "exact", "rank", "prize", "n_reads"),
        *("calibrated", "sd", "low", "high", "p_prize", *(f"p_{key}" for key in prizes), "flags"),
    )
    return Sheet("cases.csv", heads, lines)


def _case_flags(row: Standing, disputed: bool, borderline: bool) -> list[str]:
    flags: Mapping[str, bool] = {
        "tied": row.tied,
        "tie_at_cut": disputed,
        "borderline": borderline,
        "no_reads": row.reads == 0,
        "too_few_reads": 0 < row.reads < row.reads_required,
    }
    return [name for name, holds in flags.items() if holds]


def jurors_sheet(contest: Contest, analysis: Analysis) -> Sheet:
    """A line a juror, also of those who have read nothing."""
    figures = {each.juror_id: each for each in analysis.figures}
    lines: list[list[object]] = []
    for juror in contest.jurors:
        each = figures.get(juror.juror_id)
        if each is None:
            lines.append([juror.juror_id, 0])
            continue
        lines.append(
            [
                juror.juror_id,
                each.reads,
                each.severity.value,
                analysis.calibrated.jurors[juror.juror_id].severity_se,
                *(each.severity.low, each.severity.high),
                *(each.spread.value, each.spread.low, each.spread.high),
                *(each.noise, each.infit, each.outfit, each.correlation, each.same_share),
                *(each.deviation, each.seconds, each.halo),
                [flag.value for flag in each.flags],
            ]
        )
    heads = (
        *("juror_id", "load", "severity", "se", "severity_low", "severity_high"),
        *("spread", "spread_low", "spread_high", "noise", "infit", "outfit", "correlation"),
        *("same_share", "deviation", "seconds", "halo", "flags"),
    )
    return Sheet("jurors.csv", heads, lines)


def _reviews(contest: Contest, analysis: Analysis) -> Sheet:
    audit = {(read.case_id, read.juror_id): read for read in analysis.calibrated.reads}

    def line(row: ReviewLine) -> list[object]:
        read = audit.get((row.case_id, row.juror_id))
        return [
            row.case_id,
            row.juror_id,
            None if row.composite is None else rounded(row.composite, DIGITS),
            *((read.adjusted, read.weight) if read else (None, None)),
            row.why,
        ]

    heads = ("case_id", "juror_id", "composite", "adjusted", "weight", "flags")
    return Sheet("reviews.csv", heads, [line(row) for row in contest.reviews])
