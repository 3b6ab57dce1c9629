"""Makes the files of a report that was asked for: reads as who asked, writes outside any transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session

from casebook.docx.check import findings
from casebook.docx.report import Written, write_study
from casebook.errors import LayoutFailed
from casebook.pagination import Paginator
from casebook.reports import codec, papers, queries, service
from casebook.reports.counted import count
from casebook.reports.events import ReportBuildRequested
from casebook.reports.models import Report, ReportBuild
from casebook.reports.papers import Material
from casebook.reports.ports import Shelf
from casebook.reports.rules.changes import snapshot
from casebook.reports.rules.quoting import open_flags
from casebook.reports.rules.tokens import Names, unknown
from casebook.reports.service import Outcome
from casebook.reports.values import BuildState, FileKind
from casebook.research import Study
from foundation import people, richtext
from foundation.clock import Clock
from foundation.files import FileStore, StoredFile
from foundation.journal import Entry, Subscription
from foundation.sheets import Table, write_book
from foundation.text import use_translations
from foundation.visibility import as_actor

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that is written, in the language of who asked; `failure`: why nothing can be."""

    study: Study | None
    brief: Study | None
    annex: tuple[Table, ...]
    snapshot: Mapping[str, Any]
    translations: NullTranslations
    failure: str = ""
    log: tuple[str, ...] = ()


class Maker:
    """Reads, writes, stores."""

    def __init__(self, files: FileStore, clock: Clock, shelf: Shelf, paginator: Paginator | None) -> None:
        self._files = files
        self._clock = clock
        self._shelf = shelf
        self._paginator = paginator

    def load(self, db: Session, entry: Entry) -> Job | None:
        """The job of a request, None when it was done before or is gone."""
        build = db.get(ReportBuild, entry.subject_id)
        if build is None or build.state != BuildState.QUEUED.value:
            return None
        row = db.get(Report, build.report_id)
        if row is None:
            return None
        languages: Mapping[str, NullTranslations] = db.info.get("languages", {})
        translations = languages.get(build.language, NullTranslations())
        actor = people.actor_of(people.user(db, build.requested_by))
        with as_actor(db, actor), use_translations(translations):
            return self._job(db, row, build, translations)

    def _job(self, db: Session, row: Report, build: ReportBuild, translations: NullTranslations) -> Job:
        definition = codec.definition_from_json(row.definition)
        content = queries.content_at(db, row.id, build.ordinal)
        if open_flags(content, queries.checked_flags(db, content, definition, self._shelf)):
            failure = "a quoted passage has to be dropped or confirmed first"
            return Job(None, None, (), {}, translations, failure)
        found = count(db, definition, self._shelf)
        sources = queries.sources(db, content, self._shelf)
        material = Material(content, found.facts, found.counted, sources, build.requested_at)
        with use_translations(NullTranslations()):
            kept = snapshot(found.facts, found.counted)
        names = Names.of(found.counted)
        texts = (richtext.plain(section.body) for section in content.sections)
        dead = tuple(f"names nothing: {token}" for text in texts for token, _near in unknown(text, names))
        return Job(
            papers.study(material),
            papers.brief(material),
            papers.annex(material),
            kept,
            translations,
            log=dead,
        )

    def work(self, job: Job | None) -> Outcome | None:
        """Write and store. A failure is an outcome too: the editor sees it and may ask again."""
        if job is None:
            return None
        if job.failure or job.study is None or job.brief is None:
            return Outcome(failure=job.failure)
        try:
            with use_translations(job.translations):
                return self._written(job, job.study, job.brief)
        except Exception as failure:
            log.exception("a report could not be written")
            return Outcome(failure=f"{type(failure).__name__}: {failure}"[:500])

    def _written(self, job: Job, study: Study, brief: Study) -> Outcome:
        report, lines = self._laid_out(study)
        short, more = self._laid_out(brief)
        if short.pages is not None and short.pages > 1:
            more = (*more, f"brief: {short.pages} pages")
        book = BytesIO()
        write_book(job.annex, book)
        stored = {
            FileKind.REPORT: self._store(report.content),
            FileKind.BRIEF: self._store(short.content),
            FileKind.ANNEX: self._store(book.getvalue()),
        }
        return Outcome(stored, job.snapshot, (*job.log, *lines, *more))

    def _laid_out(self, study: Study) -> tuple[Written, tuple[str, ...]]:
        failed: list[str] = []
        try:
            written = write_study(study, self._paginator)
        except LayoutFailed as failure:  # a report without page numbers is better than none
            written = write_study(study)
            failed.append(f"layout: {failure}"[:300])
        return written, (*failed, *findings(BytesIO(written.content)))

    def _store(self, content: bytes) -> StoredFile:
        return self._files.put(iter([content]))

    def save(self, db: Session, entry: Entry, outcome: Outcome | None) -> None:
        if outcome is not None:
            service.finish_build(db, now=self._clock.now(), build_id=entry.subject_id, outcome=outcome)


def subscriptions(
    files: FileStore, clock: Clock, shelf: Shelf, paginator: Paginator | None
) -> Iterator[Subscription]:
    """One ear on the journal."""
    maker = Maker(files, clock, shelf, paginator)
    yield Subscription(
        "casebook.reports",
        frozenset({ReportBuildRequested.action}),
        load=maker.load,
        work=maker.work,
        save=maker.save,
        slow=True,
    )
