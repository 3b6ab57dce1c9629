"""What a report asks of the library. Casebook and search do not know each other: `webapp.wiring` hands these
functions in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Shelf:
    """`search`: the cases that the query of a library address finds for the session's actor, at most so many;
    `topics` and `standing` (on the shelf, for whatever readers) of these cases; `address`: the short address
    of a case by its receipt number, with the site's own."""

    search: Callable[[Session, str], tuple[str, ...]]
    topics: Callable[[Session, Collection[str]], Mapping[str, tuple[str, ...]]]
    standing: Callable[[Session, Collection[str]], frozenset[str]]
    address: Callable[[str], str]
