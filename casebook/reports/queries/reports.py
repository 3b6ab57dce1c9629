"""Reports, their rounds and builds, as far as the session's actor may see."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook.reports import codec
from casebook.reports.models import Report, ReportBuild, ReportRound
from casebook.reports.values import BuildState, BuildView, Change, Content, FileKind, ReportView, RoundLine
from foundation.errors import NotFound


def reports(db: Session) -> list[ReportView]:
    """All, the one changed last first."""
    rows = db.execute(
        select(Report, ReportRound)
        .join(ReportRound, (ReportRound.report_id == Report.id) & (ReportRound.ordinal == Report.ordinal))
        .order_by(Report.changed_at.desc(), Report.id.desc())
    )
    return [_view(report, current) for report, current in rows]


def report(db: Session, report_id: str) -> ReportView:
    """Raises NotFound."""
    row = _found(db.scalar(select(Report).where(Report.id == report_id)))
    return _view(row, _round(db, report_id, row.ordinal))


def locked_row(db: Session, report_id: str) -> Report:
    """For the service: who else writes in this report waits until this transaction has ended. Raises
    NotFound."""
    mine = select(Report).where(Report.id == report_id).with_for_update(key_share=True)
    return _found(db.scalar(mine.execution_options(populate_existing=True)))


def _found(row: Report | None) -> Report:
    if row is None:
        raise NotFound
    return row


def content_at(db: Session, report_id: str, ordinal: int) -> Content:
    """What the report said in a round. Raises NotFound."""
    return codec.from_json(_round(db, report_id, ordinal).content)


def rounds(db: Session, report_id: str) -> list[RoundLine]:
    """All rounds, the last one first."""
    rows = db.execute(
        select(
            ReportRound.ordinal,
            ReportRound.kind,
            ReportRound.sections,
            ReportRound.written_at,
            ReportRound.writer_name,
        )
        .where(ReportRound.report_id == report_id)
        .order_by(ReportRound.ordinal.desc())
    )
    return [RoundLine(ordinal, kind, tuple(names), at, name) for ordinal, kind, names, at, name in rows]


def builds(db: Session, report_id: str) -> list[BuildView]:
    """All makings of the files, the newest first."""
    rows = db.scalars(
        select(ReportBuild).where(ReportBuild.report_id == report_id).order_by(ReportBuild.number.desc())
    )
    return [build_view(row) for row in rows]


def build(db: Session, report_id: str, number: int) -> BuildView:
    """Raises NotFound."""
    row = db.scalar(
        select(ReportBuild).where(ReportBuild.report_id == report_id, ReportBuild.number == number)
    )
    if row is None:
        raise NotFound
    return build_view(row)


def last_done(db: Session, report_id: str) -> BuildView | None:
    """The newest making that came to an end well."""
    row = db.scalar(
        select(ReportBuild)
        .where(ReportBuild.report_id == report_id, ReportBuild.state == BuildState.DONE.value)
        .order_by(ReportBuild.number.desc())
        .limit(1)
    )
    return build_view(row) if row is not None else None


def _round(db: Session, report_id: str, ordinal: int) -> ReportRound:
    row = db.scalar(
        select(ReportRound).where(ReportRound.report_id == report_id, ReportRound.ordinal == ordinal)
    )
    if row is None:
        raise NotFound
    return row


def _view(row: Report, current: ReportRound) -> ReportView:
    return ReportView(
        id=row.id,
        definition=codec.definition_from_json(row.definition),
        content=codec.from_json(current.content),
        ordinal=row.ordinal,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
    )


def build_view(row: ReportBuild) -> BuildView:
    return BuildView(
        id=row.id,
        number=row.number,
        state=BuildState(row.state),
        ordinal=row.ordinal,
        requested_at=row.requested_at,
        requested_by=row.requester_name,
        finished_at=row.finished_at,
        files={FileKind(kind): (sha256, size) for kind, (sha256, size) in row.files.items()},
        changes=tuple(Change(*each) for each in row.changes) if row.compared else None,
        snapshot=row.snapshot,
        log=tuple(row.log),
    )
