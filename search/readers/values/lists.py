"""Reading lists as pages hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from search.holdings import Shelved


@dataclass(frozen=True, slots=True)
class ListView:
    """A reading list; `count` is how many cases were put into it, `token` None while it is not shared."""

    id: str
    name: str
    token: str | None
    changed_at: datetime
    count: int

    @property
    def shared_path(self) -> str:
        return f"/library/lists/shared/{self.token}" if self.token else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A case of a list that the reader may read, with the owner's note; `id` is the entry's."""

    id: str
    case: Shelved
    note: str


@dataclass(frozen=True, slots=True)
class ReadingListView:
    """A list with what of it the reader may read; `hidden` counts the rest, for its owner."""

    head: ListView
    entries: tuple[Entry, ...]
    hidden: int = 0

    @property
    def cases(self) -> tuple[Shelved, ...]:
        return tuple(each.case for each in self.entries)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of somebody's lists, and whether it holds a case."""

    list: ListView
    holds: bool
