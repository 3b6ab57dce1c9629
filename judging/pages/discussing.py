"""Discussion pages: the juror's list and one case with its thread; the organiser's page with names."""

from __future__ import annotations

from decimal import Decimal

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import ReasonForm, ReviseForm, SayForm
from judging.pages.common import home, organiser_round, tabs
from judging.pages.scoring import of_form, typed_mark
from judging.rules import mark_shown
from judging.statistics.standing import full_score, rounded
from submissions.rules.criteria import Box, box, plain
from submissions.values import Criterion

_ORGANISER = "/organise/calls/{call_id}/judging/discussion"


def routes() -> list[Route]:
    return [
        get("/judging/rounds/{round_id}/talks", talks),
        get("/judging/reads/{read_id}/talk", talk),
        post("/judging/reads/{read_id}/talk", say, again=talk),
        post("/judging/reads/{read_id}/revise", revise, again=talk),
        get(_ORGANISER, overview),
        post(_ORGANISER + "/open", open_it, again=overview),
        post(_ORGANISER + "/close", close_it, again=overview),
    ]


# --- the juror --------------------------------------------------------------------------------------


def talks(rq: Rq) -> Response:
    view, found, lines = queries.my_talks(rq.db, rq.signed_in(), rq.path("round_id"))
    return rq.render("judging/talks.html", round=view, discussion=found, lines=lines, rounded=rounded)


def talk(rq: Rq) -> Response:
    found = queries.my_talk(rq.db, rq.signed_in(), rq.path("read_id"))
    criteria = found.round.call.rules.criteria
    return rq.render(
        "judging/talk.html",
        desk=found,
        boxes=[_box(rq, criterion, found.mine.after.get(criterion.key)) for criterion in criteria],
        criteria=criteria,
        full=full_score(criteria),
        rounded=rounded,
        shown=mark_shown,
        wide=True,
    )


def _box(rq: Rq, criterion: Criterion, mark: Decimal | None) -> Box:
    name = f"mark-{criterion.key}"
    given = plain(mark) if mark is not None else ""
    return box(criterion, rq.field(name) if rq.problem and name in rq.form else given)


def say(rq: Rq) -> Response:
    form = read_form(SayForm, rq.form)
    read_id = rq.path("read_id")
    service.say(rq.db, actor=rq.signed_in(), now=rq.now, assignment_id=read_id, words=form.words)
    return rq.redirect(f"/judging/reads/{read_id}/talk#said", _("已发言，同案评委可以看到（不显示姓名）。"))


def revise(rq: Rq) -> Response:
    actor = rq.signed_in()
    read_id = rq.path("read_id")
    found = queries.my_talk(rq.db, actor, read_id)
    form = read_form(ReviseForm, rq.form)
    given: dict[str, Decimal | None] = {}
    errors: list[FieldError] = []
    for criterion in found.round.call.rules.criteria:
        try:
            given[criterion.key] = typed_mark(rq.field(f"mark-{criterion.key}"), criterion)
        except Invalid as refusal:
            errors += of_form(refusal)
    if errors:
        raise Invalid(errors)
    try:
        changed = service.revise(
            rq.db, actor=actor, now=rq.now, assignment_id=read_id, given=given, to_jury=form.jury
        )
    except Invalid as refusal:
        raise Invalid(of_form(refusal)) from refusal
    done = _("分数已修改；评议前的分数保留在记录中。") if changed else _("分数没有变化。")
    return rq.redirect(f"/judging/reads/{read_id}/talk", done)


# --- the organiser ----------------------------------------------------------------------------------


def overview(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    if not view.call.rules.judging.discussion:
        raise NotFound
    asked = rq.query("page")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    found = queries.discussion_overview(rq.db, actor, view, page=max(1, page))
    return rq.render(
        "judging/discussion.html",
        round=view,
        overview=found,
        page=page,
        tabs=tabs(view, "/discussion"),
        criteria=view.call.rules.criteria,
        rounded=rounded,
        shown=mark_shown,
    )


def open_it(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(ReasonForm, rq.form)
    service.open_discussion(rq.db, actor=actor, now=rq.now, round_id=view.id, reason=form.reason)
    return rq.redirect(f"{home(view.call)}/discussion", _("评议已开启，已写信告知提交过评分表的评委。"))


def close_it(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    service.close_discussion(rq.db, actor=actor, now=rq.now, round_id=view.id)
    return rq.redirect(f"{home(view.call)}/discussion", _("评议已结束，分数不再变动。"))
