"""A challenge on a participant's telephone."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.visibility import as_system
from foundation.web import Rq, get, post
from search.teaching.quizzes.forms import HandInForm
from search.teaching.quizzes.pages.challenges import COUNTING
from search.teaching.quizzes.queries import challenges as queries
from search.teaching.quizzes.service import challenges as service
from search.teaching.quizzes.values import Attempt, ChallengeView
from search.teaching.sessions.pages.visitors import asked_series
from search.teaching.sessions.rules import marking
from search.teaching.sessions.values import ParticipantView, SeriesView
from search.teaching.sessions.wording import QUESTION_KINDS

LIST = "/study/{token}/challenges"
ONE = LIST + "/{challenge_id}"


def routes() -> list[Route]:
    return [
        get(LIST, page),
        get(ONE, one),
        post(ONE + "/begin", begin, again=one),
        post(ONE + "/hand-in", hand_in, again=one),
    ]


def page(rq: Rq) -> Response:
    series, who = asked_series(rq)
    if who is None:
        return rq.redirect(f"/study/{series.token}")
    with as_system(rq.db):
        found = queries.challenges(rq.db, series.id)
        own = {each.id: queries.attempts(rq.db, each.id, who.id) for each in found}
    return rq.render("teaching/study_challenges.html", series=series, who=who, challenges=found, own=own)


def one(rq: Rq) -> Response:
    """Rules, the questions of the attempt that was begun, and afterwards what came of it."""
    series, who = asked_series(rq)
    if who is None:
        return rq.redirect(f"/study/{series.token}")
    with as_system(rq.db):
        found = queries.challenge(rq.db, rq.path("challenge_id"))
        if found.series_id != series.id:
            raise NotFound
        attempts = queries.attempts(rq.db, found.id, who.id)
        pool = queries.pool(rq.db, found.id)
        done = [(each, queries.answers(rq.db, each.id)) for each in attempts if each.handed_in_at]
    begun = next((each for each in attempts if each.handed_in_at is None), None)
    over = found.over(rq.now)
    return rq.render(
        "teaching/study_challenge.html",
        series=series,
        who=who,
        challenge=found,
        here=f"/study/{series.token}/challenges/{found.id}",
        begun=begun if found.open(rq.now) else None,
        done=done,
        left=_left(found, attempts, rq),
        over=over,
        shows_answers=over,
        standings=queries.standings(rq.db, found.id) if over else None,
        pool=pool,
        options_of=marking.options_of,
        letters=marking.letters,
        kind_names=QUESTION_KINDS,
        counting=dict(COUNTING),
    )


def _left(found: ChallengeView, attempts: list[Attempt], rq: Rq) -> int:
    return found.proposal.attempts - len(attempts) if found.open(rq.now) else 0


def _asked(rq: Rq) -> tuple[SeriesView, ParticipantView]:
    series, who = asked_series(rq)
    if who is None:
        raise NotFound
    return series, who


def begin(rq: Rq) -> Response:
    series, who = _asked(rq)
    key = rq.path("challenge_id")
    service.start_attempt(rq.db, now=rq.now, challenge_id=key, who=who)
    return rq.redirect(f"/study/{series.token}/challenges/{key}#questions")


def hand_in(rq: Rq) -> Response:
    series, who = _asked(rq)
    key = rq.path("challenge_id")
    form = read_form(HandInForm, rq.form)
    given: dict[str, list[str]] = {}
    for name, value in rq.form.multi_items():
        if name.startswith("q-") and isinstance(value, str):
            given.setdefault(name.removeprefix("q-"), []).append(value)
    service.hand_in(
        rq.db,
        now=rq.now,
        challenge_id=key,
        who=who,
        given={each: tuple(values) for each, values in given.items()},
        shows_name=form.shows_name,
    )
    return rq.redirect(f"/study/{series.token}/challenges/{key}", _("已提交。"))
