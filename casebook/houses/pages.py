"""The page of a house's Word templates: upload, report, versions, the starting template."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook.book import Trim
from casebook.docx.renderer import MEDIA_TYPE
from casebook.docx.starter import starter
from casebook.docx.template import SIZE_LIMIT, inspect
from casebook.houses import queries, service
from casebook.houses.service import Checked
from casebook.houses.wording import TRIMS, dropped_words, style_groups
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.forms import clean_text
from foundation.text import _
from foundation.web import Rq, disposition, get, post

BASE = "/book-templates"


def routes() -> list[Route]:
    return [
        get(BASE, templates_page),
        post(BASE, upload, again=templates_page, prepare=_checked),
        get(f"{BASE}/start/{{trim}}", start),
        get(f"{BASE}/{{template}}", template_page),
        post(f"{BASE}/{{template}}/versions", upload_version, again=template_page, prepare=_checked),
        post(f"{BASE}/{{template}}/retired", change_offer, again=template_page),
        get(f"{BASE}/{{template}}/versions/{{number}}", download),
    ]


def templates_page(rq: Rq) -> Response:
    access.permit(rq)
    return rq.render("casebook/houses/templates.html", templates=queries.templates(rq.db), trims=TRIMS)


def template_page(rq: Rq) -> Response:
    access.permit(rq)
    found = queries.template(rq.db, rq.path("template"))
    report = found.newest.report
    return rq.render(
        "casebook/houses/template.html",
        kept=found,
        report=report,
        missing=style_groups(report.missing),
        dropped=dropped_words(report.dropped),
        trims=dict(TRIMS),
    )


def _checked(rq: Rq) -> Checked:
    """Read, look through and store the file before the write begins."""
    access.permit(rq)
    upload = rq.upload("file")
    if upload is None or not upload.name:
        raise Invalid([FieldError("file", _("请选择一个 Word 文件（.docx）"))])
    data = upload.file.read(SIZE_LIMIT + 1)
    try:
        report = inspect(data)
    except Refused as refusal:
        raise Invalid([FieldError("file", refusal.reason)]) from refusal
    return Checked(clean_text(upload.name), rq.files.put([data]), report)


def upload(rq: Rq) -> Response:
    access.permit(rq)
    template_id = service.upload_template(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        checked=rq.prepared,
        name=rq.field("name")[:100],
        note=rq.field("note")[:300],
    )
    return rq.redirect(f"{BASE}/{template_id}", _("模板已收下，检查结果如下。"))


def upload_version(rq: Rq) -> Response:
    access.permit(rq)
    template_id = service.upload_template(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        checked=rq.prepared,
        template_id=rq.path("template"),
        note=rq.field("note")[:300],
    )
    return rq.redirect(
        f"{BASE}/{template_id}", _("新版本已收下，检查结果如下。已选用旧版本的书不会自动更换。")
    )


def change_offer(rq: Rq) -> Response:
    access.permit(rq)
    change = service.offer_template if rq.field("action") == "offer" else service.retire_template
    change(rq.db, actor=rq.actor, now=rq.now, template_id=rq.path("template"))
    return rq.redirect(f"{BASE}/{rq.path('template')}")


def start(rq: Rq) -> Response:
    """The template to begin from, in the size that the address names."""
    access.permit(rq)
    written = rq.path("trim")
    if written not in set(Trim):
        raise NotFound
    name = str(_("选编起始模板-%(size)s.docx", size=dict(TRIMS)[Trim(written)]))
    headers = {"Content-Disposition": disposition(name)}
    return Response(starter(Trim(written)), media_type=MEDIA_TYPE, headers=headers)


def download(rq: Rq) -> Response:
    access.permit(rq)
    found = queries.template(rq.db, rq.path("template"))
    number = access.numbered(rq, "number")
    for each in found.versions:
        if each.number == number:
            return rq.send_file(each.sha256, name=each.file_name, media_type=MEDIA_TYPE, size=each.size)
    raise NotFound
