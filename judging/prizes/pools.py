"""Places of a prize shared out among categories by largest remainder (Hamilton)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from judging.prizes.terms import Terms
from judging.values import PrizePool, RemainderTie, Standing
from submissions.values import Prize, PrizePools


def pools(
    standings: Sequence[Standing], prizes: Sequence[Prize], terms: Terms
) -> tuple[tuple[PrizePool, ...], tuple[RemainderTie, ...]]:
    """The pools with their quotas: one of all cases, or one a category that has ranked cases."""
    ranked = [row.case_id for row in standings if row.eligible]
    if terms.judging.prize_pools is PrizePools.WHOLE:
        return (PrizePool("", len(ranked), tuple(prize.quota for prize in prizes)),), ()
    counts = dict.fromkeys(terms.categories, 0)
    for case_id in ranked:
        key = terms.pool_of(case_id)
        counts[key] = counts.get(key, 0) + 1
    shares, ties = [], []
    for prize in prizes:
        share, tie = hamilton(prize.quota, counts)
        shares.append(share)
        if tie is not None:
            ties.append(RemainderTie(prize.key, *tie))
    found = tuple(
        PrizePool(key, count, tuple(share[key] for share in shares)) for key, count in counts.items() if count
    )
    return found, tuple(ties)


def hamilton(
    places: int, counts: Mapping[str, int]
) -> tuple[dict[str, int], tuple[tuple[str, ...], tuple[str, ...]] | None]:
    """Key -> its part of the places by largest remainder; and, where remainders were equal at the last place,
    the keys that got one by the order of `counts` and those that did not."""
    total = sum(counts.values())
    if not total:
        return dict.fromkeys(counts, 0), None
    exact = {key: Fraction(places * count, total) for key, count in counts.items()}
    share = {key: int(part) for key, part in exact.items()}
    left = places - sum(share.values())
    rest = {key: exact[key] - share[key] for key in counts}
    order = sorted(counts, key=lambda key: -rest[key])  # stable: equal remainders keep the announced order
    for key in order[:left]:
        share[key] += 1
    if not left or left == len(order) or rest[order[left - 1]] != rest[order[left]] or not rest[order[left]]:
        return share, None
    cut = rest[order[left]]
    given = tuple(key for key in order[:left] if rest[key] == cut)
    return share, (given, tuple(key for key in order[left:] if rest[key] == cut))
