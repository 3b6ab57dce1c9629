"""What happens in reviews and proofs. Ids only; the words are in the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesAssigned(Event):
    """Who does which step. `subject_id` is the edition's for the whole book; `steps` pairs step and user."""

    action: ClassVar[str] = "review.duties_assigned"
    subject_id: str
    edition_id: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSigned(Event):
    """`digest` is of the text that was signed."""

    action: ClassVar[str] = "review.signed"
    subject_id: str
    edition_id: str
    step: str
    act_id: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReturned(Event):
    action: ClassVar[str] = "review.returned"
    subject_id: str
    edition_id: str
    step: str
    act_id: str
    back_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorListed(Event):
    action: ClassVar[str] = "proof.error_listed"
    error_id: str
    subject_id: str
    edition_id: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorStruck(Event):
    """Who wrote a line of an error list took it off."""

    action: ClassVar[str] = "proof.error_struck"
    error_id: str
    subject_id: str
    edition_id: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorSettled(Event):
    """Corrected, dismissed or verified: `state` says which; `round` is the round with the correction."""

    action: ClassVar[str] = "proof.error_settled"
    error_id: str
    subject_id: str
    edition_id: str
    state: str
    round: int | None
