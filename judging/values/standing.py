"""Standings and the prizes that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from foundation.text import Text
from submissions.values import Prize


@dataclass(frozen=True, slots=True)
class Standing:
    """A case's place by the published rule.

    `score` is exact; None without a read. `rank` is a competition rank (1-2-2-4) among the cases that have
    the required reads; None below that. `shown` is the score to two decimals, `precise` the same with as many
    decimals as it takes to tell it from a neighbour that is not equal (None where two suffice). `broken_by`
    is the criterion that separated the case from another of the same score, "" if none did.
    """

    case_id: str
    score: Fraction | None
    shown: Decimal | None
    precise: Decimal | None
    rank: int | None
    tied: bool
    reads: int
    reads_required: int
    composites: tuple[tuple[str, Fraction], ...]
    broken_by: str = ""

    @property
    def reads_missing(self) -> int:
        """How many more reads the case needs before it can have a prize."""
        return max(0, self.reads_required - self.reads)

    @property
    def eligible(self) -> bool:
        """Whether the case has enough reads for a prize."""
        return self.rank is not None

    @property
    def spread(self) -> Fraction | None:
        """Highest minus lowest read, None without a read: where jurors disagree most, look again."""
        values = [value for _juror, value in self.composites]
        return max(values) - min(values) if values else None


@dataclass(frozen=True, slots=True)
class TieAtCut:
    """Cases of one rank that do not all fit into one prize: a person decides, with a reason on record.

    `places` is what there is for the group, highest prize first; `without` is how many go without a prize.
    """

    case_ids: tuple[str, ...]
    rank: int
    places: tuple[tuple[str, int], ...]
    without: int


@dataclass(frozen=True, slots=True)
class PrizeShare:
    """What the published rule gives for one prize: `certain` cases, `disputed` places, `empty` places."""

    prize: Prize
    rank: int
    certain: tuple[str, ...]
    disputed: int
    empty: int


@dataclass(frozen=True, slots=True)
class PrizeProposal:
    """The prizes by quota in order, and the ties that a person has to decide."""

    shares: tuple[PrizeShare, ...]
    ties: tuple[TieAtCut, ...]
    too_few_reads: tuple[str, ...]

    @property
    def certain(self) -> dict[str, str]:
        """Case id -> prize key, for the places nobody has to decide."""
        return {case_id: share.prize.key for share in self.shares for case_id in share.certain}


@dataclass(frozen=True, slots=True)
class ChoiceReview:
    """A person's choice of prizes held against the rule: what forbids it, and what needs a written reason."""

    refusals: tuple[Text, ...]
    departures: tuple[Text, ...]
