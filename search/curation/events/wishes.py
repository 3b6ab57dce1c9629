"""What units wished for their cases in the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfWishMade(Event):
    action: ClassVar[str] = "case.shelf_wish_made"
    case_id: str
    wish: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfWishAnswered(Event):
    action: ClassVar[str] = "case.shelf_wish_answered"
    case_id: str
    wish: str
    granted: bool
    answer: str
