"""The jury and the assignment as Excel or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starlette.responses import Response
from starlette.routing import Route

from foundation.downloads import download
from foundation.errors import NotFound
from foundation.sheets import FORMATS, Cell, Table
from foundation.text import Text, _
from foundation.web import Rq, get
from judging import queries
from judging.pages.common import category_names, organiser_round
from judging.values import AssignmentState, InvitationState
from judging.views import AssignmentBoard, RoundView, SeatView, Tally

BASE = "/organise/calls/{call_id}/judging"
_SEAT: Mapping[InvitationState, Text] = {
    InvitationState.INVITED: _("等待答复"),
    InvitationState.ACCEPTED: _("已接受"),
    InvitationState.DECLINED: _("已谢绝"),
    InvitationState.REMOVED: _("已移出"),
}
_READ: Mapping[AssignmentState, Text] = {
    AssignmentState.OPEN: _("未提交"),
    AssignmentState.HANDED_IN: _("已提交"),
    AssignmentState.RECUSED: _("已回避"),
}


def routes() -> list[Route]:
    return [get(BASE + "/jury.{format}", jury), get(BASE + "/assignment.{format}", assignment)]


def jury(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    seats = queries.panel(rq.db, view.id)
    tallies = {each.key: each for each in queries.progress(rq.db, actor, view).jurors}
    heads = [
        _("评委"), _("邮箱"), _("单位"), _("邀请"), _("优先评审的类别"), _("最多评审份数"),
        _("分配"), _("已评完"), _("已提交"), _("已回避"),
    ]  # fmt: skip
    return download(Table(f"jury-{view.call.slug}", heads, _seats(view, seats, tallies)), _format(rq))


def _seats(view: RoundView, seats: list[SeatView], tallies: Mapping[str, Tally]) -> Iterator[list[Cell]]:
    names = category_names(view.call)
    for seat in seats:
        tally = tallies.get(seat.user_id)
        done = [tally.assigned, tally.complete, tally.handed_in, tally.recused] if tally else [0, 0, 0, 0]
        preferred = "、".join(names.get(key, key) for key in seat.category_keys)
        yield [seat.name, seat.email, seat.unit_name, _SEAT[seat.state], preferred, seat.load_limit, *done]


def assignment(rq: Rq) -> Response:
    """One line a read; a case without a reader has a line of its own."""
    actor, view = organiser_round(rq)
    board = queries.assignment_board(rq.db, actor, view)
    heads = [
        _("评审号"), _("标题"), _("单位"), _("类别"), _("评委"), _("评委邮箱"), _("状态"), _("已评项数"),
        _("说明"),
    ]  # fmt: skip
    return download(Table(f"assignment-{view.call.slug}", heads, _reads(view, board)), _format(rq))


def _reads(view: RoundView, board: AssignmentBoard) -> Iterator[list[Cell]]:
    names = category_names(view.call)
    emails = {seat.user_id: seat.email for seat in board.seats}
    for line in board.cases:
        case: list[Cell] = [line.label, line.title, line.unit_name, names.get(line.category_key, "")]
        reads = board.reads.get(line.case_id, ())
        if not reads:
            yield [*case, "", "", _("未分配"), 0, ""]
        for read in reads:
            email = emails.get(read.juror_id, "")
            words = read.end_reason or read.flag
            yield [*case, read.juror_name, email, _READ[read.state], read.marked, words]


def _format(rq: Rq) -> str:
    if rq.path("format") not in FORMATS:
        raise NotFound
    return rq.path("format")
