"""Reads of collections: those that the session's actor may see. Their cases pass the shelf's gate above."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.audience import Audience
from foundation.errors import NotFound
from search.curation.models.collections import Collection, CollectionEntry
from search.curation.values.collections import CollectionItem, CollectionView


def collections(db: Session, *, published: bool = False) -> list[CollectionView]:
    """All that the actor may see, or the published ones of them, the one changed last first."""
    query = select(Collection).order_by(Collection.changed_at.desc(), Collection.id)
    if published:
        query = query.where(Collection.published_at.is_not(None))
    return _views(db, db.scalars(query))


def collection(db: Session, collection_id: str) -> CollectionView:
    """One collection.

    Raises:
        NotFound
    """
    return _one(_views(db, db.scalars(select(Collection).where(Collection.id == collection_id))))


def collection_by_slug(db: Session, slug: str) -> CollectionView:
    """One collection by the name in its address.

    Raises:
        NotFound
    """
    return _one(_views(db, db.scalars(select(Collection).where(Collection.slug == slug))))


def collections_with(db: Session, case_id: str) -> list[CollectionView]:
    """The published collections that hold a case."""
    held = select(CollectionEntry.collection_id).where(CollectionEntry.case_id == case_id)
    query = select(Collection).where(Collection.id.in_(held), Collection.published_at.is_not(None))
    return _views(db, db.scalars(query.order_by(Collection.title, Collection.id)))


def _one(found: list[CollectionView]) -> CollectionView:
    if not found:
        raise NotFound
    return found[0]


def _views(db: Session, rows: Iterable[Collection]) -> list[CollectionView]:
    kept = list(rows)
    items: dict[str, list[CollectionItem]] = {row.id: [] for row in kept}
    entries = db.scalars(
        select(CollectionEntry)
        .where(CollectionEntry.collection_id.in_(list(items)))
        .order_by(CollectionEntry.position, CollectionEntry.id)
    )
    for entry in entries:
        items[entry.collection_id].append(CollectionItem(entry.case_id, entry.note))
    return [_view(row, tuple(items[row.id])) for row in kept]


def _view(row: Collection, items: tuple[CollectionItem, ...]) -> CollectionView:
    return CollectionView(
        id=row.id,
        slug=row.slug,
        title=row.title,
        introduction_html=row.introduction_html,
        cover_case_id=row.cover_case_id or "",
        cover_photo_id=row.cover_photo_id or "",
        audience=Audience(row.audience),
        published_at=row.published_at,
        revision=row.revision,
        changed_at=row.changed_at,
        items=items,
    )
