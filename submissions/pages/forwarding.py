"""The superior's pages: its branches' cases by call, its list in order, the recommendation forms on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from foundation import qr
from foundation.errors import NotFound
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq, get, post
from submissions import policy, queries, service
from submissions.pages.paper import form_file
from submissions.pages.showing import CallState, call_state
from submissions.pages.superior import quota, verify_url
from submissions.rules.recommending import TYPED, grouped, moved
from submissions.values import CallView, CaseStatus, CaseView, FormSheet, WindowState


def routes() -> list[Route]:
    return [
        get("/recommendations", overview),
        get("/recommendations/{call_id}", one_call),
        post("/recommendations/{call_id}/order", order, again=one_call),
        post("/recommendations/{call_id}/move/{case_id}", move, again=one_call),
        get("/recommendations/{call_id}/forms", forms_page),
        get("/recommendations/{call_id}/forms.pdf", forms_file),
        get("/cases/{case_id}/recommendation", form_page),
        get("/cases/{case_id}/recommendation.pdf", form_as_file),
    ]


@dataclass(frozen=True, slots=True)
class Summary:
    """A call as a superior finds it: what came in, what it has forwarded of how many."""

    call: CallView
    state: CallState
    used: int
    limit: int | None
    waiting: int
    received: int


def overview(rq: Rq) -> Response:
    """The calls that have begun, with what waits and the quota used."""
    _permit(rq)
    begun = [
        summary
        for call in queries.calls(rq.db)
        if (summary := _summary(rq, call)).state.window not in (WindowState.UNPUBLISHED, WindowState.NOT_YET)
    ]
    return rq.render("submissions/recommendations.html", summaries=begun)


def one_call(rq: Rq) -> Response:
    """One call: the list that is forwarded, in order; the branches' cases; what the branches are doing."""
    _permit(rq)
    call = queries.call(rq.db, rq.path("call_id"))
    cases = _cases(rq, call)
    ordered = queries.recommended(rq.db, call.id, rq.actor.unit_id or "")
    scans = queries.scans(rq.db, [each.case_id for each in ordered])
    stamped = {
        each.id
        for each in ordered
        if any(scan.recommendation_id == each.id for scan in scans.get(each.case_id, []))
    }
    return rq.render(
        "submissions/forwarding.html",
        call=call,
        summary=_summary(rq, call, cases),
        cases=cases,
        by_id={case.id: case for case in cases},
        ordered=ordered,
        stamped=stamped,
        recommendations=queries.recommendations(rq.db, [case.id for case in cases]),
        outdated=queries.outdated_recommendations(rq.db, call.id, rq.actor.unit_id or ""),
        branches=queries.branch_standings(rq.db, call.id, rq.actor.unit_path),
    )


def order(rq: Rq) -> Response:
    """The whole order as it was dragged: "list:case,case"."""
    rq.signed_in()
    wanted = rq.field("order").partition(":")[2].split(",")
    return _put(rq, [each for each in wanted if each])


def move(rq: Rq) -> Response:
    """One case a place up or down."""
    rq.signed_in()
    before = [each.case_id for each in queries.recommended(rq.db, rq.path("call_id"), rq.actor.unit_id or "")]
    return _put(rq, moved(before, rq.path("case_id"), -1 if rq.field("step") == "up" else 1))


def _put(rq: Rq, case_ids: Sequence[str]) -> Response:
    call_id = rq.path("call_id")
    service.rank_recommendations(rq.db, actor=rq.actor, now=rq.now, call_id=call_id, order=case_ids)
    return rq.redirect(f"/recommendations/{call_id}", None if rq.is_htmx else _("顺序已保存。"))


def forms_page(rq: Rq) -> Response:
    """All forms of the list, one sheet each after a summary, to print."""
    _permit(rq)
    call = queries.call(rq.db, rq.path("call_id"))
    return _printed(rq, _sheets(rq, call.id), file_url=f"/recommendations/{call.id}/forms.pdf", call=call)


def forms_file(rq: Rq) -> Response:
    _permit(rq)
    call = queries.call(rq.db, rq.path("call_id"))
    return form_file(_sheets(rq, call.id), call, now=rq.now, whole_list=True)


def form_page(rq: Rq) -> Response:
    """The form of one case, to print."""
    _permit(rq)
    case = queries.case(rq.db, rq.path("case_id"))
    call = queries.call(rq.db, case.call_id)
    sheets = _sheets(rq, call.id, case.id)
    return _printed(rq, sheets, file_url=f"/cases/{case.id}/recommendation.pdf", call=call, case=case)


def form_as_file(rq: Rq) -> Response:
    _permit(rq)
    case = queries.case(rq.db, rq.path("case_id"))
    call = queries.call(rq.db, case.call_id)
    return form_file(_sheets(rq, call.id, case.id), call, now=rq.now, whole_list=False)


def _printed(
    rq: Rq, sheets: Sequence[FormSheet], *, file_url: str, call: CallView, case: CaseView | None = None
) -> Response:
    codes: dict[str, Markup] = {each.recommendation_id: qr.svg(each.verify_url) for each in sheets}
    return rq.render(
        "submissions/recommendation_form.html",
        call=call,
        case=case,
        sheets=sheets,
        codes=codes,
        grouped=grouped,
        typed=TYPED,
        file_url=file_url,
    )


def _sheets(rq: Rq, call_id: str, case_id: str = "") -> list[FormSheet]:
    """The forms of the visitor's unit.

    Raises:
        NotFound: it recommends nothing (not this case).
    """
    found = queries.form_sheets(rq.db, call_id, rq.actor.unit_id or "", case_id)
    if not found:
        raise NotFound
    return [replace(each, verify_url=verify_url(rq, each)) for each in found]


def _permit(rq: Rq) -> None:
    rq.signed_in()
    require(policy.may_forward(rq.actor))


def _cases(rq: Rq, call: CallView) -> list[CaseView]:
    cases = queries.handed_in(rq.db, call.id, below=rq.actor.unit_path)
    return sorted(cases, key=lambda case: (case.unit_name, case.number))


def _summary(rq: Rq, call: CallView, cases: list[CaseView] | None = None) -> Summary:
    cases = _cases(rq, call) if cases is None else cases
    used, limit = quota(rq, call)
    given = queries.recommendations(rq.db, [case.id for case in cases])
    standing = [case for case in cases if case.status in (CaseStatus.SUBMITTED, CaseStatus.CHECKED)]
    mine = rq.actor.unit_id
    waiting = sum(1 for case in standing if all(each.unit_id != mine for each in given.get(case.id, [])))
    return Summary(call, call_state(rq, call), used, limit, waiting, len(cases))
