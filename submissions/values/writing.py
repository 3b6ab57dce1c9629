"""Who is at a working copy, who was invited to it, and a file on its way up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

PRESENT_FOR = timedelta(seconds=45)
"""How long somebody counts as present after his page was last heard of; it reports every 15 seconds."""


@dataclass(frozen=True, slots=True)
class PresenceView:
    """Somebody else who has the working copy open."""

    user_id: str
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class CoAuthorView:
    """Somebody of another unit who may write in a working copy."""

    user_id: str
    name: str
    email: str
    unit_name: str
    invited_at: datetime


@dataclass(frozen=True, slots=True)
class UploadView:
    """A file that comes in pieces; `attachment_id` once it is whole and attached."""

    id: str
    case_id: str
    name: str
    size: int
    expires_at: datetime
    attachment_id: str | None
