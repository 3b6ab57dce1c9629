"""The public notice: publishing and taking back a decision, what was announced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.errors import Refused
from foundation.text import _
from foundation.web import Rq
from judging import queries, service
from judging.forms import PublishForm, ReasonForm
from judging.views import NoticeView, RoundView
from submissions import queries as submissions

TAG = "judging"
BASE = "/calls/{call_id}/judging/notice"


class NoticeLineReply(BaseModel):
    """One announced case. `state` is standing, revoked, withdrawn, or moved to a higher prize later."""

    id: str
    case_id: str
    prize_key: str
    prize: str
    title: str
    unit: str
    category: str
    state: str


class NoticeReply(BaseModel):
    """A public notice. `kind` is main or filling; `final_at` is null while the awards are not granted."""

    id: str
    kind: str
    days: int = Field(description="working days")
    published_at: datetime
    ends_at: datetime = Field(description="the first instant after the period")
    ended_at: datetime | None
    final_at: datetime | None
    digest: str = Field(description="SHA-256 of the frozen list")
    contact: str
    objections: int
    outcomes: dict[str, int] = Field(description="how many objections were dismissed, corrected, revoked")
    lines: list[NoticeLineReply]


def operations() -> list[Operation]:
    return [
        Operation(
            "GET",
            "/calls/{slug}/notices",
            notices,
            "Public notices of a call, the latest first",
            TAG,
            NoticeReply,
            many=True,
            public=True,
        ),
        Operation(
            "POST",
            BASE + "/publish",
            publish,
            "Announce the pending decision; without a period its awards are final at once (organisers)",
            TAG,
            NoticeReply,
            body=PublishForm,
            status=201,
        ),
        Operation(
            "POST",
            BASE + "/take-back",
            take_back,
            "Take the pending decision back (organisers)",
            TAG,
            body=ReasonForm,
        ),
    ]


def notices(rq: Rq, _body: Any) -> Sequence[NoticeReply]:
    call = submissions.call_by_slug(rq.db, rq.path("slug"))
    return [notice_reply(each) for each in queries.notices(rq.db, call.id)]


def organised_round(rq: Rq) -> RoundView:
    """The round of the call in the address, for somebody who may run it."""
    call = submissions.call(rq.db, rq.path("call_id"))
    view = queries.organised(rq.db, rq.actor, call)
    if view is None:
        raise Refused(_("这次征集活动还没有开始评审。"))
    return view


def publish(rq: Rq, body: PublishForm) -> NoticeReply:
    notice = service.publish_decision(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        round_id=organised_round(rq).id,
        decision_id=body.decision_id or None,
        days=body.days,
        contact=body.contact,
    )
    return notice_reply(notice)


def take_back(rq: Rq, body: ReasonForm) -> None:
    service.take_back_decision(
        rq.db, actor=rq.actor, now=rq.now, round_id=organised_round(rq).id, reason=body.reason
    )


def notice_reply(notice: NoticeView) -> NoticeReply:
    return NoticeReply(
        id=notice.id,
        kind=notice.kind.value,
        days=notice.days,
        published_at=notice.published_at,
        ends_at=notice.ends_at,
        ended_at=notice.ended_at,
        final_at=notice.final_at,
        digest=notice.digest,
        contact=notice.contact,
        objections=notice.objections,
        outcomes={outcome.value: count for outcome, count in notice.outcomes.items()},
        lines=[
            NoticeLineReply(
                id=line.id,
                case_id=line.case_id,
                prize_key=line.prize_key,
                prize=line.prize_name,
                title=line.title,
                unit=line.unit_name,
                category=line.category_name,
                state=line.state.value,
            )
            for line in notice.lines
        ],
    )
