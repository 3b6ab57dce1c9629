"""Judging without a network: cases and a score sheet go out, the filled-in sheet comes back, compared."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.downloads import safe_name
from foundation.errors import FieldError, Invalid
from foundation.sheets import Unreadable, media_type, read_sheet
from foundation.text import Text, _, n_
from foundation.web import Rq, disposition, get, post
from judging import queries, rules, service
from judging.score_sheet import Plan, SheetLine, lines_of, plan_of, workbook
from judging.views import RoundView, SheetView

FILE_LIMIT = 20_000_000


def routes() -> list[Route]:
    return [
        get("/judging/rounds/{round_id}/offline", offline),
        get("/judging/rounds/{round_id}/sheet.xlsx", download_sheet),
        post("/judging/rounds/{round_id}/offline", upload, again=offline, prepare=parsed),
        get("/judging/sheets/{sheet_id}", preview),
        post("/judging/sheets/{sheet_id}/apply", apply, again=preview),
        post("/judging/sheets/{sheet_id}/drop", drop, again=preview),
    ]


def offline(rq: Rq) -> Response:
    actor = rq.signed_in()
    view, lines = queries.queue(rq.db, actor, rq.path("round_id"), with_titles=False)
    return rq.render(
        "judging/offline.html",
        round=view,
        count=sum(1 for line in lines if line.status != "recused"),
        sheets=queries.sheets(rq.db, actor, view.id),
        over=rules.round_refusal(view.state, view.closes_at, rq.now),
        refusal=queries.sheet_refusal(rq.db, actor, view, rq.now),
    )


def download_sheet(rq: Rq) -> Response:
    view, content = sheet_file(rq, rq.path("round_id"))
    headers = {"Content-Disposition": disposition(f"{sheet_name(view)}.xlsx")}
    return Response(content, media_type=media_type("xlsx"), headers=headers)


def sheet_file(rq: Rq, round_id: str) -> tuple[RoundView, bytes]:
    """The juror's score sheet of this round as it stands now.

    Raises:
        NotSignedIn, NotFound, Forbidden
    """
    view, rows = queries.sheet_rows(rq.db, rq.signed_in(), round_id, rq.now)
    return view, workbook(view.call.rules.criteria, rows, rq.edge.secret)


def sheet_name(view: RoundView) -> str:
    return safe_name(f"{view.call.title} {_('离线评分表')}")


def parsed(rq: Rq) -> list[SheetLine]:
    """Read the file before the write transaction.

    Raises:
        Invalid: the field is "file".
    """
    actor = rq.signed_in()
    queries.queue(rq.db, actor, rq.path("round_id"), with_titles=False)  # only who judges here goes on
    sent = rq.upload("file")
    if sent is None or not sent.size:
        raise _unfit(_("请先选择填好的离线评分表。"))
    if sent.size > FILE_LIMIT:
        raise _unfit(_("这个文件太大，不会是离线评分表。请选择从本页下载的离线评分表。"))
    try:
        found = read_sheet(sent.name, sent.file.read())
    except Unreadable as refusal:
        raise _unfit(refusal.reason) from refusal
    return lines_of(found, secret=rq.edge.secret, juror_id=actor.user_id, round_id=rq.path("round_id"))


def _unfit(sentence: Text) -> Invalid:
    return Invalid([FieldError("file", sentence)])


def upload(rq: Rq) -> Response:
    sent = rq.upload("file")
    sheet_id = service.keep_sheet(
        rq.db,
        actor=rq.signed_in(),
        now=rq.now,
        round_id=rq.path("round_id"),
        name=sent.name if sent is not None else "",
        lines=rq.prepared,
    )
    return rq.redirect(f"/judging/sheets/{sheet_id}")


def preview(rq: Rq) -> Response:
    """What the sheet would change, compared with what the server has at this moment."""
    view, sheet = queries.sheet(rq.db, rq.signed_in(), rq.path("sheet_id"))
    return rq.render("judging/sheet.html", round=view, sheet=sheet, plan=_plan(rq, view, sheet))


def _plan(rq: Rq, view: RoundView, sheet: SheetView) -> Plan:
    states = queries.own_states(rq.db, rq.actor, view, rq.now)
    return plan_of(sheet.lines, states, view.call.rules.criteria)


def apply(rq: Rq) -> Response:
    actor = rq.signed_in()
    view, _sheet = queries.sheet(rq.db, actor, rq.path("sheet_id"))
    choices = {name: rq.field(name) for name in rq.form if ":" in name}
    count = service.apply_sheet(rq.db, actor=actor, now=rq.now, sheet_id=rq.path("sheet_id"), choices=choices)
    done = n_(
        "离线评分表已采用，更新了 %(n)s 处。评完后请记得提交。",
        "离线评分表已采用，更新了 %(n)s 处。评完后请记得提交。",
        count,
    )
    return rq.redirect(f"/judging/rounds/{view.id}?show=all", done)


def drop(rq: Rq) -> Response:
    round_id = service.drop_sheet(rq.db, actor=rq.signed_in(), sheet_id=rq.path("sheet_id"))
    return rq.redirect(f"/judging/rounds/{round_id}/offline", _("已放弃这份离线评分表，什么都没有改。"))
