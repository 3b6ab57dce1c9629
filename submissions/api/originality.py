"""Originality by the API: the list of a call, a person's verdict, asking for a new check (organisers)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from foundation.api import Operation
from foundation.errors import NotFound
from foundation.permission import require
from foundation.web import Rq
from submissions import policy, queries
from submissions.api.replies import Reply
from submissions.forms.originality import ReviewForm
from submissions.queries import originality as found
from submissions.service import originality as service
from submissions.values.originality import OriginalityView

TAG = "submissions"


class OriginalityReply(Reply):
    """Percentages of the text; `verdict` is fine, problem or empty."""

    case_id: str
    version_id: str
    share: float
    largest_share: float
    sources: int
    photos: int
    checked_at: datetime
    verdict: str
    note: str


class RoundReply(Reply):
    requested_at: datetime
    finished_at: datetime | None


def operations() -> list[Operation]:
    return [
        Operation(
            "GET",
            "/calls/{call_id}/originality",
            originality_of_call,
            "Originality of the cases of a call that were checked, the greatest share first (organisers)",
            TAG,
            reply=OriginalityReply,
            many=True,
        ),
        Operation(
            "POST",
            "/calls/{call_id}/originality",
            check_again,
            "Have all cases of a call checked for originality again (organisers)",
            TAG,
            reply=RoundReply,
        ),
        Operation(
            "POST",
            "/cases/{case_id}/originality",
            review,
            "Say what was found by looking at the originality of a case (organisers)",
            TAG,
            reply=OriginalityReply,
            body=ReviewForm,
        ),
    ]


def originality_of_call(rq: Rq, _body: None) -> list[OriginalityReply]:
    require(policy.may_manage_calls(rq.actor))
    call = queries.call(rq.db, rq.path("call_id"))
    return [
        _reply(row.report, row.sources, row.photos)
        for row in found.originality_rows(rq.db, call.id)
        if row.report is not None
    ]


def check_again(rq: Rq, _body: None) -> RoundReply:
    call_id = rq.path("call_id")
    service.request_originality(rq.db, actor=rq.actor, now=rq.now, call_id=call_id)
    return RoundReply.model_validate(found.last_round(rq.db, call_id))


def review(rq: Rq, body: ReviewForm) -> OriginalityReply:
    require(policy.may_manage_calls(rq.actor))
    case = queries.case(rq.db, rq.path("case_id"))
    version_id = case.version_id or case.pending_version_id or ""
    service.review_originality(
        rq.db, actor=rq.actor, now=rq.now, version_id=version_id, verdict=body.given(), note=body.note
    )
    report = found.originality(rq.db, version_id)
    if report is None:
        raise NotFound
    return _reply(report, len(found.sources(rq.db, version_id)), len(found.photo_pairs(rq.db, version_id)))


def _reply(report: OriginalityView, sources: int, photos: int) -> OriginalityReply:
    said: dict[str, Any] = {
        "verdict": report.verdict.value if report.verdict else "",
        "sources": sources,
        "photos": photos,
    }
    names = ("case_id", "version_id", "share", "largest_share", "checked_at", "note")
    return OriginalityReply(**said, **{name: getattr(report, name) for name in names})
