"""Pages for everybody: the calls, one call, its questions, proof of a receipt."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.actor import Role
from foundation.errors import NotFound
from foundation.visibility import as_system
from foundation.web import Rq, get
from submissions import policy, queries
from submissions.display import exact_moment
from submissions.pages import call_shown
from submissions.pages.showing import body_shown, call_state
from submissions.rules.fingerprints import sign
from submissions.values import Receipt, WindowState

_ORDER = (
    WindowState.OPEN,
    WindowState.NOT_YET,
    WindowState.UNPUBLISHED,
    WindowState.GRACE,
    WindowState.CLOSED,
)
QUESTIONS_SHOWN = 5
"""On the call's own page; the rest are on the page of questions."""


def routes() -> list[Route]:
    return [
        get("/calls", list_of_calls),
        get("/calls/{slug}", call_page),
        get("/calls/{slug}/faq", questions_page),
        get("/receipts/verify", verify),
    ]


def list_of_calls(rq: Rq) -> Response:
    shown = [(call, call_state(rq, call)) for call in queries.calls(rq.db) if call.published_at is not None]
    shown.sort(key=lambda pair: _ORDER.index(pair[1].window))
    return rq.render("submissions/calls.html", calls=shown)


def call_page(rq: Rq) -> Response:
    call = queries.call_by_slug(rq.db, rq.path("slug"))
    mine = []
    if rq.actor.has(Role.SUBMITTER) and rq.actor.unit_id:
        mine = [each for each in queries.cases_of_unit(rq.db, rq.actor.unit_id) if each.call_id == call.id]
    may_start = policy.may_start(rq.actor) is None
    return rq.render(
        "submissions/call.html",
        **call_shown.words(),
        call=call,
        state=call_state(rq, call),
        deadlines=queries.category_deadlines(rq.db, call, rq.actor.unit_id),
        notice=body_shown(call.notice_html, ""),
        mine=mine,
        may_start=may_start,
        ineligible=call_shown.own_refusal(rq, call) if may_start else None,
        manages=policy.may_manage_calls(rq.actor) is None,
        record=call_shown.public_record(rq, call),
        granted=call_shown.own_extensions(rq, call),
        questions=queries.questions(rq.db, call.id),
        questions_shown=QUESTIONS_SHOWN,
    )


def questions_page(rq: Rq) -> Response:
    """The organiser's answers, and what holds for every call."""
    call = queries.call_by_slug(rq.db, rq.path("slug"))
    return rq.render(
        "submissions/faq.html",
        **call_shown.words(),
        call=call,
        deadlines=queries.category_deadlines(rq.db, call, rq.actor.unit_id),
        questions=queries.questions(rq.db, call.id),
        manages=policy.may_manage_calls(rq.actor) is None,
    )


def verify(rq: Rq) -> Response:
    """Whether a receipt is genuine; shows nothing of the case that its holder has not typed in."""
    number, code = rq.query("number").upper(), rq.query("code").lower()
    found = _receipt(rq, number, code) if number and code else None
    return rq.render(
        "submissions/verify.html",
        number=number,
        code=code,
        asked=bool(number and code),
        receipt=found,
        exact=exact_moment(found.received_at, found.timezone) if found else "",
    )


def _receipt(rq: Rq, number: str, code: str) -> Receipt | None:
    """The receipt with this number if the code is the beginning of its signature (16 characters or more)."""
    with as_system(rq.db):  # the signature proves that the visitor holds the receipt
        try:
            version = queries.version_numbered(rq.db, number)
        except NotFound:
            return None
        receipt = sign(queries.receipt(rq.db, version.id), rq.edge.secret)
    return receipt if len(code) >= 16 and receipt.signature.startswith(code) else None
