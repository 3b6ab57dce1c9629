"""Who may keep a bank of questions."""

from __future__ import annotations

from foundation.actor import Actor, Role
from foundation.permission import Denied
from foundation.text import _


def may_keep_bank(actor: Actor) -> Denied | None:
    """Trainers one together, each unit its own."""
    if actor.has(Role.TRAINER) or (actor.has(Role.SUBMITTER) and actor.unit_id):
        return None
    return Denied(_("只有培训教师，或支部里负责申报的同志，可以使用题库。"))


def bank_of(actor: Actor) -> str | None:
    """The unit whose bank it is, None for the trainers'."""
    return None if actor.has(Role.TRAINER) else actor.unit_id
