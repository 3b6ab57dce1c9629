"""A pack for writing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.permission import require
from search.teaching.packs import policy, queries
from search.teaching.packs.models import Pack


def own_pack(db: Session, actor: Actor, pack_id: str) -> Pack:
    """The actor's own pack, locked until the transaction ends.

    Raises:
        NotFound, Forbidden
    """
    row = queries.row_of(db, pack_id)
    require(policy.may_change(actor, owner_id=row.owner_id))
    db.refresh(row, with_for_update=True)
    return row
