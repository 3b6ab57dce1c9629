"""The jury page: who is invited, who accepted, what each reads first; inviting several at once, looked at
before it is sent; who could take somebody's place."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response
from starlette.routing import Route

from foundation import people
from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import read_form, validated
from foundation.text import _, n_
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import InvitingForm, ReasonForm, StatementForm, TermsForm
from judging.pages.common import home, organiser_round, tabs
from judging.pages.invitation import LINK_PATH
from judging.queries import links as letters
from judging.queries import register
from judging.queries.register import RegisterFilter
from judging.service import inviting
from judging.values import ON_PANEL
from judging.views import RoundView, SeatView

BASE = "/organise/calls/{call_id}/judging/jury"


def routes() -> list[Route]:
    return [
        get(BASE, jury),
        get(BASE + "/invite", choose),
        get(BASE + "/chosen", look_over),
        post(BASE + "/invite", invite, again=choose),
        post(BASE + "/statement", word_statement, again=jury),
        post(BASE + "/{user_id}/terms", terms, again=jury),
        post(BASE + "/{user_id}/remove", remove, again=jury),
        post(BASE + "/{user_id}/invite", invite_again, again=jury),
        post(BASE + "/{user_id}/resend", resend, again=jury),
        get(BASE + "/{user_id}/replace", replace),
    ]


def jury(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    seats = queries.panel(rq.db, view.id)
    loads = {each.key: each for each in queries.progress(rq.db, actor, view).jurors}
    return rq.render(
        "judging/jury.html",
        round=view,
        tabs=tabs(view, "/jury"),
        seats=seats,
        on_panel={seat.user_id for seat in seats if seat.state in ON_PANEL},
        loads=loads,
        statement=letters.statement(rq.db, view.id),
    )


# --- inviting ----------------------------------------------------------------------------------------


def choose(rq: Rq) -> Response:
    """The register with what speaks for and against each."""
    actor, view = organiser_round(rq)
    chosen = RegisterFilter(rq.query("q"), rq.query("region"), rq.query("language"))
    found = register.candidates(rq.db, actor, view)
    lines = [each.juror for each in found]
    return rq.render(
        "judging/jury_choose.html",
        round=view,
        candidates=[each for each in found if chosen.picks(each.juror)],
        whole=len(found),
        filter=chosen,
        regions=sorted({line.region for line in lines if line.region}),
        languages=sorted({line.language for line in lines if line.language}),
    )


def look_over(rq: Rq) -> Response:
    """Who is about to be invited, by name and number; nothing is sent yet."""
    _actor, view = organiser_round(rq)
    typed = rq.query("people")
    form = validated(InvitingForm, {"user_ids": rq.queries("user_ids"), "people": typed})
    try:
        user_ids = _chosen(rq, form)
    except Invalid as refusal:
        rq.problem = refusal
        response = choose(rq)
        response.status_code = refusal.status
        return response
    return rq.render(
        "judging/jury_chosen.html",
        round=view,
        users=[people.user(rq.db, user_id) for user_id in user_ids],
        category_options=[(each.key, each.name) for each in view.call.rules.categories],
        group_options=[(each.key, each.name) for each in view.call.rules.judging.jury_groups],
        statement=letters.statement(rq.db, view.id),
    )


def invite(rq: Rq) -> Response:
    """Everybody ticked and everybody named; one wrong line and nobody is invited."""
    actor, view = organiser_round(rq)
    form = read_form(InvitingForm, rq.form)
    user_ids = _chosen(rq, form)
    for user_id in user_ids:
        service.invite_juror(
            rq.db,
            actor=actor,
            now=rq.now,
            round_id=view.id,
            user_id=user_id,
            category_keys=form.category_keys,
            load_limit=form.load_limit or _usual_load(rq, user_id),
            group_key=form.group_key,
            address=rq.absolute(LINK_PATH),
        )
    return rq.redirect(_address(view), n_("已邀请 %(n)s 位评委。", "已邀请 %(n)s 位评委。", len(user_ids)))


def _usual_load(rq: Rq, user_id: str) -> int | None:
    """How many cases he usually takes, as the register says."""
    return register.usual_load(rq.db, user_id)


def _chosen(rq: Rq, form: InvitingForm) -> list[str]:
    user_ids = list(dict.fromkeys([*form.user_ids, *_named(rq, form.people)]))
    if not user_ids:
        raise Invalid([FieldError("people", _("请勾选或填写要邀请的人。"))])
    return user_ids


def _named(rq: Rq, typed: str) -> list[str]:
    """Users by address or by a name that only one has.

    Raises:
        Invalid: naming every line that fits nobody or several.
    """
    found, errors = [], []
    for line in _lines(typed):
        users = _users(rq, line)
        if len(users) == 1:
            found.append(users[0])
        elif users:
            errors.append(_("有 %(count)s 个用户叫“%(line)s”，请改填邮箱。", count=len(users), line=line))
        else:
            errors.append(_("没有找到用户“%(line)s”。请先把他加入评委库。", line=line))
    if errors:
        raise Invalid([FieldError("people", error) for error in errors])
    return found


def _lines(typed: str) -> list[str]:
    for mark in "，,；;、\t":
        typed = typed.replace(mark, "\n")
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _users(rq: Rq, line: str) -> Sequence[str]:
    if "@" in line:
        user = people.user_by_email(rq.db, line)
        return [user.id] if user is not None and user.active else []
    return [user.id for user in queries.users_named(rq.db, line)]


def invite_again(rq: Rq) -> Response:
    """Somebody who declined or was taken off, with the terms he had."""
    actor, view = organiser_round(rq)
    seat = _seat(rq, view)
    service.invite_juror(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        user_id=seat.user_id,
        category_keys=seat.category_keys,
        load_limit=seat.load_limit,
        group_key=seat.group_key,
        address=rq.absolute(LINK_PATH),
    )
    return rq.redirect(_address(view), _("已再次邀请。"))


def resend(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    inviting.resend_invitation(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        user_id=rq.path("user_id"),
        address=rq.absolute(LINK_PATH),
    )
    return rq.redirect(_address(view), _("邀请邮件已重新发出，之前的链接已作废。"))


def word_statement(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(StatementForm, rq.form)
    inviting.word_statement(rq.db, actor=actor, now=rq.now, round_id=view.id, words=form.words)
    return rq.redirect(_address(view), _("承诺书已更新；此前已接受邀请的评委仍以当时的文字为准。"))


def replace(rq: Rq) -> Response:
    """Who could take a juror's place: what fits, conflicts, how much each has to read."""
    actor, view = organiser_round(rq)
    seat = _seat(rq, view)
    return rq.render(
        "judging/jury_replace.html",
        round=view,
        seat=seat,
        candidates=register.candidates(rq.db, actor, view, seat),
    )


def _seat(rq: Rq, view: RoundView) -> SeatView:
    user_id = rq.path("user_id")
    for seat in queries.panel(rq.db, view.id):
        if seat.user_id == user_id:
            return seat
    raise NotFound


# --- those on the panel ------------------------------------------------------------------------------


def terms(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(TermsForm, rq.form)
    service.change_terms(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        user_id=rq.path("user_id"),
        category_keys=form.category_keys,
        load_limit=form.load_limit,
        group_key=form.group_key,
    )
    return rq.redirect(_address(view), _("评委的评审范围已更新。"))


def remove(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(ReasonForm, rq.form)
    service.remove_juror(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        user_id=rq.path("user_id"),
        reason=form.reason,
    )
    return rq.redirect(_address(view), _("已移出评委名单；已提交的评分表仍然有效。"))


def _address(view: RoundView) -> str:
    return home(view.call) + "/jury"
