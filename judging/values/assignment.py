"""Who could read what, and the distribution of reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foundation.text import Text


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
