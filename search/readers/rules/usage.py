"""Who counts as a reader, and how days become months."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from search.readers.values.usage import Month, Use, Uses

AGAIN = timedelta(minutes=30)
"""Within this time the same visitor's second look at the same case is the same look."""

_ROBOT = re.compile(
    r"bot\b|crawl|spider|slurp|harvest|archiver|facebookexternalhit|preview|monitor|uptime|feed|sickle"
    r"|curl/|wget/|python|java/|okhttp|go-http|libwww|scrapy|axios|node-fetch",
    re.IGNORECASE,
)


def is_reader(headers: Mapping[str, str]) -> bool:
    """Whether a person's browser asks: not a robot, not a look ahead by the browser itself."""
    agent = headers.get("user-agent", "")
    ahead = headers.get("sec-purpose", "") + headers.get("purpose", "")
    return bool(agent) and not _ROBOT.search(agent) and "prefetch" not in ahead


def is_new(last: datetime | None, now: datetime) -> bool:
    """Whether a look counts after the visitor's last one at the same."""
    return last is None or now - last >= AGAIN


def months(days: Mapping[tuple[date, Use], int], *, until: date, most: int = 12) -> list[Month]:
    """The last months up to the one of `until`, the empty ones among them, oldest first."""
    firsts = [until.replace(day=1)]
    while len(firsts) < most:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    counts: dict[date, dict[Use, int]] = {first: {} for first in reversed(firsts)}
    for (day, use), count in days.items():
        month = counts.get(day.replace(day=1))
        if month is not None:
            month[use] = month.get(use, 0) + count
    return [Month(first, Uses(each)) for first, each in counts.items()]
