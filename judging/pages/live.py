"""The organiser's side of live reviews: preparing one, and the desk from which the screen is moved."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from foundation import qr
from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.web import Rq, get, post
from judging.live.forms import ArrangeLiveForm, LiveForm, ModerateForm, MoveForm
from judging.pages.common import home, organiser_round, tabs
from judging.queries import live as queries
from judging.queries.outcome import outcome
from judging.service import live as service
from judging.values.live import JURY_STAGES, Figures, LiveCase, QuestionState, Stage
from judging.views import RoundView
from judging.views.live import LiveDesk

BASE = "/organise/calls/{call_id}/judging/live"
DESK = BASE + "/{session_id}"

STAGE_NAMES: dict[Stage, Text] = {
    Stage.TITLE: _("案例标题"),
    Stage.UNIT: _("申报单位"),
    Stage.CRITERIA: _("各项平均分"),
    Stage.SCORE: _("得分"),
    Stage.RANK: _("名次"),
    Stage.AUDIENCE: _("观众投票"),
}
ORDERS: tuple[tuple[str, Text], ...] = (
    ("last_first", _("从后面的名次到前面的名次")),
    ("number", _("按评审号")),
    ("drawn", _("抽签决定")),
)


def routes() -> list[Route]:
    return [
        get(BASE, overview),
        post(BASE, prepare, again=overview),
        get(DESK, desk),
        get(DESK + "/part", part),
        post(DESK + "/start", start, again=desk),
        post(DESK + "/move", move, again=desk, prepare=figures_for_move),
        post(DESK + "/arrange", arrange, again=desk),
        post(DESK + "/open-questions", open_questions, again=desk),
        post(DESK + "/moderate", moderate, again=desk),
        post(DESK + "/end", end, again=desk),
    ]


def overview(rq: Rq) -> Response:
    """The live reviews of the round, and the form for a new one."""
    actor, view = organiser_round(rq)
    board = outcome(rq.db, actor, view).board
    places = sum(prize.quota for prize in view.call.rules.prizes)
    return rq.render(
        "judging/live.html",
        round=view,
        tabs=tabs(view, "/live"),
        sessions=queries.live_sessions(rq.db, actor, view.id),
        board=board,
        rows=board.rows[: service.MOST_CASES],
        chosen={row.case_id for row in board.rows if row.rank is not None and row.rank <= places},
        stages=[(stage.value, STAGE_NAMES[stage]) for stage in STAGE_NAMES if stage is not Stage.TITLE],
        orders=ORDERS,
    )


def prepare(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(LiveForm, rq.form)
    session_id = service.prepare_live(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        title=form.title,
        case_ids=_ordered(rq, view, form),
        stages=form.stages,
        questions_open=form.questions,
    )
    return rq.redirect(f"{home(view.call)}/live/{session_id}", done=_("已准备好，核对顺序后就可以开始。"))


def _ordered(rq: Rq, view: RoundView, form: LiveForm) -> list[str]:
    """The chosen cases in the order of the standings turned round, of their numbers, or as drawn."""
    board = outcome(rq.db, rq.actor, view).board
    chosen = [row.case_id for row in board.rows if row.case_id in form.cases]
    unknown = [case_id for case_id in form.cases if case_id not in board.cases]
    match form.order:
        case "number":
            chosen.sort(key=lambda case_id: board.cases[case_id].label)
        case "drawn":
            random.SystemRandom().shuffle(chosen)
        case _:
            chosen.reverse()
    return chosen + unknown


def desk(rq: Rq) -> Response:
    _actor, view = organiser_round(rq)
    found = _desk(rq, view)
    return rq.render(
        "judging/live_desk.html",
        round=view,
        tabs=tabs(view, "/live"),
        figures=_figures(rq, view, found),
        **_desk_context(rq, view, found),
    )


def part(rq: Rq) -> Response:
    """The desk alone, for looking again; nothing where nothing has happened."""
    _actor, view = organiser_round(rq)
    found = _desk(rq, view)
    if rq.query("known") == state_of(found):
        return Response(status_code=204)
    return rq.render(
        "judging/live_desk_part.html",
        round=view,
        figures=_figures(rq, view, found),
        **_desk_context(rq, view, found),
    )


def _desk_context(rq: Rq, view: RoundView, found: LiveDesk) -> dict[str, Any]:
    join = rq.absolute(f"/live/{found.token}/join")
    return {
        "desk": found,
        "known": state_of(found),
        "here": f"{home(view.call)}/live/{found.id}",
        "stage_names": STAGE_NAMES,
        "join": join,
        "code": qr.svg(join),
        "ahead": _words(found, found.cases, forward=True),
        "waiting": [each for each in found.questions if each.state is QuestionState.WAITING],
        "settled": [each for each in found.questions if each.state is not QuestionState.WAITING],
    }


def state_of(found: LiveDesk) -> str:
    """Changes whenever something on the desk does."""
    last = found.questions[0].id if found.questions else ""
    return f"{found.version}-{last}-{sum(found.votes.values())}"


def _words(found: LiveDesk, cases: tuple[LiveCase, ...], *, forward: bool) -> Text | None:
    """What the next press does."""
    step = found.ahead if forward else found.behind
    if step is None:
        return None
    name = STAGE_NAMES[found.stages[max(step.stage, 0)]]
    if step.cursor == found.cursor:
        return _("公布%(what)s", what=name)
    return _("下一个案例：%(title)s", title=cases[step.cursor].title)


def _desk(rq: Rq, view: RoundView) -> LiveDesk:
    found = queries.live_desk(rq.db, rq.actor, rq.path("session_id"))
    if found.round_id != view.id:
        raise NotFound
    return found


def _figures(rq: Rq, view: RoundView, found: LiveDesk) -> Mapping[str, Figures]:
    """What the marks say now, for the organiser's eyes: he knows what comes before he shows it."""
    return outcome(rq.db, rq.actor, view).figures if found.cases else {}


def start(rq: Rq) -> Response:
    _actor, view = organiser_round(rq)
    found = _desk(rq, view)
    service.start_live(rq.db, actor=rq.actor, now=rq.now, session_id=found.id)
    return rq.redirect(f"{home(view.call)}/live/{found.id}")


def figures_for_move(rq: Rq) -> Mapping[str, Figures]:
    """The marks are added up before the write transaction, and only where the next step shows them."""
    actor, view = organiser_round(rq)
    found = _desk(rq, view)
    step = found.ahead
    if step is None or found.stages[max(step.stage, 0)] not in JURY_STAGES:
        return {}
    return outcome(rq.db, actor, view).figures


def move(rq: Rq) -> Response:
    _actor, view = organiser_round(rq)
    form = read_form(MoveForm, rq.form)
    found = _desk(rq, view)
    service.move_live(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        session_id=found.id,
        backwards=form.way == "back",
        version=form.version,
        figures=rq.prepared,
    )
    return rq.redirect(f"{home(view.call)}/live/{found.id}")


def arrange(rq: Rq) -> Response:
    _actor, view = organiser_round(rq)
    form = read_form(ArrangeLiveForm, rq.form)
    found = _desk(rq, view)
    service.arrange_live(rq.db, actor=rq.actor, session_id=found.id, item_id=form.item, up=form.way == "up")
    return rq.redirect(f"{home(view.call)}/live/{found.id}")


def open_questions(rq: Rq) -> Response:
    _actor, view = organiser_round(rq)
    found = _desk(rq, view)
    service.open_questions(rq.db, actor=rq.actor, session_id=found.id, wanted=rq.field("wanted") == "yes")
    return rq.redirect(f"{home(view.call)}/live/{found.id}")


def moderate(rq: Rq) -> Response:
    _actor, view = organiser_round(rq)
    form = read_form(ModerateForm, rq.form)
    session_id = service.moderate(
        rq.db, actor=rq.actor, now=rq.now, question_id=form.question, state=form.state
    )
    return rq.redirect(f"{home(view.call)}/live/{session_id}")


def end(rq: Rq) -> Response:
    _actor, view = organiser_round(rq)
    found = _desk(rq, view)
    service.end_live(rq.db, actor=rq.actor, now=rq.now, session_id=found.id)
    return rq.redirect(
        f"{home(view.call)}/live/{found.id}", done=_("现场评审已结束，公布过的内容可以在回放页面查看。")
    )
