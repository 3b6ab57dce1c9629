"""Calendar files (RFC 5545): dates that somebody takes into the calendar of his telephone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

MEDIA_TYPE = "text/calendar; charset=utf-8"
LINE = 73
"""Octets of a calendar line before it is folded; the standard allows 75 with the line end."""


@dataclass(frozen=True, slots=True)
class Date:
    """An entry. Without an end it is a moment; `remind` is a duration before it, "-P1D" for a day."""

    uid: str
    at: datetime
    title: str
    url: str
    ends_at: datetime | None = None
    remind: str = ""
    cancelled: bool = False


def calendar(dates: Iterable[Date], now: datetime, name: str = "") -> str:
    """The whole file; `name` is how a calendar that is subscribed to is called."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Exemplar//calls//ZH",
        *([f"X-WR-CALNAME:{_value(name)}"] if name else []),
        *(line for each in dates for line in _event(each, now)),
        "END:VCALENDAR",
    ]
    return "".join(part + "\r\n" for line in lines for part in _folded(line))


def _event(date: Date, now: datetime) -> list[str]:
    title = _value(date.title)
    alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{title}", f"TRIGGER:{date.remind}", "END:VALARM"]
    return [
        "BEGIN:VEVENT",
        f"UID:{date.uid}@exemplar",
        f"DTSTAMP:{_instant(now)}",
        f"DTSTART:{_instant(date.at)}",
        f"DTEND:{_instant(date.ends_at or date.at)}",
        f"SUMMARY:{title}",
        f"URL:{date.url}",
        *(["STATUS:CANCELLED"] if date.cancelled else []),
        *(alarm if date.remind else []),
        "END:VEVENT",
    ]


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


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
