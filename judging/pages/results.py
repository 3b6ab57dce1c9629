"""The public results of a call."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.web import Rq, get
from judging import queries
from judging.queries.honours import published_commendations
from submissions import queries as submissions


def routes() -> list[Route]:
    return [get("/calls/{slug}/results", results)]


def results(rq: Rq) -> Response:
    """Awarded cases by prize; empty until the prizes are decided."""
    call = submissions.call_by_slug(rq.db, rq.path("slug"))
    winners = queries.winners(rq.db, call)
    groups = [
        (prize, [each for each in winners if each.prize_key == prize.key]) for prize in call.rules.prizes
    ]
    return rq.render(
        "judging/results.html",
        call=call,
        winners=winners,
        notices=queries.notices(rq.db, call.id),
        praise=published_commendations(rq.db, [each.case_id for each in winners]),
        groups=[(prize, found) for prize, found in groups if found],
        decided_at=min((each.granted_at for each in winners), default=None),
    )
