"""What can be refused in submissions, beyond the foundation's problems."""

from __future__ import annotations

from foundation.errors import Refused
from foundation.text import Text


class WindowClosed(Refused):
    """The collection window is not open for this unit at the instant of arrival."""


class EditedMeanwhile(Refused):
    """Somebody else saved the working copy since it was opened. `revision` is the one in force now."""

    def __init__(self, reason: Text, revision: int) -> None:
        super().__init__(reason)
        self.revision = revision


class NoPlaceLeft(Refused):
    """The unit's limit, a category's or a superior's quota is used up."""
