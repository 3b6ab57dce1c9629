"""The JSON API of judging: running it, the juror's work, standings and awards."""

from __future__ import annotations

from foundation.api import Operation
from judging.api import announcing, identity, reading, running, statistics


def operations() -> list[Operation]:
    """All operations of the package."""
    return [
        *running.operations(),
        *announcing.operations(),
        *statistics.operations(),
        *reading.operations(),
        *identity.operations(),
    ]
