"""What texts are compared with and what does not count: reference texts and set phrases."""

from __future__ import annotations

from pathlib import PurePosixPath

from starlette.responses import Response
from starlette.routing import Route

from foundation import richtext
from foundation.actor import Actor
from foundation.body import Upload
from foundation.errors import FieldError, Invalid, Refused, TooLarge
from foundation.forms import read_form
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq, get, post
from submissions import policy, queries
from submissions.forms.originality import PhrasesForm, ReferenceForm
from submissions.intake import read_document
from submissions.originality.formulae import FORMULAE
from submissions.originality.reading import plain_lines
from submissions.queries import originality as found
from submissions.service import originality as service
from submissions.service.originality import NewPrint

FILE_LIMIT = 10_000_000
KINDS = (".docx", ".txt", ".md")


def routes() -> list[Route]:
    return [
        get("/organise/calls/{call_id}/set-phrases", phrases_page),
        post("/organise/calls/{call_id}/set-phrases", add_phrases, again=phrases_page),
        post("/organise/calls/{call_id}/set-phrases/{phrase_id}/remove", remove_phrase),
        get("/organise/references", references_page),
        post("/organise/references", add_reference, again=references_page, prepare=_read_reference),
        get("/organise/references/{reference_id}", reference_page),
        post("/organise/references/{reference_id}/remove", remove_reference),
    ]


def phrases_page(rq: Rq) -> Response:
    _permit(rq)
    call = queries.call(rq.db, rq.path("call_id"))
    phrases = found.set_phrases(rq.db, call.id)
    return rq.render(
        "submissions/set_phrases.html",
        call=call,
        own=[each for each in phrases if each.call_id == call.id],
        shared=[each for each in phrases if each.call_id is None],
        ours=FORMULAE,
    )


def add_phrases(rq: Rq) -> Response:
    call = queries.call(rq.db, rq.path("call_id"))
    form = read_form(PhrasesForm, rq.form)
    count = service.add_phrases(
        rq.db,
        actor=_permit(rq),
        now=rq.now,
        call_id=call.id if form.scope == "call" else None,
        phrases=form.phrases.split("\n"),
    )
    return rq.redirect(
        f"/organise/calls/{call.id}/set-phrases",
        _("已加入 %(count)s 条固定用语，重新核对后生效。", count=count),
    )


def remove_phrase(rq: Rq) -> Response:
    call = queries.call(rq.db, rq.path("call_id"))
    service.remove_phrase(rq.db, actor=_permit(rq), now=rq.now, phrase_id=rq.path("phrase_id"))
    return rq.redirect(f"/organise/calls/{call.id}/set-phrases", _("固定用语已移除，重新核对后生效。"))


def references_page(rq: Rq) -> Response:
    _permit(rq)
    return rq.render("submissions/references.html", references=found.references(rq.db), kinds=",".join(KINDS))


def reference_page(rq: Rq) -> Response:
    _permit(rq)
    wanted = rq.path("reference_id")
    text = found.reference_text(rq.db, wanted)
    reference = next(each for each in found.references(rq.db) if each.id == wanted)
    return rq.render("submissions/reference.html", reference=reference, lines=plain_lines(text))


def add_reference(rq: Rq) -> Response:
    title, origin, text, marks = rq.prepared
    service.add_reference(
        rq.db, actor=_permit(rq), now=rq.now, title=title, origin=origin, text=text, found=marks
    )
    return rq.redirect(
        "/organise/references", _("参照文本已加入。新提交的案例会与它比对；已有的案例请重新核对。")
    )


def remove_reference(rq: Rq) -> Response:
    service.remove_reference(rq.db, actor=_permit(rq), now=rq.now, reference_id=rq.path("reference_id"))
    return rq.redirect("/organise/references", _("参照文本已移除。"))


def _read_reference(rq: Rq) -> tuple[str, str, str, NewPrint]:
    """The text of the form or the file, with its marks."""
    _permit(rq)
    form = read_form(ReferenceForm, rq.form)
    title, text = form.title, form.text
    sent = rq.upload("file")
    if sent is not None and sent.size:
        title, text = _from_file(sent, title)
    service.check_reference(title, text)
    return title, form.origin, text, service.reference_print(text)


def _from_file(sent: Upload, title: str) -> tuple[str, str]:
    """Title and text of an uploaded file; a title that was typed stays."""
    name = PurePosixPath(sent.name.replace("\\", "/")).name
    if not name.lower().endswith(KINDS):
        raise Invalid([FieldError("file", _("请上传 Word（.docx）或纯文本（.txt、.md）文件。"))])
    if sent.size > FILE_LIMIT:
        raise TooLarge(_("文件超过 %(limit)s MB，请分篇上传。", limit=FILE_LIMIT // 1_000_000))
    try:
        parsed = read_document(name, sent.file.read(FILE_LIMIT))
    except Refused as problem:
        raise Invalid([FieldError("file", problem.reason)]) from problem
    text = "\n".join(part for part in (parsed.summary, richtext.plain(parsed.body_html)) if part)
    return title or parsed.title or PurePosixPath(name).stem, text


def _permit(rq: Rq) -> Actor:
    actor = rq.signed_in()
    require(policy.may_manage_calls(actor))
    return actor
