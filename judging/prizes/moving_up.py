"""Who moves up when a prize was revoked, by the published rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from judging.prizes.proposal import propose
from judging.prizes.terms import Terms
from judging.values import Move, Standing, TieAtCut
from submissions.values import Prize


@dataclass(frozen=True, slots=True)
class MovingUp:
    """`moves` by the rule, best first; `ties`: cases of one rank of which not all fit, a person decides.
    `rows` are the standings without the revoked cases."""

    rows: tuple[Standing, ...]
    moves: tuple[Move, ...]
    ties: tuple[TieAtCut, ...]


def moving_up(
    standings: Sequence[Standing],
    prizes: Sequence[Prize],
    terms: Terms,
    *,
    held: Mapping[str, str],
    revoked: Collection[str],
) -> MovingUp:
    """The prizes as the rule gives them among the cases that are left, held against what they have.

    `held`: case id -> prize key of the cases that keep theirs. Nobody is moved down by this: what somebody
    has he keeps, and only places that the revoked cases left are given.
    """
    rows = tuple(row for row in standings if row.case_id not in revoked)
    worth = {prize.key: place for place, prize in enumerate(prizes)}
    none = len(prizes)
    proposal = propose(rows, prizes, terms)
    moves = [
        Move(case_id, held.get(case_id), key)
        for case_id, key in proposal.certain.items()
        if worth[key] < worth.get(held.get(case_id, ""), none)
    ]
    rank = {row.case_id: row.rank or 0 for row in rows}
    ties = tuple(
        tie
        for tie in proposal.ties
        if any(
            worth[key] < worth.get(held.get(case_id, ""), none)
            for case_id in tie.case_ids
            for key, _n in tie.places
        )
    )
    return MovingUp(rows, tuple(sorted(moves, key=lambda each: (rank[each.case_id], each.case_id))), ties)
