"""Who may bring in and take out what. Pure."""

from foundation.actor import Actor
from foundation.permission import Denied
from submissions import policy as submissions
from webapp.accounts import policy as accounts
from webapp.exchange.values import Kind


def may_import(actor: Actor, kind: Kind) -> Denied | None:
    """Units and users: who looks after accounts; cases: who runs calls."""
    if kind is Kind.CASES:
        return submissions.may_manage_calls(actor)
    return accounts.look_after_accounts(actor)
