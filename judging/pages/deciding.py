"""The decision on the prizes: what the rule gives, what a person chooses, and the confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import Invalid
from foundation.forms import read_form
from foundation.text import n_
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import DecideForm
from judging.minutes import motion_line
from judging.pages.common import category_names, home, organiser_round, tabs
from judging.service.deciding import hold_against_rule
from judging.values import RoundState, Standing
from judging.views import Board, MotionView
from submissions.values import Prize

BASE = "/organise/calls/{call_id}/judging"
BELOW_THE_CUT = 5
"""How many cases without a prize are shown below the last cut line for comparison."""


def routes() -> list[Route]:
    return [
        get(BASE + "/prizes", prizes),
        post(BASE + "/prizes/check", check, again=prizes),
        post(BASE + "/prizes", decide, again=after_refusal, prepare=ranked_before),
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
            decision=queries.shown_decision(rq.db, actor, view.id),
        )
    posted = _chosen(rq) if rq.problem else None
    carried = [each for each in queries.meeting_motions(rq.db, actor, view.id) if each.carried]
    return rq.render(
        "judging/prizes.html",
        round=view,
        tabs=tabs(view, "/prizes"),
        board=board,
        sections=sections(board),
        names=category_names(view.call),
        prize_names={prize.key: prize.name for prize in view.call.rules.prizes},
        chosen=board.proposal.certain | voted(board, carried) if posted is None else posted,
        carried=[motion_line(each, board) for each in carried],
        disputed={case_id for tie in board.proposal.ties for case_id in tie.case_ids},
        shares=board.proposal.shares,
    )


def voted(board: Board, carried: Iterable[MotionView]) -> dict[str, str]:
    """What carried motions give to cases of ties at the cut; a later motion outdoes an earlier one."""
    disputed = {case_id for tie in board.proposal.ties for case_id in tie.case_ids}
    found = {
        case_id: motion.prize_key for motion in carried for case_id in motion.case_ids if case_id in disputed
    }
    return {case_id: key for case_id, key in found.items() if key}


@dataclass(frozen=True, slots=True)
class Section:
    """The cases of one pool around its cut lines. `cuts`: after how many of them a prize's places are used
    up, with the prize and how many they are. `left_out` are the cases below those shown."""

    name: str
    rows: tuple[Standing, ...]
    cuts: Mapping[int, tuple[tuple[Prize, int], ...]]
    left_out: int


def sections(board: Board) -> list[Section]:
    """One section a pool: down to a few cases below the last place, ties at the cut in full."""
    rules = board.round.call.rules
    names = category_names(board.round.call)
    quotas = {pool.key: pool.quotas for pool in board.proposal.pools} or {
        "": tuple(prize.quota for prize in rules.prizes)
    }
    return [
        _section(board, names.get(key, key), key, tuple(zip(rules.prizes, places, strict=True)))
        for key, places in quotas.items()
    ]


def _section(board: Board, name: str, pool: str, quotas: tuple[tuple[Prize, int], ...]) -> Section:
    ranked = [row for row in board.rows if row.eligible and board.terms.pool_of(row.case_id) == pool]
    given = set(board.proposal.certain)
    noted = {each.case_id for each in board.proposal.passed_over} | {
        case_id for tie in board.proposal.ties for case_id in tie.case_ids
    }
    cuts: dict[int, list[tuple[Prize, int]]] = {}
    used = 0
    for prize, count in quotas:
        used += count
        cuts.setdefault(used, []).append((prize, count))
    concerned = [place for place, row in enumerate(ranked, start=1) if row.case_id in given | noted]
    last = max(used, max(concerned, default=0)) + BELOW_THE_CUT
    shown = tuple(ranked[:last])
    return Section(
        name, shown, {place: tuple(found) for place, found in cuts.items()}, len(ranked) - len(shown)
    )


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
        votes="\n".join(
            str(motion_line(each, board))
            for each in queries.meeting_motions(rq.db, actor, view.id)
            if each.carried
        ),
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


def ranked_before(rq: Rq) -> None:
    """Rank once before the write transaction: where reads are adjusted the fit is then at hand in it."""
    actor, view = organiser_round(rq)
    queries.board(rq.db, actor, view)


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
