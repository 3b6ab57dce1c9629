"""Pages of those who look after the library, one file a topic."""

from __future__ import annotations

from starlette.routing import BaseRoute

from search.curation.pages import synonyms
from search.curation.pages.synonyms import TryOut


def routes(try_out: TryOut) -> list[BaseRoute]:
    """Every topic's pages. `try_out` asks the library, which lies above this room."""
    return [
        *synonyms.routes(try_out),
    ]
