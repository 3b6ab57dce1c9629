"""Who may do what in judging; None for yes, a reason a person can act on for no."""

from __future__ import annotations

from foundation.actor import SYSTEM, Actor, Role
from foundation.permission import Denied
from foundation.text import _
from judging.values import InvitationState, RoundState


def may_organise(actor: Actor, *, on_panel: bool) -> Denied | None:
    """Run the judging of a call: open, invite, assign, close, see the standings."""
    if actor is SYSTEM:
        return None
    if not actor.has(Role.ORGANISER):
        return Denied(_("只有组织单位的工作人员可以管理评审。"))
    if on_panel:
        return Denied(_("您是本次评审的评委，不能同时管理这次评审；请由其他工作人员办理。"))
    return None


def may_decide(actor: Actor, *, on_panel: bool, state: RoundState) -> Denied | None:
    """Award the prizes."""
    denied = may_organise(actor, on_panel=on_panel)
    if denied is not None:
        return denied
    if state is RoundState.OPEN:
        return Denied(_("评审还在进行，请先结束评审，再评定奖项。"))
    return None


def may_judge(actor: Actor, *, invitation: InvitationState | None) -> Denied | None:
    """Read and score assigned cases."""
    if not actor.has(Role.JUROR):
        return Denied(_("只有评委可以评分。"))
    match invitation:
        case InvitationState.ACCEPTED:
            return None
        case InvitationState.INVITED:
            return Denied(_("请先接受评审邀请，再开始评分。"))
        case _:
            return Denied(_("您不在本次评审的评委名单中。"))


def may_keep_register(actor: Actor) -> Denied | None:
    """Look after the register of jurors."""
    if actor.has(Role.ORGANISER):
        return None
    return Denied(_("只有组织单位的工作人员可以管理评委库。"))


def may_have_profile(actor: Actor) -> Denied | None:
    """Keep one's own line of the register."""
    if actor.has(Role.JUROR):
        return None
    return Denied(_("您还不是评委。组织单位邀请您之后，可以在这里填写专长。"))


def may_change_profile(actor: Actor, *, user_id: str) -> Denied | None:
    """Change a line of the register."""
    if actor.has(Role.ORGANISER) or (actor.user_id == user_id and actor.has(Role.JUROR)):
        return None
    return Denied(_("只能修改自己的评委资料。"))


def may_note_of(actor: Actor, *, user_id: str) -> Denied | None:
    """Note of a juror what only organisers read; nobody of himself."""
    if actor.has(Role.ORGANISER) and actor.user_id != user_id:
        return None
    return Denied(_("备注由其他组织者填写，不能给自己写备注。"))
