"""Who may write research reports. Pure: None is yes, `Denied` carries a reason a person can act on.

Editors and organisers write them, each any that he may see. Calls whose results are not public are the
organisers' business alone.
"""

from __future__ import annotations

from foundation.actor import SYSTEM, Actor, Role
from foundation.permission import Denied
from foundation.text import _

WRITERS = (Role.EDITOR, Role.ORGANISER)


def may_report(actor: Actor) -> Denied | None:
    """Open, write, build and read reports."""
    if actor is SYSTEM or actor.has(*WRITERS):
        return None
    if not actor.signed_in:
        return Denied(_("请先登录，然后继续刚才的操作。"))
    return Denied(_("研究报告由编辑和组织者编写。需要时请联系管理员开通编辑角色。"))


def may_count(actor: Actor, *, decided: bool, judged_by_him: bool) -> Denied | None:
    """Take a call into a report."""
    denied = may_report(actor)
    if denied is not None or actor is SYSTEM:
        return denied
    if judged_by_him and not decided:
        return Denied(_("您是这次征集的评委，结果公布以前不能统计它。请等结果公布，或由其他组织者办理。"))
    if not decided and not actor.has(Role.ORGANISER):
        return Denied(_("这次征集的结果还没有公布，目前只有组织者可以统计它。请等结果公布后再选它。"))
    return None
