"""Pages of those who look after the library, one file a topic."""

from __future__ import annotations

from starlette.routing import BaseRoute


def routes() -> list[BaseRoute]:
    """Every topic's pages."""
    return []
