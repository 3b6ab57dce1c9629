"""The organiser's desk: opening the judging, how far it is, reminders, closing."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import CloseForm, ReasonForm, RoundForm
from judging.pages.common import category_names, home, organiser_call, organiser_round, tabs
from judging.values import InvitationState, RoundState
from judging.views import RoundView
from submissions import queries as submissions
from submissions.values import CallView

BASE = "/organise/calls/{call_id}/judging"


def routes() -> list[Route]:
    return [
        get(BASE, desk),
        post(BASE + "/open", open_judging, again=desk),
        post(BASE + "/settings", change, again=desk),
        post(BASE + "/cases", take_cases, again=desk),
        post(BASE + "/close", close, again=desk),
        post(BASE + "/reopen", reopen, again=desk),
        post(BASE + "/reads/{read_id}/return", return_card, again=desk),
    ]


def desk(rq: Rq) -> Response:
    """Before the judging: what will be judged. Afterwards: progress by juror and category."""
    actor, call, view = organiser_call(rq)
    if view is None:
        return _before(rq, call)
    progress = queries.progress(rq.db, actor, view)
    seats = {
        seat.user_id: seat
        for seat in queries.panel(rq.db, view.id)
        if seat.state in (InvitationState.INVITED, InvitationState.ACCEPTED)
    }
    return rq.render(
        "judging/progress.html",
        round=view,
        tabs=tabs(view, ""),
        progress=progress,
        seats=seats,
        unfinished=[each for each in progress.jurors if each.unfinished],
        names=category_names(call),
        newcomers=_newcomers(rq, view) if view.state is RoundState.OPEN else (0, 0),
        decision=queries.decision(rq.db, view.id),
        awards=queries.awards(rq.db, call.id),
        cases=queries.count_cases(rq.db, view.id),
    )


def _before(rq: Rq, call: CallView) -> Response:
    entries = submissions.entries(rq.db, call.id)
    by_category = {each.key: 0 for each in call.rules.categories}
    for entry in entries:
        by_category[entry.category_key] = by_category.get(entry.category_key, 0) + 1
    return rq.render(
        "judging/open.html",
        call=call,
        count=len(entries),
        by_category=by_category,
        names=category_names(call),
        ended=rq.now >= submissions.last_deadline(rq.db, call),
        unconfirmed=len(submissions.identity_open(rq.db, call.id)[0]),
        home=home(call),
    )


def _newcomers(rq: Rq, view: RoundView) -> tuple[int, int]:
    """How many cases came and went since the round took them up."""
    standing = {version.id for version in submissions.entries(rq.db, view.call.id)}
    known = queries.version_ids(rq.db, view.id)
    came = standing - known if view.ordinal == 1 else set()  # a further round takes only chosen ones
    return len(came), len(known - standing)


def open_judging(rq: Rq) -> Response:
    actor = rq.signed_in()
    call = submissions.call(rq.db, rq.path("call_id"))
    form = read_form(RoundForm, rq.form)
    service.open_judging(
        rq.db,
        actor=actor,
        now=rq.now,
        call_id=call.id,
        closes_at=form.deadline(call.timezone),
        with_files=form.with_files,
    )
    return rq.redirect(home(call) + "/jury", _("评审已开始，案例已编号。下一步：邀请评委。"))


def change(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(RoundForm, rq.form)
    service.change_round(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        closes_at=form.deadline(view.call.timezone),
        with_files=form.with_files,
    )
    return rq.redirect(home(view.call), _("评审安排已更新。"))


def take_cases(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    came, went = service.take_cases(rq.db, actor=actor, now=rq.now, round_id=view.id)
    return rq.redirect(
        home(view.call), _("案例已更新：新增 %(came)s 个，退出 %(went)s 个。", came=came, went=went)
    )


def close(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(CloseForm, rq.form)
    service.close_round(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        reason=form.reason,
        reads_required=form.reads_required,
    )
    return rq.redirect(home(view.call) + "/standings", _("评审已结束，评分不能再修改。请核对排名。"))


def reopen(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(ReasonForm, rq.form)
    service.reopen_round(rq.db, actor=actor, now=rq.now, round_id=view.id, reason=form.reason)
    return rq.redirect(home(view.call), _("评审已重新开始，评委可以继续评分。"))


def return_card(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(ReasonForm, rq.form)
    service.return_scorecard(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        assignment_id=rq.path("read_id"),
        reason=form.reason,
    )
    return rq.redirect(home(view.call) + "/assignment", _("评分表已退回给评委修改。"))
