"""The jury page: who is invited, who accepted, what each reads first."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response
from starlette.routing import Route

from foundation import people
from foundation.actor import Role
from foundation.errors import FieldError, Invalid
from foundation.forms import read_form
from foundation.text import _, n_
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import InviteForm, ReasonForm, TermsForm
from judging.pages.common import home, organiser_round, tabs
from judging.values import ON_PANEL
from judging.views import RoundView

BASE = "/organise/calls/{call_id}/judging/jury"


def routes() -> list[Route]:
    return [
        get(BASE, jury),
        post(BASE + "/invite", invite, again=jury),
        post(BASE + "/{user_id}/terms", terms, again=jury),
        post(BASE + "/{user_id}/remove", remove, again=jury),
        post(BASE + "/{user_id}/invite", invite_again, again=jury),
    ]


def jury(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    seats = queries.panel(rq.db, view.id)
    on_panel = {seat.user_id for seat in seats if seat.state in ON_PANEL}
    known = {seat.user_id for seat in seats}
    loads = {each.key: each for each in queries.progress(rq.db, actor, view).jurors}
    return rq.render(
        "judging/jury.html",
        round=view,
        tabs=tabs(view, "/jury"),
        seats=seats,
        on_panel=on_panel,
        loads=loads,
        candidates=[
            user
            for user in people.users_with(rq.db, Role.JUROR)
            if user.id not in known and user.id != actor.user_id
        ],
    )


def invite(rq: Rq) -> Response:
    """Everybody ticked and everybody named; one wrong line and nobody is invited."""
    actor, view = organiser_round(rq)
    form = read_form(InviteForm, rq.form)
    user_ids = list(dict.fromkeys([*form.user_ids, *_named(rq, form.people)]))
    if not user_ids:
        raise Invalid([FieldError("people", _("请勾选或填写要邀请的人。"))])
    for user_id in user_ids:
        service.invite_juror(rq.db, actor=actor, now=rq.now, round_id=view.id, user_id=user_id)
    return rq.redirect(_address(view), n_("已邀请 %(n)s 位评委。", "已邀请 %(n)s 位评委。", len(user_ids)))


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
            errors.append(_("没有找到用户“%(line)s”。请先由管理员建立账号。", line=line))
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
    actor, view = organiser_round(rq)
    user_id = rq.path("user_id")
    service.invite_juror(rq.db, actor=actor, now=rq.now, round_id=view.id, user_id=user_id)
    return rq.redirect(_address(view), _("已再次邀请。"))


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
