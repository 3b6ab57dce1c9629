"""The port of the search: what an index can do, whatever keeps it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from foundation.audience import Audience
from search.values import (
    FACETS,
    AnyOf,
    Clause,
    Entry,
    FieldText,
    Filters,
    Hit,
    IndexState,
    LibraryDocument,
    Page,
    Phrase,
    Plain,
    Query,
    Sort,
    YearRange,
)

Progress = Callable[[int], None]
"""Called now and then with the number of documents written so far."""


LONGEST_QUESTION = 1_000
"""Characters of a question that an engine looks at; the search box reads fewer."""
LONGEST_TEXT = 20_000
"""Characters of a text that an engine looks for the like of."""


def bounded(query: Query) -> Query:
    """The question as far as an engine looks at it; one that the search box has read stays as it is."""
    if _length(query) <= LONGEST_QUESTION:
        return query
    left, clauses = LONGEST_QUESTION, list[Clause]()
    for clause in query.clauses:
        kept = list[Plain | Phrase | FieldText | YearRange]()
        for part in clause.part.parts if isinstance(clause.part, AnyOf) else (clause.part,):
            if isinstance(part, YearRange):
                kept.append(part)
            elif left > 0:
                kept.append(replace(part, text=part.text[:left]))
                left -= len(part.text)
        if kept:
            whole = AnyOf(tuple(kept)) if isinstance(clause.part, AnyOf) else kept[0]
            clauses.append(replace(clause, part=whole))
    return replace(query, clauses=tuple(clauses))


def _length(query: Query) -> int:
    """Characters of all texts that are asked for."""
    return sum(
        len(part.text)
        for clause in query.clauses
        for part in (clause.part.parts if isinstance(clause.part, AnyOf) else (clause.part,))
        if not isinstance(part, YearRange)
    )


class IndexBroken(Exception):
    """The index cannot be read as it is, or does not say what it should. Rebuilding it mends everything."""


class SearchEngine(Protocol):
    """An index of the library. It is derived: it can be deleted at any moment and rebuilt from the database.

    One writer at a time: `replace_all`, `update` and `remove` wait for each other, across processes.
    Searches never wait; after a writing call has returned, every process sees its result in its next search.
    All methods may be called from any thread.

    An answer is for an audience: it is the one of an index that never held what the audience may not read,
    with its scores and counts. What is for others is not left out of an answer, it is not looked at.
    """

    def replace_all(self, documents: Iterable[LibraryDocument], progress: Progress | None = None) -> int:
        """Builds a new index aside and puts it in place at once; returns the number of documents.

        `documents` is asked for its first item only when this process is the writer, so that an iterator that
        begins to read the database then cannot bring back what was removed meanwhile.
        """
        ...

    def update(self, documents: Iterable[LibraryDocument]) -> None:
        """Adds documents, replacing those with the same id."""
        ...

    def remove(self, ids: Iterable[str]) -> None:
        """Removes documents; unknown ids are ignored."""
        ...

    def search(
        self,
        query: Query,
        *,
        audience: Audience,
        filters: Filters,
        sort: Sort,
        offset: int = 0,
        size: int = 20,
        uses: Mapping[str, int] | None = None,
        facets: Collection[str] = FACETS,
    ) -> Page:
        """Answers a question. `uses` says how often a case was used, by id, for Sort.MOST_USED; `facets` are
        those that are counted. Only the beginning of a far too long question is read (`bounded`).

        Raises IndexBroken when there is no readable index.
        """
        ...

    def similar(self, text: str, *, audience: Audience, exclude: str = "", limit: int = 5) -> tuple[Hit, ...]:
        """The documents most like a text, best first, without the document `exclude`."""
        ...

    def entries(self, audience: Audience) -> tuple[int, tuple[Entry, ...]]:
        """The generation of what the audience may read, and what suggestions are made from."""
        ...

    def state(self) -> IndexState:
        """The generation (raised by every write) and what is in the index. Raises IndexBroken."""
        ...

    def check(self) -> None:
        """Reads the index thoroughly. Raises IndexBroken when anything is not as it was written."""
        ...

    def close(self) -> None: ...
