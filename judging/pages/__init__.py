"""HTML pages of judging."""

from __future__ import annotations

from starlette.routing import BaseRoute

from judging.pages import (
    analysis,
    announcing,
    assigning,
    audience,
    deciding,
    discussing,
    distributing,
    identity,
    invitation,
    jury,
    lists,
    live,
    offline,
    objections,
    public_notice,
    work_calendar,
    queue,
    register,
    reliability,
    results,
    running,
    scoring,
    verdicts,
)


def routes(onward: invitation.Onward) -> list[BaseRoute]:
    """All pages of the package."""
    return [
        *queue.routes(),
        *scoring.routes(),
        *verdicts.routes(),
        *identity.routes(),
        *running.routes(),
        *lists.routes(),
        *offline.routes(),
        *discussing.routes(),
        *invitation.routes(onward),
        *jury.routes(),
        *register.routes(),
        *assigning.routes(),
        *distributing.routes(),
        *deciding.routes(),
        *analysis.routes(),
        *reliability.routes(),
        *announcing.routes(),
        *results.routes(),
        *live.routes(),
        *audience.routes(),
        *public_notice.routes(),
        *objections.routes(),
        *work_calendar.routes(),
    ]
