"""What the casebook does when something happened: build a book that was asked for, follow the awards."""

from __future__ import annotations

import logging
import tempfile
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casebook import queries, service
from casebook.assemble import StoredPictures, book, standing
from casebook.book import Book
from casebook.docx.check import findings
from casebook.events import BuildRequested
from casebook.models import BookBuild
from casebook.renderer import Progress, Renderer
from casebook.service import BuildOutcome
from casebook.values import ACTIVE, BuildState
from foundation.clock import Clock
from foundation.db import Database
from foundation.files import CHUNK, FileStore
from foundation.journal import Entry, Subscription
from foundation.text import Text, _
from judging.events import AwardGranted, AwardRevoked
from submissions.values import AttachmentView

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildJob:
    """Everything a build needs, read in one transaction."""

    build_id: str
    revision: int
    award_ids: tuple[str, ...]
    book: Book
    photos: tuple[AttachmentView, ...]


class Builder:
    """Builds books: reads, renders outside any transaction, stores the file, keeps the outcome."""

    def __init__(self, database: Database, files: FileStore, renderer: Renderer, clock: Clock) -> None:
        self._database = database
        self._files = files
        self._renderer = renderer
        self._clock = clock

    def load(self, db: Session, entry: Entry) -> BuildJob | None:
        """The job of a request, None when it was done before or is gone."""
        build = db.get(BookBuild, entry.subject_id)
        if build is None or BuildState(build.state) not in ACTIVE:
            return None
        edition = queries.edition(db, build.edition_id)
        chapters = queries.chapters(db, edition.id)
        entries = [each for chapter in chapters for each in standing(chapter)]
        photos = [photo for each in entries for photo in queries.photos(db, each)]
        return BuildJob(
            build_id=build.id,
            revision=edition.revision,
            award_ids=tuple(each.award_id for each in entries),
            book=book(edition.details, chapters, queries.manuscripts(db, edition.id)),
            photos=tuple(photos),
        )

    def work(self, job: BuildJob | None) -> BuildOutcome | None:
        """Render and store. A failure is an outcome too: the editor sees it and may ask again."""
        if job is None:
            return None

        def progress(share: int, step: Text) -> None:
            with self._database.write() as db:
                service.note_progress(db, build_id=job.build_id, share=share, step=step)

        try:
            return self._rendered(job, progress)
        except Exception as failure:
            log.exception("building %s failed", job.build_id)
            reason = f"{type(failure).__name__}: {failure}"[:500]
            return BuildOutcome(job.revision, job.award_ids, failure=reason)

    def _rendered(self, job: BuildJob, progress: Progress) -> BuildOutcome:
        pictures = StoredPictures(self._files, job.photos)
        with tempfile.TemporaryFile() as out:
            rendered = self._renderer.render(job.book, pictures, out, progress)
            progress(95, _("检查并保存文件"))
            out.seek(0)
            found = findings(out)
            out.seek(0)
            file = self._files.put(iter(lambda: out.read(CHUNK), b""))
        return BuildOutcome(job.revision, job.award_ids, file=file, rendered=rendered, findings=found)

    def save(self, db: Session, entry: Entry, outcome: BuildOutcome | None) -> None:
        if outcome is not None:
            service.finish_build(db, now=self._clock.now(), build_id=entry.subject_id, outcome=outcome)


def subscriptions(
    database: Database, files: FileStore, renderer: Renderer, clock: Clock
) -> list[Subscription]:
    """The casebook's two ears on the journal."""
    builder = Builder(database, files, renderer, clock)
    return [
        Subscription(
            "casebook.awards",
            frozenset({AwardGranted.action, AwardRevoked.action}),
            load=lambda _db, entry: str(entry.detail["case_id"]),
            work=lambda case_id: case_id,
            save=lambda db, _entry, case_id: service.follow_awards(db, now=clock.now(), case_id=case_id),
        ),
        Subscription(
            "casebook.build",
            frozenset({BuildRequested.action}),
            load=builder.load,
            work=builder.work,
            save=builder.save,
        ),
    ]
