"""Standings and the prizes that follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from foundation.text import Text
from submissions.values import JuryGroup, Prize, TiePolicy


@dataclass(frozen=True, slots=True)
class GroupMean:
    """What one group of jurors gave a case: the exact mean of its reads, None where nobody of it read it.

    `share` is what the group counts in this case: its percent of what the groups that did read it have
    together, 0 without a read.
    """

    group: JuryGroup
    mean: Fraction | None
    share: Fraction
    reads: int


@dataclass(frozen=True, slots=True)
class Carried:
    """What the rounds before count in a round's score: `weight` percent of `shares`, by case the part of the
    full score that it reached there."""

    weight: int
    shares: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Standing:
    """A case's place by the published rule.

    `score` is exact; None without a read. `rank` is a competition rank (1-2-2-4) among the cases that have
    the required reads; None below that. `shown` is the score to two decimals, `precise` the same with as many
    decimals as it takes to tell it from a neighbour that is not equal (None where two suffice). `broken_by`
    is the criterion that separated the case from another of the same score, "" if none did. `groups` holds
    the groups' means where groups are weighed, `severities` what was added to each juror's read where reads
    are adjusted. Where the rounds before count, `earlier` is what they gave on this round's scale and `own`
    the score of this round alone.
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
    groups: tuple[GroupMean, ...] = ()
    severities: tuple[tuple[str, Decimal], ...] = ()
    earlier: Fraction | None = None
    own: Fraction | None = None

    @property
    def reads_missing(self) -> int:
        """How many more reads the case needs before it can have a prize."""
        return max(0, self.reads_required - self.reads)

    @property
    def eligible(self) -> bool:
        """Whether the case has enough reads for a prize."""
        return self.rank is not None

    @property
    def silent_groups(self) -> tuple[JuryGroup, ...]:
        """Groups of which nobody read the case: their weight went to the others."""
        return tuple(each.group for each in self.groups if not each.reads)

    @property
    def spread(self) -> Fraction | None:
        """Highest minus lowest read, None without a read: where jurors disagree most, look again."""
        values = [value for _juror, value in self.composites]
        return max(values) - min(values) if values else None


@dataclass(frozen=True, slots=True)
class TieAtCut:
    """Cases of one rank that do not all fit into one prize: a person decides, with a reason on record.

    `places` is what there is for the group, highest prize first; `without` is how many go without a prize.
    `pool` is the category whose places these are, "" where all cases compete together. `of_one_unit`: they
    cannot all have one because a unit would have more prizes than it may.
    """

    case_ids: tuple[str, ...]
    rank: int
    places: tuple[tuple[str, int], ...]
    without: int
    pool: str = ""
    of_one_unit: bool = False


@dataclass(frozen=True, slots=True)
class SettledTie:
    """A tie at the cut that the announced policy settled: all got `prize_key` ("": none); always shown."""

    case_ids: tuple[str, ...]
    rank: int
    policy: TiePolicy
    prize_key: str
    pool: str = ""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A case that would have `prize_key` if its unit had not all the prizes it may have, with `holders`."""

    case_id: str
    prize_key: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrizePool:
    """The places of one category: `quotas` in the order of the prizes, among `cases` ranked cases."""

    key: str
    cases: int
    quotas: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RemainderTie:
    """Equal remainders when a prize's places were shared out: `given` got a place by the announced order of
    categories, `left` did not."""

    prize_key: str
    given: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrizeShare:
    """What the published rule gives for one prize: `certain` cases, `disputed` places, `empty` places (no
    case left), `vacant` places (no case reached the threshold, or a tie was moved down), `over` the quota by
    a tie."""

    prize: Prize
    rank: int
    certain: tuple[str, ...]
    disputed: int
    empty: int
    vacant: int = 0
    over: int = 0


@dataclass(frozen=True, slots=True)
class PrizeProposal:
    """The prizes by quota in order, the ties that a person has to decide, and what the rule decided."""

    shares: tuple[PrizeShare, ...]
    ties: tuple[TieAtCut, ...]
    too_few_reads: tuple[str, ...]
    settled: tuple[SettledTie, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    pools: tuple[PrizePool, ...] = ()
    remainders: tuple[RemainderTie, ...] = ()

    @property
    def certain(self) -> dict[str, str]:
        """Case id -> prize key, for the places nobody has to decide."""
        return {case_id: share.prize.key for share in self.shares for case_id in share.certain}

    def without(self, hidden: Set[str]) -> PrizeProposal:
        """The same for a reader who must not learn what these cases come to."""

        def kept(case_ids: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(each for each in case_ids if each not in hidden)

        return replace(
            self,
            shares=tuple(replace(each, certain=kept(each.certain)) for each in self.shares),
            ties=tuple(replace(each, case_ids=kept(each.case_ids)) for each in self.ties),
            too_few_reads=kept(self.too_few_reads),
            settled=tuple(replace(each, case_ids=kept(each.case_ids)) for each in self.settled),
            passed_over=tuple(
                replace(each, holders=kept(each.holders))
                for each in self.passed_over
                if each.case_id not in hidden
            ),
        )


@dataclass(frozen=True, slots=True)
class ChoiceReview:
    """A person's choice of prizes held against the rule: what forbids it, and what needs a written reason."""

    refusals: tuple[Text, ...]
    departures: tuple[Text, ...]
