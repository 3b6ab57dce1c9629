"""Who sees texts around the cases: editors."""

from __future__ import annotations

from casebook.matters.models import EditionMatter
from foundation.actor import Actor, Role
from foundation.visibility import Grant


def _editor(actor: Actor) -> bool:
    return actor.has(Role.EDITOR)


GRANTS = (Grant(EditionMatter, _editor),)
