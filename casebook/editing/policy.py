"""Who may do what in this room. Editing is the core's `may_edit`; answering is the unit's own."""

from __future__ import annotations

from foundation.actor import Actor, Role
from foundation.permission import Denied
from foundation.text import _


def may_answer(actor: Actor, *, unit_id: str) -> Denied | None:
    """Answer an editor's questions about a case of the unit, and agree to its text."""
    if actor.has(Role.SUBMITTER) and actor.unit_id == unit_id:
        return None
    return Denied(_("只有案例所属单位的申报人可以答复编辑的询问。"))
