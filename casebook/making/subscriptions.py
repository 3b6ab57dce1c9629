"""What the room does when something happened: makes a book, withdraws what may not be read any more."""

from __future__ import annotations

import logging
import tempfile
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casebook import queries as editions
from casebook.assemble import StoredPictures, book, standing
from casebook.book import Book
from casebook.docx.check import findings
from casebook.making import service
from casebook.making.events import BuildRequested
from casebook.making.models import BookBuild
from casebook.making.service import BuildOutcome
from casebook.making.values import ACTIVE, BuildState, BuiltFile, Output
from casebook.renderer import Progress, Renderer
from foundation.clock import Clock
from foundation.db import Database
from foundation.files import CHUNK, FileStore
from foundation.journal import Entry, Subscription
from foundation.text import Text, _
from judging.events import AwardRevoked
from submissions.values import AttachmentView

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildJob:
    """Everything a build needs, read in one transaction."""

    build_id: str
    number: int
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
        edition = editions.edition(db, build.edition_id)
        chapters = editions.chapters(db, edition.id)
        entries = [each for chapter in chapters for each in standing(chapter)]
        photos = [photo for each in entries for photo in editions.photos(db, each)]
        return BuildJob(
            build_id=build.id,
            number=build.number,
            revision=edition.revision,
            award_ids=tuple(each.award_id for each in entries),
            book=book(edition.details, chapters, editions.manuscripts(db, edition.id)),
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
            stored = self._files.put(iter(lambda: out.read(CHUNK), b""))
        name = f"{job.book.title}-{job.number}{self._renderer.suffix}"
        word = BuiltFile(Output.WORD, name, self._renderer.media_type, stored.sha256, stored.size)
        return BuildOutcome(job.revision, job.award_ids, (word,), rendered, found)

    def save(self, db: Session, entry: Entry, outcome: BuildOutcome | None) -> None:
        if outcome is not None:
            service.finish_build(db, now=self._clock.now(), build_id=entry.subject_id, outcome=outcome)


def subscriptions(
    database: Database, files: FileStore, renderer: Renderer, clock: Clock
) -> list[Subscription]:
    """The room's ears on the journal."""
    builder = Builder(database, files, renderer, clock)
    return [
        Subscription(
            "casebook.withdrawals",
            frozenset({AwardRevoked.action}),
            load=lambda _db, entry: str(entry.detail["award_id"]),
            work=lambda award_id: award_id,
            save=lambda db, _entry, award_id: service.withdraw_builds(db, now=clock.now(), award_id=award_id),
        ),
        Subscription(
            "casebook.build",
            frozenset({BuildRequested.action}),
            load=builder.load,
            work=builder.work,
            save=builder.save,
            slow=True,
        ),
    ]
