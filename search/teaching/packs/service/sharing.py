"""Sharing a pack with others, and its hand-out with participants."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import Refused
from foundation.journal import record
from foundation.text import _
from search.teaching.packs import codec
from search.teaching.packs.events import HandoutClosed, HandoutOpened, PackShared, PackWithdrawn
from search.teaching.packs.models import Pack, PackCase, PackVersion
from search.teaching.packs.service.loading import own_pack
from search.teaching.packs.values import Sharing


def share_pack(db: Session, *, actor: Actor, now: datetime, pack_id: str, sharing: Sharing) -> None:
    """Let others read the pack as it is now, or nobody any more. What is written later is seen by others only
    when it is shared again.

    Raises:
        NotFound, Forbidden
        Refused: there is nothing in it yet that would help another trainer.
    """
    row = own_pack(db, actor, pack_id)
    if sharing is Sharing.PRIVATE:
        _withdraw(db, actor, now, row)
        return
    version = db.scalars(
        select(PackVersion).where(PackVersion.pack_id == pack_id, PackVersion.revision == row.revision)
    ).one()
    content = codec.from_json(version.content)
    if not content.cases or not content.questions:
        raise Refused(_("共享前请至少放进一个案例、写好一道讨论题，别的老师才用得上。"))
    if row.sharing == sharing.value and row.shared_revision == row.revision:
        return
    _unmark(db, pack_id)
    version.shared = True
    row.sharing, row.shared_revision, row.shared_at = sharing.value, row.revision, now
    db.execute(delete(PackCase).where(PackCase.pack_id == pack_id))
    db.add_all(PackCase(pack_id=pack_id, case_id=case_id) for case_id in dict.fromkeys(content.case_ids))
    db.flush()
    shared = PackShared(
        pack_id=pack_id, revision=row.revision, sharing=sharing.value, case_ids=content.case_ids
    )
    record(db, actor=actor, now=now, event=shared)


def open_handout(db: Session, *, actor: Actor, now: datetime, pack_id: str, opened: bool) -> None:
    """Give the participants' hand-out an address, or take it away: the next one is another.

    Raises:
        NotFound, Forbidden
    """
    row = own_pack(db, actor, pack_id)
    if opened == (row.handout_key is not None):
        return
    row.handout_key = secrets.token_urlsafe(12) if opened else None
    db.flush()
    event = HandoutOpened(pack_id=pack_id) if opened else HandoutClosed(pack_id=pack_id)
    record(db, actor=actor, now=now, event=event)


def _withdraw(db: Session, actor: Actor, now: datetime, row: Pack) -> None:
    if row.sharing == Sharing.PRIVATE.value:
        return
    case_ids = tuple(db.scalars(select(PackCase.case_id).where(PackCase.pack_id == row.id)))
    _unmark(db, row.id)
    row.sharing, row.shared_revision, row.shared_at = Sharing.PRIVATE.value, None, None
    db.execute(delete(PackCase).where(PackCase.pack_id == row.id))
    db.flush()
    record(db, actor=actor, now=now, event=PackWithdrawn(pack_id=row.id, case_ids=case_ids))


def _unmark(db: Session, pack_id: str) -> None:
    for version in db.scalars(
        select(PackVersion).where(PackVersion.pack_id == pack_id, PackVersion.shared.is_(True))
    ):
        version.shared = False
