"""Where a case stands in the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foundation.audience import Audience


@dataclass(frozen=True, slots=True)
class Placement:
    """What was last decided about a case. No `audience`: that of its call; `off_at` None: on the shelf."""

    case_id: str
    audience: Audience | None
    off_at: datetime | None
    reason: str
    changed_at: datetime
    changed_by: str
