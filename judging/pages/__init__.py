"""HTML pages of judging."""

from __future__ import annotations

from starlette.routing import Route

from judging.pages import (
    assigning,
    deciding,
    identity,
    jury,
    lists,
    queue,
    results,
    running,
    scoring,
    verdicts,
)


def routes() -> list[Route]:
    """All pages of the package."""
    return [
        *queue.routes(),
        *scoring.routes(),
        *verdicts.routes(),
        *identity.routes(),
        *running.routes(),
        *lists.routes(),
        *jury.routes(),
        *assigning.routes(),
        *deciding.routes(),
        *results.routes(),
    ]
