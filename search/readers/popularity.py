"""How much each case is used, for sorting by it: looked up now and then, not for each search."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from foundation.clock import Clock
from search.readers.queries.usage import weights

LASTS = 60.0
"""Seconds for which the numbers are good."""
PERIOD = timedelta(days=365)
"""Uses before this time no longer count."""


class Popularity:
    """Case id -> weight, of the last year; asked by every search that is sorted by it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._known: Mapping[str, int] = {}
        self._until = 0.0

    def __call__(self, db: Session) -> Mapping[str, int]:
        with self._guard:
            if time.monotonic() >= self._until:
                self._known = weights(db, since=(self._clock.now() - PERIOD).date())
                self._until = time.monotonic() + LASTS
            return self._known
