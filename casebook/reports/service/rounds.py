"""Adding a round: the one way in which a report's text changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from casebook.reports import codec, policy, queries
from casebook.reports.events import ReportWritten
from casebook.reports.models import Report, ReportRound
from casebook.reports.rules.editing import touched
from casebook.reports.values import Content, Section
from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _


def opened(db: Session, actor: Actor, report_id: str) -> tuple[Report, Content]:
    """A report with what it says now, for who may write in it.

    Raises:
        Forbidden, NotFound
    """
    require(policy.may_report(actor))
    row = queries.locked_row(db, report_id)
    return row, queries.content_at(db, report_id, row.ordinal)


def section_of(content: Content, section_id: str) -> Section:
    """Raises NotFound."""
    found = content.section(section_id)
    if found is None:
        raise NotFound
    return found


def unchanged(db: Session, row: Report, section_id: str, base: int) -> None:
    """Refuse when somebody else has changed the section since the round that the actor had before him.

    Raises:
        Refused
    """
    if base == row.ordinal:
        return
    before = queries.content_at(db, row.id, base).section(section_id) if 0 < base < row.ordinal else None
    now = queries.content_at(db, row.id, row.ordinal).section(section_id)
    if before != now:
        who = now.writer_name if now is not None else ""
        raise Refused(
            _(
                "这一节在您打开以后被改过（%(who)s）。您写的内容还在下面，请先复制，再打开这一节的最新内容合并。",
                who=who,
            )
        )


def add_round(db: Session, row: Report, content: Content, *, kind: str, actor: Actor, now: datetime) -> int:
    """Keep the content as a new round unless nothing changed; returns the report's last round."""
    before = queries.content_at(db, row.id, row.ordinal)
    if content == before:
        return row.ordinal
    row.ordinal += 1
    row.changed_at = now
    db.add(
        ReportRound(
            id=new_id(),
            report_id=row.id,
            ordinal=row.ordinal,
            content=codec.to_json(content),
            kind=kind,
            sections=list(touched(before, content)) if kind != "ordered" else [],
            written_at=now,
            written_by=actor.user_id,
            writer_name=actor.name,
        )
    )
    db.flush()
    record(db, actor=actor, now=now, event=ReportWritten(report_id=row.id, ordinal=row.ordinal))
    return row.ordinal
