"""Standings, decisions, results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from foundation.text import Text
from judging.prizes import Terms
from judging.values import (
    ChosenPrize,
    DecisionKind,
    DecisionState,
    PrizeProposal,
    Standing,
)
from judging.views.organiser import CaseLine
from judging.views.rounds import RoundView


@dataclass(frozen=True, slots=True)
class Board:
    """The standings with everything an organiser decides on. `digest` is a hash of what they rest on.

    `hidden`: numbers of cases from which the reader is shut out; they are ranked and not among `rows`.
    `severities`: what the published rule adds to each juror's reads; `without_group`: jurors whose reads do
    not count for want of a group. `obstacle`: why no prizes can be given by this rule.
    """

    round: RoundView
    rows: tuple[Standing, ...]
    cases: Mapping[str, CaseLine]
    juror_names: Mapping[str, str]
    full_score: int
    proposal: PrizeProposal
    digest: str
    terms: Terms = field(default_factory=Terms)
    hidden: tuple[str, ...] = ()
    severities: Mapping[str, Decimal] = field(default_factory=dict)
    without_group: tuple[str, ...] = ()
    obstacle: Text | None = None
    warnings: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A recorded decision on prizes, and how far it has come."""

    id: str
    kind: DecisionKind
    state: DecisionState
    decided_at: datetime
    decided_by_name: str
    reason: str
    minutes: str
    digest: str
    chosen: tuple[ChosenPrize, ...]
    taken_back_at: datetime | None
    taken_back_by_name: str
    take_back_reason: str


@dataclass(frozen=True, slots=True)
class Winner:
    """A public line of the results."""

    award_id: str
    case_id: str
    version_id: str
    prize_key: str
    prize_name: str
    prize_rank: int
    title: str
    unit_name: str
    category_name: str
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class RevokedAward:
    """An award that was taken back, with its reason."""

    id: str
    case_id: str
    prize_name: str
    title: str
    revoked_at: datetime
    reason: str
