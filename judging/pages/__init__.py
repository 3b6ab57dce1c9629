"""HTML pages of judging."""

from __future__ import annotations

from starlette.routing import BaseRoute

from judging.pages import (
    analysis,
    announcing,
    assigning,
    audience,
    calibrating,
    case_outcome,
    certificates,
    conflicts,
    deciding,
    discussing,
    distributing,
    honours,
    identity,
    invitation,
    jury,
    lists,
    live,
    meeting,
    objections,
    offline,
    public_notice,
    queue,
    register,
    reliability,
    reminding,
    results,
    rounds,
    running,
    scoring,
    standings,
    verdicts,
    work_calendar,
)
from judging.papers.ports import Writers


def routes(onward: invitation.Onward, writers: Writers) -> list[BaseRoute]:
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
        *conflicts.routes(),
        *calibrating.routes(),
        *register.routes(),
        *assigning.routes(),
        *distributing.routes(),
        *rounds.routes(),
        *reminding.routes(),
        *standings.routes(),
        *deciding.routes(),
        *meeting.routes(writers.document),
        *analysis.routes(),
        *reliability.routes(),
        *announcing.routes(),
        *results.routes(),
        *live.routes(),
        *audience.routes(),
        *honours.routes(),
        *certificates.routes(writers.certificates),
        *case_outcome.routes(writers.document),
        *public_notice.routes(),
        *objections.routes(),
        *work_calendar.routes(),
    ]
