"""The dictionaries of suggestions, one for each audience, as new as the index."""

from __future__ import annotations

import threading

from foundation.audience import Audience
from search.engine import IndexBroken, SearchEngine
from search.suggest import Suggestions
from search.values import Entry

AT_ONCE = 5_000
"""Cases whose dictionaries are made while somebody waits (some tenths of a second). Those of a larger library
are made in the background, and the ones before serve meanwhile: as late as the index itself is."""


class Dictionaries:
    """Keeps what an engine's entries were made into; every process has its own."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self._made: dict[Audience, tuple[int, Suggestions]] = {}
        self._topics: dict[Audience, tuple[int, frozenset[str]]] = {}
        self._guards = {audience: threading.Lock() for audience in Audience}

    def of(self, audience: Audience) -> Suggestions:
        """The audience's dictionaries; empty ones while there is no index."""
        try:
            generation, entries = self._engine.entries(audience)
        except IndexBroken:
            return Suggestions(())
        made = self._made.get(audience)
        if made is not None and made[0] == generation:
            return made[1]
        if made is not None and len(entries) > AT_ONCE:
            self._make_aside(audience, generation, entries)
            return made[1]
        with self._guards[audience]:
            return self._make(audience, generation, entries)

    def topics(self, audience: Audience) -> frozenset[str]:
        """The labels of the topics that cases of the audience have; none while there is no index."""
        try:
            generation, entries = self._engine.entries(audience)
        except IndexBroken:
            return frozenset()
        known = self._topics.get(audience)
        if known is None or known[0] != generation:
            labels = frozenset(label for entry in entries for label in entry.topics)
            known = self._topics[audience] = generation, labels
        return known[1]

    def _make(self, audience: Audience, generation: int, entries: tuple[Entry, ...]) -> Suggestions:
        made = self._made.get(audience)
        if made is None or made[0] != generation:
            made = self._made[audience] = generation, Suggestions(entries)
        return made[1]

    def _make_aside(self, audience: Audience, generation: int, entries: tuple[Entry, ...]) -> None:
        """In a thread of its own, unless one is at it already."""
        guard = self._guards[audience]
        if not guard.acquire(blocking=False):
            return

        def make() -> None:
            try:
                self._make(audience, generation, entries)
            finally:
                guard.release()

        threading.Thread(target=make, name="suggestions", daemon=True).start()
