"""The assignment page: who reads what, by hand and by button."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import Invalid
from foundation.forms import read_form, validated
from foundation.text import _, n_
from foundation.web import Rq, get, post, with_query
from judging import queries, service
from judging.forms import EvenForm, HandForm, PairForm, ReasonForm
from judging.pages.common import category_names, home, organiser_round, tabs
from judging.views import EvenPreview, RoundView

BASE = "/organise/calls/{call_id}/judging/assignment"
PAGE = 50


def routes() -> list[Route]:
    return [
        get(BASE, board),
        get(BASE + "/even", preview),
        post(BASE + "/even", apply, again=preview, prepare=computed),
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
    lines = [
        line
        for line in found.cases
        if (not category or line.category_key == category)
        and (not short_only or len(readers.get(line.case_id, [])) < view.reads_required)
    ]
    pages = max(1, -(-len(lines) // PAGE))
    page = min(pages, _page(rq.query("page")))
    here = with_query(_address(view), category=category, short="yes" if short_only else "")
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
        names=category_names(view.call),
        missing=sum(max(0, view.reads_required - len(readers.get(line.case_id, []))) for line in found.cases),
    )


def _page(typed: str) -> int:
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 6 else 1


def preview(rq: Rq) -> Response:
    """What the button would do, with loads and what cannot be satisfied; nothing is changed."""
    actor, view = organiser_round(rq)
    form = _form(rq, view)
    plan = queries.preview_even(rq.db, actor, view, reads=form.reads, seed=form.seed)
    found = queries.assignment_board(rq.db, actor, view)
    return rq.render(
        "judging/even.html",
        round=view,
        preview=plan,
        board=found,
        labels={line.case_id: line.label for line in found.cases},
        new_loads=_new_loads(plan),
        form=form,
        most=max([1, *plan.plan.loads.values()]),
    )


def _new_loads(plan: EvenPreview) -> dict[str, int]:
    found: dict[str, int] = {}
    for _case_id, juror_id in plan.plan.added:
        found[juror_id] = found.get(juror_id, 0) + 1
    return found


def _form(rq: Rq, view: RoundView) -> EvenForm:
    """The numbers asked for; what is no number falls back to the rule of the call."""
    source = rq.field if rq.form else rq.query
    asked = {name: source(name) for name in ("reads", "seed") if source(name)}
    try:
        return validated(EvenForm, {"reads": view.reads_required, **asked})
    except Invalid:
        return EvenForm(reads=view.reads_required)


def computed(rq: Rq) -> EvenPreview:
    """The plan, before the write transaction begins: for large contests it takes seconds."""
    actor, view = organiser_round(rq)
    form = _form(rq, view)
    return queries.preview_even(rq.db, actor, view, reads=form.reads, seed=form.seed)


def apply(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    seen: EvenPreview = rq.prepared
    if rq.field("basis") != seen.basis:  # what was looked at is not what was computed just now
        seen = replace(seen, basis="")
    plan = service.assign_evenly(rq.db, actor=actor, now=rq.now, round_id=view.id, preview=seen)
    return rq.redirect(
        _address(view),
        n_("已分配 %(n)s 次评审。", "已分配 %(n)s 次评审。", len(plan.added)),
    )


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
