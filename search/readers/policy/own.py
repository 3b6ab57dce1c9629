"""Who keeps searches and lists: everybody with an account, each his own; visibility shows no others."""

from __future__ import annotations

from foundation.actor import Actor
from foundation.permission import Denied
from foundation.text import _


def may_keep(actor: Actor) -> Denied | None:
    """Save searches and put lists together."""
    if actor.signed_in:
        return None
    return Denied(_("请先登录，然后继续刚才的操作。"))
