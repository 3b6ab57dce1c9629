"""A case as whoever may see it sees it: its standing, its versions, its files; the unit's own list."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.actor import Role
from foundation.errors import NotFound
from foundation.permission import require
from foundation.web import Rq, get
from submissions import policy, queries
from submissions.pages.concreteness import authenticity
from submissions.pages.showing import call_state, case_deadline, version_body
from submissions.pages.superior import decision_panels
from submissions.queries.mailed import mailed_waiting
from submissions.rules.lifecycle import Deed, after, can_edit
from submissions.values import CaseStatus, CaseView, VersionView, WindowState


def routes() -> list[Route]:
    return [
        get("/cases", my_cases),
        get("/cases/{case_id}", case_page),
        get("/cases/{case_id}/versions/{ordinal}", version_page),
        get("/cases/{case_id}/versions/{ordinal}/files/{attachment_id}", version_file),
    ]


def my_cases(rq: Rq) -> Response:
    """The cases of the visitor's unit, by call, and the calls where one can be started."""
    actor = rq.signed_in()
    require(policy.may_start(actor))
    calls = {call.id: call for call in queries.calls(rq.db) if call.published_at is not None}
    states = {call_id: call_state(rq, call) for call_id, call in calls.items()}
    cases = queries.cases_of_unit(rq.db, actor.unit_id or "")
    groups = [
        (call, states[call.id], [case for case in cases if case.call_id == call.id])
        for call in calls.values()
        if states[call.id].window is WindowState.OPEN or any(case.call_id == call.id for case in cases)
    ]
    groups.sort(key=lambda group: (group[1].window is not WindowState.OPEN, -group[1].closes_at.timestamp()))
    shared = queries.cases_shared_with(rq.db, actor)
    mailed = mailed_waiting(rq.db, actor.unit_id or "")
    return rq.render("submissions/my_cases.html", groups=groups, shared=shared, mailed=mailed)


def case_page(rq: Rq) -> Response:
    """One page for the unit, its superiors and the organiser; each is offered what he may do."""
    rq.signed_in()
    case = queries.case(rq.db, rq.path("case_id"))
    call = queries.call(rq.db, case.call_id)
    window = queries.window_for(rq.db, call, case, rq.now)
    versions = queries.versions(rq.db, case.id)
    shown = next((each for each in versions if each.id == (case.version_id or case.pending_version_id)), None)
    given = queries.recommendations(rq.db, [case.id]).get(case.id, [])
    history = queries.steps(rq.db, case.id)
    return rq.render(
        "submissions/case.html",
        case=case,
        call=call,
        window=window,
        deadline=case_deadline(rq, call, case),
        version=shown,
        body=version_body(shown) if shown else "",
        versions=versions,
        steps=history,
        recommendations=given,
        deeds=_deeds(rq, case, window, mine_given=any(each.unit_id == rq.actor.unit_id for each in given)),
        unsent=_unsent(rq, case, window),
        authenticity=authenticity(rq, case, shown),
        **decision_panels(rq, case, call, history),
    )


def version_page(rq: Rq) -> Response:
    """One handed-in version as it was, for reading and printing."""
    rq.signed_in()
    version = _version(rq)
    case = queries.case(rq.db, version.case_id)
    return rq.render(
        "submissions/version.html",
        case=case,
        call=queries.call(rq.db, case.call_id),
        version=version,
        body=version_body(version),
    )


def version_file(rq: Rq) -> Response:
    """A file of a version; only pictures we have drawn anew are shown in the page."""
    rq.signed_in()
    version = _version(rq)
    wanted = rq.path("attachment_id")
    found = next((each for each in version.attachments if each.id == wanted), None)
    if found is None:
        raise NotFound
    return rq.send_file(
        found.sha256,
        name=found.name,
        media_type=found.media_type,
        size=found.size,
        inline=found.kind == "photo",
    )


def _version(rq: Rq) -> VersionView:
    ordinal = rq.path("ordinal")
    for version in queries.versions(rq.db, rq.path("case_id")):
        if str(version.ordinal) == ordinal:
            return version
    raise NotFound


def _deeds(rq: Rq, case: CaseView, window: WindowState, *, mine_given: bool) -> frozenset[str]:
    """What this visitor is offered now; the services decide again."""
    offered = {
        "edit": _edits(rq, case) and can_edit(case.status, window),
        "withdraw": _writes(rq, case)
        and after(Deed.WITHDRAW, case.status) is not None
        and window is WindowState.OPEN,
        "discard": _writes(rq, case) and after(Deed.DISCARD, case.status) is not None and case.ordinal == 0,
        **_superior_deeds(rq, case, window, mine_given),
        **_organiser_deeds(rq, case),
    }
    return frozenset(name for name, may in offered.items() if may)


def _superior_deeds(rq: Rq, case: CaseView, window: WindowState, mine_given: bool) -> dict[str, bool]:
    above = policy.may_recommend(rq.actor, unit_path=case.unit_path) is None
    stands = case.status in (CaseStatus.SUBMITTED, CaseStatus.CHECKED) and case.version_id is not None
    return {
        "recommend": above and stands and not mine_given,
        "unrecommend": above and mine_given,
        "return": above and stands and window is WindowState.OPEN,
    }


def _organiser_deeds(rq: Rq, case: CaseView) -> dict[str, bool]:
    if not rq.actor.has(Role.ORGANISER):
        return {}
    decided = case.version_id is not None
    return {
        "check": decided and after(Deed.CHECK, case.status) is not None,
        "reject": decided and after(Deed.REJECT, case.status) is not None,
        "reopen": decided and after(Deed.REOPEN, case.status) is not None,
        "return_with_time": decided and after(Deed.RETURN, case.status) is not None,
        "late": case.pending_version_id is not None,
    }


def _writes(rq: Rq, case: CaseView) -> bool:
    return policy.may_write(rq.actor, unit_id=case.unit_id) is None


def _edits(rq: Rq, case: CaseView) -> bool:
    invited = queries.is_invited(rq.db, case.id, rq.actor)
    return policy.may_edit(rq.actor, unit_id=case.unit_id, invited=invited) is None


def _unsent(rq: Rq, case: CaseView, window: WindowState) -> bool:
    """Whether the unit has changed its working copy since it handed in."""
    if not _edits(rq, case) or case.version_id is None or not can_edit(case.status, window):
        return False
    return queries.differs(rq.db, case, queries.draft(rq.db, case.id))
