"""Claims and evidence by the API."""

from __future__ import annotations

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.web import Rq
from submissions import queries, service
from submissions.forms import ClaimForm
from submissions.pages.showing import own_case
from submissions.rules.claims import ledger
from submissions.values import Claim, PlacedClaim

TAG = "submissions"


class SourceReply(BaseModel):
    """One piece of evidence: a file of the case or a web address."""

    attachment_id: str
    url: str
    note: str


class ClaimReply(BaseModel):
    """One claim. `state` is exact, changed or lost (its words in the text now), or proposed."""

    id: str = Field(description="empty for a proposed claim")
    quote: str
    state: str
    words: str = Field(description="what the text says there now")
    sources: list[SourceReply]


def operations() -> list[Operation]:
    return [
        Operation(
            "GET",
            "/cases/{case_id}/claims",
            list_claims,
            "The claims of the working copy with their evidence, and what reads as a claim and has none",
            TAG,
            reply=ClaimReply,
            many=True,
        ),
        Operation(
            "POST",
            "/cases/{case_id}/claims",
            mark_claim,
            "Mark words of the saved body as a claim and link evidence",
            TAG,
            reply=ClaimReply,
            body=ClaimForm,
            status=201,
        ),
        Operation("DELETE", "/cases/{case_id}/claims/{claim_id}", remove_claim, "Take a claim back", TAG),
    ]


def list_claims(rq: Rq, _body: None) -> list[ClaimReply]:
    case = own_case(rq)
    draft = queries.draft(rq.db, case.id)
    book = ledger(draft.text.body_html, draft.claims)
    proposed = [
        ClaimReply(id="", quote=each.quote, state="proposed", words=each.quote, sources=[])
        for each in book.proposed
    ]
    return [*(_placed(each) for each in book.claims), *proposed]


def mark_claim(rq: Rq, body: ClaimForm) -> ClaimReply:
    case = own_case(rq)
    claim = service.mark_claim(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=case.id,
        quote=body.quote,
        sources=() if body.needless else body.sources(),
        needless=body.needless,
    )
    return _reply(claim, "exact", claim.quote)


def remove_claim(rq: Rq, _body: None) -> None:
    service.remove_claim(
        rq.db, actor=rq.actor, now=rq.now, case_id=own_case(rq).id, claim_id=rq.path("claim_id")
    )


def _placed(each: PlacedClaim) -> ClaimReply:
    return _reply(each.claim, each.state.value, each.words)


def _reply(claim: Claim, state: str, words: str) -> ClaimReply:
    sources = [SourceReply(attachment_id=s.attachment_id, url=s.url, note=s.note) for s in claim.sources]
    return ClaimReply(id=claim.id, quote=claim.quote, state=state, words=words, sources=sources)
