"""Calls and their windows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from foundation.people import Unit
from submissions import codec
from submissions.models import Call, Extension
from submissions.rules.windows import closes_for, is_due_to_close
from submissions.values import CallView, ExtensionView


def call_view(row: Call) -> CallView:
    """A row as a value."""
    return CallView(
        id=row.id,
        slug=row.slug,
        title=row.title,
        theme=row.theme,
        notice_html=row.notice_html,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        timezone=row.timezone,
        rules=codec.rules_from_json(row.rules),
        published_at=row.published_at,
        year=row.year,
    )


def call(db: Session, call_id: str) -> CallView:
    """One call.

    Raises:
        NotFound
    """
    return _call(db, Call.id == call_id)


def call_by_slug(db: Session, slug: str) -> CallView:
    """One call by the name in its address.

    Raises:
        NotFound
    """
    return _call(db, Call.slug == slug)


def _call(db: Session, condition: ColumnElement[bool]) -> CallView:
    row = db.scalar(select(Call).where(condition))
    if row is None:
        raise NotFound
    return call_view(row)


def calls(db: Session) -> list[CallView]:
    """The calls the actor may see, the latest deadline first."""
    return [call_view(row) for row in db.scalars(select(Call).order_by(Call.closes_at.desc(), Call.id))]


def revision_of(db: Session, call_id: str) -> int:
    """How often the call was saved: what a form sends back to be compared.

    Raises:
        NotFound
    """
    revision = db.scalar(select(Call.revision).where(Call.id == call_id))
    if revision is None:
        raise NotFound
    return revision


def extensions(db: Session, call_id: str) -> list[ExtensionView]:
    """Later deadlines of the call, oldest first."""
    rows = db.execute(
        select(Extension, Unit.name)
        .outerjoin(Unit, Unit.id == Extension.unit_id)
        .where(Extension.call_id == call_id)
        .order_by(Extension.granted_at, Extension.id)
    )
    return [
        ExtensionView(
            id=row.id,
            call_id=row.call_id,
            unit_id=row.unit_id,
            unit_name=name or "",
            closes_at=row.closes_at,
            reason=row.reason,
            granted_at=row.granted_at,
            granted_by=row.granted_by_name,
        )
        for row, name in rows
    ]


def deadline(db: Session, call: CallView, unit_id: str | None) -> datetime:
    """The deadline in force for a unit."""
    return closes_for(unit_id, call.closes_at, extensions(db, call.id))


def closings_due(db: Session, now: datetime) -> list[str]:
    """The ids of published calls whose closing can be put on record."""
    rows = db.execute(
        select(Call.id, Call.closes_at).where(
            Call.published_at.is_not(None), Call.closed_at.is_(None), Call.closes_at <= now
        )
    )
    return [row.id for row in rows if is_due_to_close(closes_at=row.closes_at, closed_at=None, now=now)]
