"""How a policy answers: None for yes, a reason a person can act on for no."""

from dataclasses import dataclass

from foundation.errors import Forbidden
from foundation.text import Text


@dataclass(frozen=True, slots=True)
class Denied:
    reason: Text


def require(decision: Denied | None) -> None:
    """Go on if allowed.

    Raises:
        Forbidden: with the policy's reason.
    """
    if decision is not None:
        raise Forbidden(decision.reason)
