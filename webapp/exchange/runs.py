"""An import's row: started, confirmed or thrown away by a person, moved on by the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.files import StoredFile
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import Text, _
from submissions import queries
from submissions.intake.wire import text_of, text_to_json
from webapp.exchange import policy
from webapp.exchange.events import ImportConfirmed, ImportFinished, ImportStarted
from webapp.exchange.models import ImportRun
from webapp.exchange.values import (
    Deed,
    Detail,
    Kind,
    Report,
    RowError,
    RowReport,
    RunState,
    RunView,
)

SHOWN = 1_000
"""Rows and errors that a report keeps; the counts are of all."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """An uploaded file that is stored already."""

    name: str
    stored: StoredFile


def start(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    kind: Kind,
    file: NewFile,
    call_id: str | None = None,
    invite: bool = True,
    address: str = "",
) -> RunView:
    """Take a file in and have it checked; nothing of it is applied yet.

    Raises:
        Forbidden, NotFound
    """
    require(policy.may_import(actor, kind))
    if kind is Kind.CASES:
        call_id = queries.call(db, call_id or "").id
    row = new_row(
        run_id=new_id(),
        actor=actor,
        now=now,
        kind=kind,
        file=file,
        call_id=call_id,
        invite=invite,
        address=address,
    )
    db.add(row)
    db.flush()
    event = ImportStarted(run_id=row.id, kind=kind.value, call_id=call_id, file_sha256=row.file_sha256)
    record(db, actor=actor, now=now, event=event)
    return view(row)


def new_row(
    *,
    run_id: str,
    actor: Actor,
    now: datetime,
    kind: Kind,
    file: NewFile,
    call_id: str | None,
    invite: bool,
    address: str,
) -> ImportRun:
    """A run before its check, not in any database yet."""
    return ImportRun(
        id=run_id,
        kind=kind.value,
        call_id=call_id,
        file_name=file.name[:255],
        file_sha256=file.stored.sha256,
        file_size=file.stored.size,
        state=RunState.CHECKING.value,
        done=0,
        total=0,
        report={},
        invite=invite,
        address=address,
        started_at=now,
        started_by=actor.user_id,
        started_by_name=actor.name,
        confirmed_by="",
    )


def register(db: Session, *, actor: Actor, now: datetime, run: RunView) -> None:
    """Put a run on record that was checked by a command and is applied by it now: not the worker's to do."""
    row = new_row(
        run_id=run.id,
        actor=actor,
        now=now,
        kind=run.kind,
        file=NewFile(run.file_name, StoredFile(run.file_sha256, run.file_size)),
        call_id=run.call_id,
        invite=run.invite,
        address=run.address,
    )
    row.state, row.confirmed_by = RunState.APPLYING.value, actor.user_id
    db.add(row)
    db.flush()
    event = ImportStarted(run_id=row.id, kind=row.kind, call_id=row.call_id, file_sha256=row.file_sha256)
    record(db, actor=actor, now=now, event=event)


def confirm(db: Session, *, actor: Actor, now: datetime, run_id: str, invite: bool) -> RunView:
    """Have the checked file applied.

    Raises:
        Forbidden, NotFound
        Refused: it is not checked, holds mistakes, or brings nothing.
    """
    row, found = _locked(db, actor, run_id)
    if not found.may_apply:
        raise Refused(_("这次导入现在不能执行：可能已经执行过，或者文件还有错误。请刷新页面查看。"))
    row.state, row.done, row.total = RunState.APPLYING.value, 0, found.report.to_do
    row.confirmed_by, row.invite = actor.user_id, invite
    record(db, actor=actor, now=now, event=ImportConfirmed(run_id=run_id))
    return view(row)


def discard(db: Session, *, actor: Actor, run_id: str) -> RunView:
    """Forget a checked file.

    Raises:
        Forbidden, NotFound, Refused
    """
    row, found = _locked(db, actor, run_id)
    if found.state is not RunState.CHECKED:
        raise Refused(_("这次导入已经执行，不能放弃。"))
    row.state = RunState.DISCARDED.value
    return found


def _locked(db: Session, actor: Actor, run_id: str) -> tuple[ImportRun, RunView]:
    """A run that nobody else can decide on meanwhile: of two who press at once the second sees the first.

    Raises:
        NotFound
    """
    run(db, actor, run_id)
    row = db.get_one(ImportRun, run_id, with_for_update=True, populate_existing=True)
    return row, view(row)


def note_progress(db: Session, *, run_id: str, done: int, total: int) -> None:
    db.execute(
        update(ImportRun)
        .where(ImportRun.id == run_id)
        .values(done=done, total=total)
        .execution_options(synchronize_session=False)
    )


def finish_check(db: Session, *, now: datetime, run_id: str, report: Report, failed: bool) -> None:
    """Keep what a check has found."""
    row = db.get(ImportRun, run_id)
    if row is None or row.state != RunState.CHECKING.value:
        return
    row.state = (RunState.FAILED if failed else RunState.CHECKED).value
    row.report = report_to_json(report)
    row.finished_at = now if failed else None


def finish_apply(
    db: Session, *, actor: Actor, now: datetime, run_id: str, report: Report, failed: bool
) -> None:
    """Keep what was done."""
    row = db.get(ImportRun, run_id)
    if row is None or row.state != RunState.APPLYING.value:
        return
    row.state = (RunState.FAILED if failed else RunState.DONE).value
    row.report = report_to_json(report)
    row.finished_at = now
    event = ImportFinished(
        run_id=run_id,
        created=report.count(Deed.CREATE),
        changed=report.count(Deed.CHANGE),
        failed=failed,
    )
    record(db, actor=actor, now=now, event=event)


def run(db: Session, actor: Actor, run_id: str) -> RunView:
    """One import.

    Raises:
        NotFound: also for one of a kind that is not the actor's to see.
    """
    row = db.get(ImportRun, run_id)
    if row is None or policy.may_import(actor, Kind(row.kind)) is not None:
        raise NotFound
    return view(row)


def latest(db: Session, *kinds: Kind, call_id: str | None = None, limit: int = 10) -> list[RunView]:
    """The newest imports of these kinds; callers permit first."""
    query = select(ImportRun).where(ImportRun.kind.in_([kind.value for kind in kinds]))
    if call_id is not None:
        query = query.where(ImportRun.call_id == call_id)
    return [view(row) for row in db.scalars(query.order_by(ImportRun.id.desc()).limit(limit))]


def view(row: ImportRun) -> RunView:
    """A row as a value."""
    return RunView(
        id=row.id,
        kind=Kind(row.kind),
        call_id=row.call_id,
        file_name=row.file_name,
        file_sha256=row.file_sha256,
        file_size=row.file_size,
        state=RunState(row.state),
        done=row.done,
        total=row.total,
        report=report_from_json(row.report),
        invite=row.invite,
        address=row.address,
        started_at=row.started_at,
        started_by=row.started_by,
        started_by_name=row.started_by_name,
        confirmed_by=row.confirmed_by,
        finished_at=row.finished_at,
    )


def report_to_json(report: Report) -> dict[str, Any]:
    """A report as JSON; what is unchanged is only counted."""
    told = [row for row in report.rows if row.deed is not Deed.UNCHANGED or row.notes]
    return {
        "counted": {**{deed.value: report.count(deed) for deed in Deed}, "error": report.count("error")},
        "rows": [
            {
                "line": row.line,
                "deed": row.deed.value,
                "label": row.label,
                "details": [[text_to_json(each.column), each.before, each.after] for each in row.details],
                "notes": [text_to_json(note) for note in row.notes],
            }
            for row in told[:SHOWN]
        ],
        "errors": [
            {
                "line": each.line,
                "column": text_to_json(each.column) if each.column else None,
                "value": each.value[:200],
                "message": text_to_json(each.message),
            }
            for each in report.errors[:SHOWN]
        ],
        "remarks": [text_to_json(each) for each in report.remarks],
    }


def report_from_json(stored: dict[str, Any]) -> Report:
    """The report again."""
    if not stored:
        return Report()
    return Report(
        rows=tuple(
            RowReport(
                row["line"],
                Deed(row["deed"]),
                row["label"],
                tuple(Detail(text_of(name), before, after) for name, before, after in row["details"]),
                tuple(text_of(note) for note in row["notes"]),
            )
            for row in stored["rows"]
        ),
        errors=tuple(
            RowError(each["line"], _column(each["column"]), each["value"], text_of(each["message"]))
            for each in stored["errors"]
        ),
        remarks=tuple(text_of(each) for each in stored["remarks"]),
        counted=stored["counted"],
    )


def _column(stored: dict[str, Any] | None) -> Text | None:
    return text_of(stored) if stored else None
