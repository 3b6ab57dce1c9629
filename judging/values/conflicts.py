"""Why a juror may not read a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from foundation.text import Text
from submissions.values import Sighting


class ConflictKind(StrEnum):
    """Why a juror may not read a case.

    The last three are possible conflicts: a person confirms or dismisses them.
    """

    SAME_UNIT = "same_unit"
    UNIT_ABOVE = "unit_above"
    UNIT_BELOW = "unit_below"
    SAME_REGION = "same_region"
    SAME_RECOMMENDER = "same_recommender"
    DECLARED = "declared"
    INTEREST = "interest"
    WROTE = "wrote"
    NAMESAKE = "namesake"
    WISH = "wish"
    NAMED = "named"


POSSIBLE = (ConflictKind.NAMESAKE, ConflictKind.WISH, ConflictKind.NAMED)
"""Kinds that are a question to a person, the weightier first."""


@dataclass(frozen=True, slots=True)
class ConflictFinding:
    """That this juror must not read this case, and the rule that says so in a sentence."""

    juror_id: str
    case_id: str
    kind: ConflictKind
    reason: Text


@dataclass(frozen=True, slots=True)
class Ruling:
    """What somebody decided about a possible conflict."""

    confirmed: bool
    reason: str
    decided_at: datetime
    decided_by: str


@dataclass(frozen=True, slots=True)
class PossibleConflict:
    """A conflict that may be one. `sightings` are the places of the name in the text, with the words around.

    Until somebody has ruled on it the button treats it as a conflict.
    """

    juror_id: str
    case_id: str
    version_id: str
    kind: ConflictKind
    reason: Text
    sightings: tuple[Sighting, ...] = ()
    ruling: Ruling | None = None

    @property
    def blocks(self) -> bool:
        return self.ruling is None or self.ruling.confirmed


@dataclass(frozen=True, slots=True)
class Conflicts:
    """All conflicts between jurors and cases, by (juror id, case id). Where one is certain no possible one is
    asked about."""

    certain: Mapping[tuple[str, str], ConflictFinding]
    possible: tuple[PossibleConflict, ...] = ()

    def blocking(self) -> dict[tuple[str, str], ConflictFinding]:
        """Whom nobody may give which case now."""
        undecided = {
            (each.juror_id, each.case_id): ConflictFinding(
                each.juror_id, each.case_id, each.kind, each.reason
            )
            for each in self.possible
            if each.blocks
        }
        return {**undecided, **self.certain}

    def waiting(self) -> tuple[PossibleConflict, ...]:
        """Those that nobody has ruled on."""
        return tuple(each for each in self.possible if each.ruling is None)
