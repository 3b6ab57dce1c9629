"""How rebuilding the index goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RebuildView:
    """`written` of `total` documents so far; running while it has not finished."""

    id: str
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    written: int
    total: int
    failure: str

    @property
    def running(self) -> bool:
        return self.finished_at is None
