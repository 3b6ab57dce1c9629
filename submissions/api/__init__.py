"""The JSON API of submissions: calls and cases, by the same forms and services as the pages."""

from __future__ import annotations

from starlette.responses import Response

from foundation.api import Operation
from foundation.errors import FieldError, Invalid, NotFound
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq
from submissions import policy, queries, service
from submissions.api import calls, deciding, evidence, originality, together
from submissions.api.replies import (
    AttachmentReply,
    CallReply,
    CaseReply,
    DraftReply,
    FindingReply,
    ReceiptReply,
    StartForm,
    UpdateCallForm,
    WithdrawForm,
    attachment_reply,
    call_reply,
    case_reply,
    draft_reply,
    finding_reply,
    receipt_reply,
)
from submissions.forms import CallForm, DraftForm, SubmitForm
from submissions.pages import uploading
from submissions.pages.checking import JudgingBegun
from submissions.pages.showing import own_case, stored_body
from submissions.rules.fingerprints import sign

TAG = "submissions"


def operations(judging_begun: JudgingBegun) -> list[Operation]:
    """All operations of the package."""
    return [
        *deciding.operations(judging_begun),
        *originality.operations(),
        *together.operations(),
        *evidence.operations(),
        *calls.operations(),
        Operation("GET", "/calls", list_calls, "The calls", TAG, reply=CallReply, many=True, public=True),
        Operation("GET", "/calls/{call_id}", get_call, "One call", TAG, reply=CallReply, public=True),
        Operation(
            "POST",
            "/calls",
            create_call,
            "Write a new call (organisers)",
            TAG,
            reply=CallReply,
            body=CallForm,
            status=201,
        ),
        Operation(
            "PUT",
            "/calls/{call_id}",
            update_call,
            "Change a call (organisers); once its window opens only the wording, with a change_reason",
            TAG,
            reply=CallReply,
            body=UpdateCallForm,
        ),
        Operation(
            "POST",
            "/calls/{call_id}/publish",
            publish_call,
            "Publish a call (organisers)",
            TAG,
            reply=CallReply,
        ),
        Operation(
            "GET",
            "/calls/{call_id}/cases",
            cases_of_call,
            "What was handed in to a call (organisers, superiors)",
            TAG,
            reply=CaseReply,
            many=True,
            query={"category": "Key of a category", "unit": "Id of a unit"},
        ),
        Operation(
            "GET", "/cases", list_cases, "The cases of one's own unit", TAG, reply=CaseReply, many=True
        ),
        Operation(
            "POST", "/cases", start_case, "Start a case", TAG, reply=CaseReply, body=StartForm, status=201
        ),
        Operation("GET", "/cases/{case_id}", get_case, "Where a case stands", TAG, reply=CaseReply),
        Operation(
            "GET", "/cases/{case_id}/draft", get_draft, "The working copy of a case", TAG, reply=DraftReply
        ),
        Operation(
            "PUT",
            "/cases/{case_id}/draft",
            save_draft,
            "Save the working copy; revision is the one it was read at",
            TAG,
            reply=DraftReply,
            body=DraftForm,
        ),
        Operation(
            "POST",
            "/cases/{case_id}/files",
            upload_file,
            "Add a photo or file",
            TAG,
            reply=AttachmentReply,
            upload="file",
            status=201,
            prepare=prepare_file,
        ),
        Operation(
            "DELETE", "/cases/{case_id}/files/{attachment_id}", remove_file, "Remove a photo or file", TAG
        ),
        Operation(
            "GET",
            "/cases/{case_id}/check",
            check_case,
            "What is still missing before handing in",
            TAG,
            reply=FindingReply,
            many=True,
        ),
        Operation(
            "POST",
            "/cases/{case_id}/submit",
            submit_case,
            "Hand in; the same key gives the same receipt",
            TAG,
            reply=ReceiptReply,
            body=SubmitForm,
        ),
        Operation(
            "GET",
            "/cases/{case_id}/receipt",
            get_receipt,
            "The receipt of the latest version",
            TAG,
            reply=ReceiptReply,
        ),
        Operation(
            "POST",
            "/cases/{case_id}/withdraw",
            withdraw_case,
            "Withdraw a case",
            TAG,
            reply=CaseReply,
            body=WithdrawForm,
        ),
    ]


def list_calls(rq: Rq, _body: None) -> list[CallReply]:
    return [call_reply(each) for each in queries.calls(rq.db)]


def get_call(rq: Rq, _body: None) -> CallReply:
    return call_reply(queries.call(rq.db, rq.path("call_id")))


def create_call(rq: Rq, body: CallForm) -> CallReply:
    return call_reply(service.create_call(rq.db, actor=rq.actor, now=rq.now, proposal=body.proposal()))


def update_call(rq: Rq, body: UpdateCallForm) -> CallReply:
    return call_reply(
        service.update_call(
            rq.db,
            actor=rq.actor,
            now=rq.now,
            call_id=rq.path("call_id"),
            revision=body.revision,
            proposal=body.proposal(),
            reason=body.change_reason,
        )
    )


def publish_call(rq: Rq, _body: None) -> CallReply:
    return call_reply(service.publish_call(rq.db, actor=rq.actor, now=rq.now, call_id=rq.path("call_id")))


def cases_of_call(rq: Rq, _body: None) -> list[CaseReply]:
    call = queries.call(rq.db, rq.path("call_id"))
    found = queries.handed_in(rq.db, call.id, category_key=rq.query("category"), unit_id=rq.query("unit"))
    return [case_reply(each) for each in found]


def list_cases(rq: Rq, _body: None) -> list[CaseReply]:
    require(policy.may_start(rq.actor))
    return [case_reply(each) for each in queries.cases_of_unit(rq.db, rq.actor.unit_id or "")]


def start_case(rq: Rq, body: StartForm) -> CaseReply:
    case_id = service.start_draft(rq.db, actor=rq.actor, now=rq.now, call_id=body.call_id)
    return case_reply(queries.case(rq.db, case_id))


def get_case(rq: Rq, _body: None) -> CaseReply:
    return case_reply(queries.case(rq.db, rq.path("case_id")))


def get_draft(rq: Rq, _body: None) -> DraftReply:
    return draft_reply(queries.draft(rq.db, own_case(rq).id))


def save_draft(rq: Rq, body: DraftForm) -> DraftReply:
    case_id = rq.path("case_id")
    saved = service.save_draft(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=case_id,
        revision=body.revision,
        text=body.text(stored_body(case_id, body.body)),
    )
    return draft_reply(saved)


def prepare_file(rq: Rq) -> service.NewFile:
    case = own_case(rq)
    sent = rq.upload("file")
    if sent is None:
        raise Invalid([FieldError("file", _("请先选择要上传的文件。"))])
    return uploading.stored(rq.files, sent, queries.call(rq.db, case.call_id).rules.files)


def upload_file(rq: Rq, _body: None) -> AttachmentReply:
    view = service.attach_file(
        rq.db, actor=rq.actor, now=rq.now, case_id=rq.path("case_id"), file=rq.prepared
    )
    return attachment_reply(view)


def remove_file(rq: Rq, _body: None) -> Response:
    service.remove_attachment(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=rq.path("case_id"),
        attachment_id=rq.path("attachment_id"),
    )
    return Response(status_code=204)


def check_case(rq: Rq, _body: None) -> list[FindingReply]:
    found = service.check_draft(rq.db, actor=rq.actor, now=rq.now, case_id=rq.path("case_id"))
    return [finding_reply(each) for each in found]


def submit_case(rq: Rq, body: SubmitForm) -> ReceiptReply:
    receipt = service.submit_case(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=rq.path("case_id"),
        key=body.key,
        seen=body.seen,
        pledge=body.given(),
        signing_key=rq.edge.secret,
    )
    return receipt_reply(receipt)


def get_receipt(rq: Rq, _body: None) -> ReceiptReply:
    case = own_case(rq)
    versions = queries.versions(rq.db, case.id)
    if not versions:
        raise NotFound
    return receipt_reply(sign(queries.receipt(rq.db, versions[0].id), rq.edge.secret))


def withdraw_case(rq: Rq, body: WithdrawForm) -> CaseReply:
    case_id = rq.path("case_id")
    service.withdraw_case(rq.db, actor=rq.actor, now=rq.now, case_id=case_id, reason=body.reason)
    return case_reply(queries.case(rq.db, case_id))
