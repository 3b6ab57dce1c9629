"""The JSON API of judging: running it, the juror's work, standings and awards."""

from __future__ import annotations

from foundation.api import Operation
from judging.api import (
    announcing,
    discussing,
    honours,
    identity,
    objections,
    reading,
    rounds,
    running,
    statistics,
)


def operations() -> list[Operation]:
    """All operations of the package."""
    return [
        *running.operations(),
        *rounds.operations(),
        *announcing.operations(),
        *objections.operations(),
        *statistics.operations(),
        *reading.operations(),
        *discussing.operations(),
        *identity.operations(),
        *honours.operations(),
    ]
