"""The files of a report: asked for, compared with the last ones, fetched."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response
from starlette.routing import BaseRoute

from casebook.docx.report import MEDIA_TYPE as WORD
from casebook.reports import queries, service
from casebook.reports.pages.access import numbered, report
from casebook.reports.ports import Shelf
from casebook.reports.rules.quoting import open_flags
from casebook.reports.values import BuildState, FileKind
from casebook.reports.wording import BUILD_STATES, FILES, FLAGS, change_line
from foundation.errors import NotFound
from foundation.sheets import media_type
from foundation.text import _
from foundation.web import Rq, get, post

_SUFFIX = {FileKind.REPORT: ".docx", FileKind.BRIEF: ".docx", FileKind.ANNEX: ".xlsx"}


def routes(shelf: Shelf) -> list[BaseRoute]:
    page = partial(_page, shelf=shelf)
    return [
        get("/reports/{id}/files", page),
        post("/reports/{id}/files", lambda rq: _request(rq, shelf), again=page),
        get("/reports/{id}/files/{number}/{kind}", send),
    ]


def _page(rq: Rq, shelf: Shelf) -> Response:
    view = report(rq)
    flags = queries.checked_flags(rq.db, view.content, view.definition, shelf)
    sections = {q.id: section for section in view.content.sections for q in section.quotations}
    builds = queries.builds(rq.db, view.id)
    return rq.render(
        "casebook/report_files.html",
        report=view,
        builds=builds,
        active=any(each.state is BuildState.QUEUED for each in builds),
        blocked=[
            (each, sections[each.id], FLAGS[flags[each.id]]) for each in open_flags(view.content, flags)
        ],
        sources=queries.sources(rq.db, view.content, shelf),
        drafts=[each for each in view.content.sections if each.drafted],
        states=BUILD_STATES,
        names=FILES,
        change_line=change_line,
    )


def _request(rq: Rq, shelf: Shelf) -> Response:
    view = report(rq)
    service.request_build(
        rq.db, actor=rq.actor, now=rq.now, report_id=view.id, language=rq.locale, shelf=shelf
    )
    return rq.redirect(f"/reports/{view.id}/files", _("正在生成，请稍候。"))


def send(rq: Rq) -> Response:
    """A finished file, named after the report."""
    view = report(rq)
    build = queries.build(rq.db, view.id, numbered(rq, "number"))
    try:
        kind = FileKind(rq.path("kind"))
        sha256, size = build.files[kind]
    except (ValueError, KeyError) as missing:
        raise NotFound from missing
    title = "".join(each for each in view.title if each not in '<>:"/\\|?*\n\t')[:80]
    endings = {
        FileKind.REPORT: _("%(title)s（第%(n)s次生成）", title=title, n=build.number),
        FileKind.BRIEF: _("%(title)s（简报，第%(n)s次生成）", title=title, n=build.number),
        FileKind.ANNEX: _("%(title)s（数据附表，第%(n)s次生成）", title=title, n=build.number),
    }
    media = media_type("xlsx") if kind is FileKind.ANNEX else WORD
    return rq.send_file(sha256, name=f"{endings[kind]}{_SUFFIX[kind]}", media_type=media, size=size)
