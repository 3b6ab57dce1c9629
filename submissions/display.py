"""How submissions write an exact instant: receipts name the second."""

from __future__ import annotations

from datetime import datetime

from foundation.display import day, zone_name
from foundation.text import Text, _
from submissions.rules.windows import local


def exact_moment(at: datetime, zone: str) -> Text:
    """ "2026年11月30日 17:59:58（北京时间）"."""
    clock = local(at, zone).strftime("%H:%M:%S")
    return _("%(day)s %(clock)s（%(zone)s）", day=day(at, zone), clock=clock, zone=zone_name(zone, at))
