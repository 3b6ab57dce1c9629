"""What happened to collections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionCreated(Event):
    action: ClassVar[str] = "collection.created"
    collection_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionChanged(Event):
    """`cases` is how many it has now."""

    action: ClassVar[str] = "collection.changed"
    collection_id: str
    audience: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionPublished(Event):
    action: ClassVar[str] = "collection.published"
    collection_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionUnpublished(Event):
    action: ClassVar[str] = "collection.unpublished"
    collection_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionDeleted(Event):
    action: ClassVar[str] = "collection.deleted"
    collection_id: str
    title: str
