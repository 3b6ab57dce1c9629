"""What others decide about one case: the superior's deeds, the organiser's formal check."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid
from foundation.forms import read_form, validated
from foundation.text import Text, _
from foundation.web import Rq, post
from submissions import queries, service
from submissions.forms import ReasonForm, ReturnForm
from submissions.pages.cases import case_page
from submissions.rules.lifecycle import Deed
from submissions.rules.windows import from_wall_clock

_DONE: dict[Deed, Text] = {
    Deed.CHECK: _("已通过形式审查。"),
    Deed.REJECT: _("已标记为不通过，并通知申报单位。"),
    Deed.REOPEN: _("已恢复为待审查。"),
}


def routes() -> list[Route]:
    return [
        post("/cases/{case_id}/recommend", recommend, again=case_page),
        post("/cases/{case_id}/unrecommend", unrecommend, again=case_page),
        post("/cases/{case_id}/return", give_back, again=case_page),
        post("/cases/{case_id}/comment", comment, again=case_page),
        post("/cases/{case_id}/formal-check", formal_check, again=case_page),
        post("/cases/{case_id}/late", rule_on_late, again=case_page),
    ]


def recommend(rq: Rq) -> Response:
    rq.signed_in()
    case_id = rq.path("case_id")
    service.recommend_case(rq.db, actor=rq.actor, now=rq.now, case_id=case_id, opinion=rq.field("opinion"))
    return rq.redirect(f"/cases/{case_id}", _("已推荐。"))


def unrecommend(rq: Rq) -> Response:
    rq.signed_in()
    case_id = rq.path("case_id")
    service.withdraw_recommendation(rq.db, actor=rq.actor, now=rq.now, case_id=case_id)
    return rq.redirect(f"/cases/{case_id}", _("推荐已撤销，名额已退还。"))


def comment(rq: Rq) -> Response:
    rq.signed_in()
    case_id = rq.path("case_id")
    service.comment_on_case(rq.db, actor=rq.actor, now=rq.now, case_id=case_id, comment=rq.field("comment"))
    return rq.redirect(f"/cases/{case_id}", _("意见已发送给申报单位。"))


def give_back(rq: Rq) -> Response:
    actor = rq.signed_in()
    case = queries.case(rq.db, rq.path("case_id"))
    form = validated(
        ReturnForm,
        {"return_reason": rq.field("return_reason"), "return_due_at": rq.field("return_due_at") or None},
    )
    due_at = form.return_due_at
    if due_at is not None and due_at.tzinfo is None:
        due_at = from_wall_clock(due_at, queries.call(rq.db, case.call_id).timezone)
    service.return_case(
        rq.db, actor=actor, now=rq.now, case_id=case.id, reason=form.return_reason, due_at=due_at
    )
    return rq.redirect(f"/cases/{case.id}", _("已退回修改，并通知申报单位。"))


def formal_check(rq: Rq) -> Response:
    rq.signed_in()
    case_id = rq.path("case_id")
    wanted = rq.field("outcome")
    if wanted not in {deed.value for deed in _DONE}:
        raise Invalid([FieldError("outcome", _("请选择审查结论。"))])
    outcome = Deed(wanted)
    form = read_form(ReasonForm, {"reason": rq.field("check_reason")})
    service.check_case(
        rq.db, actor=rq.actor, now=rq.now, case_id=case_id, outcome=outcome, reason=form.reason
    )
    return rq.redirect(f"/cases/{case_id}", _DONE[outcome])


def rule_on_late(rq: Rq) -> Response:
    rq.signed_in()
    case_id = rq.path("case_id")
    if rq.field("ruling") not in ("accept", "refuse"):
        raise Invalid([FieldError("late_reason", _("请选择接收或不接收。"))])
    accept = rq.field("ruling") == "accept"
    service.rule_on_late_arrival(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=case_id,
        accept=accept,
        reason=rq.field("late_reason"),
    )
    case = f"/cases/{case_id}"
    if accept:
        return rq.redirect(case, _("迟到的版本已裁定接收。"))
    return rq.redirect("/organise", _("迟到的版本未被接收，已通知申报单位。"))
