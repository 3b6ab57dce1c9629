"""Collections of cases put together by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foundation.audience import Audience

TITLE_HIGHEST = 60
NOTE_HIGHEST = 300
INTRODUCTION_HIGHEST = 20_000
CASES_HIGHEST = 200


@dataclass(frozen=True, slots=True)
class CollectionItem:
    """A case of a collection, with a word on why it is there."""

    case_id: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CollectionView:
    """A collection with its cases in order; who may read which case is the shelf's to say."""

    id: str
    slug: str
    title: str
    introduction_html: str
    cover_case_id: str
    cover_photo_id: str
    audience: Audience
    published_at: datetime | None
    revision: int
    changed_at: datetime
    items: tuple[CollectionItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionProposal:
    """A collection as somebody wants it."""

    title: str
    slug: str
    introduction_html: str = ""
    cover_case_id: str = ""
    cover_photo_id: str = ""
    audience: Audience = Audience.PUBLIC
    items: tuple[CollectionItem, ...] = ()
