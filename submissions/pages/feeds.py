"""The dates of a call as a calendar file (RFC 5545), the calls as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from starlette.responses import Response
from starlette.routing import Route

from foundation import atom, ical
from foundation.atom import Entry, Feed
from foundation.display import moment_in_zone
from foundation.errors import NotFound
from foundation.text import _
from foundation.web import Rq, disposition, get
from submissions import queries
from submissions.pages.call_shown import public_record
from submissions.values import CallView, Category, ChangeView, ExtensionView


def routes() -> list[Route]:
    return [get("/calls/feed.atom", feed), get("/calls/{slug}/calendar.ics", calendar)]


def calendar(rq: Rq) -> Response:
    """Opening and deadlines as events, each deadline with a reminder a day before: one for all, or one for
    each instant at which categories close."""
    call = queries.call_by_slug(rq.db, rq.path("slug"))
    if call.published_at is None:
        raise NotFound
    url = rq.absolute(f"/calls/{call.slug}")
    opening = _("征集开始：%(title)s", title=call.title)
    dates = [
        ical.Date(f"{call.id}-opens", call.opens_at, str(opening), url),
        *(ical.Date(key, at, title, url, remind="-P1D") for key, at, title in _closings(rq, call)),
    ]
    headers = {"Content-Disposition": disposition(f"{call.slug}.ics")}
    return Response(ical.calendar(dates, rq.now), media_type=ical.MEDIA_TYPE, headers=headers)


def _closings(rq: Rq, call: CallView) -> Iterator[tuple[str, datetime, str]]:
    """Identifier, instant and title of each deadline as the visitor's unit has it."""
    deadlines = queries.category_deadlines(rq.db, call, rq.actor.unit_id)
    by_instant: dict[datetime, list[Category]] = {}
    for each in call.rules.categories:
        by_instant.setdefault(deadlines[each.key], []).append(each)
    if len(by_instant) < 2:
        yield f"{call.id}-closes", deadlines[""], str(_("征集截止：%(title)s", title=call.title))
        return
    for at, closing in sorted(by_instant.items()):
        names = "、".join(each.name for each in closing)
        said = _("征集截止（%(categories)s）：%(title)s", categories=names, title=call.title)
        yield f"{call.id}-closes-{closing[0].key}", at, str(said)


def feed(rq: Rq) -> Response:
    """The published calls and what was changed in them after their windows had opened, the latest first."""
    calls = [call for call in queries.calls(rq.db) if call.published_at is not None]
    entries = [_entry(rq, call) for call in calls]
    entries += [_change(rq, call, each) for call in calls for each in public_record(rq, call)]
    entries.sort(key=lambda entry: entry.updated, reverse=True)
    body = atom.written(
        Feed(
            id=rq.absolute("/calls"),
            url=rq.absolute("/calls"),
            own_url=rq.absolute("/calls/feed.atom"),
            title=f"{rq.edge.site_name} {_('征集活动')}",
            author=rq.edge.site_name,
            updated=entries[0].updated if entries else rq.now,
            entries=entries,
        )
    )
    return Response(body, media_type=atom.MEDIA_TYPE)


def _published(call: CallView) -> datetime:
    return call.published_at or call.opens_at


def _when(each: ChangeView | ExtensionView) -> datetime:
    return each.at if isinstance(each, ChangeView) else each.granted_at


def _entry(rq: Rq, call: CallView) -> Entry:
    url = rq.absolute(f"/calls/{call.slug}")
    summary = _(
        "征集时间：%(opens)s 至 %(closes)s",
        opens=moment_in_zone(call.opens_at, call.timezone),
        closes=moment_in_zone(call.closes_at, call.timezone),
    )
    return Entry(
        id=url,
        url=url,
        title=call.title,
        updated=_published(call),
        summary=str(summary),
        content_html=call.notice_html,
    )


def _change(rq: Rq, call: CallView, each: ChangeView | ExtensionView) -> Entry:
    url = rq.absolute(f"/calls/{call.slug}")
    title = _("变更：%(title)s", title=call.title)
    summary = _("理由：%(reason)s", reason=each.reason)
    if isinstance(each, ExtensionView):
        title = _("延期：%(title)s", title=call.title)
        until = moment_in_zone(each.closes_at, call.timezone)
        summary = _("延期至 %(at)s。理由：%(reason)s", at=until, reason=each.reason)
    return Entry(
        id=f"{url}#{each.id}",
        url=f"{url}#changes",
        title=str(title),
        updated=_when(each),
        summary=str(summary),
    )
