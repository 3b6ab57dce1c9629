"""Searches that somebody has saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Rhythm(StrEnum):
    """How often the owner is written to about new cases."""

    NEVER = "never"
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearchView:
    """A saved search. `query` is the query part of its address; `new` counts cases since the last visit."""

    id: str
    user_id: str
    name: str
    query: str
    rhythm: Rhythm
    seen_number: int
    created_at: datetime
    visited_at: datetime
    told_at: datetime
    new: int = 0

    @property
    def address(self) -> str:
        return f"/library?{self.query}" if self.query else "/library"
