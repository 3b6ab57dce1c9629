"""A case that came by e-mail: shown as it was understood, taken over or thrown away."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation import richtext
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq, get, post
from foundation.wordcount import word_count
from submissions import policy, queries
from submissions.intake import ParsedCase, read_document
from submissions.pages import uploading
from submissions.queries.mailed import mailed
from submissions.service import NewFile
from submissions.service.mailed import accept_mailed, discard_mailed
from submissions.values import CaseText
from submissions.values.mailed import MailedState, MailedView


def routes() -> list[Route]:
    return [
        get("/cases/mailed/{mailed_id}", mailed_page),
        post("/cases/mailed/{mailed_id}/accept", accept, again=mailed_page, prepare=read_again),
        post("/cases/mailed/{mailed_id}/discard", discard, again=mailed_page),
    ]


def _asked(rq: Rq) -> MailedView:
    found = mailed(rq.db, rq.path("mailed_id"))
    require(policy.may_write(rq.signed_in(), unit_id=found.unit_id))
    return found


def mailed_page(rq: Rq) -> Response:
    rq.signed_in()
    found = _asked(rq)
    if found.case_id:
        return rq.redirect(f"/cases/{found.case_id}/edit")
    if found.state is MailedState.DISCARDED:
        return rq.redirect("/cases", _("这封邮件已经放弃。"))
    parsed = _parsed(rq, found)
    return rq.render(
        "submissions/mailed.html",
        mailed=found,
        call=queries.call(rq.db, found.call_id),
        parsed=parsed,
        body=uploading.with_thumbnails(parsed),
        words=word_count(richtext.plain(parsed.body_html)),
    )


def _parsed(rq: Rq, found: MailedView) -> ParsedCase:
    return read_document(found.document.name, rq.files.read(found.document.sha256))


def read_again(rq: Rq) -> tuple[ParsedCase, list[tuple[str, NewFile]]]:
    """Read the document once more and store its pictures, before the write transaction."""
    parsed = _parsed(rq, _asked(rq))
    return parsed, uploading.stored_pictures(rq.files, parsed)


def accept(rq: Rq) -> Response:
    actor = rq.signed_in()
    parsed, pictures = rq.prepared
    call = queries.call(rq.db, _asked(rq).call_id)
    text = CaseText(
        title=parsed.title,
        summary=parsed.summary,
        body_html=parsed.body_html,
        category_key=next(
            (each.key for each in call.rules.categories if parsed.category in (each.key, each.name)), ""
        ),
        authors=parsed.authors,
        source_line=parsed.source_line,
        signoff_line=parsed.signoff_line,
    )
    case_id, left = accept_mailed(
        rq.db, actor=actor, now=rq.now, mailed_id=rq.path("mailed_id"), text=text, pictures=pictures
    )
    if left:
        names = "、".join(left)
        done = _(
            "已建立草稿，请核对、补充后提交。这些文件不符合本次征集的要求，没有放入：%(names)s", names=names
        )
        return rq.redirect(f"/cases/{case_id}/edit", done)
    return rq.redirect(f"/cases/{case_id}/edit", _("已建立草稿，请核对、补充后提交。"))


def discard(rq: Rq) -> Response:
    discard_mailed(rq.db, actor=rq.signed_in(), now=rq.now, mailed_id=rq.path("mailed_id"))
    return rq.redirect("/cases", _("这封邮件已经放弃。"))
