"""HTML pages of judging."""

from __future__ import annotations

from starlette.routing import BaseRoute

from judging.pages import (
    announcing,
    assigning,
    audience,
    deciding,
    identity,
    jury,
    lists,
    live,
    public_notice,
    queue,
    results,
    running,
    scoring,
    verdicts,
)


def routes() -> list[BaseRoute]:
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
        *announcing.routes(),
        *results.routes(),
        *live.routes(),
        *audience.routes(),
        *public_notice.routes(),
    ]
