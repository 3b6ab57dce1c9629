"""Cases: whose they are, where they stand, how a call fills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from foundation.people import Unit
from foundation.visibility import as_system
from submissions.models import Case, CaseVersion, Draft
from submissions.queries.calls import deadline
from submissions.rules.lifecycle import HANDED_IN, state_for_case
from submissions.values import CallView, CaseStatus, CaseView, WindowState


def _cases() -> Select[Case, str, str, str, str, datetime, str, str]:
    """Cases with their unit, the version that counts (or waits) and, for their own unit, the working copy."""
    shown = func.coalesce(Case.version_id, Case.pending_version_id)
    return (
        select(
            Case,
            Unit.name,
            Unit.path,
            CaseVersion.title,
            CaseVersion.category_key,
            CaseVersion.received_at,
            Draft.title,
            Draft.category_key,
        )
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(CaseVersion, CaseVersion.id == shown)
        .outerjoin(Draft, Draft.case_id == Case.id)
    )


def _case_view(row: Row[Case, str, str, str, str, datetime, str, str]) -> CaseView:
    case, unit_name, unit_path, title, category, received_at, draft_title, draft_category = row
    return CaseView(
        id=case.id,
        call_id=case.call_id,
        unit_id=case.unit_id,
        unit_name=unit_name,
        unit_path=unit_path,
        number=case.number,
        title=title or draft_title or "",
        category_key=category or draft_category or "",
        status=CaseStatus(case.status),
        version_id=case.version_id,
        ordinal=case.ordinal,
        pending_version_id=case.pending_version_id,
        received_at=received_at,
        return_due_at=case.return_due_at,
        created_at=case.created_at,
        changed_at=case.changed_at,
    )


def case(db: Session, case_id: str) -> CaseView:
    """One case.

    Raises:
        NotFound
    """
    row = db.execute(_cases().where(Case.id == case_id)).one_or_none()
    if row is None:
        raise NotFound
    return _case_view(row)


def cases_of_unit(db: Session, unit_id: str) -> list[CaseView]:
    """All cases of a unit, the one touched last first."""
    rows = db.execute(_cases().where(Case.unit_id == unit_id).order_by(Case.changed_at.desc(), Case.id))
    return [_case_view(row) for row in rows]


def handed_in(
    db: Session,
    call_id: str,
    *,
    category_key: str = "",
    unit_id: str = "",
    status: CaseStatus | None = None,
    below: str = "",
) -> list[CaseView]:
    """The handed-in cases of a call (any status but draft), newest first, narrowed as asked.

    `below` is the path of a unit: only cases of it and the units below.
    """
    query = _cases().where(Case.call_id == call_id, Case.status != CaseStatus.DRAFT.value)
    if category_key:
        query = query.where(CaseVersion.category_key == category_key)
    if unit_id:
        query = query.where(Case.unit_id == unit_id)
    if status is not None:
        query = query.where(Case.status == status.value)
    if below:
        query = query.where(Unit.path.startswith(below, autoescape=True))
    rows = db.execute(query.order_by(CaseVersion.received_at.desc(), Case.id))
    return [_case_view(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Filling:
    """How a call fills: cases by category, by unit (name) and by status; drafts are only counted."""

    by_category: dict[str, int]
    by_unit: dict[tuple[str, str], int]
    by_status: dict[CaseStatus, int]
    drafts: int


def filling(db: Session, call_id: str) -> Filling:
    """The counts an organiser watches. Callers permit first: drafts of all units are counted."""
    cases = handed_in(db, call_id)
    standing = [each for each in cases if each.status in HANDED_IN]
    by_category: dict[str, int] = {}
    by_unit: dict[tuple[str, str], int] = {}
    by_status: dict[CaseStatus, int] = {}
    for each in standing:
        by_category[each.category_key] = by_category.get(each.category_key, 0) + 1
        unit = (each.unit_id, each.unit_name)
        by_unit[unit] = by_unit.get(unit, 0) + 1
    for each in cases:
        by_status[each.status] = by_status.get(each.status, 0) + 1
    with as_system(db):
        drafts = db.scalar(
            select(func.count()).where(Case.call_id == call_id, Case.status == CaseStatus.DRAFT.value)
        )
    return Filling(by_category, by_unit, by_status, drafts or 0)


def window_for(db: Session, call: CallView, case: CaseView, at: datetime) -> WindowState:
    """The window as it is for this case."""
    return state_for_case(
        status=case.status,
        published_at=call.published_at,
        opens_at=call.opens_at,
        closes_at=deadline(db, call, case.unit_id),
        return_due_at=case.return_due_at,
        at=at,
    )


def places_taken(db: Session, call_id: str, unit_id: str, *, but: str = "") -> dict[str, int]:
    """How many of the unit's cases are handed in, by category; the case `but` is not counted."""
    shown = func.coalesce(Case.version_id, Case.pending_version_id)
    rows = db.execute(
        select(CaseVersion.category_key, func.count(Case.id))
        .join(CaseVersion, CaseVersion.id == shown)
        .where(
            Case.call_id == call_id,
            Case.unit_id == unit_id,
            Case.id != but,
            or_(
                Case.status.in_([each.value for each in HANDED_IN]),
                Case.pending_version_id.is_not(None),
            ),
        )
        .group_by(CaseVersion.category_key)
    )
    return {row[0]: row[1] for row in rows}
