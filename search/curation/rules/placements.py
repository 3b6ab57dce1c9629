"""For whom an awarded case is on the shelf."""

from __future__ import annotations

from foundation.audience import Audience
from search.curation.values.placements import Placement


def readers(placement: Placement | None, usual: Audience) -> Audience | None:
    """The case's audience; None when it is taken off. `usual` is what its call laid down."""
    if placement is None:
        return usual
    if placement.off_at is not None:
        return None
    return placement.audience or usual
