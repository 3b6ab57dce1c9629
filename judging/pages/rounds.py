"""The rounds of a call: what each announced and found, opening a further one, giving one up."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import NextRoundForm, ReasonForm
from judging.pages.common import category_names, home, organiser_round, tabs
from judging.pages.invitation import LINK_PATH
from judging.queries.standings import board_of, material
from judging.selection import best
from judging.statistics.standing import rounded
from judging.values import InvitationState, RoundState, Standing
from judging.views import Board, RoundView
from submissions import queries as submissions
from submissions.values import CallView

BASE = "/organise/calls/{call_id}/judging/rounds"


def routes() -> list[Route]:
    return [
        get(BASE, overview),
        get(BASE + "/new", new_page),
        post(BASE + "/new", open_next, again=new_page),
        post(BASE + "/cancel", cancel, again=overview),
        get(BASE + "/{ordinal}", one),
    ]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round with its figures."""

    round: RoundView
    cases: int
    jurors: int
    handed_in: int


def overview(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    call = submissions.call(rq.db, view.call.id)
    lines = [
        RoundLine(
            each,
            queries.count_cases(rq.db, each.id),
            len(queries.panel(rq.db, each.id, states=[InvitationState.ACCEPTED])),
            queries.progress(rq.db, actor, each).whole.handed_in,
        )
        for each in queries.rounds_of_call(rq.db, call)
    ]
    return rq.render(
        "judging/rounds.html",
        round=view,
        tabs=tabs(view, "/rounds"),
        lines=lines,
        may_open=view.state is RoundState.CLOSED,
        may_cancel=view.ordinal > 1 and view.state in (RoundState.OPEN, RoundState.CLOSED),
    )


def new_page(rq: Rq) -> Response:
    """The ranking of the round that has ended, with the boxes of those that go on."""
    actor, view = organiser_round(rq)
    call = submissions.call(rq.db, view.call.id)
    board = board_of(material(rq.db, actor, view), view)
    form = _typed(rq, call)
    places = sum(prize.quota for prize in call.rules.prizes)
    return rq.render(
        "judging/next_round.html",
        round=view,
        call=call,
        tabs=tabs(view, "/rounds"),
        board=board,
        form=form,
        chosen=_boxes(rq, board, form),
        seats=queries.panel(rq.db, view.id, states=[InvitationState.ACCEPTED]),
        juror_ids=set(rq.form.getlist("juror_ids")) if rq.form else set(),
        names=category_names(call),
        places=places,
        rounded=rounded,
        weights={each.key: _weight(rq, each.key, each.weight) for each in call.rules.criteria},
        ready=view.state is RoundState.CLOSED,
    )


def _weight(rq: Rq, key: str, usual: int) -> str:
    return rq.field(f"weight-{key}") if rq.form else str(usual)


def _typed(rq: Rq, call: CallView) -> NextRoundForm:
    """What was typed, or what is usual."""
    if rq.form:
        try:
            return read_form(NextRoundForm, rq.form)
        except Invalid:
            pass  # shown again as it was typed, beside what is usual
    asked = rq.query("best")
    best_asked = int(asked) if asked.isdecimal() and 0 < len(asked) < 6 and int(asked) > 0 else None
    return NextRoundForm(reads=call.rules.reads_per_case, best=best_asked, each=rq.query("each") == "yes")


def _boxes(rq: Rq, board: Board, form: NextRoundForm) -> set[str]:
    """Which cases are ticked: as they were sent, else the best that were asked for."""
    if rq.form:
        return set(form.case_ids)
    if form.best is None:
        return set()
    categories = {case_id: line.category_key for case_id, line in board.cases.items()}
    return set(best(board.rows, categories, form.best, each=form.each))


def open_next(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(NextRoundForm, rq.form)
    call = submissions.call(rq.db, view.call.id)
    by_rank = form.how == "best"
    if by_rank and form.best is None:
        raise Invalid([FieldError("best", _("请填写取前多少名。"))])
    opened = service.open_next_round(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        asked=service.NextRound(
            reads=form.reads,
            best=form.best if by_rank else None,
            each=form.each,
            case_ids=form.case_ids,
            selection=form.selection,
            weights=_weights(rq, call) if form.own_form else {},
            earlier_weight=form.earlier_weight,
            fresh_readers=form.fresh_readers,
            closes_at=form.deadline(call.timezone),
            with_files=form.with_files,
            juror_ids=form.juror_ids,
        ),
        address=rq.absolute(LINK_PATH),
    )
    done = _("第 %(number)s 轮评审已开始。", number=opened.ordinal)
    return rq.redirect(home(view.call) + "/jury", done)


def _weights(rq: Rq, call: CallView) -> dict[str, int]:
    """The weights typed beside the criteria; an empty field is 0.

    Raises:
        Invalid
    """
    found = {}
    for each in call.rules.criteria:
        typed = rq.field(f"weight-{each.key}").strip() or "0"
        if not (typed.isascii() and typed.isdigit() and len(typed) < 4):
            raise Invalid([FieldError("weights", _("“%(name)s”的权重请填写整数。", name=each.name))])
        found[each.key] = int(typed)
    return found


def cancel(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(ReasonForm, rq.form)
    service.cancel_round(rq.db, actor=actor, now=rq.now, round_id=view.id, reason=form.reason)
    done = _("第 %(number)s 轮评审已取消，前一轮的结果恢复为最后结果。", number=view.ordinal)
    return rq.redirect(home(view.call) + "/rounds", done)


def one(rq: Rq) -> Response:
    """The standings of any round, as they were; an earlier one changes no more."""
    actor, view = organiser_round(rq)
    call = submissions.call(rq.db, view.call.id)
    wanted = [each for each in queries.rounds_of_call(rq.db, call) if str(each.ordinal) == rq.path("ordinal")]
    if not wanted:
        raise NotFound
    (shown,) = wanted
    board = board_of(material(rq.db, actor, shown), shown)
    going = set()
    if shown.id != view.id:
        going = {line.case_id for line in board_of(material(rq.db, actor, view), view).cases.values()}
    rows: tuple[Standing, ...] = board.rows
    return rq.render(
        "judging/round.html",
        round=shown,
        current=view,
        tabs=tabs(view, "/rounds"),
        board=board,
        rows=rows,
        going=going,
        names=category_names(call),
        rounded=rounded,
    )
