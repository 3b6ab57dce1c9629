"""Reads of builds."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casebook.making.models import BookBuild, BuildFile
from casebook.making.values import ACTIVE, BuildKind, BuildState, BuildView, BuiltFile, Output
from casebook.printcheck import PrintFinding, PrintKind
from foundation.errors import NotFound
from foundation.visibility import as_system
from judging import queries as judging


def builds(db: Session, edition_id: str) -> list[BuildView]:
    """All builds of an edition, the newest first."""
    rows = db.scalars(
        select(BookBuild).where(BookBuild.edition_id == edition_id).order_by(BookBuild.number.desc())
    )
    return _views(db, list(rows))


def latest(db: Session, edition_id: str) -> BuildView | None:
    """The last build that was asked for."""
    row = db.scalar(
        select(BookBuild).where(BookBuild.edition_id == edition_id).order_by(BookBuild.number.desc()).limit(1)
    )
    return _views(db, [row])[0] if row else None


def build(db: Session, edition_id: str, number: int) -> BuildView:
    """Raises NotFound."""
    return _views(db, [build_row(db, edition_id, number)])[0]


def build_row(db: Session, edition_id: str, number: int) -> BookBuild:
    """For the service. Raises NotFound."""
    row = db.scalar(select(BookBuild).where(BookBuild.edition_id == edition_id, BookBuild.number == number))
    if row is None:
        raise NotFound
    return row


def in_force(db: Session, build: BuildView) -> bool:
    """Whether every award in the file stands at this moment: the file of a book that a case has left since
    is not found by its entries, and the worker may not have heard of a revocation yet."""
    return set(build.award_ids) <= {award.id for award in judging.awards(db)}


def shown_pdf(db: Session, build_id: str) -> str | None:
    """The hash of the PDF whose pages the desk shows: the one for the screen, else the printer's."""
    found = db.execute(
        select(BuildFile.output, BuildFile.sha256).where(
            BuildFile.build_id == build_id,
            BuildFile.output.in_([Output.SCREEN_PDF.value, Output.PRINT_PDF.value]),
        )
    )
    kept = {str(output): str(sha256) for output, sha256 in found}
    return kept.get(Output.SCREEN_PDF.value) or kept.get(Output.PRINT_PDF.value)


def before_in_queue(db: Session, build: BuildView) -> int:
    """How many builds, of whatever book, are made before this one."""
    with as_system(db):
        waiting = (
            select(func.count())
            .select_from(BookBuild)
            .where(BookBuild.state.in_([state.value for state in ACTIVE]), BookBuild.id < build.id)
        )
        return db.scalar(waiting) or 0


def _views(db: Session, rows: Sequence[BookBuild]) -> list[BuildView]:
    files: dict[str, list[BuiltFile]] = {}
    found = db.scalars(select(BuildFile).where(BuildFile.build_id.in_([row.id for row in rows])))
    for each in found:
        file = BuiltFile(Output(each.output), each.name, each.media_type, each.sha256, each.size)
        files.setdefault(each.build_id, []).append(file)
    place = {output: number for number, output in enumerate(Output)}
    return [
        _view(row, tuple(sorted(files.get(row.id, ()), key=lambda each: place[each.output]))) for row in rows
    ]


def _view(row: BookBuild, files: tuple[BuiltFile, ...]) -> BuildView:
    return BuildView(
        id=row.id,
        edition_id=row.edition_id,
        number=row.number,
        kind=BuildKind(row.kind),
        state=BuildState(row.state),
        again_of=row.again_of,
        progress=row.progress,
        step=row.step,
        requested_at=row.requested_at,
        requested_by=row.requested_by,
        finished_at=row.finished_at,
        edition_revision=row.edition_revision,
        award_ids=tuple(row.award_ids),
        wanted=tuple(Output(each) for each in row.wanted),
        files=files,
        pages=row.pages,
        entries=row.entries,
        pictures=row.pictures,
        log=tuple(row.log),
        report=tuple(
            PrintFinding(PrintKind(kind), entry, words, number) for kind, entry, words, number in row.report
        ),
        fonts=tuple(row.fonts),
    )
