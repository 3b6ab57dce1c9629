"""Values of judging that other packages and pages may hold: frozen, plain Python, no database behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from foundation.text import Text
from submissions.values import AttachmentView, Prize


class RoundState(StrEnum):
    """Where the judging of a call stands."""

    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"


class InvitationState(StrEnum):
    """What became of the invitation to the jury."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REMOVED = "removed"


ON_PANEL = (InvitationState.INVITED, InvitationState.ACCEPTED)
"""States in which somebody belongs to a panel and must not run its judging."""


class AssignmentState(StrEnum):
    """Where a juror's read of a case stands. Marks of recused and removed reads are kept, never counted."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    RECUSED = "recused"
    REMOVED = "removed"


class CommentKind(StrEnum):
    """To whom a comment speaks: the authors (released by the organiser), or the juror himself alone."""

    AUTHOR = "author"
    NOTE = "note"


class ConflictKind(StrEnum):
    """Why a juror may not read a case."""

    SAME_UNIT = "same_unit"
    UNIT_ABOVE = "unit_above"
    UNIT_BELOW = "unit_below"
    DECLARED = "declared"
    SAME_REGION = "same_region"
    WROTE = "wrote"


@dataclass(frozen=True, slots=True)
class AwardView:
    """That a case has a prize. `prize_rank` counts from 1, the highest prize."""

    id: str
    call_id: str
    case_id: str
    version_id: str
    prize_key: str
    prize_name: str
    prize_rank: int
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on one criterion, exactly as the juror gave it."""

    criterion_key: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One juror's read of one case, as the standing counts it (only when it is handed in and complete)."""

    case_id: str
    juror_id: str
    marks: tuple[Mark, ...]
    state: AssignmentState = AssignmentState.HANDED_IN


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


@dataclass(frozen=True, slots=True)
class CaseSeat:
    """A case as the assignment sees it. `label` is its anonymous number, `writers` are the ids of those who
    have a hand in it, co-authors of other units too."""

    case_id: str
    label: str
    unit_id: str
    unit_path: str
    category_key: str
    writers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class JurorSeat:
    """A juror as the assignment sees him. `load_limit` None: no limit; no `category_keys`: all categories."""

    juror_id: str
    name: str
    unit_id: str | None
    unit_path: str
    category_keys: frozenset[str] = frozenset()
    load_limit: int | None = None


@dataclass(frozen=True, slots=True)
class ConflictFinding:
    """That this juror must not read this case, and the rule that says so in a sentence."""

    juror_id: str
    case_id: str
    kind: ConflictKind
    reason: Text


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A case that cannot have all its reads, and why."""

    case_id: str
    missing: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """A distribution of reads. `added` are new pairs (case id, juror id); `loads` counts old and new alike.

    `components` is the number of groups of jurors between which no case is shared (1: all comparable);
    `mixing` is the A-efficiency of the design between 0 (groups apart) and 1 (as well mixed as can be).
    """

    added: tuple[tuple[str, str], ...]
    loads: Mapping[str, int]
    shortfalls: tuple[Shortfall, ...]
    notes: tuple[Text, ...]
    components: int
    mixing: float
    seed: int


class Verdict(StrEnum):
    """What a juror found of a claim when he held it against its evidence."""

    VERIFIED = "verified"
    DOUBTFUL = "doubtful"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class BlindSource:
    """A piece of evidence as a juror sees it: `kind` is photo, file or link; `name` is neutral, "" for what
    jurors do not get; a link has no address."""

    kind: str
    name: str
    caption: str
    note: str


@dataclass(frozen=True, slots=True)
class BlindClaim:
    """A claim as a juror reads it; `number` counts from 1 in the version."""

    number: int
    words: str
    sources: tuple[BlindSource, ...]


@dataclass(frozen=True, slots=True)
class BlindCopy:
    """What a juror may read of a version: no unit, no authors, no receipt number, neutral file names.

    Picture sources in `body_html` are still `attachment:ID`; `attachments` carry neutral names and masked
    captions, in the authors' order. `word_count` is of the masked body: the true one would tell how long a
    name is. `masked` is how many places were covered.
    """

    label: str
    title: str
    summary: str
    body_html: str
    category_name: str
    word_count: int
    attachments: tuple[AttachmentView, ...] = field(default_factory=tuple)
    masked: int = 0
    claims: tuple[BlindClaim, ...] = ()
