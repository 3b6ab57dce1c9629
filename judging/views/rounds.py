"""A round and its seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from judging.values import (
    InvitationState,
    RoundState,
)
from submissions.values import CallView


@dataclass(frozen=True, slots=True)
class RoundView:
    """The judging of a call, or one of its rounds.

    `call.rules` are the rules of this round: its criteria and reads where it announced its own. What
    `earlier_weight`, `fresh_readers` and `selection` are is said at the model `Round`.
    """

    id: str
    call: CallView
    state: RoundState
    opened_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    close_reason: str
    reads_required: int
    with_files: bool
    ordinal: int = 1
    own_form: bool = False
    earlier_weight: int = 0
    fresh_readers: bool = False
    best: int | None = None
    best_each: bool = False
    selection: str = ""


@dataclass(frozen=True, slots=True)
class SeatView:
    """One invitation to the jury. `group_key`: his group where the call weighs groups of jurors."""

    member_id: str
    user_id: str
    name: str
    email: str
    unit_id: str | None
    unit_name: str
    unit_path: str
    state: InvitationState
    category_keys: tuple[str, ...]
    load_limit: int | None
    invited_at: datetime
    responded_at: datetime | None
    decline_reason: str
    reminded_at: datetime | None
    group_key: str = ""
