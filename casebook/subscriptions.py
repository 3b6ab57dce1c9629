"""What the casebook does when something happened: follow the awards; its rooms have ears of their own."""

from __future__ import annotations

from casebook import service
from casebook.making import subscriptions as making
from casebook.making.previews import Previews
from casebook.making.workshop import Workshop
from foundation.clock import Clock
from foundation.db import Database
from foundation.files import FileStore
from foundation.journal import Subscription
from judging.events import AwardGranted, AwardRevoked


def subscriptions(
    database: Database, files: FileStore, workshop: Workshop, previews: Previews, clock: Clock
) -> list[Subscription]:
    """The casebook's ears on the journal."""
    return [
        Subscription(
            "casebook.awards",
            frozenset({AwardGranted.action, AwardRevoked.action}),
            load=lambda _db, entry: str(entry.detail["case_id"]),
            work=lambda case_id: case_id,
            save=lambda db, _entry, case_id: service.follow_awards(db, now=clock.now(), case_id=case_id),
        ),
        *making.subscriptions(database, files, workshop, previews, clock),
    ]
