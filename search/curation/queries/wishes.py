"""Reads of what units wished."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from search.curation.models.wishes import ShelfWish
from search.curation.values.wishes import Wish, WishView


def open_wishes(db: Session) -> list[WishView]:
    """What nobody has decided yet, the oldest first."""
    rows = db.scalars(select(ShelfWish).where(ShelfWish.answered_at.is_(None)).order_by(ShelfWish.made_at))
    return [wish_view(row) for row in rows]


def wishes_of(db: Session, case_id: str) -> list[WishView]:
    """What was wished for a case, the latest first."""
    rows = db.scalars(
        select(ShelfWish).where(ShelfWish.case_id == case_id).order_by(ShelfWish.made_at.desc(), ShelfWish.id)
    )
    return [wish_view(row) for row in rows]


def wish_view(row: ShelfWish) -> WishView:
    """A row as a value."""
    return WishView(
        id=row.id,
        case_id=row.case_id,
        unit_id=row.unit_id,
        wish=Wish(row.wish),
        reason=row.reason,
        made_at=row.made_at,
        answered_at=row.answered_at,
        granted=row.granted,
        answer=row.answer,
    )
