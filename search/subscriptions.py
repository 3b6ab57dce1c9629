"""What the library listens to, beside the index (`search.indexing`)."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.clock import Clock
from foundation.db import Database
from foundation.journal import Subscription
from search import topic_reading
from search.harvest import subscriptions as harvest
from search.teaching.sessions import subscriptions as sessions


def subscriptions(database: Database, clock: Clock) -> Sequence[Subscription]:
    """Every room's listeners together."""
    return [topic_reading.subscription(clock), *harvest.subscriptions(clock), *sessions.subscriptions()]
