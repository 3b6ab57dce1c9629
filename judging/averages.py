"""The mean mark of a case on each criterion, over the reads that the published rule counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from judging.statistics.standing import TRIM_FROM
from judging.values import Mark, Standing
from submissions.values import CallRules, StandingRule


def counted_jurors(standing: Standing, rule: StandingRule) -> tuple[str, ...]:
    """Whose reads make the score: all counted ones, without the extremes where the rule leaves them out."""
    ordered = [
        juror_id for juror_id, _value in sorted(standing.composites, key=lambda each: (each[1], each[0]))
    ]
    if rule is StandingRule.TRIMMED_MEAN and len(ordered) >= TRIM_FROM:
        ordered = ordered[1:-1]
    return tuple(ordered)


def criterion_means(
    standing: Standing, reads: Mapping[str, Sequence[Mark]], rules: CallRules
) -> dict[str, Fraction]:
    """Criterion key -> mean mark, exact; empty without a counted read. `reads`: juror id -> marks."""
    given: list[dict[str, Decimal]] = [
        {mark.criterion_key: mark.value for mark in reads[juror_id]}
        for juror_id in counted_jurors(standing, rules.standing_rule)
        if juror_id in reads
    ]
    means: dict[str, Fraction] = {}
    for criterion in rules.criteria:
        marks = [Fraction(marks[criterion.key]) for marks in given if criterion.key in marks]
        if marks:
            means[criterion.key] = sum(marks, Fraction(0)) / len(marks)
    return means
