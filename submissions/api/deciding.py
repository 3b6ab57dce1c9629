"""Deciding by the API: recommending in order, the formal check of one case and of many."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from foundation.api import Operation
from foundation.permission import require
from foundation.web import Rq
from submissions import policy, queries, service
from submissions.api.replies import CaseReply, Reply, case_reply
from submissions.forms import BulkForm, CheckForm, OpinionForm, OrderForm, ReasonForm
from submissions.pages.checking import JudgingBegun, instant
from submissions.pages.superior import places_seen
from submissions.rules.lifecycle import Deed
from submissions.values import BulkOutcome

TAG = "submissions"


class RecommendationReply(Reply):
    """`place` counts from 1 in the superior's order."""

    case_id: str
    version_id: str
    unit_id: str
    unit_name: str
    opinion: str
    given_at: datetime
    place: int


class LeftReply(BaseModel):
    case_id: str
    reason: str


class BulkReply(BaseModel):
    """What a bulk action did and what it left, with the reasons."""

    done: list[str]
    left: list[LeftReply]


class CheckFindingReply(BaseModel):
    key: str
    state: str
    title: str
    detail: str


def operations(judging_begun: JudgingBegun) -> list[Operation]:
    """The operations of superiors and of the formal check."""

    def formal_check(rq: Rq, body: CheckForm) -> CaseReply:
        return _decided(rq, body, judging_begun)

    return [
        Operation(
            "POST",
            "/cases/{case_id}/recommendation",
            recommend_case,
            "Recommend the version that counts, with an opinion (superiors)",
            TAG,
            reply=CaseReply,
            body=OpinionForm,
        ),
        Operation(
            "DELETE",
            "/cases/{case_id}/recommendation",
            withdraw_recommendation,
            "Take one's recommendation back (superiors)",
            TAG,
            reply=CaseReply,
        ),
        Operation(
            "POST",
            "/cases/{case_id}/comments",
            comment_on_case,
            "Say something that the branch reads, without returning the case (superiors, organisers)",
            TAG,
            reply=CaseReply,
            body=ReasonForm,
        ),
        Operation(
            "GET",
            "/calls/{call_id}/recommendations",
            list_recommendations,
            "What is recommended, each superior's in its order (organisers: of all, superiors: of their own)",
            TAG,
            reply=RecommendationReply,
            many=True,
        ),
        Operation(
            "PUT",
            "/calls/{call_id}/recommendations",
            rank_recommendations,
            "Put all one's recommended cases into this order (superiors)",
            TAG,
            reply=RecommendationReply,
            many=True,
            body=OrderForm,
        ),
        Operation(
            "GET",
            "/cases/{case_id}/findings",
            list_findings,
            "The automatic findings of the formal check (organisers)",
            TAG,
            reply=CheckFindingReply,
            many=True,
        ),
        Operation(
            "POST",
            "/cases/{case_id}/formal-check",
            formal_check,
            "Pass, reject, return, resume or undo (organisers); a return may name a time",
            TAG,
            reply=CaseReply,
            body=CheckForm,
        ),
        Operation(
            "POST",
            "/calls/{call_id}/formal-check",
            check_many,
            "Pass, reject or return many cases, each decided alone (organisers)",
            TAG,
            reply=BulkReply,
            body=BulkForm,
        ),
        Operation(
            "POST",
            "/calls/{call_id}/reminders",
            remind_unfinished,
            "Write to the units that have begun and not handed in (organisers); names of units",
            TAG,
            reply=BulkReply,
        ),
    ]


def recommend_case(rq: Rq, body: OpinionForm) -> CaseReply:
    case_id = rq.path("case_id")
    service.recommend_case(rq.db, actor=rq.actor, now=rq.now, case_id=case_id, opinion=body.opinion)
    return _case(rq, case_id)


def withdraw_recommendation(rq: Rq, _body: None) -> CaseReply:
    case_id = rq.path("case_id")
    service.withdraw_recommendation(rq.db, actor=rq.actor, now=rq.now, case_id=case_id)
    return _case(rq, case_id)


def comment_on_case(rq: Rq, body: ReasonForm) -> CaseReply:
    case_id = rq.path("case_id")
    service.comment_on_case(rq.db, actor=rq.actor, now=rq.now, case_id=case_id, comment=body.reason)
    return _case(rq, case_id)


def list_recommendations(rq: Rq, _body: None) -> list[RecommendationReply]:
    call = queries.call(rq.db, rq.path("call_id"))
    organiser = policy.may_check(rq.actor) is None
    if not organiser:
        require(policy.may_forward(rq.actor))
    given = queries.recommended(rq.db, call.id, "" if organiser else rq.actor.unit_id or "")
    places = places_seen(rq, call.id)
    return [
        RecommendationReply(
            case_id=each.case_id,
            version_id=each.version_id,
            unit_id=each.unit_id,
            unit_name=each.unit_name,
            opinion=each.opinion,
            given_at=each.given_at,
            place=places[each.id][0],
        )
        for each in given
    ]


def rank_recommendations(rq: Rq, body: OrderForm) -> list[RecommendationReply]:
    call = queries.call(rq.db, rq.path("call_id"))
    service.rank_recommendations(rq.db, actor=rq.actor, now=rq.now, call_id=call.id, order=body.case_ids)
    return list_recommendations(rq, None)


def list_findings(rq: Rq, _body: None) -> list[CheckFindingReply]:
    require(policy.may_check(rq.actor))
    found = queries.check_findings(rq.db, queries.case(rq.db, rq.path("case_id")))
    return [
        CheckFindingReply(key=each.key, state=each.state, title=str(each.title), detail=str(each.detail))
        for each in found
    ]


def _decided(rq: Rq, body: CheckForm, judging_begun: JudgingBegun) -> CaseReply:
    case = queries.case(rq.db, rq.path("case_id"))
    who: dict[str, Any] = {"actor": rq.actor, "now": rq.now, "case_id": case.id}
    seen: dict[str, Any] = {"reason": body.reason, "seen": body.version_id}
    if body.outcome == "undo":
        service.undo_decision(rq.db, **who, judging_has_begun=judging_begun(rq.db, case.call_id))
    elif body.outcome == "return":
        require(policy.may_check(rq.actor))
        due_at = instant(body.due_at, queries.call(rq.db, case.call_id))
        service.return_case(rq.db, **who, **seen, due_at=due_at)
    else:
        service.check_case(rq.db, **who, **seen, outcome=Deed(body.outcome))
    return _case(rq, case.id)


def check_many(rq: Rq, body: BulkForm) -> BulkReply:
    call = queries.call(rq.db, rq.path("call_id"))
    outcome = service.decide_many(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        call_id=call.id,
        chosen=[each.value() for each in body.cases],
        deed=Deed(body.outcome),
        reason=body.reason,
        due_at=instant(body.due_at, call),
    )
    return _bulk_reply(outcome)


def remind_unfinished(rq: Rq, _body: None) -> BulkReply:
    call_id = rq.path("call_id")
    return _bulk_reply(service.remind_unfinished(rq.db, actor=rq.actor, now=rq.now, call_id=call_id))


def _bulk_reply(outcome: BulkOutcome) -> BulkReply:
    left = [LeftReply(case_id=each.id, reason=str(each.reason)) for each in outcome.left]
    return BulkReply(done=list(outcome.done), left=left)


def _case(rq: Rq, case_id: str) -> CaseReply:
    return case_reply(queries.case(rq.db, case_id))
