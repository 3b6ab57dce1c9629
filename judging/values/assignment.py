"""Who could read what, and the distribution of reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from foundation.text import Text
from judging.values.reads import AssignmentState

Pair = tuple[str, str]
"""(case id, juror id) of a read; (juror id, case id) of a conflict."""


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
class Shortfall:
    """A case that cannot have all its reads, and why."""

    case_id: str
    missing: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """A distribution of reads. `added` are new pairs (case id, juror id); `loads` counts old and new alike.

    `components` is the number of groups of jurors between which no case is shared (1: all comparable);
    `mixing` is the A-efficiency of the design between 0 (groups apart) and 1 (as well mixed as can be),
    `lambda_2` its weakest link on the same scale. `outside` are new reads outside their juror's categories.
    """

    added: tuple[tuple[str, str], ...]
    loads: Mapping[str, int]
    shortfalls: tuple[Shortfall, ...]
    notes: tuple[Text, ...]
    components: int
    mixing: float
    seed: int
    lambda_2: float = 0.0
    outside: int = 0


class DistributionKind(StrEnum):
    """How many reads came at once: by the button, from a file, from one juror to another."""

    BUTTON = "button"
    FILE = "file"
    HAND_OVER = "hand_over"


@dataclass(frozen=True, slots=True)
class StandingRead:
    """A read as distributions see it. `begun`: the juror has put something down; `undone`: it was given by a
    distribution that was undone, so the pair may come again."""

    id: str
    state: AssignmentState
    begun: bool
    undone: bool
    distribution_id: str | None

    @property
    def stands(self) -> bool:
        return self.state in (AssignmentState.OPEN, AssignmentState.HANDED_IN)


@dataclass(frozen=True, slots=True)
class HandedRead:
    """A read that goes from one juror to another. `taken`: it was begun, and is taken with a reason."""

    read_id: str
    case_id: str
    to_id: str
    taken: bool


@dataclass(frozen=True, slots=True)
class KeptRead:
    """A read that stays where it is, and why."""

    case_id: str
    reason: Text


@dataclass(frozen=True, slots=True)
class HandOver:
    """What giving a juror's reads to others would do."""

    moved: tuple[HandedRead, ...]
    kept: tuple[KeptRead, ...]
    loads: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line of a distribution file: its number, the case's and the juror's cell."""

    number: int
    case: str
    juror: str


@dataclass(frozen=True, slots=True)
class FileError:
    """What is wrong with a line."""

    number: int
    written: str
    reason: Text


@dataclass(frozen=True, slots=True)
class FilePlan:
    """What a file would do: reads to add, reads that are there already, reads to take away because the file
    does not have them, and such as stay although it does not because somebody has begun them."""

    added: tuple[Pair, ...]
    there: int
    removed: tuple[Pair, ...]
    kept: tuple[Pair, ...]
    errors: tuple[FileError, ...]
    notes: tuple[Text, ...]
