"""What lists show of many versions, without reading the texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from submissions.models import CaseVersion

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Heading:
    """Title, summary and unit of a version."""

    version_id: str
    title: str
    summary: str
    unit_id: str
    unit_name: str


def headings(db: Session, version_ids: Sequence[str]) -> dict[str, Heading]:
    """By version id, of those that the actor may see."""
    found = {}
    for start in range(0, len(version_ids), AT_ONCE):
        rows = db.execute(
            select(
                CaseVersion.id,
                CaseVersion.title,
                CaseVersion.summary,
                CaseVersion.unit_id,
                CaseVersion.unit_name,
            ).where(CaseVersion.id.in_(version_ids[start : start + AT_ONCE]))
        )
        found.update({row[0]: Heading(*row) for row in rows})
    return found
