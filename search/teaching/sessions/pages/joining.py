"""The way in for participants: a code, a link or a QR code; a unit and a name, once."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation import ical
from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.visibility import as_system
from foundation.web import Rq, disposition, get, post
from search.teaching.sessions import wording
from search.teaching.sessions.forms import CodeForm, JoinForm
from search.teaching.sessions.pages.visitors import asked_series, new_device
from search.teaching.sessions.queries import people
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.service import joining as service
from search.teaching.sessions.values import SeriesView, SessionState

ONE = "/study/{token}"


def routes() -> list[Route]:
    return [
        get("/study", enter),
        post("/study", go, again=enter),
        get(ONE + "/calendar.ics", calendar),
        get(ONE, page),
        post(ONE + "/join", join, again=page),
        post(ONE + "/leave", leave, again=page),
    ]


def enter(rq: Rq) -> Response:
    """The box for a code that was read out."""
    return rq.render("teaching/study_enter.html")


def go(rq: Rq) -> Response:
    typed = read_form(CodeForm, rq.form).token.strip().rstrip("/").rpartition("/")[2].lower()
    try:
        series = queries.series_by_token(rq.db, typed)
    except NotFound as problem:
        raise Invalid([FieldError("token", _("没有这个学习代码，请核对后再填。"))]) from problem
    return rq.redirect(f"/study/{series.token}")


def page(rq: Rq) -> Response:
    """Before joining the form; afterwards what comes and what was."""
    series, who = asked_series(rq)
    with as_system(rq.db):
        sessions = queries.sessions(rq.db, series.id)
        units = queries.units(rq.db, series.id)
        present = people.present(rq.db, [each.id for each in sessions])
    if who is None:
        new_device(rq)  # the browser has its number before it joins: two presses are one and the same
        own = next((each for each in units if rq.actor.signed_in and each.unit_id == rq.actor.unit_id), None)
        return rq.render(
            "teaching/study_join.html",
            series=series,
            rhythm=wording.rhythm(series.proposal.rhythm),
            units=units,
            own=own,
            codes=any(each.code for each in units),
        )
    coming = queries.coming(sessions, rq.now)
    own_lines = {
        key: line for key, lines in present.items() for line in lines if line.participant_id == who.id
    }
    return rq.render(
        "teaching/study_home.html",
        series=series,
        who=who,
        rhythm=wording.rhythm(series.proposal.rhythm),
        coming=coming,
        past=[each for each in reversed(sessions) if each.state is SessionState.CLOSED],
        cancelled=[
            each for each in sessions if each.state is SessionState.CANCELLED and each.ends_at > rq.now
        ],
        present=own_lines,
        states=wording.STATES,
    )


def join(rq: Rq) -> Response:
    form = read_form(JoinForm, rq.form)
    token, device = rq.path("token"), new_device(rq)
    try:
        service.join(
            rq.db,
            actor=rq.actor,
            now=rq.now,
            token=token,
            device=device,
            unit_id=form.unit,
            name=form.name,
            code=form.code,
            address=rq.address,
        )
    except service.WrongCode as problem:
        # the count must be kept, so nothing is raised here
        service.note_wrong_code(
            rq.db, now=rq.now, token=token, unit_id=form.unit, device=device, address=rq.address
        )
        rq.problem = problem
        response = page(rq)
        response.status_code = problem.status
        return response
    return rq.redirect(f"/study/{token}", _("已加入，这台设备以后不用再填。"))


def leave(rq: Rq) -> Response:
    """Somebody has his data deleted."""
    _series, who = asked_series(rq)
    if who is None:
        raise NotFound
    service.leave(rq.db, actor=rq.actor, now=rq.now, participant=who)
    return rq.redirect(f"/study/{rq.path('token')}", _("您的姓名、发言和设备记录已删除。"))


def calendar(rq: Rq) -> Response:
    """The dates as a calendar that a telephone subscribes to; nobody needs to join for it."""
    series = queries.series_by_token(rq.db, rq.path("token"))
    with as_system(rq.db):
        sessions = queries.sessions(rq.db, series.id)
    url = rq.absolute(f"/study/{series.token}")
    dates = [
        ical.Date(
            f"study-{each.id}",
            each.starts_at,
            _title(series, each.title),
            url,
            ends_at=each.ends_at,
            remind="-PT15M",
            cancelled=each.state is SessionState.CANCELLED,
        )
        for each in sessions
    ]
    headers = {"Content-Disposition": disposition(f"study-{series.token}.ics")}
    body = ical.calendar(dates, rq.now, name=series.title)
    return Response(body, media_type=ical.MEDIA_TYPE, headers=headers)


def _title(series: SeriesView, title: str) -> str:
    return str(_("%(series)s：%(title)s", series=series.title, title=title)) if title else series.title
