"""Who may do what with packs. Pure: None is yes, `Denied` carries a reason a person can act on."""

from __future__ import annotations

from foundation.actor import SYSTEM, Actor
from foundation.audience import TEACHING
from foundation.permission import Denied
from foundation.text import _


def may_teach(actor: Actor) -> Denied | None:
    """Make packs, read what others share, report a class."""
    if actor is SYSTEM or actor.has(*TEACHING):
        return None
    if not actor.signed_in:
        return Denied(_("请先登录，然后继续刚才的操作。"))
    return Denied(_("教学包由培训教师编写和使用。需要时请联系管理员开通培训教师角色。"))


def may_change(actor: Actor, *, owner_id: str) -> Denied | None:
    """Write in a pack, share it, name and restore its versions."""
    denied = may_teach(actor)
    if denied is not None or actor is SYSTEM or actor.user_id == owner_id:
        return denied
    return Denied(_("这个教学包是别人编写的，不能直接修改。请先复制一份，再在自己的副本上修改。"))
