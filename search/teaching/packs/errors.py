"""How saving a pack can be refused."""

from __future__ import annotations

from foundation.errors import Refused
from foundation.text import Text


class ChangedMeanwhile(Refused):
    """Another copy of the pack was saved since, and both changed the same sections."""

    def __init__(self, reason: Text, clashes: tuple[str, ...], revision: int) -> None:
        super().__init__(reason)
        self.clashes = clashes
        self.revision = revision
