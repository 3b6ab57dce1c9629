"""Who sees builds: editors."""

from __future__ import annotations

from casebook.making.models import BookBuild, BuildFile
from foundation.actor import Actor, Role
from foundation.visibility import Grant


def _editor(actor: Actor) -> bool:
    return actor.has(Role.EDITOR)


GRANTS = (
    Grant(BookBuild, _editor),
    Grant(BuildFile, _editor),
)
