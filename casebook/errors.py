"""What can go wrong in making a book, beyond the refusals that every package shares."""

from __future__ import annotations

from foundation.errors import Refused
from foundation.text import Text


class EditedMeanwhile(Refused):
    """Somebody else saved the working copy since it was opened. `revision` is the one in force now."""

    def __init__(self, reason: Text, revision: int) -> None:
        super().__init__(reason)
        self.revision = revision


class LayoutFailed(Exception):
    """The book could not be laid out; the reason is for the build's log."""


class Stopped(Exception):
    """Nobody waits for the book any more."""
