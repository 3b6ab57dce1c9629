"""The library's HTML pages."""

from __future__ import annotations

from starlette.routing import BaseRoute

from search.library import Library
from search.pages import search
from search.pages.search import WordCopy


def routes(shelf: Library, word_copy: WordCopy | None = None) -> list[BaseRoute]:
    """All pages. `word_copy` makes the download of a case possible."""
    return [
        *search.routes(shelf, word_copy),
    ]
