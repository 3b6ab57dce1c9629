"""The first step of a deed on a case: find it, lock what must not change meanwhile, put it into values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.ids import new_id
from foundation.people import Unit
from foundation.visibility import as_system
from submissions import queries
from submissions.models import Call, Case, CaseStep, CaseVersion, Draft, UnitEntry
from submissions.rules.lifecycle import Deed, after, state_for_case, why_impossible
from submissions.values import CallView, CaseStatus, StepKind, WindowState


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case with its call and unit, as they are inside this transaction."""

    row: Case
    call_row: Call
    call: CallView
    unit: Unit

    @property
    def status(self) -> CaseStatus:
        return CaseStatus(self.row.status)


def load_case(db: Session, case_id: str) -> Loaded:
    """A case the actor may see.

    Raises:
        NotFound
    """
    row = db.scalar(select(Case).where(Case.id == case_id))
    if row is None:
        raise NotFound
    call_row = db.scalar(select(Call).where(Call.id == row.call_id))
    unit = db.get(Unit, row.unit_id)
    if call_row is None or unit is None:
        raise NotFound
    return Loaded(row, call_row, queries.call_view(call_row), unit)


def take_part(db: Session, call_id: str, unit_id: str) -> None:
    """Note that a unit takes part in a call; two requests at once do no harm."""
    entry = {"call_id": call_id, "unit_id": unit_id}
    if db.get_bind().dialect.name == "postgresql":
        db.execute(postgresql.insert(UnitEntry).values(entry).on_conflict_do_nothing())
    else:
        db.execute(sqlite.insert(UnitEntry).values(entry).on_conflict_do_nothing())


def lock_entry(db: Session, call_id: str, unit_id: str) -> None:
    """Let nobody else count or take this unit's places of the call until this transaction ends.

    SQLite has one writer anyway; elsewhere the row is locked, so that two cases cannot take the last place.
    """
    take_part(db, call_id, unit_id)
    db.execute(
        select(UnitEntry.unit_id)
        .where(UnitEntry.call_id == call_id, UnitEntry.unit_id == unit_id)
        .with_for_update()
    ).one()


def lock_case(db: Session, loaded: Loaded) -> Loaded:
    """The same case, read again under a lock: whatever another request did before is seen now."""
    row = db.scalar(
        select(Case)
        .where(Case.id == loaded.row.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return Loaded(row, loaded.call_row, loaded.call, loaded.unit)


def window_of(db: Session, loaded: Loaded, at: datetime, *, category_key: str | None = None) -> WindowState:
    """The window for this case at this instant; one whose closing is on record stays closed.

    Its category is `category_key`, else that of the version that stands, else that of the working copy.
    """
    if category_key is None:
        category_key = standing_category(db, loaded.row) or _drafted_category(db, loaded.row)
    deadline = queries.deadline(db, loaded.call, loaded.row.unit_id, category_key)
    state = state_for_case(
        status=loaded.status,
        published_at=loaded.call.published_at,
        opens_at=loaded.call.opens_at,
        closes_at=deadline,
        return_due_at=loaded.row.return_due_at,
        at=at,
    )
    recorded = queries.recorded_until(db, loaded.call.id)
    own_time = loaded.status is CaseStatus.RETURNED and loaded.row.return_due_at is not None
    if state is WindowState.OPEN and recorded is not None and deadline <= recorded and not own_time:
        return WindowState.CLOSED  # the clock was set back
    return state


def standing_category(db: Session, row: Case) -> str:
    """The category of the version that counts or waits, "" where nothing was handed in yet."""
    shown = row.version_id or row.pending_version_id
    if shown is None:
        return ""
    return db.scalar(select(CaseVersion.category_key).where(CaseVersion.id == shown)) or ""


def _drafted_category(db: Session, row: Case) -> str:
    with as_system(db):  # only a deadline follows from it
        return db.scalar(select(Draft.category_key).where(Draft.case_id == row.id)) or ""


def next_status(loaded: Loaded, deed: Deed) -> CaseStatus:
    """The status after the deed.

    Raises:
        Refused: it cannot be done to a case in this status.
    """
    following = after(deed, loaded.status)
    if following is None:
        raise Refused(why_impossible(loaded.status))
    return following


def add_step(
    db: Session,
    loaded: Loaded,
    kind: StepKind,
    *,
    actor: Actor,
    now: datetime,
    version_id: str | None,
    ordinal: int,
    reason: str = "",
    due_at: datetime | None = None,
    status_before: str = "",
) -> str:
    """Write a line of the case's history; returns its id."""
    step_id = new_id()
    db.add(
        CaseStep(
            id=step_id,
            case_id=loaded.row.id,
            unit_id=loaded.row.unit_id,
            version_id=version_id,
            ordinal=ordinal,
            kind=kind.value,
            at=now,
            by=actor.user_id,
            by_name=actor.name,
            reason=reason,
            due_at=due_at,
            status_before=status_before,
        )
    )
    return step_id
