"""The landing page of teaching: one's packs, coming study sessions, quizzes."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.web import Rq, get
from search.teaching.packs import queries as packs
from search.teaching.packs.pages.showing import NAMES, cards, teacher
from search.teaching.packs.rules.starters import STARTERS
from search.teaching.sessions.queries import series as sessions

SHOWN = 5


def routes() -> list[BaseRoute]:
    return [get("/teaching", _home)]


def _home(rq: Rq) -> Response:
    teacher(rq)
    own = packs.own_packs(rq.db, rq.actor.user_id)
    shared = [each for each in packs.shared_packs(rq.db) if each.owner_id != rq.actor.user_id]
    return rq.render(
        "teaching/home.html",
        own=cards(rq, own[:SHOWN]),
        own_count=len(own),
        shared=cards(rq, shared[:SHOWN]),
        shared_count=len(shared),
        classes=packs.own_uses(rq.db, rq.actor.user_id)[:SHOWN],
        starters=STARTERS,
        coming=sessions.next_sessions(rq.db, rq.now)[:SHOWN],
        names=NAMES,
    )
