"""Who sees a house's templates: editors."""

from __future__ import annotations

from casebook.houses.models import HouseTemplate, HouseTemplateVersion
from foundation.actor import Actor, Role
from foundation.visibility import Grant


def _editor(actor: Actor) -> bool:
    return actor.has(Role.EDITOR)


GRANTS = (Grant(HouseTemplate, _editor), Grant(HouseTemplateVersion, _editor))
