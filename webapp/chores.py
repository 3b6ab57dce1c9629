"""What the worker does by the clock."""

from datetime import datetime

from foundation.db import Database
from submissions import queries, service


def record_closings(database: Database, now: datetime) -> int:
    """Put the closing of each collection window that is over on record; returns how many.

    Looks first without writing: there is hardly ever one, and a write would take the writer's turn.
    """
    with database.read() as db:
        if not queries.closings_due(db, now):
            return 0
    with database.write() as db:
        return service.close_due(db, now=now)
