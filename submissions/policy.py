"""Who may do what in submissions. Pure: None is yes, `Denied` carries a reason a person can act on."""

from __future__ import annotations

from foundation.actor import Actor, Role
from foundation.permission import Denied
from foundation.text import _

_SIGN_IN = Denied(_("请先登录，然后继续刚才的操作。"))


def may_manage_calls(actor: Actor) -> Denied | None:
    """Create, change, publish and extend calls; read what was handed in; check it."""
    if actor.has(Role.ORGANISER):
        return None
    return _else(
        actor, Denied(_("只有组织单位的工作人员可以管理征集活动。需要时请联系管理员开通组织者角色。"))
    )


def may_start(actor: Actor) -> Denied | None:
    """Start a case for one's own unit."""
    if not actor.has(Role.SUBMITTER):
        return _else(actor, Denied(_("您的账号没有申报案例的权限，请联系本单位管理员开通申报人角色。")))
    if actor.unit_id is None:
        return Denied(_("您的账号还没有归属单位，请联系管理员设置后再申报。"))
    return None


def may_write(actor: Actor, *, unit_id: str) -> Denied | None:
    """Write in, hand in or withdraw a case of this unit."""
    if actor.has(Role.SUBMITTER) and actor.unit_id == unit_id:
        return None
    return _else(actor, Denied(_("只有申报单位的申报人可以修改、提交或撤回这个案例。")))


def may_edit(actor: Actor, *, unit_id: str, invited: bool) -> Denied | None:
    """Write in a case of this unit: its submitters, and co-authors whom they invited."""
    if invited and actor.has(Role.SUBMITTER):
        return None
    return may_write(actor, unit_id=unit_id)


def may_recommend(actor: Actor, *, unit_path: str) -> Denied | None:
    """Recommend or return a case of this unit: a recommender above it in the tree.

    A unit without a superior is its own.
    """
    if not actor.has(Role.RECOMMENDER):
        return _else(actor, Denied(_("只有上级单位的推荐人可以推荐或退回案例。")))
    if actor.unit_path and unit_path.startswith(actor.unit_path):
        is_top = unit_path.count("/") == 2
        if unit_path != actor.unit_path or is_top:
            return None
    return Denied(_("这个案例不属于贵单位的下级单位，不能推荐或退回。"))


def may_forward(actor: Actor) -> Denied | None:
    """Order what one's own unit recommends, print its forms, see what its branches do."""
    if not actor.has(Role.RECOMMENDER):
        return _else(actor, Denied(_("只有上级单位的推荐人可以查看下级单位提交的案例。")))
    if actor.unit_id is None:
        return Denied(_("您的账号还没有归属单位，请联系管理员设置后再推荐。"))
    return None


def may_check(actor: Actor) -> Denied | None:
    """Decide the formal check and late arrivals."""
    if actor.has(Role.ORGANISER):
        return None
    return _else(actor, Denied(_("只有组织单位的工作人员可以进行形式审查。")))


def may_confirm_identity(actor: Actor, *, unit_id: str) -> Denied | None:
    """Decide what jurors must not read of a case of this unit."""
    if actor.has(Role.ORGANISER) or may_write(actor, unit_id=unit_id) is None:
        return None
    return _else(actor, Denied(_("只有申报单位和组织单位可以核对遮盖的内容。")))


def _else(actor: Actor, denied: Denied) -> Denied:
    return denied if actor.signed_in else _SIGN_IN
