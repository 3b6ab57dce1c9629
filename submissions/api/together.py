"""Writing together, for programs: who is at a working copy, who is invited to it, in which order its files
stand."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field
from starlette.responses import Response

from foundation.api import Operation
from foundation.forms import Form
from foundation.web import Rq
from submissions import queries, service
from submissions.api.replies import AttachmentReply, Reply, attachment_reply
from submissions.pages.showing import own_case

TAG = "submissions"


class OtherReply(Reply):
    """Somebody else who has the working copy open."""

    name: str
    since: datetime


class PresenceReply(Reply):
    """The working copy's state, and who else is at it now."""

    revision: int
    saved_at: datetime
    saved_by: str
    others: list[OtherReply]


class CoAuthorReply(Reply):
    user_id: str
    name: str
    unit_name: str
    invited_at: datetime


class InviteForm(Form):
    email: str = Field("", max_length=254)


class OrderForm(Form):
    """Ids of the files, the first one first."""

    attachment_ids: list[str] = Field(default_factory=list, max_length=200)


def operations() -> list[Operation]:
    return [
        Operation(
            "PUT",
            "/cases/{case_id}/presence",
            note_presence,
            "Report every 15 seconds that one has the working copy open, and learn who else has",
            TAG,
            reply=PresenceReply,
        ),
        Operation(
            "GET",
            "/cases/{case_id}/coauthors",
            list_coauthors,
            "Who of other units may write in the working copy",
            TAG,
            reply=CoAuthorReply,
            many=True,
        ),
        Operation(
            "POST",
            "/cases/{case_id}/coauthors",
            invite,
            "Invite somebody of another unit to write in the working copy",
            TAG,
            reply=CoAuthorReply,
            body=InviteForm,
            status=201,
        ),
        Operation(
            "DELETE",
            "/cases/{case_id}/coauthors/{user_id}",
            remove,
            "Take an invitation back, or leave",
            TAG,
        ),
        Operation(
            "PUT",
            "/cases/{case_id}/files",
            order,
            "Put the files of the working copy into an order",
            TAG,
            reply=AttachmentReply,
            body=OrderForm,
            many=True,
        ),
    ]


def note_presence(rq: Rq, _body: None) -> PresenceReply:
    case_id = rq.path("case_id")
    service.note_presence(rq.db, actor=rq.actor, now=rq.now, case_id=case_id)
    draft = queries.draft(rq.db, case_id)
    others = queries.others_at(rq.db, case_id, rq.actor, rq.now)
    return PresenceReply(
        revision=draft.revision,
        saved_at=draft.saved_at,
        saved_by=draft.saved_by,
        others=[OtherReply.model_validate(each) for each in others],
    )


def list_coauthors(rq: Rq, _body: None) -> list[CoAuthorReply]:
    return [CoAuthorReply.model_validate(each) for each in queries.coauthors(rq.db, own_case(rq).id)]


def invite(rq: Rq, body: InviteForm) -> CoAuthorReply:
    invited = service.invite_coauthor(
        rq.db, actor=rq.actor, now=rq.now, case_id=rq.path("case_id"), email=body.email
    )
    return CoAuthorReply.model_validate(invited)


def remove(rq: Rq, _body: None) -> Response:
    service.remove_coauthor(
        rq.db, actor=rq.actor, now=rq.now, case_id=rq.path("case_id"), user_id=rq.path("user_id")
    )
    return Response(status_code=204)


def order(rq: Rq, body: OrderForm) -> list[AttachmentReply]:
    case_id = rq.path("case_id")
    service.order_attachments(
        rq.db, actor=rq.actor, now=rq.now, case_id=case_id, attachment_ids=body.attachment_ids
    )
    return [attachment_reply(each) for each in queries.attachments(rq.db, case_id)]
