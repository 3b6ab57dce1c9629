"""The assignment page: who reads what, by hand and by button."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.forms import read_form
from foundation.text import _, n_
from foundation.web import Rq, get, post, with_query
from judging import queries, service
from judging.forms import HandForm, PairForm, ReasonForm
from judging.pages.common import category_names, home, organiser_round, tabs
from judging.views import RoundView

BASE = "/organise/calls/{call_id}/judging/assignment"
PAGE = 50
SEATS_AT_ONCE = 40
"""With more jurors than that, one case at a time shows them all to choose from."""


def routes() -> list[Route]:
    return [
        get(BASE, board),
        post(BASE + "/cases/{case_id}", by_hand, again=board),
        post(BASE + "/cases/{case_id}/conflict", conflict, again=board),
        post(BASE + "/reads/{read_id}/remove", remove, again=board),
    ]


def board(rq: Rq) -> Response:
    """Every case with its readers; `short` shows only those that need more."""
    actor, view = organiser_round(rq)
    found = queries.assignment_board(rq.db, actor, view)
    readers = {
        case_id: [each for each in reads if each.state.value != "recused"]
        for case_id, reads in found.reads.items()
    }
    category = rq.query("category")
    short_only = rq.query("short") == "yes"
    number = rq.query("number").strip().upper()
    lines = [
        line
        for line in found.cases
        if (not category or line.category_key == category)
        and (not number or line.label == number)
        and (not short_only or len(readers.get(line.case_id, [])) < view.reads_required)
    ]
    pages = max(1, -(-len(lines) // PAGE))
    page = min(pages, _page(rq.query("page")))
    here = with_query(_address(view), category=category, short="yes" if short_only else "", number=number)
    return rq.render(
        "judging/assignment.html",
        round=view,
        tabs=tabs(view, "/assignment"),
        board=found,
        readers=readers,
        lines=lines[(page - 1) * PAGE : page * PAGE],
        count=len(lines),
        page=page,
        pages=pages,
        here=here,
        category=category,
        short_only=short_only,
        number=number,
        adjustable=len(found.seats) <= SEATS_AT_ONCE or bool(number),
        last=queries.last_distribution(rq.db, view.id),
        names=category_names(view.call),
        missing=sum(max(0, view.reads_required - len(readers.get(line.case_id, []))) for line in found.cases),
    )


def _page(typed: str) -> int:
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 6 else 1


def by_hand(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(HandForm, rq.form)
    count = service.assign_by_hand(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        case_id=rq.path("case_id"),
        juror_ids=form.juror_ids,
    )
    done = n_("已增加 %(n)s 位评委。", "已增加 %(n)s 位评委。", count) if count else _("分配没有变化。")
    return rq.redirect(_back(rq, view), done)


def conflict(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(PairForm, rq.form)
    service.declare_conflict(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        case_id=rq.path("case_id"),
        juror_id=form.juror_id,
        reason=form.reason,
    )
    return rq.redirect(_back(rq, view), _("回避已登记，这位评委不会再分到这个案例。"))


def remove(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(ReasonForm, rq.form)
    service.unassign(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        assignment_id=rq.path("read_id"),
        reason=form.reason,
    )
    return rq.redirect(_back(rq, view), _("已取消分配。"))


def _address(view: RoundView) -> str:
    return home(view.call) + "/assignment"


def _back(rq: Rq, view: RoundView) -> str:
    """The list as it was filtered; only one of our own addresses."""
    back = rq.field("back")
    return back if back.startswith(_address(view) + "?") else _address(view)
