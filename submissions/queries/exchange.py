"""What imports and exports read: many cases at once, without their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.people import Unit
from submissions import codec
from submissions.models import Case, CaseStep, CaseVersion, Draft, Recommendation
from submissions.values import Author, CaseStatus, StepKind

AT_ONCE = 500
_SHOWN = func.coalesce(Case.version_id, Case.pending_version_id)


@dataclass(frozen=True, slots=True)
class WrittenCase:
    """A case of a call as an import must know it; `revision` is the working copy's."""

    case_id: str
    unit_id: str
    number: str
    status: CaseStatus
    title: str
    revision: int


def written_cases(db: Session, call_id: str) -> list[WrittenCase]:
    """Every case of a call that the session may see, drafts too."""
    rows = db.execute(
        select(Case.id, Case.unit_id, Case.number, Case.status, Draft.title, Draft.revision)
        .join(Draft, Draft.case_id == Case.id)
        .where(Case.call_id == call_id)
        .order_by(Case.id)
    )
    return [WrittenCase(row[0], row[1], row[2], CaseStatus(row[3]), row[4], row[5]) for row in rows]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A handed-in case with everything that a list of cases can say. `checked` is the last formal check."""

    id: str
    number: str
    title: str
    unit_id: str
    unit_name: str
    unit_path: str
    category_key: str
    authors: tuple[Author, ...]
    practice_from: date | None
    practice_to: date | None
    word_count: int
    status: CaseStatus
    ordinal: int
    version_id: str
    received_at: datetime
    content_hash: str
    attachments: int
    recommended_by: tuple[str, ...]
    opinions: tuple[str, ...]
    checked_at: datetime | None
    checked_by: str
    check_reason: str


def case_lines(db: Session, call_id: str, *, below: str = "", unit_id: str = "") -> Iterator[CaseLine]:
    """The handed-in cases of a call that the session may see, by unit and number, some hundred at a time:
    memory does not grow with their number. `below` is the path of a unit."""
    query = (
        select(Case, Unit.name, Unit.path, *_OF_VERSION)
        .join(Unit, Unit.id == Case.unit_id)
        .join(CaseVersion, CaseVersion.id == _SHOWN)
        .where(Case.call_id == call_id, Case.status != CaseStatus.DRAFT.value)
        .order_by(Unit.path, CaseVersion.number, Case.id)
    )
    if below:
        query = query.where(Unit.path.startswith(below, autoescape=True))
    if unit_id:
        query = query.where(Case.unit_id == unit_id)
    for rows in db.execute(query.execution_options(yield_per=AT_ONCE)).partitions():
        yield from _lines(db, rows)


_OF_VERSION = (
    CaseVersion.id,
    CaseVersion.number,
    CaseVersion.title,
    CaseVersion.category_key,
    CaseVersion.authors,
    CaseVersion.practice_from,
    CaseVersion.practice_to,
    CaseVersion.word_count,
    CaseVersion.ordinal,
    CaseVersion.received_at,
    CaseVersion.content_hash,
    CaseVersion.attachments,
)


def _lines(db: Session, rows: Sequence[Any]) -> Iterator[CaseLine]:
    case_ids = [row[0].id for row in rows]
    given = _recommendations(db, case_ids)
    checks = _checks(db, case_ids)
    for case, unit_name, unit_path, *of_version in rows:
        (
            version_id, number, title, category, authors, since, until, words,
            ordinal, received, content_hash, attachments,
        ) = of_version  # fmt: skip
        recommended = given.get(version_id, [])
        checked = checks.get(case.id)
        yield CaseLine(
            id=case.id,
            number=case.number or number,
            title=title,
            unit_id=case.unit_id,
            unit_name=unit_name,
            unit_path=unit_path,
            category_key=category,
            authors=codec.authors_from_json(authors),
            practice_from=since,
            practice_to=until,
            word_count=words,
            status=CaseStatus(case.status),
            ordinal=ordinal,
            version_id=version_id,
            received_at=received,
            content_hash=content_hash,
            attachments=len(attachments),
            recommended_by=tuple(row.unit_name for row in recommended),
            opinions=tuple(row.opinion for row in recommended if row.opinion),
            checked_at=checked.at if checked else None,
            checked_by=checked.by_name if checked else "",
            check_reason=checked.reason if checked else "",
        )


def _recommendations(db: Session, case_ids: Sequence[str]) -> dict[str, list[Recommendation]]:
    found: dict[str, list[Recommendation]] = {}
    rows = db.scalars(
        select(Recommendation)
        .where(Recommendation.case_id.in_(case_ids), Recommendation.withdrawn_at.is_(None))
        .order_by(Recommendation.given_at, Recommendation.id)
    )
    for row in rows:
        found.setdefault(row.version_id, []).append(row)
    return found


def _checks(db: Session, case_ids: Sequence[str]) -> dict[str, CaseStep]:
    """The last formal check of each case, if it was not taken up again."""
    kinds = (StepKind.CHECKED, StepKind.REJECTED, StepKind.REOPENED)
    rows = db.scalars(
        select(CaseStep)
        .where(CaseStep.case_id.in_(case_ids), CaseStep.kind.in_([kind.value for kind in kinds]))
        .order_by(CaseStep.at, CaseStep.id)
    )
    last = {row.case_id: row for row in rows}
    return {key: row for key, row in last.items() if row.kind != StepKind.REOPENED.value}
