"""What submissions do by themselves after something happened, a file a topic."""

from __future__ import annotations

from foundation.clock import Clock
from foundation.db import Database
from foundation.files import FileStore
from foundation.journal import Subscription
from submissions.subscriptions.awards import subscriptions as awards
from submissions.subscriptions.originality import subscriptions as originality


def subscriptions(database: Database, files: FileStore, clock: Clock) -> list[Subscription]:
    """The package's listeners; `receipts` needs the key and address of the house besides."""
    return [*awards(), *originality(database, files, clock)]
