"""What a unit may wish for its case in the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Wish(StrEnum):
    MEMBERS = "members"
    TRAINERS = "trainers"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class WishView:
    """A unit's wish; `granted` None while nobody has decided."""

    id: str
    case_id: str
    unit_id: str
    wish: Wish
    reason: str
    made_at: datetime
    answered_at: datetime | None
    granted: bool | None
    answer: str
