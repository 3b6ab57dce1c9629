"""Series: the list, a new one, its dates, units and roster."""

from __future__ import annotations

from datetime import time
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from foundation import people, qr
from foundation.actor import Role
from foundation.forms import read_form
from foundation.people import Unit
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq, get, post
from search.teaching.sessions import policy, wording
from search.teaching.sessions.forms import (
    AwayForm,
    NewSessionForm,
    OrderForm,
    PresenterForm,
    SeriesForm,
    SessionForm,
    UnitForm,
)
from search.teaching.sessions.pages.common import BASE, asked_series, home, led_series, tabs, wanted_order
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.rules import dates
from search.teaching.sessions.service import planning
from search.teaching.sessions.service import series as service
from search.teaching.sessions.values import Rhythm, SeriesProposal, SeriesView, SessionState

ONE = BASE + "/{series_id}"
ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "UTC")


def routes() -> list[Route]:
    return [
        get(BASE, overview),
        get(BASE + "/new", new),
        post(BASE + "/new", create, again=new),
        get(ONE, page),
        get(ONE + "/settings", settings),
        post(ONE + "/settings", change, again=settings),
        post(ONE + "/end", end, again=page),
        post(ONE + "/units", add_unit, again=page),
        post(ONE + "/units/{unit_id}/code", set_code, again=page),
        post(ONE + "/units/{unit_id}/remove", remove_unit, again=page),
        post(ONE + "/roster", add_presenter, again=page),
        post(ONE + "/roster/order", order_roster, again=page),
        post(ONE + "/roster/{presenter_id}/away", away, again=page),
        post(ONE + "/roster/{presenter_id}/remove", remove_presenter, again=page),
        post(ONE + "/dates", add_session, again=page),
        post(ONE + "/dates/{session_id}/presenter", assign, again=page),
        post(ONE + "/dates/{session_id}/cancel", cancel, again=page),
    ]


def overview(rq: Rq) -> Response:
    """The series that one leads, and those in which the own unit takes part."""
    actor = rq.signed_in()
    found = queries.all_series(rq.db)
    lines = [(each, queries.coming(queries.sessions(rq.db, each.id), rq.now)[:1]) for each in found]
    return rq.render(
        "teaching/series_list.html",
        led=[line for line in lines if policy.leads(actor, line[0])],
        shared=[line for line in lines if not policy.leads(actor, line[0])],
        may_create=policy.may_create(actor) is None,
        teaches=actor.has(Role.TRAINER),
        rhythm=wording.rhythm,
        states=wording.STATES,
    )


def new(rq: Rq) -> Response:
    require(policy.may_create(rq.signed_in()))
    today = rq.now.date()
    rule = Rhythm(weekdays=(3,), at=time(19, 30), zone="Asia/Shanghai", first=today)
    return _form(rq, None, SeriesProposal(title="", about="", rhythm=rule))


def _form(rq: Rq, series: SeriesView | None, proposal: SeriesProposal) -> Response:
    zone = proposal.rhythm.zone
    return rq.render(
        "teaching/series_form.html",
        series=series,
        proposal=proposal,
        skipped=dates.pauses(proposal.rhythm.skipped),
        weekdays=[(str(place), name) for place, name in enumerate(wording.WEEKDAYS)],
        zones=[(each, each) for each in dict.fromkeys((zone, *ZONES))],
    )


def create(rq: Rq) -> Response:
    form = read_form(SeriesForm, rq.form)
    key = service.create_series(rq.db, actor=rq.signed_in(), now=rq.now, proposal=form.proposal())
    return rq.redirect(f"{BASE}/{key}", _("系列已建立。接着加入单位、排好主讲人，再准备第一次学习。"))


def settings(rq: Rq) -> Response:
    series = led_series(rq)
    return _form(rq, series, series.proposal)


def change(rq: Rq) -> Response:
    series = led_series(rq)
    form = read_form(SeriesForm, rq.form)
    service.change_series(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        series_id=series.id,
        proposal=form.proposal(),
    )
    return rq.redirect(home(series), _("已保存，后面的日期已按新的规则安排。"))


def page(rq: Rq) -> Response:
    """The series: what comes, what was, who takes part, who presents; the link for participants."""
    series = asked_series(rq)
    leads = policy.leads(rq.actor, series)
    sessions = queries.sessions(rq.db, series.id)
    coming = queries.coming(sessions, rq.now)
    address = rq.absolute(f"/study/{series.token}")
    return rq.render(
        "teaching/series.html",
        series=series,
        leads=leads,
        here=home(series),
        tabs=tabs(rq, series, ""),
        rhythm=wording.rhythm(series.proposal.rhythm),
        states=wording.STATES,
        coming=coming,
        past=[each for each in reversed(sessions) if each not in coming],
        over=SessionState.CLOSED,
        **(_leading(rq, series, address) if leads else {}),
    )


def _leading(rq: Rq, series: SeriesView, address: str) -> dict[str, Any]:
    return {
        "units": queries.units(rq.db, series.id),
        "roster": queries.roster(rq.db, series.id),
        "choices": [each.name for each in _choices(rq, series)],
        "address": address,
        "code": qr.svg(address),
    }


def _choices(rq: Rq, series: SeriesView) -> list[Unit]:
    """Units that may still be added."""
    taken = {each.unit_id for each in queries.units(rq.db, series.id)}
    return [
        each
        for each in people.units(rq.db)
        if each.id not in taken and policy.may_invite(rq.actor, series, each.path) is None
    ]


def end(rq: Rq) -> Response:
    series = led_series(rq)
    service.end_series(rq.db, actor=rq.actor, now=rq.now, series_id=series.id)
    return rq.redirect(home(series), _("系列已结束。结果和回放仍可查看，直到保存期满。"))


def add_unit(rq: Rq) -> Response:
    series = led_series(rq)
    form = read_form(UnitForm, rq.form)
    service.add_unit(rq.db, actor=rq.actor, now=rq.now, series_id=series.id, named=form.unit, code=form.code)
    return rq.redirect(f"{home(series)}#units", _("单位已加入。"))


def set_code(rq: Rq) -> Response:
    series = led_series(rq)
    form = read_form(UnitForm, rq.form)
    service.set_code(
        rq.db, actor=rq.actor, now=rq.now, series_id=series.id, unit_id=rq.path("unit_id"), code=form.code
    )
    return rq.redirect(f"{home(series)}#units", _("加入口令已更新。"))


def remove_unit(rq: Rq) -> Response:
    series = led_series(rq)
    service.remove_unit(rq.db, actor=rq.actor, now=rq.now, series_id=series.id, unit_id=rq.path("unit_id"))
    return rq.redirect(f"{home(series)}#units", _("单位已移除。"))


def add_presenter(rq: Rq) -> Response:
    series = led_series(rq)
    form = read_form(PresenterForm, rq.form)
    planning.add_presenter(
        rq.db, actor=rq.actor, now=rq.now, series_id=series.id, name=form.name, email=form.email
    )
    return rq.redirect(f"{home(series)}#roster", _("主讲人已加入，后面的日期已重新轮值。"))


def order_roster(rq: Rq) -> Response:
    series = led_series(rq)
    known = [each.id for each in queries.roster(rq.db, series.id)]
    order = wanted_order(read_form(OrderForm, rq.form), known)
    planning.order_roster(rq.db, actor=rq.actor, now=rq.now, series_id=series.id, order=order)
    return rq.redirect(f"{home(series)}#roster")


def away(rq: Rq) -> Response:
    series = led_series(rq)
    form = read_form(AwayForm, rq.form)
    planning.set_away(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        series_id=series.id,
        presenter_id=rq.path("presenter_id"),
        first=form.away_from,
        last=form.away_until,
    )
    return rq.redirect(f"{home(series)}#roster", _("请假已记下，轮值已调整。"))


def remove_presenter(rq: Rq) -> Response:
    series = led_series(rq)
    planning.remove_presenter(
        rq.db, actor=rq.actor, now=rq.now, series_id=series.id, presenter_id=rq.path("presenter_id")
    )
    return rq.redirect(f"{home(series)}#roster", _("已从轮值表中移除。"))


def add_session(rq: Rq) -> Response:
    series = led_series(rq)
    form = read_form(NewSessionForm, rq.form)
    starts_at = SessionForm(starts_at=form.starts_at, minutes=45).instant(series.zone)
    planning.add_session(rq.db, actor=rq.actor, now=rq.now, series_id=series.id, starts_at=starts_at)
    return rq.redirect(home(series), _("已加一次学习。"))


def assign(rq: Rq) -> Response:
    """A presenter chosen by hand ("" for the roster's), or two sessions swapped ("swap:ID")."""
    series = led_series(rq)
    wanted, session_id = rq.field("presenter"), rq.path("session_id")
    if wanted.startswith("swap:"):
        other = wanted.removeprefix("swap:")
        planning.swap(rq.db, actor=rq.actor, now=rq.now, session_id=session_id, other_id=other)
        return rq.redirect(home(series), _("两次学习的主讲人已对调。"))
    planning.assign(rq.db, actor=rq.actor, now=rq.now, session_id=session_id, presenter_id=wanted)
    return rq.redirect(home(series), _("主讲人已更新。"))


def cancel(rq: Rq) -> Response:
    series = led_series(rq)
    planning.cancel_session(rq.db, actor=rq.actor, now=rq.now, session_id=rq.path("session_id"))
    return rq.redirect(home(series), _("这次学习已取消，参加人员的页面上会写明。"))
