"""Check, pledge, submit, receipt, withdraw."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation import qr
from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq, disposition, get, post
from submissions import policy, queries, service
from submissions.display import exact_moment
from submissions.forms import ReasonForm, SubmitForm
from submissions.pages.cases import case_page
from submissions.pages.showing import body_shown, case_deadline, own_case
from submissions.receipt_paper import receipt_pdf, verification_path
from submissions.rules.fingerprints import sign
from submissions.rules.releasing import needs_release
from submissions.values import CaseView, Receipt


def routes() -> list[Route]:
    return [
        get("/cases/{case_id}/check", check_page),
        post("/cases/{case_id}/submit", submit, again=check_page),
        get("/cases/{case_id}/receipt", receipt_page),
        get("/cases/{case_id}/receipts/{ordinal}", receipt_page),
        get("/cases/{case_id}/receipts/{ordinal}/pdf", receipt_file),
        post("/cases/{case_id}/withdraw", withdraw, again=case_page),
        post("/cases/{case_id}/discard", discard, again=case_page),
    ]


def check_page(rq: Rq) -> Response:
    """What will be handed in, what is missing, the pledge; shown again when handing in was refused."""
    case = own_case(rq)
    call = queries.call(rq.db, case.call_id)
    draft = queries.draft(rq.db, case.id)
    findings = service.check_draft(rq.db, actor=rq.actor, now=rq.now, case_id=case.id)
    return rq.render(
        "submissions/check.html",
        case=case,
        call=call,
        draft=draft,
        body=body_shown(draft.text.body_html, f"/cases/{case.id}/files"),
        evidence=needs_release(draft.text.body_html, draft.claims, draft.attachments),
        blocking=[each for each in findings if each.blocking],
        remarks=[each for each in findings if not each.blocking],
        window=queries.window_for(rq.db, call, case, rq.now),
        deadline=case_deadline(rq, call, case),
        unchanged=case.version_id is not None and not queries.differs(rq.db, case, draft),
        key=rq.field("key") or new_id(),
        seen=queries.fingerprint(case, draft),
        may_submit=policy.may_write(rq.actor, unit_id=case.unit_id) is None,
    )


def submit(rq: Rq) -> Response:
    rq.signed_in()
    case_id = rq.path("case_id")
    form = read_form(SubmitForm, rq.form)
    receipt = service.submit_case(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=case_id,
        key=form.key,
        seen=form.seen,
        pledge=form.given(),
        signing_key=rq.edge.secret,
    )
    return rq.redirect(f"/cases/{case_id}/receipts/{receipt.ordinal}")


def receipt_page(rq: Rq) -> Response:
    """The receipt of the latest version, or of the one named."""
    case, receipt = _receipt(rq)
    return rq.render(
        "submissions/receipt.html",
        case=case,
        call=queries.call(rq.db, case.call_id),
        receipt=receipt,
        exact=exact_moment(receipt.received_at, receipt.timezone),
        verify_url=rq.absolute("/receipts/verify"),
        code=qr.svg(rq.absolute(verification_path(receipt))),
    )


def receipt_file(rq: Rq) -> Response:
    """The same on paper."""
    _case, receipt = _receipt(rq)
    content = receipt_pdf(receipt, base_url=rq.absolute(""), now=rq.now)
    headers = {"Content-Disposition": disposition(f"{_('提交回执')}-{receipt.number}.pdf")}
    return Response(content, media_type="application/pdf", headers=headers)


def _receipt(rq: Rq) -> tuple[CaseView, Receipt]:
    rq.signed_in()
    case = queries.case(rq.db, rq.path("case_id"))
    require(policy.may_write(rq.actor, unit_id=case.unit_id))
    versions = queries.versions(rq.db, case.id)
    if "ordinal" in rq.request.path_params:
        versions = [each for each in versions if str(each.ordinal) == rq.path("ordinal")]
    if not versions:
        raise NotFound
    return case, sign(queries.receipt(rq.db, versions[0].id), rq.edge.secret)


def withdraw(rq: Rq) -> Response:
    rq.signed_in()
    form = read_form(ReasonForm, {"reason": rq.field("withdraw_reason")})
    case_id = rq.path("case_id")
    service.withdraw_case(rq.db, actor=rq.actor, now=rq.now, case_id=case_id, reason=form.reason)
    return rq.redirect(f"/cases/{case_id}", _("已撤回。截止前可以修改后重新提交。"))


def discard(rq: Rq) -> Response:
    rq.signed_in()
    service.discard_draft(rq.db, actor=rq.actor, now=rq.now, case_id=rq.path("case_id"))
    return rq.redirect("/cases", _("草稿已删除。"))
