"""The engine: snapshots for readers over what the store has on disk."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from foundation.audience import READS, Audience
from search.engine import LONGEST_TEXT, IndexBroken, Progress, bounded
from search.scoring import answers
from search.scoring.answers import Asked
from search.scoring.kept import MOST
from search.values import FACETS, Entry, Filters, Hit, IndexState, LibraryDocument, Page, Query, Sort
from search.whoosh_engine.manifest import Manifest
from search.whoosh_engine.reading import Leaf, Snapshot
from search.whoosh_engine.store import Store
from search.whoosh_engine.terms import indexed
from search.whoosh_engine.writing import MOST_SEGMENTS

TRIES = 4


@dataclass(slots=True)
class _Opened:
    """What is open of one state: the segments of each audience's cases, a snapshot for each who asked."""

    stamp: tuple[int, int]
    manifest: Manifest
    leaves: dict[Audience, list[Leaf]] = field(default_factory=dict)
    snapshots: dict[Audience, Snapshot] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, Leaf]:
        return {leaf.name: leaf for found in self.leaves.values() for leaf in found}


class WhooshEngine:
    """`SearchEngine` over a folder. Building one opens nothing; the first call does.

    `kept` is the number of answers kept for each audience until the index changes.
    """

    def __init__(self, folder: Path, *, kept: int = MOST) -> None:
        self._kept = kept
        self._store = Store(folder)
        self._guard = threading.Lock()
        self._opened: _Opened | None = None
        self._merging = threading.Lock()

    # --- reading ------------------------------------------------------------------------------------------

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
        snapshot = self._snapshot(audience)
        query, asked = bounded(query), Asked(filters, sort, offset, size, uses, facets)
        return snapshot.answers.page(
            query, asked, lambda: answers.search(snapshot, snapshot.generation, query, asked)
        )

    def similar(self, text: str, *, audience: Audience, exclude: str = "", limit: int = 5) -> tuple[Hit, ...]:
        return answers.similar(self._snapshot(audience), text[:LONGEST_TEXT], exclude, limit)

    def entries(self, audience: Audience) -> tuple[int, tuple[Entry, ...]]:
        snapshot = self._snapshot(audience)
        return snapshot.generation, snapshot.facts.entries

    def state(self) -> IndexState:
        snapshot = self._snapshot(Audience.TRAINERS)
        facts = snapshot.facts
        live = np.flatnonzero(facts.live).tolist()
        return IndexState(snapshot.generation, {facts.ids[i]: facts.fingerprints[i] for i in live})

    def check(self) -> None:
        self._store.check()

    def close(self) -> None:
        with self._merging, self._guard:
            self._opened = None

    def _snapshot(self, audience: Audience) -> Snapshot:
        """The newest state; opened anew when the manifest has been replaced since."""
        stamp = self._store.stamp()
        opened = self._opened
        if opened is not None and opened.stamp == stamp and audience in opened.snapshots:
            return opened.snapshots[audience]
        with self._guard:
            for attempt in range(TRIES):
                stamp = self._store.stamp()
                try:
                    return self._open(stamp, audience)
                except IndexBroken:
                    # A writer may have replaced the files between two steps; then the stamp is another.
                    if attempt + 1 == TRIES or self._store.stamp() == stamp:
                        raise
        raise IndexBroken("the index changes faster than it can be opened")

    def _open(self, stamp: tuple[int, int], audience: Audience) -> Snapshot:
        before = self._opened
        opened = before
        if opened is None or opened.stamp != stamp:
            opened = _Opened(stamp, self._store.manifest())
        known = before.known if before is not None else {}
        for each in Audience:
            if each in READS[audience] and each not in opened.leaves:
                opened.leaves[each] = self._store.leaves(opened.manifest, each, known)
        snapshot = opened.snapshots.get(audience) or _made(opened, audience, self._kept)
        self._opened = opened
        return snapshot

    # --- writing ------------------------------------------------------------------------------------------

    def replace_all(self, documents: Iterable[LibraryDocument], progress: Progress | None = None) -> int:
        return self._store.replace(documents, progress)

    def update(self, documents: Iterable[LibraryDocument]) -> None:
        items = {document.id: indexed(document) for document in documents}
        if items:
            self._store.change((), list(items.values()))
            self._tidy()

    def remove(self, ids: Iterable[str]) -> None:
        gone = list(ids)
        if gone:
            self._store.change(gone, ())
            self._tidy()

    def _tidy(self) -> None:
        """Merges in the background when there are too many segments; writers may wait for it, nobody else."""
        self._snapshot(Audience.TRAINERS)
        opened = self._opened
        most = max(map(len, opened.leaves.values()), default=0) if opened is not None else 0
        if most > MOST_SEGMENTS and self._merging.acquire(blocking=False):
            threading.Thread(target=self._merge, name="index-merge", daemon=True).start()

    def _merge(self) -> None:
        try:
            self._store.merge()
        except IndexBroken:
            return  # whoever asks next finds out, and has it built anew
        finally:
            self._merging.release()


def _made(opened: _Opened, audience: Audience, kept: int) -> Snapshot:
    """A snapshot of what the audience reads."""
    read = [each for each in Audience if each in READS[audience] and opened.leaves[each]]
    found = [leaf for each in read for leaf in opened.leaves[each]]
    try:
        snapshot = Snapshot(found, opened.manifest.generation(audience), kept)
    except (IndexError, ValueError) as error:
        raise IndexBroken("the index is not as it was written") from error
    opened.snapshots[audience] = snapshot
    return snapshot
