"""Standings by the published rule, and the decision on the prizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starlette.responses import Response
from starlette.routing import Route

from foundation.downloads import download
from foundation.errors import Invalid, NotFound
from foundation.forms import read_form
from foundation.sheets import FORMATS, Cell, Table
from foundation.text import _, n_
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import DecideForm
from judging.pages.common import category_names, home, organiser_round, tabs
from judging.service.deciding import hold_against_rule
from judging.statistics.standing import rounded
from judging.values import RoundState
from judging.views import Board, RoundView

BASE = "/organise/calls/{call_id}/judging"
BELOW_THE_CUT = 5
"""How many cases without a prize are shown below the last cut line for comparison."""

_HEADS = (
    _("名次"),
    _("评审号"),
    _("标题"),
    _("单位"),
    _("类别"),
    _("得分"),
    _("精确值"),
    _("有效评分数"),
    _("需要的评分数"),
)


def routes() -> list[Route]:
    return [
        get(BASE + "/standings", standings),
        get(BASE + "/standings.{format}", export),
        get(BASE + "/prizes", prizes),
        post(BASE + "/prizes/check", check, again=prizes),
        post(BASE + "/prizes", decide, again=after_refusal),
    ]


def standings(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    board = queries.board(rq.db, actor, view)
    category = rq.query("category")
    return rq.render(
        "judging/standings.html",
        round=view,
        tabs=tabs(view, "/standings"),
        board=board,
        rows=[row for row in board.rows if not category or board.cases[row.case_id].category_key == category],
        category=category,
        names=category_names(view.call),
        rounded=rounded,
        ties=sum(1 for row in board.rows if row.tied),
        waiting=sum(1 for row in board.rows if not row.eligible),
    )


def export(rq: Rq) -> Response:
    """The standings as Excel or CSV: exact fractions beside the rounded score, one column a read."""
    actor, view = organiser_round(rq)
    kind = rq.path("format")
    if kind not in FORMATS:
        raise NotFound
    board = queries.board(rq.db, actor, view)
    most = max((row.reads for row in board.rows), default=0)
    heads = [*_HEADS, *(_("评分 %(number)s", number=number + 1) for number in range(most))]
    return download(Table(f"standings-{view.call.slug}", heads, _lines(board, view)), kind)


def _lines(board: Board, view: RoundView) -> Iterator[list[Cell]]:
    names = category_names(view.call)
    for row in board.rows:
        line = board.cases[row.case_id]
        yield [
            row.rank,
            line.label,
            line.title,
            line.unit_name,
            names.get(line.category_key, ""),
            row.shown,
            str(row.score if row.score is not None else ""),
            row.reads,
            row.reads_required,
            *(rounded(value) for value in sorted(value for _juror, value in row.composites)),
        ]


def prizes(rq: Rq) -> Response:
    """The proposal by quota with its cut lines, or what was decided."""
    actor, view = organiser_round(rq)
    board = queries.board(rq.db, actor, view)
    if view.state is RoundState.DECIDED:
        return rq.render(
            "judging/decided.html",
            round=view,
            tabs=tabs(view, "/prizes"),
            board=board,
            decision=queries.decision(rq.db, view.id),
        )
    posted = _chosen(rq) if rq.problem else None
    return rq.render(
        "judging/prizes.html",
        round=view,
        tabs=tabs(view, "/prizes"),
        board=board,
        rows=_near_the_cut(board),
        names=category_names(view.call),
        prize_names={prize.key: prize.name for prize in view.call.rules.prizes},
        chosen=board.proposal.certain if posted is None else posted,
        disputed={case_id for tie in board.proposal.ties for case_id in tie.case_ids},
        cuts=_cuts(board),
    )


def _near_the_cut(board: Board) -> list[tuple[object, bool]]:
    """Ranked cases down to a few below the last place, each with whether a place reaches it."""
    places = sum(prize.quota for prize in board.round.call.rules.prizes)
    rows = [row for row in board.rows if row.rank is not None]
    return [
        (row, row.rank <= places)
        for number, row in enumerate(rows)
        if row.rank is not None and (row.rank <= places or number < places + BELOW_THE_CUT)
    ]


def _cuts(board: Board) -> dict[int, list[tuple[str, int]]]:
    """After how many cases a prize's places are used up: number -> (prize, quota)."""
    found: dict[int, list[tuple[str, int]]] = {}
    used = 0
    for prize in board.round.call.rules.prizes:
        used += prize.quota
        found.setdefault(used, []).append((prize.name, prize.quota))
    return found


def _chosen(rq: Rq) -> dict[str, str]:
    """The choice in the form: fields `prize-<case id>` with a prize's key or nothing."""
    return {
        name.removeprefix("prize-"): rq.field(name)
        for name in rq.form
        if name.startswith("prize-") and rq.field(name)
    }


def check(rq: Rq) -> Response:
    """Show what will be awarded, by count and name, before it is."""
    return _confirmation(rq)


def _confirmation(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    board = queries.board(rq.db, actor, view)
    form = read_form(DecideForm, rq.form)
    chosen = _chosen(rq)
    outcome = hold_against_rule(board, chosen)
    return rq.render(
        "judging/confirm.html",
        round=view,
        board=board,
        chosen=chosen,
        outcome=outcome,
        by_prize=_by_prize(board, chosen),
        digest=form.digest or board.digest,
        home=home(view.call),
    )


def _by_prize(board: Board, chosen: Mapping[str, str]) -> list[tuple[str, int, list[str]]]:
    """Prize name, quota and its cases in the order of the standings."""
    return [
        (
            prize.name,
            prize.quota,
            [row.case_id for row in board.rows if chosen.get(row.case_id) == prize.key],
        )
        for prize in board.round.call.rules.prizes
    ]


def decide(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(DecideForm, rq.form)
    decided = service.decide_prizes(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        chosen=_chosen(rq),
        digest=form.digest,
        reason=form.reason,
        minutes=form.minutes,
    )
    return rq.redirect(
        home(view.call) + "/notice",
        n_("已评定 %(n)s 个奖项，等待公示。", "已评定 %(n)s 个奖项，等待公示。", len(decided)),
    )


def after_refusal(rq: Rq) -> Response:
    """A missing reason: the confirmation again. Anything else: the standings of this moment."""
    return _confirmation(rq) if isinstance(rq.problem, Invalid) else prizes(rq)
