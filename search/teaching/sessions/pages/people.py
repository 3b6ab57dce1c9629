"""The participants of a series, for its leaders: names corrected, doubles merged, data deleted."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response
from starlette.routing import Route

from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from search.teaching.sessions.forms import RenameForm
from search.teaching.sessions.pages.common import BASE, home, led_series, tabs
from search.teaching.sessions.queries import people as queries
from search.teaching.sessions.queries import series as series_queries
from search.teaching.sessions.service import joining as service
from search.teaching.sessions.values import ParticipantView

LIST = BASE + "/{series_id}/people"


def routes() -> list[Route]:
    return [
        get(LIST, page),
        post(LIST + "/{participant_id}/rename", rename, again=page),
        post(LIST + "/{participant_id}/merge", merge, again=page),
        post(LIST + "/{participant_id}/drop", drop, again=page),
        post(LIST + "/{participant_id}/forget", forget, again=page),
    ]


def page(rq: Rq) -> Response:
    series = led_series(rq)
    found = queries.participants(rq.db, series.id)
    named = [each for each in found if each.name]
    groups = doubles(named)
    return rq.render(
        "teaching/people.html",
        series=series,
        tabs=tabs(rq, series, "/people"),
        here=home(series),
        people=named,
        forgotten=len(found) - len(named),
        doubles=groups,
        same_named={each.id for group in groups for each in group},
        units=series_queries.units(rq.db, series.id),
    )


def doubles(people: Sequence[ParticipantView]) -> list[list[ParticipantView]]:
    """Those of one unit with one name, each group from who joined first: most are one person."""
    groups: dict[tuple[str, str], list[ParticipantView]] = {}
    for each in sorted(people, key=lambda person: (person.joined_at, person.id)):
        groups.setdefault((each.unit_id, "".join(each.name.split()).casefold()), []).append(each)
    return [group for group in groups.values() if len(group) > 1]


def rename(rq: Rq) -> Response:
    series = led_series(rq)
    form = read_form(RenameForm, rq.form)
    service.rename(
        rq.db,
        actor=rq.actor,
        series_id=series.id,
        participant_id=rq.path("participant_id"),
        name=form.name,
        unit_id=form.unit,
    )
    return rq.redirect(f"{home(series)}/people", _("已更正。"))


def merge(rq: Rq) -> Response:
    series = led_series(rq)
    service.merge(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        series_id=series.id,
        participant_id=rq.path("participant_id"),
        into=rq.field("into"),
    )
    return rq.redirect(f"{home(series)}/people", _("已合并为一人，签到和答题都归到一起。"))


def drop(rq: Rq) -> Response:
    series = led_series(rq)
    service.drop(
        rq.db, actor=rq.actor, now=rq.now, series_id=series.id, participant_id=rq.path("participant_id")
    )
    return rq.redirect(f"{home(series)}/people", _("已移出名单。"))


def forget(rq: Rq) -> Response:
    series = led_series(rq)
    service.forget(
        rq.db, actor=rq.actor, now=rq.now, series_id=series.id, participant_id=rq.path("participant_id")
    )
    return rq.redirect(f"{home(series)}/people", _("已删除这个人的数据。"))
