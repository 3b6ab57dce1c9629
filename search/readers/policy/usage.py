"""Who sees how often cases are used."""

from __future__ import annotations

from foundation.actor import Actor, Role
from foundation.permission import Denied
from foundation.text import _
from search.curation.policy.curating import may_curate


def may_see_usage(actor: Actor) -> Denied | None:
    """Those who look after the library see all cases; a unit's people its own."""
    if may_curate(actor) is None or (actor.unit_id and actor.has(Role.SUBMITTER, Role.RECOMMENDER)):
        return None
    return Denied(_("使用统计供组织单位和案例所属单位查看。需要时请联系管理员开通角色。"))
