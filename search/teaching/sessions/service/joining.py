"""Who takes part: joined once a series and remembered on the device; corrected, merged, forgotten."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import UniqueConstraint, delete, func, select, update
from sqlalchemy.orm import Session

from foundation import tries
from foundation.actor import Actor
from foundation.db import Base
from foundation.errors import FieldError, Invalid, NotFound, Refused, TooMany
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from foundation.visibility import as_system
from search.teaching.sessions.events import ParticipantDropped, ParticipantForgotten, ParticipantsMerged
from search.teaching.sessions.models import (
    StudyContribution,
    StudyDevice,
    StudyParticipant,
    StudySeries,
)
from search.teaching.sessions.queries import people, series
from search.teaching.sessions.values import ParticipantView, SeriesView, UnitView

LONGEST_NAME = 20
MOST_A_MINUTE = 120
MOST = 3000
"""Participants of a series."""
WRONG_CODES_A_DEVICE = 8
WRONG_CODES_AN_ADDRESS = 40
WRONG_CODES_A_UNIT = 80


class WrongCode(Invalid):
    """The unit's joining code is another."""


def join(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    token: str,
    device: str,
    unit_id: str,
    name: str,
    code: str = "",
    address: str = "",
) -> str:
    """Somebody joins a series for a unit; returns the participant's id. Who has joined stays who he is.

    A signed-in user of one of the units joins by his account: his own unit, his own name, no code. Who calls
    notes a wrong code with `note_wrong_code`, in a transaction that stays.

    Raises:
        NotFound
        Refused: the series is over.
        Invalid: no name, not one of the units.
        WrongCode
        TooMany: wrong codes were tried too often, or so many join at once that it is no evening of a branch.
    """
    parent = series.series_by_token(db, token)
    with as_system(db):  # one after the other: a button that was pressed twice makes nobody twice
        db.execute(select(StudySeries.id).where(StudySeries.id == parent.id).with_for_update(key_share=True))
    known = people.who(db, parent.id, actor=actor, device=device)
    if known is not None:
        return known.id
    with as_system(db):
        if parent.ended_at is not None:
            raise Refused(_("这个学习系列已经结束，不能再加入。"))
        units = {each.unit_id: each for each in series.units(db, parent.id)}
        by_account = actor.signed_in and (actor.unit_id or "") in units
        if by_account:
            unit_id, name = actor.unit_id or "", actor.name[:40]
        else:
            name = " ".join(name.split())
            if unit_id in units and units[unit_id].code:
                tries.refuse_more(
                    db,
                    now=now,
                    limits=_counted(parent.id, unit_id, device, address),
                    reason=_("加入口令错的次数太多，请 15 分钟后再试，并先向组织学习的同志问清口令。"),
                )
            _check(units, unit_id, name, code)
        _refuse_flood(db, parent, now)
        row = StudyParticipant(
            id=new_id(),
            series_id=parent.id,
            unit_id=unit_id,
            name=name,
            user_id=actor.user_id if by_account else None,
            joined_at=now,
        )
        db.add(row)
        db.flush()
        if not by_account:
            db.add(
                StudyDevice(
                    series_id=parent.id, participant_id=row.id, token_hash=people.digest(device), added_at=now
                )
            )
            db.flush()
    return row.id


def note_wrong_code(
    db: Session, *, now: datetime, token: str, unit_id: str, device: str, address: str
) -> None:
    """Count a wrong code for the browser, the address and the unit, so that codes cannot be guessed."""
    series_id = series.series_by_token(db, token).id
    tries.note(db, now=now, names=_counted(series_id, unit_id, device, address))


def _counted(series_id: str, unit_id: str, device: str, address: str) -> dict[str, int]:
    """What wrong codes are counted for, and how many there may be. A branch sits behind one address."""
    return {
        f"study {series_id} device {device}": WRONG_CODES_A_DEVICE,
        f"study {series_id} address {address}": WRONG_CODES_AN_ADDRESS,
        f"study {series_id} unit {unit_id}": WRONG_CODES_A_UNIT,
    }


def _check(units: dict[str, UnitView], unit_id: str, name: str, code: str) -> None:
    errors = []
    unit = units.get(unit_id)
    if unit is None:
        errors.append(FieldError("unit", _("请选择您的单位。")))
    if not name:
        errors.append(FieldError("name", _("请填写您的姓名。")))
    elif len(name) > LONGEST_NAME:
        errors.append(FieldError("name", _("不能超过 %(limit)s 个字", limit=LONGEST_NAME)))
    if errors:
        raise Invalid(errors)
    if unit is not None and unit.code and not _same_code(unit.code, code):
        raise WrongCode([FieldError("code", _("这个单位的加入口令不对，请向组织学习的同志询问。"))])


def _same_code(right: str, typed: str) -> bool:
    return hmac.compare_digest(right.casefold().encode(), typed.strip().casefold().encode())


def _refuse_flood(db: Session, parent: SeriesView, now: datetime) -> None:
    own = StudyParticipant.series_id == parent.id
    recent = select(func.count(StudyParticipant.id)).where(
        own, StudyParticipant.joined_at > now - timedelta(minutes=1)
    )
    if (db.scalar(recent) or 0) >= MOST_A_MINUTE:
        raise TooMany(_("现在加入的人很多，请稍后再试。"), 30)
    if (db.scalar(select(func.count(StudyParticipant.id)).where(own)) or 0) >= MOST:
        raise Refused(_("这个系列的人数已满，请联系组织学习的同志。"))


def rename(
    db: Session, *, actor: Actor, series_id: str, participant_id: str, name: str, unit_id: str
) -> None:
    """Correct a name or the unit.

    Raises:
        NotFound, Forbidden, Invalid
    """
    series.led(db, actor, series_id)
    row = _participant(db, series_id, participant_id)
    name = " ".join(name.split())
    units = {each.unit_id: each for each in series.units(db, series_id)}
    unit = units.get(unit_id)
    _check(units, unit_id, name, unit.code if unit else "")
    row.name, row.unit_id = name, unit_id
    db.flush()


def merge(
    db: Session, *, actor: Actor, now: datetime, series_id: str, participant_id: str, into: str
) -> None:
    """The same person twice becomes one: devices, attendance, answers, contributions and attempts go over.
    Where both have answered a question, taken part in a challenge or were there, what `into` has stands.

    Raises:
        NotFound, Forbidden
        Invalid: the same line twice.
    """
    series.led(db, actor, series_id)
    if participant_id == into:
        raise Invalid([FieldError("into", _("请选择另一个人。"))])
    gone, stays = _participant(db, series_id, participant_id), _participant(db, series_id, into)
    with as_system(db):
        for model, column in _once():
            both = select(column).where(model.participant_id == stays.id)
            db.execute(delete(model).where(model.participant_id == gone.id, column.in_(both)))
        for each in (*_deeds(), StudyDevice):
            db.execute(update(each).where(each.participant_id == gone.id).values(participant_id=stays.id))
        user_id = gone.user_id
        db.delete(gone)
        db.flush()
        stays.user_id = stays.user_id or user_id
        db.flush()
    record(db, actor=actor, now=now, event=ParticipantsMerged(participant_id=participant_id, into=into))


def _deeds() -> list[Any]:
    """The tables of what participants have done, those of other rooms (attempts at challenges) among them."""
    participant = StudyParticipant.__table__.c.id
    return [
        mapper.class_
        for mapper in Base.registry.mappers
        if "participant_id" in mapper.columns
        and any(key.column is participant for key in mapper.columns["participant_id"].foreign_keys)
        and mapper.class_ is not StudyDevice
    ]


def _once() -> list[tuple[Any, Any]]:
    """Those of which one has one for each session, question or challenge, with the column naming that: where
    both of two who are one have it, one of them gives way."""
    found = []
    for model in _deeds():
        for constraint in model.__table__.constraints:
            names = [column.name for column in constraint.columns]
            if isinstance(constraint, UniqueConstraint) and "participant_id" in names:
                other = next(name for name in names if name != "participant_id")
                found.append((model, getattr(model, other)))
    return found


def drop(db: Session, *, actor: Actor, now: datetime, series_id: str, participant_id: str) -> None:
    """Take somebody off the list who has done nothing yet: a double, a wrong name.

    Raises:
        NotFound, Forbidden
        Refused: he was there, said something or answered.
    """
    series.led(db, actor, series_id)
    row = _participant(db, series_id, participant_id)
    with as_system(db):
        if any(db.scalar(select(each.id).where(each.participant_id == row.id).limit(1)) for each in _deeds()):
            raise Refused(
                _("这个人已经签到、发言或答题，不能移出。重复登记的请合并；要删除姓名请用“删除个人数据”。")
            )
        db.execute(delete(StudyDevice).where(StudyDevice.participant_id == row.id))
        db.delete(row)
        db.flush()
    record(db, actor=actor, now=now, event=ParticipantDropped(participant_id=participant_id))


def forget(db: Session, *, actor: Actor, now: datetime, series_id: str, participant_id: str) -> None:
    """The leader deletes a participant's data.

    Raises:
        NotFound, Forbidden
    """
    series.led(db, actor, series_id)
    forget_row(db, actor, now, _participant(db, series_id, participant_id))


def leave(db: Session, *, actor: Actor, now: datetime, participant: ParticipantView) -> None:
    """Somebody has his own data deleted."""
    with as_system(db):
        forget_row(db, actor, now, db.get_one(StudyParticipant, participant.id))


def forget_row(db: Session, actor: Actor, now: datetime, row: StudyParticipant) -> None:
    """Name, account, devices and words go; that somebody of the unit was there stays in the sums."""
    with as_system(db):
        db.execute(delete(StudyDevice).where(StudyDevice.participant_id == row.id))
        db.execute(delete(StudyContribution).where(StudyContribution.participant_id == row.id))
        row.name, row.user_id = "", None
        db.flush()
    record(db, actor=actor, now=now, event=ParticipantForgotten(participant_id=row.id))


def _participant(db: Session, series_id: str, participant_id: str) -> StudyParticipant:
    row = db.scalar(
        select(StudyParticipant).where(
            StudyParticipant.id == participant_id, StudyParticipant.series_id == series_id
        )
    )
    if row is None:
        raise NotFound
    return row
