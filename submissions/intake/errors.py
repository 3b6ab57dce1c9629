"""A document that cannot be taken in."""

from __future__ import annotations

from foundation.errors import Refused


class Unreadable(Refused):
    """The document is damaged, dangerous or of a kind that is not read; `reason` says what to do."""
