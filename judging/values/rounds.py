"""States of a round and of an invitation."""

from __future__ import annotations

from enum import StrEnum


class RoundState(StrEnum):
    """Where the judging of a call stands. A cancelled round counts nowhere: the one before it is the last."""

    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"
    CANCELLED = "cancelled"


class InvitationState(StrEnum):
    """What became of the invitation to the jury."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REMOVED = "removed"


ON_PANEL = (InvitationState.INVITED, InvitationState.ACCEPTED)
"""States in which somebody belongs to a panel and must not run its judging."""
