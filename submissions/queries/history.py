"""What happened to a case: its steps and recommendations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.people import Unit
from foundation.visibility import as_system
from submissions.models import Case, CaseStep, Recommendation
from submissions.rules.lifecycle import HANDED_IN
from submissions.values import RecommendationView, StepKind, StepView


def steps(db: Session, case_id: str) -> list[StepView]:
    """What happened to a case, the latest first."""
    rows = db.scalars(
        select(CaseStep).where(CaseStep.case_id == case_id).order_by(CaseStep.at.desc(), CaseStep.id.desc())
    )
    return [
        StepView(
            id=row.id,
            case_id=row.case_id,
            version_id=row.version_id,
            ordinal=row.ordinal,
            kind=StepKind(row.kind),
            at=row.at,
            by_name=row.by_name,
            reason=row.reason,
            due_at=row.due_at,
            status_before=row.status_before,
        )
        for row in rows
    ]


def recommendations(db: Session, case_ids: Sequence[str]) -> dict[str, list[RecommendationView]]:
    """Recommendations in force of the version that counts, by case."""
    rows = db.scalars(
        select(Recommendation)
        .join(Case, Case.version_id == Recommendation.version_id)
        .where(Recommendation.case_id.in_(case_ids), Recommendation.withdrawn_at.is_(None))
        .order_by(Recommendation.given_at, Recommendation.id)
    )
    found: dict[str, list[RecommendationView]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(recommendation_view(row))
    return found


def recommendation_view(row: Recommendation) -> RecommendationView:
    """A row as a value."""
    return RecommendationView(
        id=row.id,
        case_id=row.case_id,
        version_id=row.version_id,
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        opinion=row.opinion,
        by_name=row.given_by_name,
        given_at=row.given_at,
        rank=row.rank,
    )


def recommendations_given(db: Session, call_id: str, unit_id: str) -> int:
    """How much of its quota a superior has used: recommendations in force of cases that stand."""
    count = db.scalar(
        select(func.count(Recommendation.id))
        .join(Case, Case.version_id == Recommendation.version_id)
        .where(
            Recommendation.call_id == call_id,
            Recommendation.unit_id == unit_id,
            Recommendation.withdrawn_at.is_(None),
            Case.status.in_([each.value for each in HANDED_IN]),
        )
    )
    return count or 0


def handed_in_below(db: Session, call_id: str, path: str) -> int:
    """How many cases of the unit with this path and those below are handed in: what a share is taken of."""
    with as_system(db):  # a number that the superior's quota rests on, whoever asks
        count = db.scalar(
            select(func.count(Case.id))
            .join(Unit, Unit.id == Case.unit_id)
            .where(
                Case.call_id == call_id,
                Case.status.in_([each.value for each in HANDED_IN]),
                Unit.path.startswith(path, autoescape=True),
            )
        )
    return count or 0
