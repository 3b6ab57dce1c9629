"""Many reads at once, each looked at before it is done: by button, from a file, from one juror to others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid
from foundation.forms import read_form, validated
from foundation.sheets import Sheet, Unreadable, read_sheet
from foundation.text import Text, _, n_
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import EvenForm, FileForm, HandOverForm
from judging.pages.common import home, organiser_round, tabs
from judging.values.assignment import FileLine
from judging.views import AssignmentBoard, EvenPreview, HandOverPreview, RoundView

BASE = "/organise/calls/{call_id}/judging/assignment"
SHOWN = 40
"""How many lines, errors or cases a page lists of what may be thousands."""
_CASE_HEADS = ("评审号", "案例编号", "label", "case", "number", "no.", "no")
_EMAIL_HEADS = ("邮箱", "评委邮箱", "email", "e-mail", "juror email")
_STATUS_HEADS = ("状态", "status", "state")
_RECUSED = ("已回避", "stepped back", "recused")
_NAME_HEADS = ("评委", "评委姓名", "姓名", "juror", "name")


def routes() -> list[Route]:
    return [
        get(BASE + "/even", preview),
        post(BASE + "/even", apply, again=preview, prepare=computed),
        post(BASE + "/undo", undo),
        get(BASE + "/hand-over", hand_over_page),
        post(BASE + "/hand-over", hand_over, again=hand_over_page, prepare=handed),
        get(BASE + "/file", file_page),
        post(BASE + "/file", upload, again=file_page, prepare=parsed),
        get(BASE + "/file/{sheet_id}", checked),
        post(BASE + "/file/{sheet_id}", apply_file, again=checked),
    ]


def address(view: RoundView) -> str:
    return home(view.call) + "/assignment"


# --- by button --------------------------------------------------------------------------------------


def preview(rq: Rq) -> Response:
    """What the button would do, with loads and what cannot be satisfied; nothing is changed."""
    actor, view = organiser_round(rq)
    form = _even(rq, view)
    plan = queries.preview_even(rq.db, actor, view, reads=form.reads, seed=form.seed, bridge=form.bridge)
    board = queries.assignment_board(rq.db, actor, view)
    return rq.render(
        "judging/even.html",
        round=view,
        preview=plan,
        board=board,
        new=_by_juror(board, plan.plan.added),
        form=form,
        most=max([1, *plan.plan.loads.values()]),
        panels=any(seat.category_keys for seat in board.seats),
        shown=SHOWN,
    )


def _by_juror(board: AssignmentBoard, pairs: tuple[tuple[str, str], ...]) -> Mapping[str, list[str]]:
    """Numbers of the new cases of each juror."""
    labels = {line.case_id: line.label for line in board.cases}
    found: dict[str, list[str]] = {}
    for case_id, juror_id in pairs:
        found.setdefault(juror_id, []).append(labels.get(case_id, ""))
    return {juror_id: sorted(each) for juror_id, each in found.items()}


def _even(rq: Rq, view: RoundView) -> EvenForm:
    """The numbers asked for; what is no number falls back to the rule of the call."""
    source = rq.field if rq.form else rq.query
    asked = {name: source(name) for name in ("reads", "seed", "bridge") if source(name)}
    try:
        return validated(EvenForm, {"reads": view.reads_required, **asked})
    except Invalid:
        return EvenForm(reads=view.reads_required)


def computed(rq: Rq) -> EvenPreview:
    """The plan, before the write transaction begins: for large contests it takes seconds."""
    actor, view = organiser_round(rq)
    form = _even(rq, view)
    return queries.preview_even(rq.db, actor, view, reads=form.reads, seed=form.seed, bridge=form.bridge)


def apply(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    seen: EvenPreview = rq.prepared
    if rq.field("basis") != seen.basis:  # what was looked at is not what was computed just now
        seen = replace(seen, basis="")
    plan = service.assign_evenly(rq.db, actor=actor, now=rq.now, round_id=view.id, preview=seen)
    done = n_("已分配 %(n)s 次评审。", "已分配 %(n)s 次评审。", len(plan.added))
    return rq.redirect(address(view), done)


def undo(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    count = service.undo_distribution(
        rq.db, actor=actor, now=rq.now, round_id=view.id, distribution_id=rq.field("distribution_id")
    )
    done = n_("已撤销，%(n)s 次评审不再分配。", "已撤销，%(n)s 次评审不再分配。", count)
    return rq.redirect(address(view), done)


# --- one juror's reads to others --------------------------------------------------------------------


def _asked(rq: Rq) -> HandOverForm:
    if rq.form:
        return read_form(HandOverForm, rq.form)
    return HandOverForm(from_id=rq.query("from"), to_id=rq.query("to"), take_begun=rq.query("begun") == "yes")


def hand_over_page(rq: Rq) -> Response:
    """Who takes over what, and what stays; nothing is changed."""
    actor, view = organiser_round(rq)
    form = _asked(rq)
    board = queries.assignment_board(rq.db, actor, view)
    names = {seat.user_id: seat.name for seat in board.seats}
    loads = {seat.user_id: board.loads.get(seat.user_id, 0) for seat in board.seats}
    found = None
    if form.from_id:
        found = queries.preview_hand_over(
            rq.db, actor, view, from_id=form.from_id, to_id=form.to_id, take_begun=form.take_begun
        )
    return rq.render(
        "judging/hand_over.html",
        round=view,
        tabs=tabs(view, "/assignment"),
        board=board,
        form=form,
        preview=found,
        names=names | _names_of_reads(board),
        loads=loads,
        lines={line.case_id: line for line in board.cases},
        givers=[seat for seat in board.seats if loads[seat.user_id]],
    )


def _names_of_reads(board: AssignmentBoard) -> dict[str, str]:
    return {read.juror_id: read.juror_name for reads in board.reads.values() for read in reads}


def handed(rq: Rq) -> HandOverPreview:
    actor, view = organiser_round(rq)
    form = read_form(HandOverForm, rq.form)
    return queries.preview_hand_over(
        rq.db, actor, view, from_id=form.from_id, to_id=form.to_id, take_begun=form.take_begun
    )


def hand_over(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(HandOverForm, rq.form)
    seen: HandOverPreview = rq.prepared
    if form.basis != seen.basis:
        seen = replace(seen, basis="")
    count = service.hand_over(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        from_id=form.from_id,
        to_id=form.to_id,
        take_begun=form.take_begun,
        reason=form.reason,
        preview=seen,
    )
    return rq.redirect(address(view), n_("已转交 %(n)s 份评审。", "已转交 %(n)s 份评审。", count))


# --- from a file ------------------------------------------------------------------------------------


def file_page(rq: Rq) -> Response:
    _actor, view = organiser_round(rq)
    return rq.render("judging/assignment_file.html", round=view, tabs=tabs(view, "/assignment"))


def parsed(rq: Rq) -> list[FileLine]:
    """Read the file before the write transaction.

    Raises:
        Invalid: the field is "file".
    """
    organiser_round(rq)
    sent = rq.upload("file")
    if sent is None or not sent.size:
        raise _unfit(_("请先选择一个 Excel 或 CSV 文件。"))
    try:
        return lines_of(read_sheet(sent.name, sent.file.read()))
    except Unreadable as refusal:
        raise _unfit(refusal.reason) from refusal


def _unfit(sentence: Text) -> Invalid:
    return Invalid([FieldError("file", sentence)])


def lines_of(sheet: Sheet) -> list[FileLine]:
    """The cells that name case and juror; the e-mail goes before the name.

    Raises:
        Invalid: a column is missing.
    """
    heads = [cell.strip().casefold() for cell in sheet.heads.cells]
    case, email, name = (_column(heads, wanted) for wanted in (_CASE_HEADS, _EMAIL_HEADS, _NAME_HEADS))
    if case is None or (email is None and name is None):
        raise _unfit(_("第一行应有列名“评审号”和“评委邮箱”（或“评委”）。可以先导出现有分配，在上面修改。"))
    status = _column(heads, _STATUS_HEADS)
    found = []
    for line in sheet.lines:
        cells = dict(enumerate(line.cells))
        if cells.get(-1 if status is None else status, "").strip().casefold() in _RECUSED:
            continue  # our own export shows them; they are no reads
        juror = cells.get(-1 if email is None else email, "") or cells.get(-1 if name is None else name, "")
        found.append(FileLine(line.number, cells.get(case, "").strip(), juror.strip()))
    return found


def _column(heads: list[str], wanted: tuple[str, ...]) -> int | None:
    return next((heads.index(each) for each in wanted if each in heads), None)


def upload(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    sent = rq.upload("file")
    sheet_id = service.keep_distribution_file(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        name=sent.name if sent is not None else "",
        lines=rq.prepared,
    )
    return rq.redirect(f"{address(view)}/file/{sheet_id}")


def checked(rq: Rq) -> Response:
    """What the file would do, and what is wrong with it, line by line; nothing is changed."""
    actor, view = organiser_round(rq)
    exact = (rq.field("exact") if rq.form else rq.query("exact")) == "yes"
    found = queries.preview_sheet(rq.db, actor, view, rq.path("sheet_id"), exact=exact)
    board = queries.assignment_board(rq.db, actor, view)
    return rq.render(
        "judging/assignment_checked.html",
        round=view,
        tabs=tabs(view, "/assignment"),
        preview=found,
        labels={line.case_id: line.label for line in board.cases},
        names={seat.user_id: seat.name for seat in board.seats} | _names_of_reads(board),
        shown=SHOWN,
    )


def apply_file(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(FileForm, rq.form)
    count = service.apply_distribution_file(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        sheet_id=rq.path("sheet_id"),
        exact=form.exact == "yes",
        basis=form.basis,
    )
    done = n_("已按表格分配，新增 %(n)s 次评审。", "已按表格分配，新增 %(n)s 次评审。", count)
    return rq.redirect(address(view), done)
