"""The small page on which a unit names people whom it would not have judge its case."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response
from starlette.routing import Route

from foundation.forms import read_form
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq, get, post
from submissions import policy, queries
from submissions.forms.avoiding import PersonForm
from submissions.pages.checking import JudgingBegun
from submissions.queries.avoiding import people_to_avoid
from submissions.service import avoiding as service


def routes(judging_begun: JudgingBegun) -> list[Route]:
    page = partial(avoid_page, judging_begun=judging_begun)
    return [
        get("/cases/{case_id}/avoid", page),
        post("/cases/{case_id}/avoid", partial(name, judging_begun=judging_begun), again=page),
        post(
            "/cases/{case_id}/avoid/{person_id}/withdraw",
            partial(withdraw, judging_begun=judging_begun),
            again=page,
        ),
    ]


def avoid_page(rq: Rq, judging_begun: JudgingBegun) -> Response:
    actor = rq.signed_in()
    case = queries.case(rq.db, rq.path("case_id"))
    require(policy.may_write(actor, unit_id=case.unit_id))
    return rq.render(
        "submissions/avoid.html",
        case=case,
        call=queries.call(rq.db, case.call_id),
        people=people_to_avoid(rq.db, case.id),
        begun=judging_begun(rq.db, case.call_id),
        highest=service.HIGHEST,
    )


def name(rq: Rq, judging_begun: JudgingBegun) -> Response:
    actor = rq.signed_in()
    case = queries.case(rq.db, rq.path("case_id"))
    form = read_form(PersonForm, rq.form)
    service.name_person(
        rq.db,
        actor=actor,
        now=rq.now,
        case_id=case.id,
        name=form.name,
        reason=form.reason,
        organisation=form.organisation,
        begun=judging_begun(rq.db, case.call_id),
    )
    return rq.redirect(f"/cases/{case.id}/avoid", _("已记下，由组织单位核实。"))


def withdraw(rq: Rq, judging_begun: JudgingBegun) -> Response:
    actor = rq.signed_in()
    case = queries.case(rq.db, rq.path("case_id"))
    service.withdraw_person(
        rq.db,
        actor=actor,
        now=rq.now,
        case_id=case.id,
        person_id=rq.path("person_id"),
        begun=judging_begun(rq.db, case.call_id),
    )
    return rq.redirect(f"/cases/{case.id}/avoid", _("已删去。"))
