"""Reads, marks, comments, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class AssignmentState(StrEnum):
    """Where a juror's read of a case stands. Marks of recused and removed reads are kept, never counted."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    RECUSED = "recused"
    REMOVED = "removed"


class CommentKind(StrEnum):
    """To whom a comment speaks: the authors (released by the organiser), the jury (the organiser sees it, and
    in a discussion the case's other jurors without a name), or the juror himself alone."""

    AUTHOR = "author"
    JURY = "jury"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on one criterion, exactly as the juror gave it."""

    criterion_key: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One juror's read of one case, as the standing counts it (only when it is handed in and complete)."""

    case_id: str
    juror_id: str
    marks: tuple[Mark, ...]
    state: AssignmentState = AssignmentState.HANDED_IN


class Verdict(StrEnum):
    """What a juror found of a claim when he held it against its evidence."""

    VERIFIED = "verified"
    DOUBTFUL = "doubtful"
    UNSUPPORTED = "unsupported"
