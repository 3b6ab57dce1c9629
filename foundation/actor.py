"""Who acts: the one value that policies and visibility rules ask."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a user may be; a user can be several."""

    SUBMITTER = "submitter"
    RECOMMENDER = "recommender"
    ORGANISER = "organiser"
    JUROR = "juror"
    TRAINER = "trainer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in user, a visitor or the system, as it is during one request or job.

    `unit_path` is the unit's place in the tree, "/top/middle/own/", "" without a unit: a unit is below
    the actor's exactly when its path starts with it.
    """

    user_id: str
    name: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)
    unit_id: str | None = None
    unit_path: str = ""

    def has(self, *roles: Role) -> bool:
        """Whether the actor has at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def signed_in(self) -> bool:
        return bool(self.user_id)


ANONYMOUS = Actor(user_id="")
SYSTEM = Actor(user_id="system", name="system")
"""Jobs of the product itself: sees every row; no policy allows it a user's deed by accident,
because policies ask for roles and it has none."""
