"""The organiser's tab of the public notice: publishing, objections and rulings, who moves up."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import AnswerRulingForm, AskUnitForm, OutcomeForm, PublishForm, ReasonForm
from judging.pages.common import home, organiser_round, tabs
from judging.pages.public_notice import OBJECTIONS
from judging.values import DecisionState, LineState, Outcome, RulingState
from judging.views import NoticeView, RoundView, RulingView

BASE = "/organise/calls/{call_id}/judging/notice"


def routes() -> list[Route]:
    return [
        get(BASE, overview),
        post(BASE + "/publish", publish, again=overview),
        post(BASE + "/take-back", take_back, again=overview),
        post(BASE + "/fill", fill, again=overview),
        post(BASE + "/lines/{line_id}/revoke", propose_revocation, again=overview),
        post(BASE + "/rulings/{ruling_id}", answer, again=overview),
        get(BASE + "/objections/{objection_id}", objection),
        post(BASE + "/objections/{objection_id}/ask", ask_unit, again=objection),
        post(BASE + "/objections/{objection_id}/ruling", propose, again=objection),
    ]


def address(view: RoundView) -> str:
    return home(view.call) + "/notice"


def overview(rq: Rq) -> Response:
    """Where the decision stands: pending with what its publication would mean, in its notice, or final."""
    actor, view = organiser_round(rq)
    apart = queries.shut_out_ids(rq.db, actor, view.id)
    made = [queries.before_the_notice(each, apart) for each in queries.decisions(rq.db, view.id)]
    pending = [each for each in made if each.state is DecisionState.PENDING]
    board = queries.board(rq.db, actor, view)
    notices = queries.notices(rq.db, view.call.id)
    rulings = queries.rulings(rq.db, [line.id for notice in notices for line in notice.lines])
    days = view.call.rules.judging.notice_days
    return rq.render(
        "judging/notice_board.html",
        round=view,
        tabs=tabs(view, "/notice"),
        board=board,
        pending=pending,
        taken_back=[each for each in made if each.state is DecisionState.TAKEN_BACK],
        reasons={each.id: each.reason for each in made},
        previews={each.id: queries.period_preview(rq.db, view.call, days, rq.now) for each in pending},
        notices=notices,
        lines={line.id: line for notice in notices for line in notice.lines},
        objections=queries.objections(rq.db, view.id),
        waiting=[each for each in rulings if each.state is RulingState.PROPOSED],
        done=_by_line(rulings),
        vacancies=queries.vacancies(rq.db, board),
        revocable=_revocable(notices),
        prize_names={prize.key: prize.name for prize in view.call.rules.prizes},
    )


def _by_line(rulings: list[RulingView]) -> dict[str, RulingView]:
    """The confirmed revocation of each announced case that has one."""
    return {
        each.line_id: each
        for each in rulings
        if each.state is RulingState.CONFIRMED and each.outcome is Outcome.REVOKED
    }


def _revocable(notices: list[NoticeView]) -> set[str]:
    """Lines of which a revocation can be proposed: the latest standing one of each case."""
    found: dict[str, str] = {}
    for notice in notices:
        for line in notice.lines:
            if line.state is LineState.STANDING:
                found.setdefault(line.case_id, line.id)
    return set(found.values())


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


def fill(rq: Rq) -> Response:
    """Who moves up: fields `fill-<case id>` with a prize's key."""
    actor, view = organiser_round(rq)
    chosen = {
        name.removeprefix("fill-"): rq.field(name)
        for name in rq.form
        if name.startswith("fill-") and rq.field(name)
    }
    service.fill_vacancies(
        rq.db, actor=actor, now=rq.now, round_id=view.id, chosen=chosen, reason=rq.field("fill_reason")
    )
    return rq.redirect(address(view), _("递补已记录，请核对后发布公示。"))


def propose_revocation(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    line_id = rq.path("line_id")
    service.propose_ruling(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        line_id=line_id,
        outcome=Outcome.REVOKED,
        reason=rq.field(f"reason-{line_id}"),
        field=f"reason-{line_id}",
    )
    return rq.redirect(address(view), _("撤销意见已提出，等待另一位组织工作人员复核。"))


def objection(rq: Rq) -> Response:
    """One objection with everything that organisers know of it."""
    actor, view = organiser_round(rq)
    found = queries.objection(rq.db, rq.path("objection_id"))
    if found.round_id != view.id:
        raise NotFound
    return rq.render(
        "judging/objection_desk.html",
        round=view,
        tabs=tabs(view, "/notice"),
        objection=found,
        own=found.objector_id == actor.user_id,
        shown_options=[(each.id, each.name) for each in found.files if not each.by_unit],
        waiting=[
            each for each in queries.rulings(rq.db, [found.line.id]) if each.state is RulingState.PROPOSED
        ],
        today=rq.now.astimezone(ZoneInfo(view.call.timezone)).date(),
    )


def ask_unit(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(AskUnitForm, rq.form)
    objection_id = rq.path("objection_id")
    service.ask_unit(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        objection_id=objection_id,
        matter=form.matter,
        due_on=form.due_on,
        shown_files=form.shown,
        address=rq.absolute(OBJECTIONS + "statements/"),
    )
    return rq.redirect(f"{address(view)}/objections/{objection_id}", _("已请案例所属单位作出说明。"))


def propose(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(OutcomeForm, rq.form)
    objection_id = rq.path("objection_id")
    service.propose_ruling(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        line_id=queries.objection(rq.db, objection_id).line.id,
        outcome=form.outcome,
        reason=form.reason,
        objection_id=objection_id,
    )
    done = _("裁定意见已提出，等待另一位组织工作人员复核。")
    return rq.redirect(f"{address(view)}/objections/{objection_id}", done)


def answer(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(AnswerRulingForm, rq.form)
    made = service.answer_ruling(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        ruling_id=rq.path("ruling_id"),
        confirm=form.confirm,
        answer=form.answer,
    )
    done = _("裁定已生效。") if made.state is RulingState.CONFIRMED else _("裁定意见已退回。")
    back = f"/objections/{made.objection_id}" if made.objection_id else ""
    return rq.redirect(address(view) + back, done)
