"""The work of an import: read the file, say what it would do, do it. For the worker and the command line.

A run may be worked at twice (a worker that died is followed by another): rows are known by their keys, so
what was written before is found unchanged, and the rest is done.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import Actor, Role
from foundation.clock import Clock
from foundation.db import Database
from foundation.errors import Problem
from foundation.files import FileStore
from foundation.journal import Entry, Subscription
from foundation.sheets import Sheet, read_sheet
from foundation.text import _
from webapp.accounts.pages import LINK_PATH
from webapp.exchange import cases, runs, units, users
from webapp.exchange.archive import Archive
from webapp.exchange.events import ImportConfirmed, ImportStarted
from webapp.exchange.heads import rows_of
from webapp.exchange.models import ImportRun
from webapp.exchange.taking_in import CaseWriter
from webapp.exchange.values import (
    Column,
    Deed,
    Kind,
    Outcome,
    Progress,
    Report,
    Row,
    RowError,
    RowReport,
    RunState,
    RunView,
)

log = logging.getLogger(__name__)

AT_ONCE = 1_000
"""Rows of one transaction: so many come all or not at all; more come in portions of this size."""
COLUMNS: dict[Kind, Sequence[Column]] = {
    Kind.UNITS: units.COLUMNS,
    Kind.USERS: users.COLUMNS,
    Kind.CASES: cases.COLUMNS,
}
COMMAND_LINE = Actor("system", "system", frozenset({Role.ADMINISTRATOR, Role.ORGANISER}))
"""Who imports by a command: whoever may start it holds the whole installation in his hands."""


class Importer:
    """Checks and applies files of all kinds."""

    def __init__(self, database: Database, files: FileStore, clock: Clock, *, site_name: str) -> None:
        self._database = database
        self._files = files
        self._clock = clock
        self._site_name = site_name

    # --- by the journal ---------------------------------------------------------------------------

    def subscription(self) -> Subscription:
        return Subscription(
            "exchange.imports",
            frozenset({ImportStarted.action, ImportConfirmed.action}),
            load=self._load,
            work=self._work,
            save=self._save,
            slow=True,
        )

    def _load(self, db: Session, entry: Entry) -> tuple[RunView, Actor] | None:
        row = db.get(ImportRun, entry.subject_id)
        wanted = RunState.CHECKING if entry.action == ImportStarted.action else RunState.APPLYING
        if row is None or row.state != wanted.value:
            return None
        return runs.view(row), self._actor(db, row.confirmed_by or row.started_by)

    def _actor(self, db: Session, user_id: str) -> Actor:
        """Whoever asked, with the rights that he has now."""
        user = db.get(people.User, user_id)
        return people.actor_of(user) if user is not None and user.active else Actor(user_id)

    def _work(self, job: tuple[RunView, Actor] | None) -> Outcome | None:
        if job is None:
            return None
        run, actor = job

        def progress(done: int, total: int) -> None:
            with self._database.write() as db:
                runs.note_progress(db, run_id=run.id, done=done, total=total)

        deed = self.check if run.state is RunState.CHECKING else self.apply
        return deed(run, actor, progress)

    def _save(self, db: Session, entry: Entry, outcome: Outcome | None) -> None:
        if outcome is None:
            return
        now, run_id = self._clock.now(), entry.subject_id
        if entry.action == ImportStarted.action:
            runs.finish_check(db, now=now, run_id=run_id, report=outcome.report, failed=outcome.failed)
            return
        row = db.get_one(ImportRun, run_id)
        runs.finish_apply(
            db,
            actor=self._actor(db, row.confirmed_by),
            now=now,
            run_id=run_id,
            report=outcome.report,
            failed=outcome.failed,
        )

    # --- both ways --------------------------------------------------------------------------------

    def check(self, run: RunView, actor: Actor, progress: Progress) -> Outcome:
        """Say what the file would do."""
        return _guarded(lambda: self._check(run, actor, progress))

    def apply(self, run: RunView, actor: Actor, progress: Progress) -> Outcome:
        """Write it."""
        return _guarded(lambda: self._apply(run, actor, progress))

    def _check(self, run: RunView, actor: Actor, progress: Progress) -> Outcome:
        with self._opened(run) as opened:
            if run.kind is Kind.CASES:
                return self._writer(run, actor).check(opened.rows, opened.archive, opened.report, progress)
            with self._database.read() as db:
                plan = self._plan(db, run.kind, opened.rows, actor)
            return Outcome(_joined(opened.report, plan.rows, plan.errors))

    def _apply(self, run: RunView, actor: Actor, progress: Progress) -> Outcome:
        with self._opened(run) as opened:
            if run.kind is Kind.CASES:
                return self._writer(run, actor).apply(opened.rows, opened.archive, opened.report, progress)
            return self._apply_in_portions(run, actor, opened, progress)

    def _plan(self, db: Session, kind: Kind, rows: Sequence[Row], actor: Actor) -> units.Plan | users.Plan:
        tree = units.tree_now(db)
        if kind is Kind.UNITS:
            return units.plan(rows, tree)
        return users.plan(rows, tree, users.users_now(db), actor)

    def _apply_in_portions(self, run: RunView, actor: Actor, opened: _Opened, progress: Progress) -> Outcome:
        """All rows in one transaction, or portion by portion where there are very many. What a portion that
        was refused leaves behind is whole: the file can be sent again, and goes on where it stopped.

        A portion is planned before its transaction, so that no writer waits for the planning; what changed in
        between is refused by the services that write."""
        made: dict[int, str] = {}
        done = 0
        reports: list[RowReport] = []
        total: int | None = None
        while total is None or done < total:
            try:
                with self._database.read() as db:
                    plan = self._plan(db, run.kind, opened.rows, actor)
                if plan.errors:
                    return Outcome(_joined(opened.report, reports, plan.errors), failed=True)
                portion = plan.steps[:AT_ONCE]
                with self._database.write() as db:
                    self._write(db, run, actor, plan, made)
            except Problem as problem:
                error = RowError(0, None, "", cases.sentence_of(problem))
                return Outcome(_joined(opened.report, reports, [error]), failed=True)
            lines = {step.line for step in portion}
            reports += [row for row in plan.rows if row.line in lines]
            if total is None:
                total = len(plan.steps)
                reports += [row for row in plan.rows if row.deed is Deed.UNCHANGED]
            done += len(portion)
            if total > AT_ONCE:
                progress(done, total)
            if not portion:
                break
        return Outcome(_joined(opened.report, sorted(reports, key=lambda row: row.line), ()))

    def _write(
        self, db: Session, run: RunView, actor: Actor, plan: units.Plan | users.Plan, made: dict[int, str]
    ) -> None:
        now = self._clock.now()
        if isinstance(plan, units.Plan):
            units.apply(db, actor=actor, now=now, steps=plan.steps[:AT_ONCE], made=made)
            return
        users.apply(
            db,
            actor=actor,
            now=now,
            steps=plan.steps[:AT_ONCE],
            site_name=self._site_name,
            address=run.address if run.invite else "",
        )

    def _writer(self, run: RunView, actor: Actor) -> CaseWriter:
        site = run.address.removesuffix(LINK_PATH)
        return CaseWriter(self._database, self._files, self._clock, run=run, actor=actor, site=site)

    @contextmanager
    def _opened(self, run: RunView) -> Iterator[_Opened]:
        with self._files.open(run.file_sha256) as source:
            yield _open(run, source)


def _guarded(work: Callable[[], Outcome]) -> Outcome:
    """A file that is refused as a whole is an outcome, not a failure of the worker."""
    try:
        return work()
    except Problem as problem:
        reason = cases.sentence_of(problem)
    except Exception:
        log.exception("an import failed")
        reason = _("导入时出了意外，没有完成。请再试一次；如果还不行，请把时间告诉管理员。")
    return Outcome(Report(errors=(RowError(0, None, "", reason),)), failed=True)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file as rows; `report` holds what is wrong with its heads and what was left out."""

    rows: Sequence[Row]
    archive: Archive | None
    report: Report


def _open(run: RunView, source: BinaryIO) -> _Opened:
    archive = None
    if run.kind is Kind.CASES and _is_archive(run.file_name, source):
        archive = Archive(source)
        name = cases.manifest_of(archive)
        sheet = read_sheet(name, archive.read(name))
    else:
        sheet = _read_table(run.file_name, source)
    rows, errors, remarks = rows_of(sheet, COLUMNS[run.kind])
    if not rows and not errors:
        errors = [RowError(sheet.heads.number, None, "", _("表格里只有列名，没有可以导入的内容。"))]
    return _Opened(rows if not errors else (), archive, Report(errors=tuple(errors), remarks=tuple(remarks)))


def _is_archive(name: str, source: BinaryIO) -> bool:
    """A workbook is a zip as well: the name decides between the two."""
    head = source.read(4)
    source.seek(0)
    table = PurePosixPath(name.lower()).suffix in (".xlsx", ".xls", ".csv", ".xlsm", ".et")
    return head == b"PK\x03\x04" and not table


def _read_table(name: str, source: BinaryIO) -> Sheet:
    data = io.BytesIO(source.read(100_000_000))
    return read_sheet(name, data.getvalue())


def _joined(report: Report, rows: Sequence[RowReport], errors: Sequence[RowError]) -> Report:
    return Report(tuple(rows), (*report.errors, *errors), report.remarks)
