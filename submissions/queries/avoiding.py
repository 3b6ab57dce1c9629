"""What judging asks to find out who must not read whose case: recommenders, people to avoid, texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.people import Unit
from foundation.visibility import as_system
from submissions.models import Case, CaseVersion, PersonToAvoid, Recommendation
from submissions.queries.versions import version_view
from submissions.values import VersionView

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AvoidView:
    """A name that a unit gave, with its reason."""

    id: str
    case_id: str
    name: str
    organisation: str
    reason: str
    named_at: datetime
    named_by_name: str


def people_to_avoid(db: Session, case_id: str) -> list[AvoidView]:
    """Whom the unit of this case would have keep out, in the order in which they were named."""
    rows = db.scalars(
        select(PersonToAvoid)
        .where(PersonToAvoid.case_id == case_id, PersonToAvoid.withdrawn_at.is_(None))
        .order_by(PersonToAvoid.named_at, PersonToAvoid.id)
    )
    return [_view(row) for row in rows]


def wishes_of_call(db: Session, call_id: str) -> dict[str, tuple[AvoidView, ...]]:
    """The same for all cases of a call, by case."""
    found: dict[str, list[AvoidView]] = {}
    with as_system(db):  # the caller permitted the actor; he learns it only of cases that he sees
        rows = db.scalars(
            select(PersonToAvoid)
            .join(Case, Case.id == PersonToAvoid.case_id)
            .where(Case.call_id == call_id, PersonToAvoid.withdrawn_at.is_(None))
            .order_by(PersonToAvoid.named_at, PersonToAvoid.id)
        ).all()
    for row in rows:
        found.setdefault(row.case_id, []).append(_view(row))
    return {case_id: tuple(each) for case_id, each in found.items()}


def _view(row: PersonToAvoid) -> AvoidView:
    return AvoidView(
        id=row.id,
        case_id=row.case_id,
        name=row.name,
        organisation=row.organisation,
        reason=row.reason,
        named_at=row.named_at,
        named_by_name=row.named_by_name,
    )


def recommenders(db: Session, call_id: str) -> dict[str, frozenset[str]]:
    """Case id -> paths of the units that recommended it and did not take that back."""
    found: dict[str, set[str]] = {}
    with as_system(db):  # only that somebody may not judge a case follows from it
        rows = db.execute(
            select(Recommendation.case_id, Unit.path)
            .join(Unit, Unit.id == Recommendation.unit_id)
            .where(Recommendation.call_id == call_id, Recommendation.withdrawn_at.is_(None))
        )
        for case_id, path in rows:
            found.setdefault(case_id, set()).add(path)
    return {case_id: frozenset(paths) for case_id, paths in found.items()}


def versions_of(db: Session, version_ids: Sequence[str]) -> Iterator[VersionView]:
    """Many versions, a portion at a time: 20,000 texts are never in memory at once. The caller permits."""
    for start in range(0, len(version_ids), _AT_ONCE):
        with as_system(db):
            rows = db.scalars(
                select(CaseVersion).where(CaseVersion.id.in_(version_ids[start : start + _AT_ONCE]))
            ).all()
        for row in rows:
            yield version_view(row)
