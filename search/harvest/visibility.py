"""Who sees what is remembered of the shelf."""

from __future__ import annotations

from foundation.visibility import Grant
from search.harvest.models import ShelfRecord

GRANTS: tuple[Grant, ...] = (
    # That a case was once public is public for good: harvesters are told when it goes.
    Grant(ShelfRecord, lambda _actor: ShelfRecord.public_at.is_not(None)),
)
