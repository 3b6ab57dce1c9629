"""The page about conflicts: what a person has to decide, what was declared, and who of the organisers keeps
out of what."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.web import Rq, get, post
from judging import queries
from judging.forms import CustodianForm, KeepOutForm, ReasonForm, RulingForm
from judging.pages.common import home, organiser_round, tabs
from judging.queries import conflicts, keeping_out
from judging.queries.organisers import cases
from judging.service import conflicts as service
from judging.values import ON_PANEL, POSSIBLE, ConflictKind
from judging.views import RoundView
from submissions.values import Where

BASE = "/organise/calls/{call_id}/judging/conflicts"
KINDS: dict[ConflictKind, Text] = {
    ConflictKind.SAME_UNIT: _("同一单位"),
    ConflictKind.UNIT_ABOVE: _("上级单位"),
    ConflictKind.UNIT_BELOW: _("下级单位"),
    ConflictKind.SAME_REGION: _("同一地区或系统"),
    ConflictKind.SAME_RECOMMENDER: _("同一推荐单位"),
    ConflictKind.DECLARED: _("声明回避"),
    ConflictKind.INTEREST: _("本人登记的单位"),
    ConflictKind.WROTE: _("参与撰写"),
    ConflictKind.NAMESAKE: _("与作者同名"),
    ConflictKind.WISH: _("申报单位请求回避"),
    ConflictKind.NAMED: _("正文出现姓名"),
}
PLACES: dict[Where, Text] = {
    Where.TITLE: _("标题"),
    Where.SUMMARY: _("摘要"),
    Where.BODY: _("正文"),
    Where.CAPTION: _("图片说明"),
    Where.FILE_NAME: _("文件名"),
    Where.PROPERTY: _("文件属性"),
    Where.EVIDENCE: _("证据说明"),
}
SHOWN = 200
"""Certain conflicts of one juror listed at once."""


def routes() -> list[Route]:
    return [
        get(BASE, page),
        post(BASE + "/rulings", rule, again=page),
        post(BASE + "/declared/{conflict_id}/lift", lift, again=page),
        post(BASE + "/organisers", keep_out, again=page),
        post(BASE + "/organisers/{recusal_id}/lift", let_back, again=page),
        post(BASE + "/custodians", name_custodian, again=page),
    ]


def page(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    lines = cases(rq.db, view.id)
    seats = queries.panel(rq.db, view.id, states=ON_PANEL)
    found = conflicts.found(rq.db, view, lines, seats)
    juror_id = rq.query("juror")
    of_juror = [each for each in found.certain.values() if each.juror_id == juror_id]
    return rq.render(
        "judging/conflicts.html",
        round=view,
        tabs=tabs(view, "/conflicts"),
        cases={line.case_id: line for line in lines},
        names={seat.user_id: seat.name for seat in seats},
        seats=seats,
        waiting=found.waiting(),
        ruled=[each for each in found.possible if each.ruling is not None],
        declared=conflicts.declarations(rq.db, view.id),
        counts=Counter(each.kind for each in found.certain.values()).most_common(),
        juror=juror_id,
        of_juror=of_juror[:SHOWN],
        of_juror_count=len(of_juror),
        kinds=KINDS,
        places=PLACES,
        shut_out=keeping_out.shut_out_cases(rq.db, actor, view),
        custodians=keeping_out.possible_custodians(rq.db, view),
        recusals=keeping_out.recusals(rq.db, view),
        choices=[(line.case_id, f"{line.label} {line.title}") for line in lines],
    )


def rule(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(RulingForm, rq.form)
    if form.kind not in {each.value for each in POSSIBLE} or form.do not in ("confirm", "dismiss"):
        raise Invalid([FieldError("do", _("请从列出的选项中选择"))])
    confirmed = form.do == "confirm"
    service.rule_on_conflict(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        case_id=form.case_id,
        juror_id=form.juror_id,
        kind=ConflictKind(form.kind),
        confirmed=confirmed,
        reason=form.reason,
    )
    done = _("已确认回避，不会分给这位评委。") if confirmed else _("已排除，可以把案例分给这位评委。")
    return rq.redirect(_address(view), done)


def lift(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(ReasonForm, rq.form)
    service.lift_conflict(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        conflict_id=rq.path("conflict_id"),
        reason=form.reason,
    )
    return rq.redirect(_address(view), _("回避已解除，可以在分配页面重新分配。"))


def keep_out(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(KeepOutForm, rq.form)
    if not form.case_id:
        raise Invalid([FieldError("case_id", _("请选择案例。"))])
    service.keep_out(
        rq.db, actor=actor, now=rq.now, round_id=view.id, case_id=form.case_id, reason=form.reason
    )
    return rq.redirect(_address(view), _("已登记。您不再看到这个案例的评审，请指定由谁办理。"))


def let_back(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(ReasonForm, rq.form)
    service.let_back(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        recusal_id=rq.path("recusal_id"),
        reason=form.reason,
    )
    return rq.redirect(_address(view), _("回避已解除。"))


def name_custodian(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(CustodianForm, rq.form)
    service.name_custodian(
        rq.db, actor=actor, now=rq.now, round_id=view.id, case_id=form.case_id, user_id=form.user_id
    )
    return rq.redirect(_address(view), _("已指定，并发邮件告知。"))


def _address(view: RoundView) -> str:
    return home(view.call) + "/conflicts"
