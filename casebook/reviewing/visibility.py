"""Who sees reviews and proofs: editors; what somebody has drafted or read, only himself."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from casebook.reviewing.models import ProofErrorRow, ReviewAct, ReviewDraft, ReviewDuty, TextRead
from foundation.actor import Actor, Role
from foundation.visibility import Grant


def _editor(actor: Actor) -> bool:
    return actor.has(Role.EDITOR)


def _own_draft(actor: Actor) -> ColumnElement[bool] | bool:
    return ReviewDraft.user_id == actor.user_id if actor.has(Role.EDITOR) else False


def _own_reading(actor: Actor) -> ColumnElement[bool] | bool:
    return TextRead.user_id == actor.user_id if actor.has(Role.EDITOR) else False


GRANTS = (
    Grant(ReviewDuty, _editor),
    Grant(ReviewAct, _editor),
    Grant(ProofErrorRow, _editor),
    Grant(ReviewDraft, _own_draft),
    Grant(TextRead, _own_reading),
)
