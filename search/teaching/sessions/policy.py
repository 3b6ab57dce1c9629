"""Who may lead study series, and who sees what of them."""

from __future__ import annotations

from foundation.actor import SYSTEM, Actor, Role
from foundation.permission import Denied
from foundation.text import _
from search.teaching.sessions.values import SeriesView


def may_create(actor: Actor) -> Denied | None:
    """Trainers for any units; who writes for a branch, for its own unit and those below."""
    if actor.has(Role.TRAINER) or (actor.has(Role.SUBMITTER) and actor.unit_id):
        return None
    return Denied(_("只有培训教师，或支部里负责申报的同志，可以组织学习。请联系系统管理员开通。"))


def leads(actor: Actor, series: SeriesView) -> bool:
    """Whoever made the series, and for a unit's own series everybody who acts for the unit."""
    if actor is SYSTEM or (actor.signed_in and series.owner_id == actor.user_id):
        return True
    return bool(series.unit_id) and acts_for(actor, series.unit_id)


def acts_for(actor: Actor, unit_id: str) -> bool:
    return actor.has(Role.SUBMITTER) and actor.unit_id == unit_id


def may_lead(actor: Actor, series: SeriesView) -> Denied | None:
    if leads(actor, series):
        return None
    return Denied(_("只有这个学习系列的组织者可以这样做。"))


def may_invite(actor: Actor, series: SeriesView, unit_path: str) -> Denied | None:
    """Which units a series may have: a trainer's any, a unit's its own and those below."""
    if not series.unit_id or (actor.unit_path and unit_path.startswith(actor.unit_path)):
        return None
    return Denied(_("支部组织的学习只能加入本单位和下属单位。跨单位的学习请由培训教师组织。"))
