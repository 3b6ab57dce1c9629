"""The working-day calendar: an organisation's own days over those that are shipped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor, Role
from foundation.errors import FieldError, Forbidden, Invalid, NotFound
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from judging.events import CalendarChanged
from judging.models import CalendarEntry
from judging.values import CalendarDay

DAYS_HIGHEST = 1000
NAME_HIGHEST = 50


def permit_calendar(actor: Actor) -> None:
    """Organisers and administrators keep the calendar.

    Raises:
        Forbidden
    """
    if not actor.has(Role.ORGANISER, Role.ADMINISTRATOR):
        raise Forbidden(_("只有组织单位的工作人员和管理员可以修改工作日历。"))


def set_days(db: Session, *, actor: Actor, now: datetime, days: Sequence[CalendarDay]) -> int:
    """Say of dates what they are; what was said of them before is replaced. Returns how many changed.

    Periods that run keep the end they were published with.

    Raises:
        Forbidden
        Invalid: too many days, too long a name.
    """
    permit_calendar(actor)
    if len(days) > DAYS_HIGHEST:
        message = _("一次最多 %(limit)s 天，请分几次导入", limit=DAYS_HIGHEST)
        raise Invalid([FieldError("file", message)])
    if any(len(each.name) > NAME_HIGHEST for each in days):
        raise Invalid([FieldError("name", _("不能超过 %(limit)s 个字", limit=NAME_HIGHEST))])
    wanted = {each.day: each for each in days}
    rows = {
        row.day: row for row in db.scalars(select(CalendarEntry).where(CalendarEntry.day.in_(list(wanted))))
    }
    changed = []
    for day, each in sorted(wanted.items()):
        row = rows.get(day)
        if row is not None and (row.kind, row.name) == (each.kind.value, each.name):
            continue
        if row is None:
            row = CalendarEntry(id=new_id(), day=day, kind="", set_at=now, set_by="")
            db.add(row)
        row.kind, row.name, row.set_at, row.set_by = each.kind.value, each.name, now, actor.user_id
        changed.append((day.isoformat(), each.kind.value))
    db.flush()
    if changed:
        record(db, actor=actor, now=now, event=CalendarChanged(days=tuple(changed)))
    return len(changed)


def forget_day(db: Session, *, actor: Actor, now: datetime, day: str) -> None:
    """Take an own entry away: the date is again what the shipped calendar or its weekday says.

    Raises:
        Forbidden, NotFound
    """
    permit_calendar(actor)
    row = next((row for row in db.scalars(select(CalendarEntry)) if row.day.isoformat() == day), None)
    if row is None:
        raise NotFound
    db.delete(row)
    db.flush()
    record(db, actor=actor, now=now, event=CalendarChanged(days=((day, ""),)))
