"""Who may make books. Pure: None is yes, `Denied` carries a reason a person can act on."""

from __future__ import annotations

from foundation.actor import SYSTEM, Actor, Role
from foundation.permission import Denied
from foundation.text import _


def may_edit(actor: Actor) -> Denied | None:
    """Open, arrange, edit and build editions, and read everything about them."""
    if actor is SYSTEM or actor.has(Role.EDITOR):
        return None
    if not actor.signed_in:
        return Denied(_("请先登录，然后继续刚才的操作。"))
    return Denied(_("只有编辑可以编选和生成案例选编。需要时请联系管理员开通编辑角色。"))
