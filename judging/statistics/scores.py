"""A case's score from its reads, by each rule that a call can publish; exact, as by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from judging.statistics.additive import fit_additive
from judging.statistics.reads import Read
from judging.values import GroupMean
from submissions.values import CallRules, JuryGroup, StandingRule

TRIM_FROM = 4
"""Highest and lowest are left out only where at least two reads remain."""
KEPT_FITS = 8


@dataclass(frozen=True, slots=True)
class CountedRead:
    """A read that counts: handed in, complete, and of a juror whose group counts."""

    juror_id: str
    value: Fraction
    marks: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Score:
    """A case's exact score (None without a read) and what it was made from."""

    value: Fraction | None
    groups: tuple[GroupMean, ...] = ()
    severities: tuple[tuple[str, Decimal], ...] = ()


Scorer = Callable[[Sequence[CountedRead]], Score]


def case_score(rule: StandingRule, composites: Sequence[Fraction]) -> Fraction | None:
    """The plain or trimmed mean, None without a read. Extremes are left out only with four or more."""
    if not composites:
        return None
    kept = sorted(composites)
    if rule is StandingRule.TRIMMED_MEAN and len(kept) >= TRIM_FROM:
        kept = kept[1:-1]
    return sum(kept, Fraction(0)) / len(kept)


def scorer(
    rules: CallRules,
    reads: Mapping[str, Sequence[CountedRead]],
    *,
    jury_groups: Mapping[str, str],
    categories: Mapping[str, str],
) -> Scorer:
    """The rule of a call as a function of one case's reads.

    Args:
        reads: case id -> its reads, of all cases: severities are estimated from them together.
        jury_groups: juror id -> key of his group, where groups are weighed.
        categories: case id -> category, whose levels the severities allow for.
    """
    match rules.standing_rule:
        case StandingRule.WEIGHTED:
            return lambda found: _weighted(rules.judging.jury_groups, found, jury_groups)
        case StandingRule.ADJUSTED:
            severities = published_severities(reads, categories)
            return lambda found: _adjusted(found, severities)
        case plain:
            return lambda found: Score(case_score(plain, [each.value for each in found]))


def _weighted(
    groups: Sequence[JuryGroup], found: Sequence[CountedRead], group_of: Mapping[str, str]
) -> Score:
    """The groups' means by their percents. A group of which nobody read the case leaves its weight to the
    others, in proportion to theirs."""
    values = {
        group.key: [each.value for each in found if group_of.get(each.juror_id) == group.key]
        for group in groups
    }
    present = sum(group.weight for group in groups if values[group.key])
    means = tuple(
        GroupMean(
            group,
            sum(given, Fraction(0)) / len(given) if given else None,
            Fraction(group.weight, present) if given else Fraction(0),
            len(given),
        )
        for group in groups
        for given in [values[group.key]]
    )
    if not present:
        return Score(None, means)
    return Score(sum((each.share * each.mean for each in means if each.mean is not None), Fraction(0)), means)


def _adjusted(found: Sequence[CountedRead], severities: Mapping[str, Decimal]) -> Score:
    """The mean of (read + severity of its juror), from the severities as published: four decimals."""
    if not found:
        return Score(None)
    added = tuple(sorted((each.juror_id, severities[each.juror_id]) for each in found))
    total = sum((each.value + Fraction(severities[each.juror_id]) for each in found), Fraction(0))
    return Score(total / len(found), severities=added)


def published_severities(
    reads: Mapping[str, Sequence[CountedRead]], categories: Mapping[str, str]
) -> dict[str, Decimal]:
    """Juror id -> severity by the additive model, to four decimals; zeros where the reads cannot tell it."""
    rows = tuple(
        (case_id, each.juror_id, categories.get(case_id, ""), each.value)
        for case_id in sorted(reads)
        for each in sorted(reads[case_id], key=lambda one: one.juror_id)
    )
    return dict(_severities(rows)) if rows else {}


@lru_cache(maxsize=KEPT_FITS)
def _severities(rows: tuple[tuple[str, str, str, Fraction], ...]) -> tuple[tuple[str, Decimal], ...]:
    """The fit, kept: a page that was looked at and the decision made from it need the same one."""
    fitted = fit_additive(Read(case, juror, group, float(value)) for case, juror, group, value in rows)
    return tuple(sorted(fitted.published.items()))
