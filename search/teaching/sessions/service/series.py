"""Series: made, changed, ended; the units that take part."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import Actor, Role
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.people import Unit
from foundation.permission import require
from foundation.text import _
from search.teaching.sessions import policy
from search.teaching.sessions.events import SeriesChanged, SeriesCreated, SeriesEnded
from search.teaching.sessions.models import StudyParticipant, StudySeries, StudySession, StudyUnit
from search.teaching.sessions.queries.codec import rhythm_json
from search.teaching.sessions.service.loading import code, held_series
from search.teaching.sessions.service.planning import plan
from search.teaching.sessions.values import Rhythm, SeriesProposal, SessionState

MOST_UNITS = 200


def create_series(db: Session, *, actor: Actor, now: datetime, proposal: SeriesProposal) -> str:
    """A new series with its next sessions; a branch's takes part in its own at once. Returns its id.

    Raises:
        Forbidden, Invalid
    """
    require(policy.may_create(actor))
    _check(proposal)
    of_unit = not actor.has(Role.TRAINER)
    row = StudySeries(
        id=new_id(),
        token=code(7),
        owner_id=actor.user_id,
        unit_id=actor.unit_id if of_unit else None,
        created_at=now,
        **_columns(proposal),
    )
    db.add(row)
    db.flush()
    if actor.unit_id and of_unit:
        db.add(StudyUnit(series_id=row.id, unit_id=actor.unit_id))
        db.flush()
    plan(db, actor=actor, now=now, series_id=row.id)
    record(db, actor=actor, now=now, event=SeriesCreated(series_id=row.id))
    return row.id


def change_series(
    db: Session, *, actor: Actor, now: datetime, series_id: str, proposal: SeriesProposal
) -> None:
    """Change it; sessions to come that nobody has prepared follow the new rule.

    Raises:
        NotFound, Forbidden, Refused, Invalid
    """
    row, _view = held_series(db, actor, series_id)
    _check(proposal)
    for name, value in _columns(proposal).items():
        setattr(row, name, value)
    db.flush()
    plan(db, actor=actor, now=now, series_id=series_id)
    record(db, actor=actor, now=now, event=SeriesChanged(series_id=series_id))


def _columns(proposal: SeriesProposal) -> dict[str, object]:
    return {
        "title": proposal.title,
        "about": proposal.about,
        "rhythm": rhythm_json(proposal.rhythm),
        "minutes": proposal.minutes,
        "remind_days": proposal.remind_days,
        "late_hours": proposal.late_hours,
        "keep_days": proposal.keep_days,
        "members_cases": proposal.members_cases,
    }


def _check(proposal: SeriesProposal) -> None:
    errors = _rhythm_errors(proposal.rhythm)
    if not proposal.title:
        errors.append(FieldError("title", _("请填写系列名称，例如“周四夜学”。")))
    if errors:
        raise Invalid(errors)


def _rhythm_errors(rhythm: Rhythm) -> list[FieldError]:
    errors = []
    if not rhythm.weekdays:
        errors.append(FieldError("weekdays", _("请选择星期几学习。")))
    if rhythm.zone not in available_timezones():
        errors.append(FieldError("zone", _("没有这个时区，请从列表中选择。")))
    if rhythm.last is not None and rhythm.last < rhythm.first:
        errors.append(FieldError("last", _("结束日期早于开始日期，请修改。")))
    return errors


def end_series(db: Session, *, actor: Actor, now: datetime, series_id: str) -> None:
    """No more sessions; what was held stays to be read until the data are deleted.

    Raises:
        NotFound, Forbidden
        Refused: a session is on.
    """
    row, _view = held_series(db, actor, series_id)
    own = select(StudySession).where(StudySession.series_id == series_id)
    for session in db.scalars(own):
        if session.state in (SessionState.OPEN, SessionState.RUNNING):
            raise Refused(_("有一次学习正在进行，请先结束它。"))
        if session.state == SessionState.PLANNED:
            session.state = SessionState.CANCELLED
    row.ended_at = now
    db.flush()
    record(db, actor=actor, now=now, event=SeriesEnded(series_id=series_id))


def add_unit(db: Session, *, actor: Actor, now: datetime, series_id: str, named: str, code: str = "") -> None:
    """A unit takes part, named by its name, short name or number; `code` is asked of its people.

    Raises:
        NotFound, Forbidden, Refused
        Invalid: no such unit.
    """
    _row, view = held_series(db, actor, series_id)
    found = [each for each in people.units(db) if named and named in (each.name, each.short_name, each.code)]
    if len(found) != 1:
        raise Invalid([FieldError("unit", _("没有找到这个单位，请从列表中选择完整的单位名称。"))])
    unit = found[0]
    require(policy.may_invite(actor, view, unit.path))
    present = db.scalars(select(StudyUnit).where(StudyUnit.series_id == series_id)).all()
    if any(each.unit_id == unit.id for each in present):
        raise Invalid([FieldError("unit", _("“%(name)s”已经在这个系列中。", name=unit.name))])
    if len(present) >= MOST_UNITS:
        raise Invalid([FieldError("unit", _("一个系列最多 %(most)s 个单位。", most=MOST_UNITS))])
    db.add(StudyUnit(series_id=series_id, unit_id=unit.id, code=code))
    db.flush()
    record(db, actor=actor, now=now, event=SeriesChanged(series_id=series_id))


def set_code(db: Session, *, actor: Actor, now: datetime, series_id: str, unit_id: str, code: str) -> None:
    """Change what is asked of who joins for the unit; "" asks for nothing.

    Raises:
        NotFound, Forbidden, Refused
    """
    held_series(db, actor, series_id)
    _unit(db, series_id, unit_id).code = code
    db.flush()
    record(db, actor=actor, now=now, event=SeriesChanged(series_id=series_id))


def remove_unit(db: Session, *, actor: Actor, now: datetime, series_id: str, unit_id: str) -> None:
    """A unit takes no part any more.

    Raises:
        NotFound, Forbidden
        Refused: people of it have joined.
    """
    held_series(db, actor, series_id)
    row = _unit(db, series_id, unit_id)
    joined = select(StudyParticipant.id).where(
        StudyParticipant.series_id == series_id, StudyParticipant.unit_id == unit_id
    )
    if db.scalar(joined.limit(1)) is not None:
        raise Refused(_("这个单位已有人参加，不能移除。请先在“参加人员”中删除他们的数据。"))
    db.execute(delete(StudyUnit).where(StudyUnit.id == row.id))
    record(db, actor=actor, now=now, event=SeriesChanged(series_id=series_id))


def _unit(db: Session, series_id: str, unit_id: str) -> StudyUnit:
    row = db.scalar(
        select(StudyUnit)
        .join(Unit, Unit.id == StudyUnit.unit_id)
        .where(StudyUnit.series_id == series_id, StudyUnit.unit_id == unit_id)
    )
    if row is None:
        raise NotFound
    return row
