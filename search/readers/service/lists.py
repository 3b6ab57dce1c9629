"""Putting reading lists together. They are their owner's own notes: nothing of them is an event."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import _
from search import shelf
from search.readers.models.lists import ReadingList, ReadingListEntry
from search.readers.policy.own import may_keep
from search.readers.queries.lists import kept, shared_list
from search.readers.rules.lists import MOST_CASES, MOST_LISTS, arranged, moved
from search.readers.service.usage import note_use
from search.readers.values.usage import Use


def create_list(db: Session, *, actor: Actor, now: datetime, name: str) -> str:
    """A new, empty list; returns its id.

    Raises:
        Refused: he has as many as he may.
    """
    require(may_keep(actor))
    query = select(func.count()).select_from(ReadingList).where(ReadingList.owner_id == actor.user_id)
    if (db.scalar(query) or 0) >= MOST_LISTS:
        raise Refused(_("最多建立 %(most)s 个清单，请先删除不再需要的。", most=MOST_LISTS))
    row = ReadingList(
        id=new_id(), owner_id=actor.user_id, name=name, token=None, created_at=now, changed_at=now
    )
    db.add(row)
    db.flush()
    return row.id


def rename_list(db: Session, *, actor: Actor, now: datetime, list_id: str, name: str) -> None:
    row = _own(db, actor, list_id)
    row.name = name
    row.changed_at = now


def delete_list(db: Session, *, actor: Actor, list_id: str) -> None:
    row = _own(db, actor, list_id)
    db.execute(delete(ReadingListEntry).where(ReadingListEntry.list_id == row.id))
    db.delete(row)
    db.flush()


def current_list(db: Session, *, actor: Actor, now: datetime) -> str:
    """The list that was changed last; the first one is made when there is none."""
    require(may_keep(actor))
    found = db.scalar(
        select(ReadingList.id)
        .where(ReadingList.owner_id == actor.user_id)
        .order_by(ReadingList.changed_at.desc(), ReadingList.id.desc())
        .limit(1)
    )
    return found or create_list(db, actor=actor, now=now, name=str(_("我的阅读清单")))


def put(db: Session, *, actor: Actor, now: datetime, list_id: str, case_ids: Sequence[str]) -> int:
    """Put cases that the actor may read at the end of a list; returns how many were new in it.

    Raises:
        NotFound: one of the cases is not his to read.
        Refused: the list is full.
    """
    row = _own(db, actor, list_id)
    readable = shelf.places(db, case_ids)
    if any(each not in readable for each in case_ids):
        raise NotFound
    entries = _entries(db, row.id)
    held = {each.case_id for each in entries}
    new = [each for each in dict.fromkeys(case_ids) if each not in held]
    if len(entries) + len(new) > MOST_CASES:
        raise Refused(_("一个清单最多放 %(most)s 个案例，请另建一个清单。", most=MOST_CASES))
    elsewhere = kept(db, actor.user_id, new)
    for place, case_id in enumerate(new, start=len(entries) + 1):
        db.add(
            ReadingListEntry(id=new_id(), list_id=row.id, case_id=case_id, place=place, note="", added_at=now)
        )
    row.changed_at = now
    db.flush()
    note_use(db, now=now, case_ids=[each for each in new if each not in elsewhere], use=Use.SAVE)
    return len(new)


def take_out(db: Session, *, actor: Actor, now: datetime, list_id: str, case_id: str) -> None:
    """Take a case out of a list; one that is not in it is out already."""
    row = _own(db, actor, list_id)
    order = [each for each in _entries(db, row.id) if each.case_id != case_id]
    db.execute(
        delete(ReadingListEntry).where(
            ReadingListEntry.list_id == row.id, ReadingListEntry.case_id == case_id
        )
    )
    _number(order)
    row.changed_at = now
    db.flush()


def take_out_hidden(db: Session, *, actor: Actor, now: datetime, list_id: str) -> int:
    """Take out the cases that the actor may no longer read; returns how many."""
    row = _own(db, actor, list_id)
    entries = _entries(db, row.id)
    readable = shelf.places(db, [each.case_id for each in entries])
    gone = [each for each in entries if each.case_id not in readable]
    for each in gone:
        db.delete(each)
    _number([each for each in entries if each.case_id in readable])
    row.changed_at = now
    db.flush()
    return len(gone)


def write_note(db: Session, *, actor: Actor, now: datetime, list_id: str, entry_id: str, note: str) -> None:
    """What the owner has to say about a case; whoever has the list's link reads it too."""
    row = _own(db, actor, list_id)
    entry = next((each for each in _entries(db, row.id) if each.id == entry_id), None)
    if entry is None:
        raise NotFound
    entry.note = note
    row.changed_at = now


def arrange(
    db: Session, *, actor: Actor, now: datetime, list_id: str, order: Sequence[str] = (), entry: str = "",
    step: int = 0,
) -> None:  # fmt: skip
    """Put the entries in an order: a whole one, or one entry moved by some places among those shown."""
    row = _own(db, actor, list_id)
    entries = {each.id: each for each in _entries(db, row.id)}
    readable = shelf.places(db, [each.case_id for each in entries.values()])
    shown = [key for key, each in entries.items() if each.case_id in readable]
    wanted = moved(shown, entry, step) if entry else list(order)
    _number([entries[key] for key in arranged(list(entries), wanted)])
    row.changed_at = now
    db.flush()


def share(db: Session, *, actor: Actor, list_id: str) -> str:
    """Give the list a link that cannot be guessed; a shared list keeps the one it has."""
    row = _own(db, actor, list_id)
    row.token = row.token or secrets.token_urlsafe(18)
    return row.token


def stop_sharing(db: Session, *, actor: Actor, list_id: str) -> None:
    """The link leads nowhere from now on; sharing again gives another one."""
    _own(db, actor, list_id).token = None


def copy_shared(db: Session, *, actor: Actor, now: datetime, token: str) -> str:
    """A list of the actor's own with the cases and notes that he reads behind a link; returns its id."""
    require(may_keep(actor))
    found = shared_list(db, token)
    list_id = create_list(db, actor=actor, now=now, name=found.head.name)
    put(db, actor=actor, now=now, list_id=list_id, case_ids=[each.case.id for each in found.entries])
    notes = {each.case.id: each.note for each in found.entries}
    for entry in _entries(db, list_id):
        entry.note = notes[entry.case_id]
    db.flush()
    return list_id


def _own(db: Session, actor: Actor, list_id: str) -> ReadingList:
    require(may_keep(actor))
    row = db.scalar(select(ReadingList).where(ReadingList.id == list_id))
    if row is None:
        raise NotFound
    return row


def _entries(db: Session, list_id: str) -> list[ReadingListEntry]:
    query = select(ReadingListEntry).where(ReadingListEntry.list_id == list_id)
    return list(db.scalars(query.order_by(ReadingListEntry.place, ReadingListEntry.id)))


def _number(entries: Sequence[ReadingListEntry]) -> None:
    for place, each in enumerate(entries, start=1):
        each.place = place
