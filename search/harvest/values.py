"""What is on record of a case's time on the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foundation.audience import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A case as the shelf has it at this moment. No `audience`: it is not there.

    `mark` is equal as long as what others harvest of the case is.
    """

    case_id: str
    audience: Audience | None
    mark: str = ""
    year: int = 0
    call_id: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What is remembered of a case on the shelf.

    `public_at` is when what the public sees of it last changed: came, changed, went; None while the public
    has never seen it. Recordings are numbered; `number` is that of the last one. `members_since` and
    `trainers_since` are those with which the case came into their sight, 0 while it is not there: who has
    read up to a number asks for what came after it.
    """

    case_id: str
    audience: Audience | None
    mark: str
    year: int
    call_id: str
    category: str
    public_at: datetime | None
    number: int
    members_since: int
    trainers_since: int

    @property
    def public(self) -> bool:
        return self.audience is Audience.PUBLIC
