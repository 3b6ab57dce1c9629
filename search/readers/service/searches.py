"""Saving searches, changing and forgetting them; noting what comes up for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import _
from foundation.visibility import as_system
from search.asking import asked_in
from search.harvest.queries import newest_number
from search.readers.models.searches import SavedSearch, SearchFind
from search.readers.policy.own import may_keep
from search.readers.queries.searches import count_saved, saved_already
from search.readers.rules.searches import MOST
from search.readers.values.searches import Rhythm


def save_search(db: Session, *, actor: Actor, now: datetime, name: str, query: str, rhythm: Rhythm) -> str:
    """Keep a search under a name (its words when there is none); returns its id.

    Raises:
        Refused: he has saved as many as he may, or this one already.
    """
    require(may_keep(actor))
    asked = asked_in(query)
    plain = asked.address.partition("?")[2]
    if not plain:
        raise Refused(_("请先输入检索词或选择筛选条件，再保存这次检索。"))
    before = saved_already(db, actor.user_id, plain)
    if before is not None:
        raise Refused(_("这次检索已经保存过，名称是“%(name)s”。", name=before.name))
    if count_saved(db, actor.user_id) >= MOST:
        raise Refused(_("最多保存 %(most)s 个检索，请先删除不再需要的。", most=MOST))
    row = SavedSearch(
        id=new_id(),
        user_id=actor.user_id,
        name=name or (asked.text or str(_("按条件筛选")))[:100],
        query=plain,
        rhythm=rhythm.value,
        seen_number=newest_number(db),
        created_at=now,
        visited_at=now,
        told_at=now,
    )
    db.add(row)
    db.flush()
    return row.id


def change_search(
    db: Session, *, actor: Actor, now: datetime, search_id: str, name: str, rhythm: Rhythm
) -> None:
    """Name it anew and choose how often its owner is written to.

    Who begins to be written to is not told what had come up before.
    """
    require(may_keep(actor))
    row = _own(db, search_id)
    if rhythm.value != row.rhythm:
        _told(db, search_id, now)
        row.told_at = now
    row.name = name
    row.rhythm = rhythm.value
    db.flush()


def forget_search(db: Session, *, actor: Actor, search_id: str) -> None:
    """Throw a saved search away with what came up for it."""
    require(may_keep(actor))
    row = _own(db, search_id)
    db.execute(delete(SearchFind).where(SearchFind.search_id == row.id))
    db.delete(row)
    db.flush()


def visit_search(db: Session, *, actor: Actor, now: datetime, search_id: str) -> str:
    """Its owner looks: what came up so far is no longer new. Returns the address of the search."""
    require(may_keep(actor))
    row = _own(db, search_id)
    row.visited_at = now
    return f"/library?{row.query}"


def stop_letters(db: Session, *, search_id: str) -> None:
    """Write no more letters about a search; who has the signed link of one of them may say so."""
    with as_system(db):
        db.execute(update(SavedSearch).where(SavedSearch.id == search_id).values(rhythm=Rhythm.NEVER.value))


def note_finds(db: Session, *, now: datetime, search_id: str, case_ids: Iterable[str], number: int) -> int:
    """Write which cases have come up for a search up to a number of the record; returns how many are new."""
    row = db.get(SavedSearch, search_id)
    if row is None:
        return 0
    known = set(db.scalars(select(SearchFind.case_id).where(SearchFind.search_id == search_id)))
    new = [case_id for case_id in case_ids if case_id not in known]
    for case_id in new:
        db.add(SearchFind(search_id=search_id, case_id=case_id, found_at=now, told_at=None))
    row.seen_number = max(row.seen_number, number)
    db.flush()
    return len(new)


def note_told(db: Session, *, now: datetime, search_id: str) -> None:
    """Write that the owner of a search was told of everything that came up for it."""
    _told(db, search_id, now)
    db.execute(update(SavedSearch).where(SavedSearch.id == search_id).values(told_at=now))


def _told(db: Session, search_id: str, now: datetime) -> None:
    db.execute(
        update(SearchFind)
        .where(SearchFind.search_id == search_id, SearchFind.told_at.is_(None))
        .values(told_at=now)
        .execution_options(synchronize_session=False)
    )


def _own(db: Session, search_id: str) -> SavedSearch:
    row = db.scalar(select(SavedSearch).where(SavedSearch.id == search_id))
    if row is None:
        raise NotFound
    return row
