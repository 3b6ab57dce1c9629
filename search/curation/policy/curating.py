"""Who looks after the library. Pure: None is yes, `Denied` carries a reason a person can act on."""

from __future__ import annotations

from foundation.actor import SYSTEM, Actor, Role
from foundation.permission import Denied
from foundation.text import _

CURATORS = (Role.ORGANISER, Role.EDITOR, Role.ADMINISTRATOR)
COLLECTORS = (*CURATORS, Role.TRAINER)


def may_curate(actor: Actor) -> Denied | None:
    """Decide for whom a case is in the library, take it off, correct topics, look at the index."""
    if actor is SYSTEM or actor.has(*CURATORS):
        return None
    if not actor.signed_in:
        return Denied(_("请先登录，然后继续刚才的操作。"))
    return Denied(_("只有组织单位和编辑可以管理案例库。需要时请联系管理员开通角色。"))


def may_collect(actor: Actor) -> Denied | None:
    """Put collections together and publish them."""
    if actor is SYSTEM or actor.has(*COLLECTORS):
        return None
    if not actor.signed_in:
        return Denied(_("请先登录，然后继续刚才的操作。"))
    return Denied(_("只有组织单位、编辑和培训教师可以编排专题。需要时请联系管理员开通角色。"))
