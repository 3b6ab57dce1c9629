"""Distributions and further rounds by programs: look, undo, hand over, remind, open, give up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.forms import Form
from foundation.web import Rq
from judging import queries, service
from judging.forms import ReasonForm
from judging.pages.common import organiser_round
from judging.views import HandOverPreview, RoundView
from submissions import queries as submissions

TAG = "judging"
BASE = "/calls/{call_id}/judging"


class HandOverBody(Form):
    """One juror's reads to another; without `to_id` to all others evenly."""

    from_id: str = Field(max_length=20)
    to_id: str = Field("", max_length=20)
    take_begun: bool = False
    reason: str = Field("", max_length=4000)


class RemindBody(Form):
    """Jurors to write to; those who have handed in everything are passed over."""

    user_ids: list[str] = Field(max_length=2000)
    note: str = Field("", max_length=4000)


class RoundBody(Form):
    """What a further round announces: its cases are the `best` of the round before, or `case_ids` for the
    reasons in `selection`; `weights` by criterion key, empty: as the call."""

    reads: int
    best: int | None = None
    each: bool = Field(False, description="so many of each category")
    case_ids: list[str] = Field(default_factory=list, max_length=20_000)
    selection: str = Field("", max_length=4000)
    weights: dict[str, int] = Field(default_factory=dict, max_length=60)
    earlier_weight: int = Field(0, description="percent of the score that earlier rounds count")
    fresh_readers: bool = False
    closes_at: datetime | None = None
    with_files: bool = False
    juror_ids: list[str] = Field(default_factory=list, max_length=2000)


class CountReply(BaseModel):
    """How many reads or letters it was."""

    count: int


class RoundLineReply(BaseModel):
    """One round of a call, by what it announced."""

    id: str
    ordinal: int
    state: str
    cases: int
    reads_per_case: int
    reads_required: int
    weights: dict[str, int]
    earlier_weight: int
    fresh_readers: bool
    best: int | None
    selection: str
    opened_at: datetime
    closed_at: datetime | None
    close_reason: str


def operations() -> list[Operation]:
    return [
        Operation(
            "POST",
            BASE + "/assignments/undo",
            undo,
            "Undo the latest distribution, while nobody has begun (organisers)",
            TAG,
            CountReply,
        ),
        Operation(
            "POST",
            BASE + "/assignments/hand-over",
            hand_over,
            "Give a juror's reads to another or to all others (organisers)",
            TAG,
            CountReply,
            body=HandOverBody,
        ),
        Operation(
            "POST",
            BASE + "/reminders",
            remind,
            "Remind jurors who have something left (organisers)",
            TAG,
            CountReply,
            body=RemindBody,
        ),
        Operation(
            "GET",
            BASE + "/rounds",
            rounds,
            "All rounds of a call (organisers)",
            TAG,
            RoundLineReply,
            many=True,
        ),
        Operation(
            "POST",
            BASE + "/rounds",
            open_next,
            "Open a further round with chosen cases (organisers)",
            TAG,
            RoundLineReply,
            body=RoundBody,
            many=True,
            status=201,
        ),
        Operation(
            "POST",
            BASE + "/rounds/cancel",
            cancel,
            "Give up the latest further round (organisers)",
            TAG,
            RoundLineReply,
            body=ReasonForm,
            many=True,
        ),
    ]


def undo(rq: Rq, _body: None) -> CountReply:
    actor, view = organiser_round(rq)
    last = queries.last_distribution(rq.db, view.id)
    count = service.undo_distribution(
        rq.db, actor=actor, now=rq.now, round_id=view.id, distribution_id=last.id if last else ""
    )
    return CountReply(count=count)


def hand_over(rq: Rq, body: HandOverBody) -> CountReply:
    actor, view = organiser_round(rq)
    seen: HandOverPreview = queries.preview_hand_over(
        rq.db, actor, view, from_id=body.from_id, to_id=body.to_id, take_begun=body.take_begun
    )
    count = service.hand_over(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        from_id=body.from_id,
        to_id=body.to_id,
        take_begun=body.take_begun,
        reason=body.reason,
        preview=seen,
    )
    return CountReply(count=count)


def remind(rq: Rq, body: RemindBody) -> CountReply:
    actor, view = organiser_round(rq)
    count = service.remind(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        user_ids=body.user_ids,
        note=body.note,
        address=rq.absolute("/judging"),
    )
    return CountReply(count=count)


def rounds(rq: Rq, _body: None) -> Sequence[RoundLineReply]:
    _actor, view = organiser_round(rq)
    call = submissions.call(rq.db, view.call.id)
    return [_line(rq, each) for each in queries.rounds_of_call(rq.db, call)]


def _line(rq: Rq, view: RoundView) -> RoundLineReply:
    return RoundLineReply(
        id=view.id,
        ordinal=view.ordinal,
        state=view.state.value,
        cases=queries.count_cases(rq.db, view.id),
        reads_per_case=view.call.rules.reads_per_case,
        reads_required=view.reads_required,
        weights={each.key: each.weight for each in view.call.rules.criteria},
        earlier_weight=view.earlier_weight,
        fresh_readers=view.fresh_readers,
        best=view.best,
        selection=view.selection,
        opened_at=view.opened_at,
        closed_at=view.closed_at,
        close_reason=view.close_reason,
    )


def open_next(rq: Rq, body: RoundBody) -> Sequence[RoundLineReply]:
    actor, view = organiser_round(rq)
    service.open_next_round(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        asked=service.NextRound(**body.model_dump()),
        address=rq.absolute("/invitations/"),
    )
    return rounds(rq, None)


def cancel(rq: Rq, body: ReasonForm) -> Sequence[RoundLineReply]:
    actor, view = organiser_round(rq)
    service.cancel_round(rq.db, actor=actor, now=rq.now, round_id=view.id, reason=body.reason)
    return rounds(rq, None)
