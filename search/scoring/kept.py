"""Answers that were given already.

A state of an index never changes, so its answer to a question does not either: readers who turn a page back,
take a filter away again or ask what others ask (the newest cases, a topic of the week) get the answer that
was worked out before. A new state of the index begins with none.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from search.scoring.answers import Asked
from search.values import Page, Query, Sort

MOST = 256
"""Answers of one state and audience, some 20 KB each."""


class KeptAnswers:
    """The answers of one state of an index to one audience, `most` of them; for any thread."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._guard = threading.Lock()
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()

    def page(self, query: Query, asked: Asked, work_out: Callable[[], Page]) -> Page:
        """The answer, worked out when it is asked for the first time or hangs on how often cases are used."""
        if asked.sort is Sort.MOST_USED:
            return work_out()
        key = (query, frozenset(asked.filters.items()), asked.sort, asked.offset, asked.size, *asked.facets)
        with self._guard:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
                return found
        found = work_out()
        with self._guard:
            self._pages[key] = found
            if len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return found
