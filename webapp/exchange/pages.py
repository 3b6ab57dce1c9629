"""Pages of imports: a file goes up, the check is shown, the same file is applied, the outcome is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.responses import Response
from starlette.routing import Route

from foundation.downloads import download
from foundation.errors import FieldError, Invalid, NotFound
from foundation.files import chunks_of
from foundation.permission import require
from foundation.sheets import FORMATS, Table, media_type
from foundation.text import Text, _
from foundation.web import Rq, disposition, get, post
from submissions import queries
from submissions.call_templates import CATEGORIES
from submissions.pages.uploading import file_name
from submissions.values import CallView
from webapp.accounts.pages import LINK_PATH
from webapp.exchange import policy, runs
from webapp.exchange.blanks import blank
from webapp.exchange.importer import COLUMNS
from webapp.exchange.users import ROLE_NAMES
from webapp.exchange.values import Kind, RunView

TITLES: Mapping[Kind, Text] = {
    Kind.UNITS: _("导入单位"),
    Kind.USERS: _("导入用户"),
    Kind.CASES: _("导入案例"),
}
_IN_CALL = "/organise/calls/{call_id}/import"


def routes() -> list[Route]:
    return [
        get("/admin/import", overview),
        get("/admin/import/{kind}/blank.{format}", blank_file),
        get("/admin/import/{kind}", upload_page),
        post("/admin/import/{kind}", upload, again=upload_page, prepare=store),
        get(_IN_CALL + "/blank.{format}", blank_file),
        get(_IN_CALL, upload_page),
        post(_IN_CALL, upload, again=upload_page, prepare=store),
        get("/imports/{run_id}", run_page),
        get("/imports/{run_id}/progress", run_part),
        get("/imports/{run_id}/errors.{format}", errors_file),
        post("/imports/{run_id}/confirm", confirm, again=run_page),
        post("/imports/{run_id}/discard", discard, again=run_page),
    ]


def overview(rq: Rq) -> Response:
    """What can be brought in, and what was lately."""
    require(policy.may_import(rq.signed_in(), Kind.UNITS))
    return rq.render("exchange/overview.html", runs=runs.latest(rq.db, Kind.UNITS, Kind.USERS), titles=TITLES)


def _asked(rq: Rq) -> tuple[Kind, CallView | None]:
    """What the address is about, permitted."""
    actor = rq.signed_in()
    if "call_id" in rq.request.path_params:
        require(policy.may_import(actor, Kind.CASES))
        return Kind.CASES, queries.call(rq.db, rq.path("call_id"))
    if rq.path("kind") not in (Kind.UNITS, Kind.USERS):
        raise NotFound
    kind = Kind(rq.path("kind"))
    require(policy.may_import(actor, kind))
    return kind, None


def upload_page(rq: Rq) -> Response:
    kind, call = _asked(rq)
    return rq.render(
        "exchange/upload.html",
        kind=kind,
        title=TITLES[kind],
        call=call,
        columns=COLUMNS[kind],
        runs=runs.latest(rq.db, kind, call_id=call.id if call else None, limit=5),
        titles=TITLES,
    )


def blank_file(rq: Rq) -> Response:
    kind, call = _asked(rq)
    wanted = _format(rq)
    content = blank(wanted, COLUMNS[kind], _choices(kind, call))
    name = f"{TITLES[kind]}.{wanted}" if kind is not Kind.CASES else f"{_('清单')}.{wanted}"
    headers = {"Content-Disposition": disposition(name)}
    return Response(content, media_type=media_type(wanted), headers=headers)


def _format(rq: Rq) -> str:
    if rq.path("format") not in FORMATS:
        raise NotFound
    return rq.path("format")


def _choices(kind: Kind, call: CallView | None) -> Mapping[str, Sequence[str]]:
    if kind is Kind.USERS:
        return {"roles": list(ROLE_NAMES.values()), "language": ["中文", "English"]}
    categories = call.rules.categories if call else CATEGORIES
    return {"category": [each.name for each in categories]}


def store(rq: Rq) -> runs.NewFile:
    """Keep the file before the write transaction; its kind is found out by the check. How large it may be the
    limit of all requests has said already."""
    kind, _call = _asked(rq)
    sent = rq.upload("file")
    if sent is None or not sent.size:
        raise Invalid([FieldError("file", _("请先选择要导入的文件。"))])
    name = file_name(sent.name)
    allowed = (".xlsx", ".xls", ".csv", ".et", *((".zip",) if kind is Kind.CASES else ()))
    if not name.lower().endswith(allowed):
        endings = "、".join(allowed)
        raise Invalid([FieldError("file", _("不能导入这种文件，请选择 %(endings)s 文件。", endings=endings))])
    return runs.NewFile(name, rq.files.put(chunks_of(sent.file)))


def upload(rq: Rq) -> Response:
    kind, call = _asked(rq)
    run = runs.start(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        kind=kind,
        file=rq.prepared,
        call_id=call.id if call else None,
        address=rq.absolute(LINK_PATH),
    )
    return rq.redirect(f"/imports/{run.id}")


def run_page(rq: Rq) -> Response:
    """One import, whatever its state."""
    return _shown(rq, "exchange/run.html")


def run_part(rq: Rq) -> Response:
    """The part that changes while the worker is at it."""
    return _shown(rq, "exchange/_run.html")


def _shown(rq: Rq, template: str) -> Response:
    run = runs.run(rq.db, rq.signed_in(), rq.path("run_id"))
    call = queries.call(rq.db, run.call_id) if run.call_id else None
    return rq.render(template, run=run, call=call, title=TITLES[run.kind], back=_back(run))


def _back(run: RunView) -> str:
    """Where to choose another file."""
    return f"/organise/calls/{run.call_id}/import" if run.call_id else f"/admin/import/{run.kind.value}"


def errors_file(rq: Rq) -> Response:
    """The mistakes as a table, to be worked off beside the file."""
    run = runs.run(rq.db, rq.signed_in(), rq.path("run_id"))
    rows = [[each.line or None, each.column, each.value, each.message] for each in run.report.errors]
    heads = (_("行"), _("列"), _("内容"), _("问题"))
    return download(Table(str(_("导入中的问题")), heads, rows, widths=(8, 20, 30, 80)), _format(rq))


def confirm(rq: Rq) -> Response:
    run = runs.confirm(
        rq.db,
        actor=rq.signed_in(),
        now=rq.now,
        run_id=rq.path("run_id"),
        invite=rq.field("invite") == "yes",
    )
    return rq.redirect(f"/imports/{run.id}")


def discard(rq: Rq) -> Response:
    run = runs.discard(rq.db, actor=rq.signed_in(), run_id=rq.path("run_id"))
    return rq.redirect(_back(run), _("已放弃，什么都没有写入。"))
