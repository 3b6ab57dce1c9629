"""Values of the texts around the cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Place(StrEnum):
    """Before the contents, or after the cases."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class MatterView:
    """`body` is the clean HTML of `foundation.richtext`; `revision` counts its changes from 1."""

    id: str
    edition_id: str
    place: Place
    heading: str
    body: str
    revision: int
    changed_at: datetime
