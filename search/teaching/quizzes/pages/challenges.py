"""Challenges of a series, for those who lead it and for units that take part."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.downloads import download
from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.sheets import FORMATS, Cell, Table
from foundation.text import _
from foundation.web import Rq, get, post
from search.teaching.quizzes.forms import ChallengeForm
from search.teaching.quizzes.queries import bank
from search.teaching.quizzes.queries import challenges as queries
from search.teaching.quizzes.service import challenges as service
from search.teaching.quizzes.values import ChallengeView, Counting
from search.teaching.sessions import policy
from search.teaching.sessions.pages.common import BASE, asked_series, home, led_series, tabs

LIST = BASE + "/{series_id}/challenges"
ONE = LIST + "/{challenge_id}"
COUNTING = (
    (Counting.FIRST.value, _("第一次的成绩")),
    (Counting.BEST.value, _("最好一次的成绩")),
)


def routes() -> list[Route]:
    return [
        get(LIST, page),
        post(LIST, publish, again=page),
        get(ONE, results),
        get(ONE + "/standings.{format}", export),
        post(ONE + "/withdraw", withdraw, again=results),
    ]


def page(rq: Rq) -> Response:
    series = asked_series(rq)
    leads = policy.leads(rq.actor, series)
    return rq.render(
        "teaching/challenges.html",
        series=series,
        here=home(series),
        tabs=tabs(rq, series, "/challenges"),
        challenges=queries.challenges(rq.db, series.id),
        leads=leads,
        counting=COUNTING,
        topics=[(each, each) for each in bank.topics(rq.db)] if leads else [],
        there=len(bank.bank(rq.db)) if leads else 0,
    )


def publish(rq: Rq) -> Response:
    series = led_series(rq)
    form = read_form(ChallengeForm, rq.form)
    key = service.publish_challenge(
        rq.db, actor=rq.actor, now=rq.now, series_id=series.id, proposal=form.proposal(series.zone)
    )
    done = _("挑战已发布，到时间自动开放。")
    if queries.challenge(rq.db, key).open(rq.now):
        done = _("挑战已发布，现在就可以作答。")
    return rq.redirect(f"{home(series)}/challenges/{key}", done)


def _asked(rq: Rq) -> ChallengeView:
    found = queries.challenge(rq.db, rq.path("challenge_id"))
    if found.series_id != rq.path("series_id"):
        raise NotFound
    return found


def results(rq: Rq) -> Response:
    """The standings as they are now; participants see them when the challenge is over."""
    series = asked_series(rq)
    found = _asked(rq)
    leads = policy.leads(rq.actor, series)
    if not leads and not found.over(rq.now):
        raise NotFound
    return rq.render(
        "teaching/challenge.html",
        series=series,
        challenge=found,
        here=home(series),
        standings=queries.standings(rq.db, found.id),
        leads=leads,
        begun=bool(queries.attempts(rq.db, found.id)),
        counting=dict(COUNTING),
        taking=rq.absolute(f"/study/{series.token}/challenges/{found.id}"),
    )


def export(rq: Rq) -> Response:
    series = led_series(rq)
    found = _asked(rq)
    kind = rq.path("format")
    if kind not in FORMATS:
        raise NotFound
    heads = [_("名次"), _("单位"), _("人数"), _("参加"), _("参与率"), _("平均正确率")]
    rows: list[list[Cell]] = [
        [each.rank, each.name, each.people, each.took_part, round(each.part, 4), round(each.average, 4)]
        for each in queries.standings(rq.db, found.id).units
    ]
    return download(Table(found.proposal.title, heads, rows, zone=series.zone), kind)


def withdraw(rq: Rq) -> Response:
    series = led_series(rq)
    service.withdraw_challenge(rq.db, actor=rq.actor, now=rq.now, challenge_id=_asked(rq).id)
    return rq.redirect(f"{home(series)}/challenges", _("挑战已撤回。"))
