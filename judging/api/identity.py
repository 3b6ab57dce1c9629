"""The masked copy by the API: what gives a case away, and the decision on it."""

from __future__ import annotations

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.forms import Form
from foundation.web import Rq
from submissions import queries as submissions
from submissions import service
from submissions.identity import Subject, leaks, masks_of
from submissions.values import IdentityDecision, Leak, VersionView

TAG = "judging"
PATH = "/cases/{case_id}/identity"


class LeakReply(BaseModel):
    """Words that give the case away. `automatic` ones are covered in any case, `covered` ones now."""

    kind: str = Field(description="unit, author, person, place, contact or own")
    words: str
    token: str = Field(description="what is read instead")
    automatic: bool
    proposed: bool
    covered: bool
    places: int


class IdentityReply(BaseModel):
    """The findings in a case and how far they are decided."""

    content_hash: str
    confirmed: bool
    findings: list[LeakReply]
    withheld: list[str] = Field(description="ids of photos that jurors do not get")


class IdentityBody(Form):
    """The decision: findings to cover, further words, photos to keep back; `seen` is the content hash of what
    was looked at."""

    seen: str = Field("", max_length=64)
    mask: list[str] = Field(default_factory=list, max_length=1000)
    own: list[str] = Field(default_factory=list, max_length=300)
    withheld: list[str] = Field(default_factory=list, max_length=100)


def operations() -> list[Operation]:
    return [
        Operation(
            "GET", PATH, get_identity, "What gives a case away (its authors, organisers)", TAG, IdentityReply
        ),
        Operation(
            "PUT",
            PATH,
            put_identity,
            "Confirm what jurors must not read of a case (its authors, organisers)",
            TAG,
            IdentityReply,
            body=IdentityBody,
        ),
    ]


def get_identity(rq: Rq, _body: None) -> IdentityReply:
    version = _version(rq)
    return _reply(rq, version, submissions.identity_decision(rq.db, version.case_id))


def put_identity(rq: Rq, body: IdentityBody) -> IdentityReply:
    version = _version(rq)
    found = _found(rq, version, submissions.identity_decision(rq.db, version.case_id))
    decision = service.confirm_identity(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=version.case_id,
        seen=body.seen,
        masks=masks_of(found, body.mask, body.own),
        kept=[each.words for each in found if not each.automatic and each.words not in body.mask],
        withheld=body.withheld,
    )
    return _reply(rq, version, decision)


def _version(rq: Rq) -> VersionView:
    return service.identity_subject(rq.db, actor=rq.actor, now=rq.now, case_id=rq.path("case_id"))


def _found(rq: Rq, version: VersionView, decision: IdentityDecision) -> tuple[Leak, ...]:
    return leaks(Subject(version, submissions.unit_names(rq.db, version.unit_id), (), decision.masks))


def _reply(rq: Rq, version: VersionView, decision: IdentityDecision) -> IdentityReply:
    covered = {each.words for each in decision.masks}
    return IdentityReply(
        content_hash=version.content_hash,
        confirmed=decision.confirms(version.content_hash),
        findings=[
            LeakReply(
                kind=each.kind.value,
                words=each.words,
                token=each.token,
                automatic=each.automatic,
                proposed=each.proposed,
                covered=each.automatic or each.words in covered,
                places=len(each.sightings),
            )
            for each in _found(rq, version, decision)
        ],
        withheld=list(decision.withheld),
    )
