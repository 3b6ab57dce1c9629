"""Awards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
