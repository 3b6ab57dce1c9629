"""Who sees what editors said of findings, and their list: editors."""

from __future__ import annotations

from casebook.aids.models import HouseTerm, IgnoredFinding
from foundation.actor import Actor, Role
from foundation.visibility import Grant


def _editor(actor: Actor) -> bool:
    return actor.has(Role.EDITOR)


GRANTS = (
    Grant(IgnoredFinding, _editor),
    Grant(HouseTerm, _editor),
)
