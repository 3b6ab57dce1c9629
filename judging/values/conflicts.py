"""Why a juror may not read a case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from foundation.text import Text


class ConflictKind(StrEnum):
    """Why a juror may not read a case."""

    SAME_UNIT = "same_unit"
    UNIT_ABOVE = "unit_above"
    UNIT_BELOW = "unit_below"
    DECLARED = "declared"
    SAME_REGION = "same_region"
    WROTE = "wrote"


@dataclass(frozen=True, slots=True)
class ConflictFinding:
    """That this juror must not read this case, and the rule that says so in a sentence."""

    juror_id: str
    case_id: str
    kind: ConflictKind
    reason: Text
