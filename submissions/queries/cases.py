"""Cases: whose they are, where they stand, how a call fills."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from foundation.people import Unit
from foundation.visibility import as_system
from submissions.models import Case, CaseVersion, Draft
from submissions.queries.calls import deadline
from submissions.rules.lifecycle import HANDED_IN, state_for_case
from submissions.values import CallView, CaseStatus, CaseView, WindowState

_SHOWN = func.coalesce(Case.version_id, Case.pending_version_id)
"""The version that stands for a case: the one that counts, else the one that waits for a ruling."""


def _cases() -> Select[Case, str, str, str, str, datetime, str, str]:
    """Cases with their unit, the version that counts (or waits) and, for their own unit, the working copy."""
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
        .outerjoin(CaseVersion, CaseVersion.id == _SHOWN)
        .outerjoin(Draft, Draft.case_id == Case.id)
    )


def units_of_cases(db: Session, case_ids: Collection[str] | None = None) -> list[tuple[str, str]]:
    """(case id, unit id) of every case, or of these, that the actor may see and that was handed in."""
    query = select(Case.id, Case.unit_id).where(Case.version_id.is_not(None))
    if case_ids is not None:
        query = query.where(Case.id.in_(list(case_ids)))
    return [(case_id, unit_id) for case_id, unit_id in db.execute(query)]


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
    limit: int | None = None,
    offset: int = 0,
) -> list[CaseView]:
    """The handed-in cases of a call (any status but draft), newest first, narrowed as asked.

    `below` is the path of a unit: only cases of it and the units below.
    """
    conditions = _handed_in(call_id, category_key, unit_id, status, below)
    query = _cases().where(*conditions).order_by(CaseVersion.received_at.desc(), Case.id)
    return [_case_view(row) for row in db.execute(query.limit(limit).offset(offset))]


def count_handed_in(
    db: Session,
    call_id: str,
    *,
    category_key: str = "",
    unit_id: str = "",
    status: CaseStatus | None = None,
) -> int:
    """How many cases `handed_in` finds without a limit."""
    query = (
        select(func.count(Case.id))
        .outerjoin(CaseVersion, CaseVersion.id == _SHOWN)
        .where(*_handed_in(call_id, category_key, unit_id, status, ""))
    )
    return db.scalar(query) or 0


def handed_in_ids(
    db: Session,
    call_id: str,
    *,
    category_key: str = "",
    unit_id: str = "",
    status: CaseStatus | None = None,
) -> list[str]:
    """The ids of what `handed_in` finds, in its order."""
    query = (
        select(Case.id)
        .outerjoin(CaseVersion, CaseVersion.id == _SHOWN)
        .where(*_handed_in(call_id, category_key, unit_id, status, ""))
        .order_by(CaseVersion.received_at.desc(), Case.id)
    )
    return list(db.scalars(query))


def cases_named(db: Session, ids: Sequence[str]) -> list[CaseView]:
    """These cases in this order; ids of cases that the actor does not see are left out."""
    found = {row[0].id: _case_view(row) for row in db.execute(_cases().where(Case.id.in_(ids)))}
    return [found[key] for key in dict.fromkeys(ids) if key in found]


def _handed_in(
    call_id: str, category_key: str, unit_id: str, status: CaseStatus | None, below: str
) -> list[ColumnElement[bool]]:
    conditions = [Case.call_id == call_id, Case.status != CaseStatus.DRAFT.value]
    if category_key:
        conditions.append(CaseVersion.category_key == category_key)
    if unit_id:
        conditions.append(Case.unit_id == unit_id)
    if status is not None:
        conditions.append(Case.status == status.value)
    if below:
        conditions.append(Unit.path.startswith(below, autoescape=True))
    return conditions


@dataclass(frozen=True, slots=True)
class Filling:
    """How a call fills: cases by category, by unit (name) and by status; drafts are only counted."""

    by_category: dict[str, int]
    by_unit: dict[tuple[str, str], int]
    by_status: dict[CaseStatus, int]
    drafts: int


def filling(db: Session, call_id: str) -> Filling:
    """The counts an organiser watches. Callers permit first: drafts of all units are counted."""
    keeps_place = Case.status.in_([each.value for each in HANDED_IN])
    by_category = db.execute(
        select(CaseVersion.category_key, func.count(Case.id))
        .join(CaseVersion, CaseVersion.id == _SHOWN)
        .where(Case.call_id == call_id, keeps_place)
        .group_by(CaseVersion.category_key)
    )
    by_unit = db.execute(
        select(Unit.id, Unit.name, func.count(Case.id))
        .join(Unit, Unit.id == Case.unit_id)
        .where(Case.call_id == call_id, keeps_place)
        .group_by(Unit.id, Unit.name)
    )
    by_status = db.execute(
        select(Case.status, func.count(Case.id))
        .where(Case.call_id == call_id, Case.status != CaseStatus.DRAFT.value)
        .group_by(Case.status)
    )
    with as_system(db):
        drafts = db.scalar(
            select(func.count()).where(Case.call_id == call_id, Case.status == CaseStatus.DRAFT.value)
        )
    return Filling(
        {row[0]: row[1] for row in by_category},
        {(row[0], row[1]): row[2] for row in by_unit},
        {CaseStatus(row[0]): row[1] for row in by_status},
        drafts or 0,
    )


def window_for(db: Session, call: CallView, case: CaseView, at: datetime) -> WindowState:
    """The window as it is for this case."""
    return state_for_case(
        status=case.status,
        published_at=call.published_at,
        opens_at=call.opens_at,
        closes_at=deadline(db, call, case.unit_id, case.category_key),
        return_due_at=case.return_due_at,
        at=at,
    )


def places_taken(db: Session, call_id: str, unit_id: str, *, but: str = "") -> dict[str, int]:
    """How many of the unit's cases are handed in, by category; the case `but` is not counted."""
    rows = db.execute(
        select(CaseVersion.category_key, func.count(Case.id))
        .join(CaseVersion, CaseVersion.id == _SHOWN)
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
