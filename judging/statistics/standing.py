"""The published rule in exact arithmetic: whoever calculates by hand gets the same digits.

Marks are Decimal, weights whole percents, everything between is a Fraction; nothing is rounded before it is
shown. (84.2 reached in three ways must tie; binary floats give 84.19999999999999 for one of them.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from judging.values import AssignmentState, Mark, ReviewRow, Standing
from submissions.values import CallRules, Criterion, StandingRule

TRIM_FROM = 4
"""Highest and lowest are left out only where at least two reads remain."""
SHOWN_DIGITS = 2
MOST_DIGITS = 9


def composite(criteria: Sequence[Criterion], marks: Iterable[Mark]) -> Fraction | None:
    """One read's weighted score, None unless every criterion has a mark (0 is a mark).

    Where all criteria share one highest mark the score is on that scale: sum of weight x mark / 100. Where
    they differ, each mark first becomes a percentage of its criterion's highest; the score is out of 100.
    """
    given = {mark.criterion_key: mark.value for mark in marks}
    if not criteria or any(criterion.key not in given for criterion in criteria):
        return None
    total = sum(criterion.weight for criterion in criteria)
    full = full_score(criteria)
    points = sum(
        criterion.weight * Fraction(given[criterion.key]) * full / criterion.highest for criterion in criteria
    )
    return Fraction(points) / total


def full_score(criteria: Sequence[Criterion]) -> int:
    """The score of a read with the highest mark everywhere."""
    highest = {criterion.highest for criterion in criteria}
    return highest.pop() if len(highest) == 1 else 100


def case_score(rule: StandingRule, composites: Sequence[Fraction]) -> Fraction | None:
    """A case's score from its reads, None without one. Extremes are left out only with four or more."""
    if not composites:
        return None
    kept = sorted(composites)
    if rule is StandingRule.TRIMMED_MEAN and len(kept) >= TRIM_FROM:
        kept = kept[1:-1]
    return sum(kept, Fraction(0)) / len(kept)


def rounded(value: Fraction, digits: int = SHOWN_DIGITS) -> Decimal:
    """Round half away from zero, as a person does by hand, on the exact fraction."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-digits)


def standings(
    case_ids: Iterable[str],
    reviews: Iterable[ReviewRow],
    rules: CallRules,
    *,
    reads_required: int | None = None,
    tie_break: Sequence[str] = (),
) -> tuple[Standing, ...]:
    """Every case's standing, best first; cases without the required reads come after all others, unranked.

    Args:
        reads_required: reads a case needs for a rank and a prize; the call's `reads_per_case` if not given.
        tie_break: criterion keys; between equal scores the higher mean on the first that differs comes first.
            Only what the call announces: without it equal scores share a rank.

    Raises:
        ValueError: a juror has two counting reads of one case.
    """
    required = rules.reads_per_case if reads_required is None else reads_required
    counted = _counted(reviews, rules.criteria)
    rows = {
        case_id: _unranked(case_id, counted.get(case_id, {}), rules, required) for case_id in set(case_ids)
    }
    keys = {
        case_id: (row.score, *_means(counted.get(case_id, {}), tie_break))
        for case_id, row in rows.items()
        if row.score is not None and row.reads_missing == 0
    }
    order = sorted(keys, key=lambda case_id: (tuple(-part for part in keys[case_id]), case_id))
    ranked = [rows[case_id] for case_id in order]
    ranked = _with_ranks(ranked, keys)
    ranked = _with_tie_breaks(ranked, keys, tie_break)
    waiting = sorted(
        (row for case_id, row in rows.items() if case_id not in keys),
        key=lambda row: (row.score is None, -(row.score or 0), row.case_id),
    )
    return (*_told_apart(ranked), *waiting)


def _counted(
    reviews: Iterable[ReviewRow], criteria: Sequence[Criterion]
) -> dict[str, dict[str, tuple[Fraction, Mapping[str, Decimal]]]]:
    """Case -> juror -> (composite, marks) of the reads that count: handed in and complete."""
    found: dict[str, dict[str, tuple[Fraction, Mapping[str, Decimal]]]] = {}
    for review in reviews:
        value = composite(criteria, review.marks)
        if review.state is not AssignmentState.HANDED_IN or value is None:
            continue
        of_case = found.setdefault(review.case_id, {})
        if review.juror_id in of_case:
            raise ValueError(f"two reads of case {review.case_id} by juror {review.juror_id}")
        of_case[review.juror_id] = (value, {mark.criterion_key: mark.value for mark in review.marks})
    return found


def _unranked(
    case_id: str, reads: Mapping[str, tuple[Fraction, object]], rules: CallRules, required: int
) -> Standing:
    composites = tuple(sorted((juror_id, value) for juror_id, (value, _marks) in reads.items()))
    score = case_score(rules.standing_rule, [value for _juror, value in composites])
    return Standing(
        case_id=case_id,
        score=score,
        shown=None if score is None else rounded(score),
        precise=None,
        rank=None,
        tied=False,
        reads=len(composites),
        reads_required=required,
        composites=composites,
    )


def _means(
    reads: Mapping[str, tuple[Fraction, Mapping[str, Decimal]]], criterion_keys: Sequence[str]
) -> tuple[Fraction, ...]:
    return tuple(
        sum((Fraction(marks[key]) for _value, marks in reads.values()), Fraction(0)) / len(reads)
        for key in criterion_keys
    )


def _with_ranks(ordered: Sequence[Standing], keys: Mapping[str, tuple[Fraction, ...]]) -> list[Standing]:
    """Competition ranks: equal keys share the place of the first of them, 1-2-2-4."""
    places: dict[tuple[Fraction, ...], list[int]] = {}
    for place, row in enumerate(ordered, start=1):
        places.setdefault(keys[row.case_id], []).append(place)
    return [
        replace(row, rank=places[keys[row.case_id]][0], tied=len(places[keys[row.case_id]]) > 1)
        for row in ordered
    ]


def _with_tie_breaks(
    ordered: Sequence[Standing], keys: Mapping[str, tuple[Fraction, ...]], tie_break: Sequence[str]
) -> list[Standing]:
    """Name the criterion that separated equal scores: a tie is never broken without saying so."""
    named = {row.case_id: "" for row in ordered}
    for above, below in pairwise(ordered):
        mine, other = keys[above.case_id], keys[below.case_id]
        if mine[0] == other[0] and mine != other:
            place = next(place for place, (a, b) in enumerate(zip(mine, other, strict=True)) if a != b)
            named[above.case_id] = named[above.case_id] or tie_break[place - 1]
            named[below.case_id] = tie_break[place - 1]
    return [replace(row, broken_by=named[row.case_id]) for row in ordered]


def _told_apart(ordered: Sequence[Standing]) -> list[Standing]:
    """Give neighbours that differ but look alike at two decimals as many as show the difference."""
    digits = dict.fromkeys((row.case_id for row in ordered), SHOWN_DIGITS)
    for above, below in pairwise(ordered):
        if above.score is None or below.score is None or above.score == below.score:
            continue
        needed = SHOWN_DIGITS
        while needed < MOST_DIGITS and rounded(above.score, needed) == rounded(below.score, needed):
            needed += 1
        for row in (above, below):
            digits[row.case_id] = max(digits[row.case_id], needed)
    return [
        replace(row, precise=rounded(row.score, digits[row.case_id]))
        if row.score is not None and digits[row.case_id] > SHOWN_DIGITS
        else row
        for row in ordered
    ]
