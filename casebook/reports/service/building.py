"""Making the files: asked for here, made by a subscription, the outcome kept here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casebook.reports import codec, queries
from casebook.reports.events import ReportBuildRequested
from casebook.reports.models import ReportBuild
from casebook.reports.ports import Shelf
from casebook.reports.rules.changes import changes
from casebook.reports.rules.quoting import open_flags
from casebook.reports.service.rounds import opened
from casebook.reports.values import BuildState, FileKind
from foundation.actor import Actor
from foundation.errors import Refused
from foundation.files import StoredFile
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import Text, _, n_

PATIENCE = timedelta(hours=1)
"""How long a making is waited for before another may be asked for."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a making: files with what they rest on, or `failure`, a line for the log."""

    files: Mapping[FileKind, StoredFile] = field(default_factory=dict)
    snapshot: Mapping[str, Any] = field(default_factory=dict)
    log: tuple[str, ...] = ()
    failure: str = ""


def request_build(
    db: Session, *, actor: Actor, now: datetime, report_id: str, language: str, shelf: Shelf
) -> int:
    """Ask for the files; returns the number of this making.

    Raises:
        Forbidden, NotFound
        Refused: the files are being made, or passages have to be dropped or confirmed first.
    """
    row, content = opened(db, actor, report_id)
    if any(
        each.state is BuildState.QUEUED and now - each.requested_at < PATIENCE
        for each in queries.builds(db, report_id)
    ):
        raise Refused(_("文件正在生成，请等它完成。"))
    definition = codec.definition_from_json(row.definition)
    blocked = open_flags(content, queries.checked_flags(db, content, definition, shelf))
    if blocked:
        raise Refused(needs_ruling(len(blocked)))
    last = db.scalar(select(func.max(ReportBuild.number)).where(ReportBuild.report_id == report_id)) or 0
    build = ReportBuild(
        id=new_id(),
        report_id=report_id,
        number=last + 1,
        state=BuildState.QUEUED.value,
        ordinal=row.ordinal,
        language=language,
        requested_at=now,
        requested_by=actor.user_id,
        requester_name=actor.name,
        files={},
        snapshot={},
        changes=[],
        log=[],
    )
    db.add(build)
    db.flush()
    event = ReportBuildRequested(build_id=build.id, report_id=report_id)
    record(db, actor=actor, now=now, event=event)
    return build.number


def needs_ruling(count: int) -> Text:
    return n_(
        "有 %(n)s 段引文的案例已撤销授奖、下架或不在统计范围内，请先删除引文或确认保留。",
        "有 %(n)s 段引文的案例已撤销授奖、下架或不在统计范围内，请先删除引文或确认保留。",
        count,
    )


def finish_build(db: Session, *, now: datetime, build_id: str, outcome: Outcome) -> None:
    """Keep what came of a making, with the differences to the one before."""
    build = db.get(ReportBuild, build_id)
    if build is None or build.state != BuildState.QUEUED.value:
        return
    build.finished_at = now
    if outcome.failure:
        build.state, build.log = BuildState.FAILED.value, [outcome.failure]
        return
    before = queries.last_done(db, build.report_id)
    build.state = BuildState.DONE.value
    build.files = {kind.value: [file.sha256, file.size] for kind, file in outcome.files.items()}
    build.snapshot = dict(outcome.snapshot)
    build.compared = before is not None
    found = changes(before.snapshot, outcome.snapshot) if before is not None else ()
    build.changes = [list(astuple(each)) for each in found]
    build.log = list(outcome.log)
