"""A case that came by e-mail, before anybody of its unit has taken it over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MailedState(StrEnum):
    """Unconfirmed until a signed-in submitter of the unit decides."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class MailedFile:
    """A stored attachment of the message; `kind` is photo or file."""

    sha256: str
    size: int
    kind: str
    name: str
    media_type: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class MailedView:
    """What came: `sender` is only claimed by the message."""

    id: str
    call_id: str
    unit_id: str
    sender: str
    sender_name: str
    subject: str
    received_at: datetime
    title: str
    word_count: int
    document: MailedFile
    files: tuple[MailedFile, ...]
    state: MailedState
    case_id: str | None
