"""Values of the room where a text is talked about: editors' comments, questions to the unit, its consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class LetterKind(StrEnum):
    """What a unit is asked: numbered questions, or whether it agrees to the text."""

    QUESTIONS = "questions"
    CONSENT = "consent"


class Verdict(StrEnum):
    """What a unit says of the text."""

    AGREED = "agreed"
    OBJECTED = "objected"


class Standing(StrEnum):
    """How a unit's consent stands for the text as it is now. OUTDATED: it agreed to an earlier text."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    AGREED = "agreed"
    OBJECTED = "objected"
    OUTDATED = "outdated"


class Anchoring(StrEnum):
    """Where words that somebody pointed at are now. WHOLE: nobody pointed, the text as a whole is meant."""

    WHOLE = "whole"
    EXACT = "exact"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that somebody pointed at, with what stood around them then."""

    quote: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """An anchor in a text: `words` now stand there, "" when lost; `start` and `end` in its printed words."""

    anchor: Anchor
    state: Anchoring
    words: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class RemarkView:
    words: str
    written_at: datetime
    writer_name: str


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A comment with what was said under it."""

    id: str
    entry_id: str
    placed: Placed
    remarks: tuple[RemarkView, ...]
    resolved_at: datetime | None
    resolver_name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put."""

    quote: str
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the unit says, and other words that it proposes for the passage."""

    words: str
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """`taken_round` is the round that took the unit's wording over."""

    id: str
    number: int
    placed: Placed
    words: str
    answer: str
    proposal: str
    taken_round: int | None


@dataclass(frozen=True, slots=True)
class LetterView:
    """What a unit is asked about one text; `round` and `digest` are of the text that was sent."""

    id: str
    edition_id: str
    entry_id: str
    case_id: str
    unit_id: str
    kind: LetterKind
    note: str
    round: int
    digest: str
    sent_at: datetime
    sender_name: str
    due_on: date
    reminded_at: datetime | None
    answered_at: datetime | None
    answerer_name: str
    verdict: Verdict | None
    reason: str
    closed_at: datetime | None
    questions: tuple[QuestionView, ...]

    @property
    def open(self) -> bool:
        return self.answered_at is None and self.closed_at is None


@dataclass(frozen=True, slots=True)
class EntryStanding:
    """What is open around one entry: comments, letters that wait, answers to look at, the unit's consent."""

    comments: int
    waiting: int
    answered: int
    consent: Standing
    due_on: date | None
    late: bool
