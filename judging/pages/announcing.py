"""The organiser's tab of the public notice: publishing, taking back, what is open, who moves up."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import PublishForm, ReasonForm
from judging.pages.common import home, organiser_round, tabs
from judging.values import DecisionState
from judging.views import RoundView

BASE = "/organise/calls/{call_id}/judging/notice"


def routes() -> list[Route]:
    return [
        get(BASE, overview),
        post(BASE + "/publish", publish, again=overview),
        post(BASE + "/take-back", take_back, again=overview),
    ]


def address(view: RoundView) -> str:
    return home(view.call) + "/notice"


def overview(rq: Rq) -> Response:
    """Where the decision stands: pending with what its publication would mean, in its notice, or final."""
    actor, view = organiser_round(rq)
    made = queries.decisions(rq.db, view.id)
    pending = [each for each in made if each.state is DecisionState.PENDING]
    days = view.call.rules.judging.notice_days
    return rq.render(
        "judging/notice_board.html",
        round=view,
        tabs=tabs(view, "/notice"),
        board=queries.board(rq.db, actor, view),
        pending=pending,
        taken_back=[each for each in made if each.state is DecisionState.TAKEN_BACK],
        previews={each.id: queries.period_preview(rq.db, view.call, days, rq.now) for each in pending},
        notices=queries.notices(rq.db, view.call.id),
    )


def publish(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(PublishForm, rq.form)
    notice = service.publish_decision(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        decision_id=form.decision_id or None,
        days=form.days,
        contact=form.contact,
    )
    done = _("公示已发布。") if notice.final_at is None else _("奖项已授予，结果已公布。")
    return rq.redirect(address(view), done)


def take_back(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(ReasonForm, rq.form)
    service.take_back_decision(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        reason=form.reason,
        decision_id=rq.field("decision_id") or None,
    )
    return rq.redirect(address(view), _("评定已撤回，可以重新评定；撤回的评定保留在记录里。"))
