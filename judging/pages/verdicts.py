"""Claims held against their evidence: the juror's part of the score page, what the organiser sees of it."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid
from foundation.text import _
from foundation.web import Rq, get
from judging import queries, service
from judging.pages.common import organiser_call
from judging.values import Verdict
from judging.views import Desk, VerdictView
from submissions import queries as submissions


def routes() -> list[Route]:
    return [get("/organise/calls/{call_id}/judging/cases/{case_id}/claims", found_by_jurors)]


def found_by_jurors(rq: Rq) -> Response:
    """What the jurors who have handed in found of each claim of a case."""
    _actor, call, view = organiser_call(rq)
    case = submissions.case(rq.db, rq.path("case_id"))
    versions = submissions.versions(rq.db, case.id)
    judged = queries.judged_version(rq.db, view.id, case.id) if view is not None else None
    shown = next((each for each in versions if each.id == (judged or case.version_id)), None)
    tallies = queries.tallies(rq.db, view.id if view is not None else "", shown) if shown is not None else []
    return rq.render(
        "judging/tallies.html" if rq.is_htmx else "judging/claims.html",
        call=call,
        case=case,
        version=shown,
        tallies=tallies,
        begun=view is not None,
    )


def typed_verdicts(rq: Rq, found: Desk) -> list[VerdictView]:
    """The verdicts in the posted form, of claims that the case has.

    Raises:
        Invalid: a verdict that is none of ours.
    """
    typed = []
    for claim in found.copy.claims:
        name = f"claim-{claim.number}"
        if name not in rq.form and f"{name}-remark" not in rq.form:
            continue
        given = rq.field(name)
        if given and given not in {each.value for each in Verdict}:
            raise Invalid([FieldError(name, _("请从列出的选项中选择"))])
        verdict = Verdict(given) if given else None
        typed.append(VerdictView(claim.number, verdict, rq.field(f"{name}-remark")))
    return typed


def save_verdicts(rq: Rq, actor: Actor, found: Desk) -> None:
    """Every verdict in the form."""
    for each in typed_verdicts(rq, found):
        service.save_verdict(
            rq.db,
            actor=actor,
            now=rq.now,
            assignment_id=found.id,
            claim=each.claim,
            verdict=each.verdict,
            remark=each.remark,
        )


def writes_verdicts(rq: Rq, found: Desk) -> bool:
    """Whether the form says of a claim something other than what is kept."""
    return any(
        (each.verdict, each.remark)
        != ((kept.verdict, kept.remark) if (kept := found.verdicts.get(each.claim)) else (None, ""))
        for each in typed_verdicts(rq, found)
    )
