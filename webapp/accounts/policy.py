"""Who may look after whose account. Pure: actor and values in, None or the reason of the refusal out."""

from foundation.actor import Actor, Role
from foundation.permission import Denied
from foundation.text import _

BY_ORGANISER = frozenset({Role.SUBMITTER, Role.RECOMMENDER, Role.JUROR, Role.TRAINER, Role.EDITOR})
"""Roles an organiser may give: everything but the power over calls and over the system."""


def grantable(actor: Actor) -> frozenset[Role]:
    """The roles this actor may give and take."""
    if actor.has(Role.ADMINISTRATOR):
        return frozenset(Role)
    return BY_ORGANISER if actor.has(Role.ORGANISER) else frozenset()


def look_after_accounts(actor: Actor) -> Denied | None:
    if not grantable(actor):
        return Denied(_("只有组织者和系统管理员可以管理账号与单位。"))
    return None


def change_user(actor: Actor, roles: frozenset[Role]) -> Denied | None:
    """`roles`: what the user has now and what he is to have, together."""
    if denied := look_after_accounts(actor):
        return denied
    if not roles <= grantable(actor):
        return Denied(_("组织者和系统管理员的账号只能由系统管理员修改。"))
    return None


def administer(actor: Actor) -> Denied | None:
    if not actor.has(Role.ADMINISTRATOR):
        return Denied(_("只有系统管理员可以查看这一页。"))
    return None


def read_outbox(actor: Actor) -> Denied | None:
    """Mails hold one-time links: only those who could make such a link may read them. Which mails: those to
    accounts that the actor may change (`directory.outbox`)."""
    if not actor.has(Role.ADMINISTRATOR, Role.ORGANISER):
        return Denied(_("只有组织者和系统管理员可以查看发件箱。"))
    return None
