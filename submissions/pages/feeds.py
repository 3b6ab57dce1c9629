"""The dates of a call as a calendar file (RFC 5545), the calls as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from starlette.responses import Response
from starlette.routing import Route

from foundation.display import moment_in_zone
from foundation.errors import NotFound
from foundation.text import _
from foundation.web import Rq, disposition, get
from submissions import queries
from submissions.pages.showing import call_state
from submissions.values import CallView

LINE = 73
"""Octets of a calendar line before it is folded; the standard allows 75 with the line end."""


def routes() -> list[Route]:
    return [get("/calls/feed.atom", feed), get("/calls/{slug}/calendar.ics", calendar)]


def calendar(rq: Rq) -> Response:
    """Opening and deadline as two events, the deadline with a reminder a day before."""
    call = queries.call_by_slug(rq.db, rq.path("slug"))
    if call.published_at is None:
        raise NotFound
    url = rq.absolute(f"/calls/{call.slug}")
    closes_at = call_state(rq, call).closes_at
    opening, closing = _("征集开始：%(title)s", title=call.title), _("征集截止：%(title)s", title=call.title)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Exemplar//calls//ZH",
        *_event(f"{call.id}-opens", call.opens_at, str(opening), url, rq.now),
        *_event(f"{call.id}-closes", closes_at, str(closing), url, rq.now, remind=True),
        "END:VCALENDAR",
    ]
    body = "".join(part + "\r\n" for line in lines for part in _folded(line))
    headers = {"Content-Disposition": disposition(f"{call.slug}.ics")}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


def feed(rq: Rq) -> Response:
    """The published calls, the one published last first."""
    calls = [call for call in queries.calls(rq.db) if call.published_at is not None]
    calls.sort(key=_published, reverse=True)
    updated = _stamp(_published(calls[0]) if calls else rq.now)
    entries = "".join(_entry(rq, call) for call in calls)
    title = escape(f"{rq.edge.site_name} {_('征集活动')}")
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{title}</title><id>{escape(rq.absolute('/calls'))}</id><updated>{updated}</updated>"
        f"<author><name>{escape(rq.edge.site_name)}</name></author>"
        f'<link rel="self" href={quoteattr(rq.absolute("/calls/feed.atom"))}/>'
        f"<link href={quoteattr(rq.absolute('/calls'))}/>{entries}</feed>"
    )
    return Response(body, media_type="application/atom+xml; charset=utf-8")


def _published(call: CallView) -> datetime:
    return call.published_at or call.opens_at


def _entry(rq: Rq, call: CallView) -> str:
    url = rq.absolute(f"/calls/{call.slug}")
    summary = _(
        "征集时间：%(opens)s 至 %(closes)s",
        opens=moment_in_zone(call.opens_at, call.timezone),
        closes=moment_in_zone(call.closes_at, call.timezone),
    )
    return (
        f"<entry><title>{escape(call.title)}</title><id>{escape(url)}</id><link href={quoteattr(url)}/>"
        f"<updated>{_stamp(_published(call))}</updated><summary>{escape(str(summary))}</summary>"
        f'<content type="html">{escape(call.notice_html)}</content></entry>'
    )


def _event(uid: str, at: datetime, title: str, url: str, now: datetime, *, remind: bool = False) -> list[str]:
    alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_value(title)}", "TRIGGER:-P1D", "END:VALARM"]
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@exemplar",
        f"DTSTAMP:{_instant(now)}",
        f"DTSTART:{_instant(at)}",
        f"DTEND:{_instant(at)}",
        f"SUMMARY:{_value(title)}",
        f"URL:{url}",
        *(alarm if remind else []),
        "END:VEVENT",
    ]


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _value(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most `LINE` octets, no character cut; continued ones begin with a blank."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > LINE:
            yield piece
            piece = " "
        piece += character
    yield piece
