"""Who may wish something for a case in the library. Pure."""

from __future__ import annotations

from foundation.actor import SYSTEM, Actor, Role
from foundation.permission import Denied
from foundation.text import _


def may_wish(actor: Actor, unit_id: str) -> Denied | None:
    """Ask that a case of this unit be limited or taken off."""
    if actor is SYSTEM or (actor.has(Role.SUBMITTER) and actor.unit_id == unit_id):
        return None
    return Denied(_("只有申报单位自己可以为这个案例提出入库意见。"))


def may_release(actor: Actor, unit_id: str) -> Denied | None:
    """Say which evidence of this unit's case the library shows."""
    if actor is SYSTEM or (actor.has(Role.SUBMITTER) and actor.unit_id == unit_id):
        return None
    return Denied(_("证明材料是否公开，只能由申报单位自己决定。"))
