"""How many searches somebody may save, and when a letter about new cases is due."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from search.readers.values.searches import Rhythm

MOST = 30
"""Searches that one person may save."""
MORNING = time(8, 0)
"""When daily and weekly letters go, on the site's clock; the weekly ones on Mondays."""


def is_due(rhythm: Rhythm, told_at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether what has been found may be told now; `told_at` is when something was last told."""
    if rhythm is Rhythm.NEVER:
        return False
    return rhythm is Rhythm.AT_ONCE or _next_morning(rhythm, told_at, zone) <= now


def _next_morning(rhythm: Rhythm, after: datetime, zone: ZoneInfo) -> datetime:
    local = after.astimezone(zone)
    morning = datetime.combine(local.date(), MORNING, zone)
    if morning <= local:
        morning += timedelta(days=1)
    if rhythm is Rhythm.WEEKLY:
        morning += timedelta(days=-morning.weekday() % 7)
    return morning


def stop_token(secret: bytes, search_id: str) -> str:
    """What the link in a letter carries: whoever has the letter may stop it, without signing in."""
    return f"{search_id}.{_mac(secret, search_id)}"


def search_of(secret: bytes, token: str) -> str:
    """The search that a token stops; "" when it is none of ours."""
    search_id, _dot, mac = token.partition(".")
    return search_id if hmac.compare_digest(_mac(secret, search_id).encode(), mac.encode()) else ""


def _mac(secret: bytes, search_id: str) -> str:
    return hmac.new(secret, b"stop-search:" + search_id.encode(), hashlib.sha256).hexdigest()[:32]
