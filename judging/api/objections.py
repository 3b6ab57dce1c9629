"""Objections and rulings for programs of the organiser; objecting is done on the notice's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.web import Rq
from judging import queries, service
from judging.api.announcing import organised_round
from judging.forms import AnswerRulingForm, OutcomeForm
from judging.views import ObjectionView, RulingView

TAG = "judging"
BASE = "/calls/{call_id}/judging"


class RulingReply(BaseModel):
    """A proposal and the second person's answer. `state` is proposed, confirmed or rejected."""

    id: str
    line_id: str
    objection_id: str | None
    outcome: str = Field(description="dismissed, corrected or revoked")
    reason: str
    state: str
    proposed_at: datetime
    proposed_by: str
    answered_at: datetime | None
    answered_by: str


class ObjectionReply(BaseModel):
    """An objection to an announced case. `state` is open or ruled."""

    id: str
    number: str
    line_id: str
    title: str
    unit: str
    state: str
    received_at: datetime
    name: str
    email: str
    matter: str
    statement: str | None = Field(description="the unit's answer")
    rulings: list[RulingReply]


def operations() -> list[Operation]:
    return [
        Operation(
            "GET",
            BASE + "/objections",
            objections,
            "Objections, the oldest first (organisers)",
            TAG,
            ObjectionReply,
            many=True,
        ),
        Operation(
            "POST",
            BASE + "/rulings",
            propose,
            "Propose a ruling on an announced case (organisers)",
            TAG,
            RulingReply,
            body=OutcomeForm,
            status=201,
        ),
        Operation(
            "POST",
            BASE + "/rulings/{ruling_id}/answer",
            answer,
            "Confirm or reject another organiser's proposal",
            TAG,
            RulingReply,
            body=AnswerRulingForm,
        ),
    ]


def objections(rq: Rq, _body: Any) -> Sequence[ObjectionReply]:
    return [_objection(each) for each in queries.objections(rq.db, organised_round(rq).id)]


def propose(rq: Rq, body: OutcomeForm) -> RulingReply:
    made = service.propose_ruling(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        round_id=organised_round(rq).id,
        line_id=body.line_id,
        outcome=body.outcome,
        reason=body.reason,
        objection_id=body.objection_id or None,
    )
    return _ruling(made)


def answer(rq: Rq, body: AnswerRulingForm) -> RulingReply:
    made = service.answer_ruling(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        round_id=organised_round(rq).id,
        ruling_id=rq.path("ruling_id"),
        confirm=body.confirm,
        answer=body.answer,
    )
    return _ruling(made)


def _objection(found: ObjectionView) -> ObjectionReply:
    return ObjectionReply(
        id=found.id,
        number=found.number,
        line_id=found.line.id,
        title=found.line.title,
        unit=found.line.unit_name,
        state=found.state.value,
        received_at=found.received_at,
        name=found.name,
        email=found.email,
        matter=found.matter,
        statement=found.statement.words if found.statement and found.statement.given_at else None,
        rulings=[_ruling(each) for each in found.rulings],
    )


def _ruling(made: RulingView) -> RulingReply:
    return RulingReply(
        id=made.id,
        line_id=made.line_id,
        objection_id=made.objection_id,
        outcome=made.outcome.value,
        reason=made.reason,
        state=made.state.value,
        proposed_at=made.proposed_at,
        proposed_by=made.proposed_by_name,
        answered_at=made.answered_at,
        answered_by=made.answered_by_name,
    )
