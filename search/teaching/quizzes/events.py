"""What happened to the bank and to challenges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsImported(Event):
    action: ClassVar[str] = "quiz.questions_imported"
    first_id: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsDrawn(Event):
    """Questions of the bank were taken into a session."""

    action: ClassVar[str] = "quiz.questions_drawn"
    session_id: str
    question_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengePublished(Event):
    action: ClassVar[str] = "challenge.published"
    challenge_id: str
    series_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeWithdrawn(Event):
    action: ClassVar[str] = "challenge.withdrawn"
    challenge_id: str
    series_id: str
