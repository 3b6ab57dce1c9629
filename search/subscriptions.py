"""What the library listens to, beside the index (`search.indexing`)."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.clock import Clock
from foundation.db import Database
from foundation.journal import Subscription
from search import topic_reading
from search.harvest import subscriptions as harvest
from search.readers.subscriptions import counting
from search.readers.values.usage import Use
from search.teaching.packs.events import PackStarted, PackUsed
from search.teaching.sessions import subscriptions as sessions
from search.teaching.sessions.events import SessionClosed

TAUGHT = {PackStarted.action: Use.PACK, PackUsed.action: Use.SESSION, SessionClosed.action: Use.SESSION}
"""What of teaching counts as a use of the cases it is about."""


def subscriptions(database: Database, clock: Clock) -> Sequence[Subscription]:
    """Every room's listeners together."""
    return [
        topic_reading.subscription(clock),
        *harvest.subscriptions(clock),
        counting(TAUGHT),
        *sessions.subscriptions(),
    ]
