"""A build from the request to its kept files: read, made outside of any transaction, kept."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from casebook.book import Book
from casebook.errors import Stopped
from casebook.making import keeping, loading, manifest, service
from casebook.making.loading import Again, Fresh, Job
from casebook.making.manifest import Record
from casebook.making.models import BookBuild
from casebook.making.service import BuildOutcome
from casebook.making.values import ACTIVE, BuildState
from casebook.making.workshop import KeptPictures, Workshop, marked
from foundation.clock import Clock
from foundation.db import Database
from foundation.files import FileStore
from foundation.journal import Entry
from foundation.text import Text, _

log = logging.getLogger(__name__)

_EVERY = 0.5
"""Seconds between looks whether a build is still wanted."""
BEGUN = _("读取书稿")
GIVEN_UP = "given up: the program ended each time while it made this book"


class Builder:
    """Builds books. `files` has the photos; what is made goes into the workshop's own store."""

    def __init__(self, database: Database, files: FileStore, workshop: Workshop, clock: Clock) -> None:
        self._database = database
        self._files = files
        self._workshop = workshop
        self._clock = clock

    def load(self, db: Session, entry: Entry) -> Job | None:
        """The job of a request, None when it was done before, cancelled, or is gone."""
        build = db.get(BookBuild, entry.subject_id)
        if build is None or BuildState(build.state) not in ACTIVE:
            return None
        return loading.job(db, self._files, build)

    def work(self, job: Job | None) -> BuildOutcome | None:
        """Make and store. A failure is an outcome too: the editor sees it and may ask again."""
        if job is None:
            return None
        with self._database.write() as db:
            if not service.begin_build(db, build_id=job.build_id):
                return BuildOutcome(failure=GIVEN_UP)
        if job.uncleared:
            return BuildOutcome(uncleared=True)
        try:
            return self._made(job, _Watch(self._database, job.build_id))
        except Stopped:
            log.info("build %s was cancelled", job.build_id)
            return None
        except Exception as failure:
            log.exception("building %s failed", job.build_id)
            return BuildOutcome(failure=f"{type(failure).__name__}: {failure}"[:500])

    def _made(self, job: Job, watch: _Watch) -> BuildOutcome:
        watch.progress(1, BEGUN)
        record, book = self._source(job.source)
        pictures = KeptPictures.of(self._files, record.photos)
        made = self._workshop.make(record, book, pictures, job.wanted, watch.progress, watch.stopped)
        return BuildOutcome(
            revision=record.revision,
            award_ids=record.award_ids,
            files=made.files,
            rendered=made.rendered,
            findings=made.findings,
            report=made.report,
            fonts=made.fonts,
        )

    def _source(self, source: Fresh | Again) -> tuple[Record, Book]:
        if isinstance(source, Fresh):
            return source.record, marked(source.record, source.book)
        kept = manifest.read(self._workshop.books.read(source.manifest))
        return kept.record, keeping.unpacked(self._workshop.books.read(source.book))

    def save(self, db: Session, entry: Entry, outcome: BuildOutcome | None) -> None:
        if outcome is not None:
            service.finish_build(db, now=self._clock.now(), build_id=entry.subject_id, outcome=outcome)


@dataclass(slots=True)
class _Watch:
    """Tells how far a build is, and hears whether it is still wanted."""

    database: Database
    build_id: str
    _looked: float = field(default=0.0)
    _gone: bool = field(default=False)

    def progress(self, share: int, step: Text) -> None:
        """Raises Stopped: the build was cancelled."""
        with self.database.write() as db:
            self._gone = not service.note_progress(db, build_id=self.build_id, share=share, step=step)
        if self._gone:
            raise Stopped

    def stopped(self) -> bool:
        if not self._gone and time.monotonic() - self._looked >= _EVERY:
            self._looked = time.monotonic()
            with self.database.read() as db:
                self._gone = not service.active(db, self.build_id)
        return self._gone
