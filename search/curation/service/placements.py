"""Deciding for whom cases are in the library, and taking them off its shelf."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.audience import Audience
from foundation.errors import FieldError, Invalid, NotFound
from foundation.journal import Event, record_all
from foundation.permission import require
from foundation.text import _
from foundation.visibility import as_system
from judging import queries as judging
from search.curation.events.placements import CasePlaced, CasePutBack, CaseTakenOff
from search.curation.models.placements import CasePlacement
from search.curation.policy.curating import may_curate
from submissions import queries as submissions


def place_cases(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_ids: Collection[str],
    audience: Audience | None,
    reason: str = "",
) -> int:
    """Says for whom cases are in the library; None: as their calls laid down. Returns how many changed."""
    said = audience.value if audience else ""

    def change(row: CasePlacement) -> Event | None:
        if (row.audience or "") == said:
            return None
        row.audience = said or None
        return CasePlaced(case_id=row.case_id, audience=said, reason=reason)

    return _decide(db, actor, now, case_ids, reason, change)


def take_off(db: Session, *, actor: Actor, now: datetime, case_ids: Collection[str], reason: str) -> int:
    """Takes cases off the shelf until they are put back; their awards stand. Returns how many changed."""
    if not reason:
        raise Invalid([FieldError("reason", _("请写明下架的原因，申报单位和以后的管理人员都会看到。"))])

    def change(row: CasePlacement) -> Event | None:
        if row.off_at is not None:
            return None
        row.off_at = now
        return CaseTakenOff(case_id=row.case_id, reason=reason)

    return _decide(db, actor, now, case_ids, reason, change)


def put_back(db: Session, *, actor: Actor, now: datetime, case_ids: Collection[str], reason: str = "") -> int:
    """Puts cases back on the shelf, for whom they were there before. Returns how many changed."""

    def change(row: CasePlacement) -> Event | None:
        if row.off_at is None:
            return None
        row.off_at = None
        return CasePutBack(case_id=row.case_id, reason=reason)

    return _decide(db, actor, now, case_ids, reason, change)


def _decide(
    db: Session,
    actor: Actor,
    now: datetime,
    case_ids: Collection[str],
    reason: str,
    change: Callable[[CasePlacement], Event | None],
) -> int:
    require(may_curate(actor))
    events = []
    for row in _rows(db, case_ids, now, actor):
        event = change(row)
        if event is not None:
            row.reason, row.changed_at, row.changed_by = reason, now, actor.user_id
            db.add(row)
            events.append(event)
    db.flush()
    record_all(db, actor=actor, now=now, events=events)
    return len(events)


def _rows(db: Session, case_ids: Collection[str], now: datetime, actor: Actor) -> list[CasePlacement]:
    """The cases' rows, new ones for those without; all of them have an award in force, or nothing is done.

    Raises:
        NotFound
    """
    found = {
        row.case_id: row
        for row in db.scalars(select(CasePlacement).where(CasePlacement.case_id.in_(list(case_ids))))
    }
    awards = {each.case_id: each for each in judging.awards_of(db, case_ids)}
    if awards.keys() != set(case_ids):
        raise NotFound
    for case_id, award in awards.items():
        if case_id not in found:
            with as_system(db):  # an award in force is public, and so is whose it is
                unit_id = submissions.version(db, award.version_id).unit_id
            found[case_id] = CasePlacement(
                case_id=case_id, unit_id=unit_id, changed_at=now, changed_by=actor.user_id
            )
    return [found[case_id] for case_id in dict.fromkeys(case_ids)]
