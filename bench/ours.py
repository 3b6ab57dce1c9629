"""Our two engines as they are measured."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path

from bench.rivals import FACETS, TOP, Wanted, size_of
from foundation.audience import Audience
from foundation.db import Database
from search.engine import SearchEngine
from search.postgres_engine.engine import PostgresEngine
from search.query import parse
from search.values import LibraryDocument, Query, Sort
from search.whoosh_engine.engine import WhooshEngine


def query_of(wanted: Wanted) -> Query:
    """As somebody types it."""
    match wanted.kind:
        case "three":
            return parse(" ".join(f"+{word}" for word in wanted.typed.split()))
        case "phrase":
            return parse(f"“{wanted.typed}”")
        case _:
            return parse(wanted.typed)


class _Engine(ABC):
    """The product asks for the counts of nine facets; here for as many as the others count."""

    _engine: SearchEngine

    def ask(self, wanted: Wanted, *, facets: bool = False) -> list[str]:
        page = self._engine.search(
            query_of(wanted),
            audience=Audience.PUBLIC,
            filters={},
            sort=Sort.RELEVANCE,
            size=TOP,
            facets=FACETS if facets else (),
        )
        return [hit.id for hit in page.hits]

    def build(self, documents: Iterable[LibraryDocument]) -> None:
        self.open()
        self._engine.replace_all(documents)
        self.close()

    def add(self, document: LibraryDocument) -> None:
        self._engine.update([document])

    @abstractmethod
    def open(self) -> None:
        """As after a restart: nothing is in memory."""

    def close(self) -> None:
        self._engine.close()


class Ours(_Engine):
    name = "Exemplar"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self) -> None:
        self._engine = WhooshEngine(self._folder)

    def bytes(self) -> int:
        return size_of(self._folder)


class Anew(Ours):
    """Without the answers kept: a warm question finds its posting lists decoded, no more."""

    name = "Exemplar, worked out anew"

    def open(self) -> None:
        self._engine = WhooshEngine(self._folder, kept=0)


class OnPostgres(_Engine):
    name = "Exemplar on PostgreSQL"

    def __init__(self, address: str) -> None:
        self._database = Database(address)

    def open(self) -> None:
        self._engine = PostgresEngine(self._database)

    def bytes(self) -> int:
        with self._database.read() as db:
            found = db.connection().exec_driver_sql(
                "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n"
                " ON n.oid = c.relnamespace WHERE n.nspname = 'exemplar_search' AND c.relkind = 'r'"
            )
            return int(found.scalar_one())
