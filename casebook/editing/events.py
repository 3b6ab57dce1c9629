"""What happens in this room. Ids only; the words are in the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentWritten(Event):
    action: ClassVar[str] = "editing.comment_written"
    thread_id: str
    entry_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentResolved(Event):
    """`resolved` is false where the thread was opened again."""

    action: ClassVar[str] = "editing.comment_resolved"
    thread_id: str
    entry_id: str
    resolved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAsked(Event):
    """Questions, or whether the unit agrees to the text of this digest."""

    action: ClassVar[str] = "editing.unit_asked"
    letter_id: str
    edition_id: str
    entry_id: str
    case_id: str
    kind: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswered(Event):
    action: ClassVar[str] = "editing.unit_answered"
    letter_id: str
    edition_id: str
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    """The unit agrees to the text of this digest, or objects to it."""

    action: ClassVar[str] = "editing.consent_given"
    letter_id: str
    edition_id: str
    case_id: str
    verdict: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingTaken(Event):
    """A wording that the unit proposed became part of a round."""

    action: ClassVar[str] = "editing.wording_taken"
    question_id: str
    entry_id: str
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReminded(Event):
    action: ClassVar[str] = "editing.unit_reminded"
    letter_id: str
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterClosed(Event):
    """The editor waits for this answer no longer."""

    action: ClassVar[str] = "editing.letter_closed"
    letter_id: str
    case_id: str
