"""The index is built anew in the worker when somebody asks for it on a page."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlalchemy.orm import Session

from foundation.clock import Clock
from foundation.db import Database
from foundation.journal import Entry, Subscription
from search import shelf
from search.curation.events.rebuilds import IndexRebuildRequested
from search.curation.service import rebuilds
from search.indexing import Indexer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    rebuild_id: str
    total: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Documents written; `failure` says why there are none."""

    written: int
    failure: str = ""


class Rebuilder:
    """Listens to the wish and tells how far it has come."""

    def __init__(self, database: Database, indexer: Indexer, clock: Clock) -> None:
        self._database = database
        self._indexer = indexer
        self._clock = clock

    def subscription(self) -> Subscription:
        return Subscription(
            "index-rebuild",
            frozenset({IndexRebuildRequested.action}),
            load=lambda db, entry: Task(entry.subject_id, len(shelf.on_shelf(db))),
            work=self._work,
            save=self._save,
            slow=True,
        )

    def _work(self, task: Task) -> Outcome:
        """A failure is an outcome too: whoever asked sees it and may ask again."""
        with self._database.write() as db:
            rebuilds.note_start(db, now=self._clock.now(), rebuild_id=task.rebuild_id, total=task.total)

        def progress(written: int) -> None:
            with self._database.write() as db:
                rebuilds.note_progress(db, rebuild_id=task.rebuild_id, written=written)

        try:
            return Outcome(self._indexer.rebuild(progress))
        except Exception as error:
            log.exception("the index could not be built anew")
            return Outcome(0, f"{type(error).__name__}: {error}")

    def _save(self, db: Session, entry: Entry, outcome: Outcome) -> None:
        rebuilds.finish_rebuild(
            db,
            now=self._clock.now(),
            rebuild_id=entry.subject_id,
            written=outcome.written,
            failure=outcome.failure,
        )
