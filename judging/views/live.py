"""A live review as its pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from judging.values.live import AskedQuestion, LiveCase, LiveState, Stage, Step


@dataclass(frozen=True, slots=True)
class LiveLine:
    """A live review in a list."""

    id: str
    title: str
    token: str
    state: LiveState
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class LiveDesk:
    """A live review at its organiser's desk. `ahead` and `behind` are the next steps, None at the ends;
    `votes`: case of the session -> how many have voted."""

    id: str
    round_id: str
    token: str
    title: str
    state: LiveState
    stages: tuple[Stage, ...]
    cursor: int
    version: int
    questions_open: bool
    cases: tuple[LiveCase, ...]
    questions: tuple[AskedQuestion, ...]
    votes: Mapping[str, int]
    shown: Mapping[str, Any]
    ahead: Step | None
    behind: Step | None

    @property
    def current(self) -> LiveCase | None:
        """The case on the screen."""
        return self.cases[self.cursor] if self.cases and self.cases[self.cursor].stage >= 0 else None


@dataclass(frozen=True, slots=True)
class PublicLive:
    """A live review as anybody with its address sees it: `shown` is all there is."""

    id: str
    token: str
    state: LiveState
    version: int
    shown: Mapping[str, Any]
