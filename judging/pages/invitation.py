"""The page behind the one-time link of an invitation: read, accept or decline without signing in first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid
from foundation.forms import read_form
from foundation.people import User
from foundation.text import _
from foundation.web import Rq, get, post
from judging.forms import AnswerForm
from judging.queries.links import LinkState, by_link, seen_digest
from judging.service import inviting

LINK_PATH = "/invitations/"

Onward = Callable[[Rq, User, str], str]
"""Where somebody goes who has accepted and wants to get to an address: to it, to the sign-in, or to choosing
a password. Accounts are not judging's business: `webapp.wiring` says how."""


def routes(onward: Onward) -> list[Route]:
    here = LINK_PATH + "{token}"
    return [
        get(here, page),
        post(here, partial(answer, onward=onward), again=page),
        post(here + "/renew", renew, again=page),
    ]


def page(rq: Rq) -> Response:
    state, shown, view = by_link(rq.db, rq.path("token"), rq.now)
    return rq.render(
        "judging/invitation.html",
        state=state.value,
        shown=shown,
        round=view,
        seen=seen_digest(shown.statement),
        here=LINK_PATH + rq.path("token"),
        mine=rq.actor.user_id == shown.user_id,
    )


def answer(rq: Rq, onward: Onward) -> Response:
    form = read_form(AnswerForm, rq.form)
    if form.answer not in ("accept", "decline"):
        raise Invalid([FieldError("answer", _("请选择接受或谢绝。"))])
    accept = form.answer == "accept"
    token = rq.path("token")
    user = inviting.answer_by_link(
        rq.db, now=rq.now, token=token, accept=accept, pledge=form.pledge, reason=form.reason, seen=form.seen
    )
    if not accept:
        return rq.redirect(LINK_PATH + token, _("已谢绝邀请，组织单位会看到您的说明。"))
    _state, shown, _view = by_link(rq.db, token, rq.now)
    address = onward(rq, user, f"/judging/rounds/{shown.round_id}")
    return rq.redirect(address, _("谢谢您接受邀请。分配案例后即可开始评分。"))


def renew(rq: Rq) -> Response:
    token = rq.path("token")
    inviting.renew_link(rq.db, now=rq.now, token=token, address=rq.absolute(LINK_PATH))
    state, shown, _view = by_link(rq.db, token, rq.now)
    done = _("新的链接已寄到 %(email)s，请查看邮箱。", email=_masked(shown.email))
    return rq.redirect(LINK_PATH + token, done if state is LinkState.EXPIRED else None)


def _masked(email: str) -> str:
    """ "wangfang@example.org" -> "w***@example.org": the holder of an old link may be somebody else."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}***@{host}"
