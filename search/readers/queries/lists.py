"""Reads of reading lists."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from foundation.visibility import as_system
from search import holdings
from search.readers.models.lists import ReadingList, ReadingListEntry
from search.readers.values.lists import Choice, Entry, ListView, ReadingListView


def my_lists(db: Session, user_id: str) -> list[ListView]:
    """Somebody's lists, the one changed last first."""
    count = (
        select(func.count())
        .select_from(ReadingListEntry)
        .where(ReadingListEntry.list_id == ReadingList.id)
        .scalar_subquery()
    )
    rows = db.execute(
        select(ReadingList, count)
        .where(ReadingList.owner_id == user_id)
        .order_by(ReadingList.changed_at.desc(), ReadingList.id.desc())
    ).all()
    return [list_view(row, held) for row, held in rows]


def reading_list(db: Session, list_id: str) -> ReadingListView:
    """One list of the actor's with its cases.

    Raises:
        NotFound
    """
    row = db.scalar(select(ReadingList).where(ReadingList.id == list_id))
    if row is None:
        raise NotFound
    return _with_entries(db, row, _entries(db, row.id))


def shared_list(db: Session, token: str) -> ReadingListView:
    """The list behind a link, with the cases that whoever follows it may read himself.

    Raises:
        NotFound: no such link, or sharing was stopped.
    """
    with as_system(db):  # who has the link may read the list; its cases pass the gate below
        row = db.scalar(select(ReadingList).where(ReadingList.token == token)) if token else None
        entries = _entries(db, row.id) if row is not None else []
    if row is None:
        raise NotFound
    return _with_entries(db, row, entries)


def choices(db: Session, user_id: str, case_id: str) -> list[Choice]:
    """Somebody's lists, with whether each holds a case."""
    holding = set(db.scalars(select(ReadingListEntry.list_id).where(ReadingListEntry.case_id == case_id)))
    return [Choice(each, each.id in holding) for each in my_lists(db, user_id)]


def kept(db: Session, user_id: str, case_ids: Collection[str]) -> frozenset[str]:
    """Those of the cases that stand in a list of somebody's."""
    rows = db.scalars(
        select(ReadingListEntry.case_id)
        .join(ReadingList, ReadingList.id == ReadingListEntry.list_id)
        .where(ReadingList.owner_id == user_id, ReadingListEntry.case_id.in_(list(case_ids)))
    )
    return frozenset(rows)


def list_view(row: ReadingList, count: int) -> ListView:
    """A row as a value."""
    return ListView(row.id, row.name, row.token, row.changed_at, count)


def _entries(db: Session, list_id: str) -> list[ReadingListEntry]:
    query = select(ReadingListEntry).where(ReadingListEntry.list_id == list_id)
    return list(db.scalars(query.order_by(ReadingListEntry.place, ReadingListEntry.id)))


def _with_entries(db: Session, row: ReadingList, entries: list[ReadingListEntry]) -> ReadingListView:
    cases = holdings.cases(db, [each.case_id for each in entries])
    shown = tuple(Entry(each.id, cases[each.case_id], each.note) for each in entries if each.case_id in cases)
    return ReadingListView(list_view(row, len(entries)), shown, len(entries) - len(shown))
