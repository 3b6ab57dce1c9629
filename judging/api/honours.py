"""What follows a decision, by the API: the proof of a certificate, released feedback."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.errors import NotFound
from foundation.web import Rq
from judging.queries.certificates import proof
from judging.queries.honours import released_feedback
from judging.values.honours import CertificateState, HolderKind
from submissions import queries as submissions

TAG = "judging"


class ProofReply(BaseModel):
    """A certificate as anybody may verify it."""

    number: str
    state: CertificateState = Field(description="valid, revoked (its award was) or void")
    holder: str
    holder_kind: HolderKind
    unit: str
    title: str
    prize: str
    call: str
    issuers: list[str]
    dated: str
    ended_at: datetime | None = Field(description="when it was revoked or made void")


class CriterionReply(BaseModel):
    """The mean of the counted reads on one criterion."""

    name: str
    average: str
    highest: str


class FeedbackReply(BaseModel):
    """Feedback as it was released."""

    released_at: datetime
    prize: str
    criteria: list[CriterionReply]
    score: str
    reads: int = Field(description="counted reads; 0 where there are too few for averages")
    comments: list[str]


def operations() -> list[Operation]:
    return [
        Operation(
            "GET",
            "/certificates/{number}",
            get_certificate,
            "Verify a certificate by its number",
            TAG,
            ProofReply,
            public=True,
        ),
        Operation(
            "GET",
            "/cases/{case_id}/feedback",
            get_feedback,
            "Feedback that was released of a case (its unit, organisers)",
            TAG,
            FeedbackReply,
        ),
    ]


def get_certificate(rq: Rq, _body: None) -> ProofReply:
    found = proof(rq.db, rq.path("number"))
    if found is None:
        raise NotFound
    return ProofReply(
        number=found.number,
        state=found.state,
        holder=found.holder,
        holder_kind=found.holder_kind,
        unit=found.unit_name,
        title=found.title,
        prize=found.prize_name,
        call=found.call_title,
        issuers=list(found.issuers),
        dated=found.dated,
        ended_at=found.ended_at,
    )


def get_feedback(rq: Rq, _body: None) -> FeedbackReply:
    case = submissions.case(rq.db, rq.path("case_id"))
    found = released_feedback(rq.db, case.id)
    if found is None:
        raise NotFound
    return FeedbackReply(
        released_at=found.released_at,
        prize=found.content.prize_name,
        criteria=[
            CriterionReply(name=each.name, average=each.average, highest=each.highest)
            for each in found.content.criteria
        ],
        score=found.content.score,
        reads=found.content.reads,
        comments=list(found.content.comments),
    )
