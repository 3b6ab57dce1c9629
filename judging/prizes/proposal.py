"""Prizes by quota in order; what the rule cannot decide is handed to a person, never to an id or a clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from judging.prizes.pools import pools
from judging.prizes.terms import Terms, groups
from judging.values import PassedOver, PrizePool, PrizeProposal, PrizeShare, SettledTie, Standing, TieAtCut
from submissions.values import Prize, TiePolicy


def propose(
    standings: Sequence[Standing], prizes: Sequence[Prize], terms: Terms | None = None
) -> PrizeProposal:
    """Fill the prizes from the top, rank by rank over all pools.

    A case below a prize's threshold does not get it and the place stays vacant. A case whose unit has all the
    prizes it may have is passed over. A group of one rank that one prize cannot hold is a tie at the cut: the
    announced policy settles it, or a person decides.
    """
    return _Filling(standings, prizes, terms or Terms()).proposal()


class _Filling:
    """The prizes while they are filled: `left` places by pool and prize; the rest is what was found."""

    def __init__(self, standings: Sequence[Standing], prizes: Sequence[Prize], terms: Terms) -> None:
        self.standings = standings
        self.prizes = prizes
        self.terms = terms
        self.limit = terms.judging.prizes_per_unit
        self.pools, self.remainders = pools(standings, prizes, terms)
        self.left = {pool.key: list(pool.quotas) for pool in self.pools}
        self.certain: list[list[str]] = [[] for _prize in prizes]
        self.disputed = [0 for _prize in prizes]
        self.vacant = [0 for _prize in prizes]
        self.over = [0 for _prize in prizes]
        self.ties: list[TieAtCut] = []
        self.settled: list[SettledTie] = []
        self.passed_over: list[PassedOver] = []
        self.holders: dict[str, list[str]] = {}

    def proposal(self) -> PrizeProposal:
        for rank, group in groups(self.standings):
            crowded = self._crowded(group)
            for pool in self.pools:
                members = tuple(row for row in group if self.terms.pool_of(row.case_id) == pool.key)
                if members:
                    self._fill(pool, rank, members, crowded)
        return PrizeProposal(
            shares=tuple(
                PrizeShare(
                    prize,
                    place + 1,
                    tuple(self.certain[place]),
                    self.disputed[place],
                    sum(left[place] for left in self.left.values()),
                    self.vacant[place],
                    self.over[place],
                )
                for place, prize in enumerate(self.prizes)
            ),
            ties=tuple(self.ties),
            too_few_reads=tuple(row.case_id for row in self.standings if not row.eligible),
            settled=tuple(self.settled),
            passed_over=tuple(self.passed_over),
            pools=self.pools if self.terms.judging.prize_pools.value != "whole" else (),
            remainders=self.remainders,
        )

    def _crowded(self, group: Sequence[Standing]) -> frozenset[str]:
        """Units with more cases in this rank than they may still have prizes."""
        if self.limit is None:
            return frozenset()
        units = Counter(self._unit(row.case_id) for row in group)
        return frozenset(unit for unit, count in units.items() if 0 < self._free(unit) < count)

    def _unit(self, case_id: str) -> str:
        return self.terms.unit_of.get(case_id, case_id)

    def _free(self, unit: str) -> int:
        """How many more prizes the unit may have; only asked where there is a limit."""
        return (self.limit or 0) - len(self.holders.get(unit, ()))

    def _fill(self, pool: PrizePool, rank: int, members: Sequence[Standing], crowded: frozenset[str]) -> None:
        """Give one rank of one pool what there is for it."""
        left = self.left[pool.key]
        self._close_below(left, members[0])
        members = self._without_full_units(left, members)
        if not members or not any(left):
            return
        case_ids = tuple(row.case_id for row in members)
        of_one_unit = any(self._unit(case_id) in crowded for case_id in case_ids)
        taken = _take(list(left), self._may_have(case_ids, crowded))
        if len(taken) == 1 and taken[0][1] == len(case_ids):
            left[taken[0][0]] -= len(case_ids)
            self._give(taken[0][0], case_ids)
        elif of_one_unit or self.terms.judging.tie_policy is TiePolicy.REPORT:
            self._report(pool, rank, case_ids, of_one_unit=of_one_unit, crowded=crowded)
        elif self.terms.judging.tie_policy is TiePolicy.EXPAND:
            self._expand(pool, rank, case_ids, taken[0][0])
        else:
            self._lower(pool, rank, case_ids)

    def _close_below(self, left: list[int], row: Standing) -> None:
        """Places of prizes whose threshold this score does not reach stay vacant: nobody below reaches it."""
        for place, prize in enumerate(self.prizes):
            if prize.threshold is not None and (row.score or 0) < prize.threshold:
                self.vacant[place] += left[place]
                left[place] = 0

    def _without_full_units(self, left: Sequence[int], members: Sequence[Standing]) -> list[Standing]:
        """The members whose unit may have one more prize; the others are noted where they miss one."""
        if self.limit is None:
            return list(members)
        kept = []
        for row in members:
            unit = self._unit(row.case_id)
            if self._free(unit) > 0:
                kept.append(row)
            elif any(left):
                place = next(place for place, free in enumerate(left) if free)
                self.passed_over.append(
                    PassedOver(row.case_id, self.prizes[place].key, tuple(self.holders[unit]))
                )
        return kept

    def _may_have(self, case_ids: Sequence[str], crowded: frozenset[str]) -> int:
        """How many of them could have a prize if there were places enough."""
        units = Counter(self._unit(case_id) for case_id in case_ids)
        return sum(
            min(count, self._free(unit)) if unit in crowded else count for unit, count in units.items()
        )

    def _give(self, place: int, case_ids: Sequence[str]) -> None:
        self.certain[place].extend(case_ids)
        for case_id in case_ids:
            self.holders.setdefault(self._unit(case_id), []).append(case_id)

    def _report(
        self,
        pool: PrizePool,
        rank: int,
        case_ids: tuple[str, ...],
        *,
        of_one_unit: bool,
        crowded: frozenset[str],
    ) -> None:
        taken = _take(self.left[pool.key], self._may_have(case_ids, crowded))
        for place, count in taken:
            self.disputed[place] += count
        without = len(case_ids) - sum(count for _place, count in taken)
        places = tuple((self.prizes[place].key, count) for place, count in taken)
        self.ties.append(TieAtCut(case_ids, rank, places, without, pool.key, of_one_unit))
        if not without:
            for case_id in case_ids:
                self.holders.setdefault(self._unit(case_id), []).append(case_id)

    def _expand(self, pool: PrizePool, rank: int, case_ids: tuple[str, ...], place: int) -> None:
        """All of them get the higher prize; the other prizes keep their places."""
        left = self.left[pool.key]
        self.over[place] += len(case_ids) - left[place]
        left[place] = 0
        self._settle(pool, rank, case_ids, place)

    def _lower(self, pool: PrizePool, rank: int, case_ids: tuple[str, ...]) -> None:
        """None of them gets a prize that cannot hold them all; its places stay vacant."""
        left = self.left[pool.key]
        for place, free in enumerate(left):
            if free >= len(case_ids):
                left[place] -= len(case_ids)
                self._settle(pool, rank, case_ids, place)
                return
            self.vacant[place] += free
            left[place] = 0
        self._settle(pool, rank, case_ids, None)

    def _settle(self, pool: PrizePool, rank: int, case_ids: tuple[str, ...], place: int | None) -> None:
        key = "" if place is None else self.prizes[place].key
        self.settled.append(SettledTie(case_ids, rank, self.terms.judging.tie_policy, key, pool.key))
        if place is not None:
            self._give(place, case_ids)


def _take(left: list[int], wanted: int) -> list[tuple[int, int]]:
    """Take up to `wanted` places from the top; returns (prize, count) and lowers `left`."""
    taken = []
    for place, free in enumerate(left):
        count = min(free, wanted)
        if count:
            taken.append((place, count))
            left[place] -= count
            wanted -= count
    return taken
