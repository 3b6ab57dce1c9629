"""Awards in force: a public fact."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.visibility import as_system
from judging.models import Award
from judging.values import AwardView
from judging.views import RevokedAward, Winner
from submissions import queries as submissions
from submissions.values import CallView


def awards(db: Session, call_id: str | None = None) -> list[AwardView]:
    """Awards in force, of one call or of all, the highest prizes first."""
    query = select(Award).where(Award.revoked_at.is_(None))
    if call_id is not None:
        query = query.where(Award.call_id == call_id)
    rows = db.scalars(query.order_by(Award.prize_rank, Award.granted_at, Award.id))
    return [award_view(row) for row in rows]


def awards_of(db: Session, case_ids: Collection[str]) -> list[AwardView]:
    """Awards in force of these cases, the highest prizes first."""
    query = select(Award).where(Award.case_id.in_(list(case_ids)), Award.revoked_at.is_(None))
    rows = db.scalars(query.order_by(Award.prize_rank, Award.granted_at, Award.id))
    return [award_view(row) for row in rows]


def calls_with_awards(db: Session) -> dict[str, datetime]:
    """Call id -> when its latest award in force was granted."""
    rows = db.execute(
        select(Award.call_id, func.max(Award.granted_at))
        .where(Award.revoked_at.is_(None))
        .group_by(Award.call_id)
    )
    return {row[0]: row[1] for row in rows}


def award_of_version(db: Session, version_id: str) -> AwardView | None:
    """The award in force of a version, None if it has none."""
    row = db.scalar(select(Award).where(Award.version_id == version_id, Award.revoked_at.is_(None)))
    return award_view(row) if row is not None else None


def award_view(row: Award) -> AwardView:
    """A row as a value."""
    return AwardView(
        id=row.id,
        call_id=row.call_id,
        case_id=row.case_id,
        version_id=row.version_id,
        prize_key=row.prize_key,
        prize_name=row.prize_name,
        prize_rank=row.prize_rank,
        granted_at=row.granted_at,
    )


def revoked(db: Session, call_id: str) -> list[RevokedAward]:
    """Awards that were taken back, for the organiser, the latest first."""
    rows = db.scalars(
        select(Award)
        .where(Award.call_id == call_id, Award.revoked_at.is_not(None))
        .order_by(Award.revoked_at.desc(), Award.id)
    )
    return [
        RevokedAward(
            id=row.id,
            case_id=row.case_id,
            prize_name=row.prize_name,
            title=submissions.version(db, row.version_id).title,
            revoked_at=row.revoked_at,
            reason=row.revoke_reason,
        )
        for row in rows
        if row.revoked_at is not None
    ]


def winners(db: Session, call: CallView) -> list[Winner]:
    """The public results of a call: prizes in order, units within a prize by name."""
    found = []
    for award in awards(db, call.id):
        with as_system(db):  # what is shown of an awarded case is public by its award
            version = submissions.version(db, award.version_id)
        category = call.rules.category(version.category_key)
        found.append(
            Winner(
                award_id=award.id,
                case_id=award.case_id,
                version_id=award.version_id,
                prize_key=award.prize_key,
                prize_name=award.prize_name,
                prize_rank=award.prize_rank,
                title=version.title,
                unit_name=version.unit_name,
                category_name=category.name if category else "",
                granted_at=award.granted_at,
            )
        )
    return sorted(found, key=lambda each: (each.prize_rank, each.unit_name, each.title, each.award_id))
