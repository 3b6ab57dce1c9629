"""Reads of saved searches."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from foundation.people import User
from search import shelf
from search.readers.models.searches import SavedSearch, SearchFind
from search.readers.values.searches import Rhythm, SavedSearchView


def saved_searches(db: Session, user_id: str) -> list[SavedSearchView]:
    """Somebody's saved searches, the newest first, with what is new that he may still read."""
    rows = db.scalars(
        select(SavedSearch)
        .where(SavedSearch.user_id == user_id)
        .order_by(SavedSearch.created_at.desc(), SavedSearch.id.desc())
    )
    views = [search_view(row) for row in rows]
    new = _new_cases(db, views)
    readable = shelf.places(db, {case_id for cases in new.values() for case_id in cases})
    return [replace(each, new=sum(key in readable for key in new.get(each.id, ()))) for each in views]


def saved_search(db: Session, search_id: str) -> SavedSearchView:
    """One saved search of the actor's.

    Raises:
        NotFound
    """
    row = db.scalar(select(SavedSearch).where(SavedSearch.id == search_id))
    if row is None:
        raise NotFound
    return search_view(row)


def saved_already(db: Session, user_id: str, query: str) -> SavedSearchView | None:
    """The same search, if he has saved it."""
    row = db.scalar(select(SavedSearch).where(SavedSearch.user_id == user_id, SavedSearch.query == query))
    return search_view(row) if row is not None else None


def count_saved(db: Session, user_id: str) -> int:
    query = select(func.count()).select_from(SavedSearch).where(SavedSearch.user_id == user_id)
    return db.scalar(query) or 0


def to_look_through(db: Session, number: int, most: int) -> list[tuple[SavedSearchView, User]]:
    """Searches, with their owners, for which the record of the shelf is to be looked through to a number."""
    rows = db.execute(
        select(SavedSearch, User)
        .join(User, User.id == SavedSearch.user_id)
        .where(SavedSearch.seen_number < number, User.active)
        .order_by(SavedSearch.seen_number, SavedSearch.id)
        .limit(most)
    ).all()
    return [(search_view(search), user) for search, user in rows]


def with_untold(db: Session) -> list[SavedSearchView]:
    """Searches that want letters and have found what nobody was told of."""
    waiting = select(SearchFind.search_id).where(SearchFind.told_at.is_(None))
    rows = db.scalars(
        select(SavedSearch)
        .join(User, User.id == SavedSearch.user_id)
        .where(SavedSearch.id.in_(waiting), SavedSearch.rhythm != Rhythm.NEVER.value, User.active)
        .order_by(SavedSearch.id)
    )
    return [search_view(row) for row in rows]


def untold(db: Session, search_id: str) -> list[str]:
    """The cases that came up and that nobody was told of, in the order in which they did."""
    query = select(SearchFind.case_id).where(SearchFind.search_id == search_id, SearchFind.told_at.is_(None))
    return list(db.scalars(query.order_by(SearchFind.found_at, SearchFind.case_id)))


def search_view(row: SavedSearch) -> SavedSearchView:
    """A row as a value."""
    return SavedSearchView(
        id=row.id,
        user_id=row.user_id,
        name=row.name,
        query=row.query,
        rhythm=Rhythm(row.rhythm),
        seen_number=row.seen_number,
        created_at=row.created_at,
        visited_at=row.visited_at,
        told_at=row.told_at,
    )


def _new_cases(db: Session, views: list[SavedSearchView]) -> dict[str, list[str]]:
    """Search id -> cases that came up since its owner last looked."""
    visited: dict[str, datetime] = {each.id: each.visited_at for each in views}
    rows = db.execute(
        select(SearchFind.search_id, SearchFind.case_id, SearchFind.found_at).where(
            SearchFind.search_id.in_(list(visited))
        )
    )
    found: dict[str, list[str]] = {}
    for search_id, case_id, found_at in rows:
        if found_at > visited[search_id]:
            found.setdefault(search_id, []).append(case_id)
    return found
