"""A session on a participant's telephone: lobby, live page, replay. Works without script by loading again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.live import Admission, Frame, Streams
from foundation.text import _
from foundation.visibility import as_system
from foundation.web import Edge, Rq, edge_of, get, post
from search.teaching.sessions import wording
from search.teaching.sessions.forms import SayForm
from search.teaching.sessions.pages.visitors import COOKIE, asked_session, joined
from search.teaching.sessions.queries import live, material, people
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.rules import marking
from search.teaching.sessions.service import taking_part as service
from search.teaching.sessions.values import ParticipantView, SessionState, SessionView, StepView

ONE = "/study/{series}/{token}"
POSTS = "/study/{token}/{session_id}"
PARTS = {"stage": "teaching/study_stage.html", "board": "teaching/study_board.html"}


def routes() -> list[BaseRoute]:
    streams = Streams(live.newer_frame, _admit, _draw)
    return [
        Route("/study/{series}/{token}/stream", streams.endpoint, methods=["GET"]),
        get(POSTS + "/questions", questions),
        post(POSTS + "/check-in", check_in, again=page),
        post(POSTS + "/say", say, again=page),
        post(POSTS + "/answers", answer, again=page),
        get(POSTS, page),
    ]


def page(rq: Rq) -> Response:
    """The lobby before, the live page during, the replay after."""
    series, session, who = asked_session(rq)
    if who is None:
        return rq.redirect(f"/study/{series.token}")
    if session.state is SessionState.CANCELLED:
        return rq.redirect(f"/study/{series.token}", _("这次学习已取消。"))
    if session.state is SessionState.CLOSED:
        return _replay(rq, session, who)
    with as_system(rq.db):
        present = people.present(rq.db, [session.id])[session.id]
    return rq.render(
        "teaching/study_session.html",
        series=series,
        session=session,
        who=who,
        here=f"/study/{series.token}/{session.id}",
        shown=live.shown(rq.db, session),
        viewer=who.unit_id,
        checked_in=any(each.participant_id == who.id for each in present),
        **_questions(rq, session, who),
    )


def questions(rq: Rq) -> Response:
    """The questions alone, when another was asked."""
    series, session, who = joined(rq)
    return rq.render(
        "teaching/study_questions.html",
        session=session,
        here=f"/study/{series.token}/{session.id}",
        **_questions(rq, session, who),
    )


def _questions(rq: Rq, session: SessionView, who: ParticipantView) -> dict[str, Any]:
    """The questions that were asked, with what stands of this participant."""
    with as_system(rq.db):
        steps = queries.steps(rq.db, session.id)
        given = {each.step_id: each for each in people.given(rq.db, session.id, who.id)}
    asked = live.asked(session, steps)
    return {
        "asked": asked,
        "given": given,
        "must": sum(1 for step in asked if step.must),
        "must_done": sum(1 for step in asked if step.must and step.id in given),
        "options_of": marking.options_of,
        "kind_names": wording.QUESTION_KINDS,
    }


def _replay(rq: Rq, session: SessionView, who: ParticipantView) -> Response:
    """Material, contributions, questions with explanations; who was away may make up first."""
    series = queries.series_by_token(rq.db, rq.path("token"))
    with as_system(rq.db):
        steps = queries.steps(rq.db, session.id)
        said = people.said(rq.db, session.id)
        present = {each.participant_id: each for each in people.present(rq.db, [session.id])[session.id]}
    context = _questions(rq, session, who)
    open_for_him = session.makes_up(rq.now) and not context["given"] and bool(context["asked"])
    return rq.render(
        "teaching/study_replay.html",
        series=series,
        session=session,
        who=who,
        here=f"/study/{series.token}/{session.id}",
        viewer=who.unit_id,
        said=list(reversed(said)),
        present=present.get(who.id),
        makes_up=open_for_him,
        letters=marking.letters,
        cases=_cases(rq, session, steps),
        notes=[step for step in steps if step.kind in ("note", "prompt")],
        **context,
    )


def _cases(rq: Rq, session: SessionView, steps: list[StepView]) -> list[tuple[str, material.Material | None]]:
    """The cases that were studied, as everybody may read them afterwards; None for one that is not public."""
    ids = dict.fromkeys([*session.case_ids, *(step.case_id for step in steps if step.case_id)])
    return [(each, material.shown(rq.db, each, members=False)) for each in ids]


def check_in(rq: Rq) -> Response:
    series, session, who = joined(rq)
    service.check_in(rq.db, now=rq.now, session_id=session.id, who=who)
    return rq.redirect(f"/study/{series.token}/{session.id}", _("已签到。"))


def say(rq: Rq) -> Response:
    series, session, who = joined(rq)
    form = read_form(SayForm, rq.form)
    service.say(rq.db, now=rq.now, session_id=session.id, who=who, words=form.words)
    return rq.redirect(f"/study/{series.token}/{session.id}#board", _("已发出。"))


def answer(rq: Rq) -> Response:
    series, session, who = joined(rq)
    count = service.answer(rq.db, now=rq.now, session_id=session.id, who=who, given=_given(rq))
    late = session.state is SessionState.CLOSED
    done = (
        _("已提交 %(count)s 题，记为补学。", count=count)
        if late
        else _("已提交 %(count)s 题，结束前可以修改。", count=count)
    )
    return rq.redirect(f"/study/{series.token}/{session.id}#questions", done)


def _given(rq: Rq) -> dict[str, tuple[str, ...]]:
    """Question's step -> what was posted for it."""
    found: dict[str, list[str]] = {}
    for name, value in rq.form.multi_items():
        if name.startswith("q-") and isinstance(value, str):
            found.setdefault(name.removeprefix("q-"), []).append(value)
    return {key: tuple(values) for key, values in found.items()}


# --- the stream -------------------------------------------------------------------------------------


def _admit(db: Session, request: Request, session_id: str) -> Admission | None:
    """Who has joined the series watches, as his unit: names are his unit's alone."""
    db.info["actor"] = edge_of(request).identify(db, request, edge_of(request).clock.now()).actor
    try:
        series = queries.series_by_token(db, str(request.path_params["series"]))
        session = queries.session_for_participants(db, session_id)
    except NotFound:
        return None
    who = people.who(db, series.id, actor=db.info["actor"], device=request.cookies.get(COOKIE, ""))
    if who is None or session.series_id != series.id:
        return None
    return Admission((who.unit_id,), who.id)


def _draw(edge: Edge, frame: Frame, viewer: tuple[str, ...], locale: str) -> Mapping[str, str]:
    context = {"shown": frame.shown, "viewer": viewer[0], "locale": locale}
    return {name: edge.templates.get_template(file).render(**context) for name, file in PARTS.items()}
