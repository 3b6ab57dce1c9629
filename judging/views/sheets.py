"""What is shown of a score sheet that came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from judging.score_sheet import SheetLine


@dataclass(frozen=True, slots=True)
class SheetView:
    """An uploaded sheet; its lines are gone once it was applied or dropped."""

    id: str
    round_id: str
    name: str
    lines: tuple[SheetLine, ...]
    uploaded_at: datetime
    applied_at: datetime | None
    changes: int

    @property
    def waiting(self) -> bool:
        return bool(self.lines) and self.applied_at is None
