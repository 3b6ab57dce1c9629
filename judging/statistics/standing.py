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

from judging.statistics import scores
from judging.statistics.scores import CountedRead, Score
from judging.values import AssignmentState, Mark, ReviewRow, Standing
from judging.values.standing import Carried
from submissions.rules import criteria as criteria_of_call
from submissions.values import CallRules, Criterion, StandingRule

full_score = criteria_of_call.full_score
case_score = scores.case_score
TRIM_FROM = scores.TRIM_FROM
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
    tie_break: Sequence[str] | None = None,
    jury_groups: Mapping[str, str] | None = None,
    categories: Mapping[str, str] | None = None,
    carried: Carried | None = None,
) -> tuple[Standing, ...]:
    """Every case's standing, best first; cases without the required reads come after all others, unranked.

    Args:
        reads_required: reads a case needs for a rank and a prize; the call's `reads_per_case` if not given.
        tie_break: criterion keys; between equal scores the higher mean on the first that differs comes first;
            what the call announces if not given. With () equal scores share a rank.
        jury_groups: juror id -> key of his group. Where groups are weighed, reads of jurors without one do
            not count.
        categories: case id -> category, for rules that compare jurors.
        carried: what the rounds before count; None: nothing.

    Raises:
        ValueError: a juror has two counting reads of one case.
    """
    required = rules.reads_per_case if reads_required is None else reads_required
    chain = rules.judging.tie_break if tie_break is None else tuple(tie_break)
    wanted = set(case_ids)
    counted = counted_reads(reviews, rules, jury_groups or {})
    score = scores.scorer(
        rules,
        {case_id: found for case_id, found in counted.items() if case_id in wanted},
        jury_groups=jury_groups or {},
        categories=categories or {},
    )
    rows = {
        case_id: _unranked(case_id, counted.get(case_id, ()), score(counted.get(case_id, ())), required)
        for case_id in wanted
    }
    if carried is not None:
        rows = {case_id: _with_earlier(row, carried, rules) for case_id, row in rows.items()}
    keys = {
        case_id: (row.score, *_means(counted.get(case_id, ()), chain))
        for case_id, row in rows.items()
        if row.score is not None and row.reads_missing == 0
    }
    order = sorted(keys, key=lambda case_id: (tuple(-part for part in keys[case_id]), case_id))
    ranked = [rows[case_id] for case_id in order]
    ranked = _with_ranks(ranked, keys)
    ranked = _with_tie_breaks(ranked, keys, chain)
    waiting = sorted(
        (row for case_id, row in rows.items() if case_id not in keys),
        key=lambda row: (row.score is None, -(row.score or 0), row.case_id),
    )
    return (*_told_apart(ranked), *waiting)


def counted_reads(
    reviews: Iterable[ReviewRow], rules: CallRules, jury_groups: Mapping[str, str]
) -> dict[str, tuple[CountedRead, ...]]:
    """Case -> its reads that count, by juror: handed in, complete, and of a juror whose group counts."""
    weighed = rules.standing_rule is StandingRule.WEIGHTED
    known = {group.key for group in rules.judging.jury_groups}
    found: dict[str, dict[str, CountedRead]] = {}
    for review in reviews:
        value = composite(rules.criteria, review.marks)
        if review.state is not AssignmentState.HANDED_IN or value is None:
            continue
        if weighed and jury_groups.get(review.juror_id) not in known:
            continue
        of_case = found.setdefault(review.case_id, {})
        if review.juror_id in of_case:
            raise ValueError(f"two reads of case {review.case_id} by juror {review.juror_id}")
        marks = {mark.criterion_key: mark.value for mark in review.marks}
        of_case[review.juror_id] = CountedRead(review.juror_id, value, marks)
    return {
        case_id: tuple(of_case[juror_id] for juror_id in sorted(of_case))
        for case_id, of_case in found.items()
    }


def _unranked(case_id: str, reads: Sequence[CountedRead], score: Score, required: int) -> Standing:
    return Standing(
        case_id=case_id,
        score=score.value,
        shown=None if score.value is None else rounded(score.value),
        precise=None,
        rank=None,
        tied=False,
        reads=len(reads),
        reads_required=required,
        composites=tuple((each.juror_id, each.value) for each in reads),
        groups=score.groups,
        severities=score.severities,
    )


def _with_earlier(row: Standing, carried: Carried, rules: CallRules) -> Standing:
    """weight x earlier + (100 - weight) x this round, both on this round's scale; a case without an earlier
    score keeps that of this round."""
    share = carried.shares.get(row.case_id)
    if row.score is None or share is None:
        return row
    earlier = share * full_score(rules.criteria)
    both = (carried.weight * earlier + (100 - carried.weight) * row.score) / 100
    return replace(row, score=both, shown=rounded(both), earlier=earlier, own=row.score)


def _means(reads: Sequence[CountedRead], criterion_keys: Sequence[str]) -> tuple[Fraction, ...]:
    return tuple(
        sum((Fraction(each.marks[key]) for each in reads), Fraction(0)) / len(reads) for key in criterion_keys
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
