"""The organiser's operations: opening, the jury, assignments, closing, prizes; and the jurors' answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.errors import FieldError, Invalid, Refused
from foundation.forms import Form
from foundation.text import _
from foundation.web import Rq
from judging import queries, service
from judging.forms import CloseForm, ReasonForm, RoundForm, TermsForm
from judging.values import PrizeProposal
from judging.views import EvenPreview, InvitationView, RoundView, SeatView
from submissions import queries as submissions

TAG = "judging"
BASE = "/calls/{call_id}/judging"


class JurorForm(TermsForm):
    """Whom to invite, which categories he reads first (none: all) and how many cases at most."""

    user_id: str = Field("", max_length=20)


class AnswerBody(Form):
    """The answer to an invitation: accepting takes the pledge, declining a reason."""

    accept: bool
    pledge: bool = False
    reason: str = Field("", max_length=4000)


class HandBody(Form):
    """Readers of one case, chosen by hand."""

    case_id: str = Field("", max_length=20)
    juror_ids: list[str] = Field(default_factory=list, max_length=500)


class PrizesBody(Form):
    """The decision: case id -> prize key of every case that gets one, and the digest that was looked at."""

    prizes: dict[str, str]
    digest: str | None = Field(None, max_length=64)
    reason: str = Field("", max_length=4000)
    minutes: str = Field("", max_length=40_000)


class RoundReply(BaseModel):
    """The judging of a call and how far it is. `state` is open, closed or decided."""

    id: str
    call_id: str
    state: str
    opened_at: datetime
    closes_at: datetime | None
    reads_required: int
    assigned: int = Field(description="reads assigned")
    complete: int = Field(description="reads with all marks")
    handed_in: int = Field(description="reads handed in")
    short: int = Field(description="cases with too few reads assigned")


class SeatReply(BaseModel):
    """One invitation to the jury. `state` is invited, accepted, declined or removed."""

    user_id: str
    name: str
    unit: str
    state: str
    category_keys: list[str]
    load_limit: int | None
    group_key: str = Field(description="his group where the call weighs groups of jurors")


class InvitationReply(BaseModel):
    """The juror's own invitation."""

    round_id: str
    call_id: str
    call: str
    state: str
    closes_at: datetime | None
    assigned: int
    complete: int
    handed_in: int


class PlanReply(BaseModel):
    """What was assigned by the button; `shortfalls` says which case lacks how many reads, and why."""

    added: list[tuple[str, str]] = Field(description="case id, juror id")
    shortfalls: list[str]
    seed: int


class AddedReply(BaseModel):
    """How many readers are new."""

    added: int


class ProposalReply(BaseModel):
    """The prizes by quota. Cases of `ties` stand on a cut line: a person decides, with a reason."""

    digest: str
    prizes: dict[str, str] = Field(description="case id -> prize key, for the places nobody has to decide")
    ties: list[list[str]]
    too_few_reads: list[str]
    settled: list[list[str]] = Field(description="ties that the announced policy settled")
    passed_over: list[str] = Field(description="cases whose unit has all the prizes it may have")
    vacant: dict[str, int] = Field(description="prize key -> places that stay vacant")
    obstacle: str | None = Field(description="why no prizes can be given by the published rule")


def operations() -> list[Operation]:
    return [
        Operation("GET", BASE, get_round, "The judging of a call (organisers)", TAG, RoundReply),
        Operation(
            "POST",
            BASE,
            open_judging,
            "Open the judging once the window is closed (organisers)",
            TAG,
            RoundReply,
            body=RoundForm,
            status=201,
        ),
        Operation("GET", BASE + "/jurors", list_jurors, "The jury (organisers)", TAG, SeatReply, many=True),
        Operation(
            "POST",
            BASE + "/jurors",
            invite,
            "Invite a juror (organisers)",
            TAG,
            SeatReply,
            body=JurorForm,
            many=True,
            status=201,
        ),
        Operation(
            "POST",
            BASE + "/assignments",
            assign,
            "Give a case to jurors by hand (organisers)",
            TAG,
            AddedReply,
            body=HandBody,
        ),
        Operation(
            "POST",
            BASE + "/assignments/even",
            assign_evenly,
            "Assign evenly what is missing (organisers)",
            TAG,
            PlanReply,
            query={"reads": "Reads a case; the call's rule without", "seed": "Of the draw, from 1"},
            prepare=even_plan,
        ),
        Operation(
            "POST", BASE + "/close", close, "End the scoring (organisers)", TAG, RoundReply, body=CloseForm
        ),
        Operation(
            "POST",
            BASE + "/reopen",
            reopen,
            "Go on scoring before the decision (organisers)",
            TAG,
            RoundReply,
            body=ReasonForm,
        ),
        Operation("GET", BASE + "/prizes", proposal, "The prizes by quota (organisers)", TAG, ProposalReply),
        Operation(
            "POST",
            BASE + "/prizes",
            decide,
            "Decide the prizes; the decision waits for its notice (organisers)",
            TAG,
            RoundReply,
            body=PrizesBody,
        ),
        Operation(
            "GET", "/judging/invitations", invitations, "My invitations", TAG, InvitationReply, many=True
        ),
        Operation(
            "POST",
            "/judging/rounds/{round_id}/answer",
            answer,
            "Accept or decline an invitation",
            TAG,
            InvitationReply,
            body=AnswerBody,
            many=True,
        ),
    ]


def _round(rq: Rq) -> RoundView:
    call = submissions.call(rq.db, rq.path("call_id"))
    view = queries.organised(rq.db, rq.actor, call)
    if view is None:
        raise Refused(_("这次征集活动还没有开始评审。"))
    return view


def _reply(rq: Rq) -> RoundReply:
    view = _round(rq)
    progress = queries.progress(rq.db, rq.actor, view)
    return RoundReply(
        id=view.id,
        call_id=view.call.id,
        state=view.state.value,
        opened_at=view.opened_at,
        closes_at=view.closes_at,
        reads_required=view.reads_required,
        assigned=progress.whole.assigned,
        complete=progress.whole.complete,
        handed_in=progress.whole.handed_in,
        short=len(progress.short),
    )


def get_round(rq: Rq, _body: None) -> RoundReply:
    return _reply(rq)


def open_judging(rq: Rq, body: RoundForm) -> RoundReply:
    call = submissions.call(rq.db, rq.path("call_id"))
    service.open_judging(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        call_id=call.id,
        closes_at=body.deadline(call.timezone),
        with_files=body.with_files,
    )
    return _reply(rq)


def list_jurors(rq: Rq, _body: None) -> Sequence[SeatReply]:
    return [_seat(each) for each in queries.panel(rq.db, _round(rq).id)]


def _seat(seat: SeatView) -> SeatReply:
    return SeatReply(
        user_id=seat.user_id,
        name=seat.name,
        unit=seat.unit_name,
        state=seat.state.value,
        category_keys=list(seat.category_keys),
        load_limit=seat.load_limit,
        group_key=seat.group_key,
    )


def invite(rq: Rq, body: JurorForm) -> Sequence[SeatReply]:
    view = _round(rq)
    service.invite_juror(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        round_id=view.id,
        user_id=body.user_id,
        category_keys=body.category_keys,
        load_limit=body.load_limit,
        group_key=body.group_key,
    )
    return [_seat(each) for each in queries.panel(rq.db, view.id)]


def assign(rq: Rq, body: HandBody) -> AddedReply:
    added = service.assign_by_hand(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        round_id=_round(rq).id,
        case_id=body.case_id,
        juror_ids=body.juror_ids,
    )
    return AddedReply(added=added)


def even_plan(rq: Rq) -> EvenPreview:
    """Computed before the write transaction: with thousands of cases it takes seconds."""
    view = _round(rq)
    reads = _number(rq, "reads", view.reads_required)
    return queries.preview_even(rq.db, rq.actor, view, reads=reads, seed=_number(rq, "seed", 1))


def _number(rq: Rq, name: str, without: int) -> int:
    typed = rq.query(name)
    if not typed:
        return without
    if not (typed.isascii() and typed.isdigit() and len(typed) < 7 and 0 < int(typed) <= 100_000):
        raise Invalid([FieldError(name, _("请填写整数"))])
    return int(typed)


def assign_evenly(rq: Rq, _body: None) -> PlanReply:
    plan = service.assign_evenly(
        rq.db, actor=rq.actor, now=rq.now, round_id=_round(rq).id, preview=rq.prepared
    )
    return PlanReply(
        added=list(plan.added), shortfalls=[str(each.reason) for each in plan.shortfalls], seed=plan.seed
    )


def close(rq: Rq, body: CloseForm) -> RoundReply:
    service.close_round(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        round_id=_round(rq).id,
        reason=body.reason,
        reads_required=body.reads_required,
    )
    return _reply(rq)


def reopen(rq: Rq, body: ReasonForm) -> RoundReply:
    service.reopen_round(rq.db, actor=rq.actor, now=rq.now, round_id=_round(rq).id, reason=body.reason)
    return _reply(rq)


def proposal(rq: Rq, _body: None) -> ProposalReply:
    board = queries.board(rq.db, rq.actor, _round(rq))
    found: PrizeProposal = board.proposal
    return ProposalReply(
        digest=board.digest,
        prizes=found.certain,
        ties=[list(tie.case_ids) for tie in found.ties],
        too_few_reads=list(found.too_few_reads),
        settled=[list(each.case_ids) for each in found.settled],
        passed_over=[each.case_id for each in found.passed_over],
        vacant={share.prize.key: share.vacant for share in found.shares if share.vacant},
        obstacle=None if board.obstacle is None else str(board.obstacle),
    )


def decide(rq: Rq, body: PrizesBody) -> RoundReply:
    service.decide_prizes(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        round_id=_round(rq).id,
        chosen=body.prizes,
        digest=body.digest,
        reason=body.reason,
        minutes=body.minutes,
    )
    return _reply(rq)


def invitations(rq: Rq, _body: None) -> Sequence[InvitationReply]:
    return [_invitation(each) for each in queries.invitations(rq.db, rq.signed_in())]


def _invitation(mine: InvitationView) -> InvitationReply:
    return InvitationReply(
        round_id=mine.round.id,
        call_id=mine.round.call.id,
        call=mine.round.call.title,
        state=mine.seat.state.value,
        closes_at=mine.round.closes_at,
        assigned=mine.assigned,
        complete=mine.complete,
        handed_in=mine.handed_in,
    )


def answer(rq: Rq, body: AnswerBody) -> Sequence[InvitationReply]:
    service.respond_to_invitation(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        round_id=rq.path("round_id"),
        accept=body.accept,
        pledge=body.pledge,
        reason=body.reason,
    )
    return invitations(rq, None)
