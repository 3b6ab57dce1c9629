"""Where the prizes' cut lines are: the places of each prize in each pool of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from judging.statistics.analysis import Pools
from judging.statistics.probabilities import Cut
from judging.values import PrizePool
from submissions.values import Prize

WHOLE = ""
"""The pool of all cases."""


def pools_of(prizes: Sequence[Prize], pools: Sequence[PrizePool], category_of: Mapping[str, str]) -> Pools:
    """The places of the prizes (from the highest down) among these cases (case id -> category key).

    `pools` are the categories that compete apart, as `prizes.propose` shared the places out; without any all
    cases compete together.
    """
    apart = {pool.key: pool.quotas for pool in pools if pool.key != WHOLE}
    if not apart:
        cuts = {WHOLE: tuple(Cut(prize.key, prize.quota) for prize in prizes)}
        return Pools(cuts, dict.fromkeys(category_of, WHOLE))
    return Pools(
        {
            key: tuple(Cut(prize.key, places) for prize, places in zip(prizes, quotas, strict=True))
            for key, quotas in apart.items()
        },
        {case_id: category for case_id, category in category_of.items() if category in apart},
    )
