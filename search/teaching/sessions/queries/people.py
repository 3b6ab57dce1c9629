"""Participants, and what they did. Who calls these for somebody without an account has seen his device."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.people import Unit
from foundation.visibility import as_system
from search.teaching.sessions.models import (
    StudyAnswer,
    StudyAttendance,
    StudyContribution,
    StudyDevice,
    StudyParticipant,
)
from search.teaching.sessions.values import Given, Mark, ParticipantView, Present, Said


def digest(token: str) -> str:
    """What the table holds of a device's cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


def _people() -> Select[StudyParticipant, str]:
    return select(StudyParticipant, Unit.name).join(Unit, Unit.id == StudyParticipant.unit_id)


def _view(row: StudyParticipant, unit: str) -> ParticipantView:
    return ParticipantView(
        row.id, row.series_id, row.unit_id, unit, row.name, row.joined_at, row.user_id or ""
    )


def participants(db: Session, series_id: str) -> list[ParticipantView]:
    """Those whom the session's actor may see, by unit and name."""
    rows = db.execute(
        _people()
        .where(StudyParticipant.series_id == series_id)
        .order_by(Unit.name, StudyParticipant.name, StudyParticipant.id)
    )
    return [_view(row, unit) for row, unit in rows]


def who(db: Session, series_id: str, *, actor: Actor, device: str) -> ParticipantView | None:
    """The participant whose account or device this is; None for who has not joined."""
    with as_system(db):
        found = None
        if actor.signed_in:
            found = db.execute(
                _people().where(
                    StudyParticipant.series_id == series_id, StudyParticipant.user_id == actor.user_id
                )
            ).one_or_none()
        if found is None and device:
            found = db.execute(
                _people()
                .join(StudyDevice, StudyDevice.participant_id == StudyParticipant.id)
                .where(StudyDevice.series_id == series_id, StudyDevice.token_hash == digest(device))
            ).one_or_none()
    return _view(found[0], found[1]) if found else None


def present(db: Session, session_ids: Sequence[str]) -> dict[str, list[Present]]:
    """Session -> who was there or made up for it."""
    found: dict[str, list[Present]] = {each: [] for each in session_ids}
    for row in db.scalars(select(StudyAttendance).where(StudyAttendance.session_id.in_(session_ids))):
        found[row.session_id].append(Present(row.participant_id, row.at, row.makeup))
    return found


def given(db: Session, session_id: str, participant_id: str = "") -> list[Given]:
    """The answers of a session, or one participant's."""
    query = select(StudyAnswer).where(StudyAnswer.session_id == session_id)
    if participant_id:
        query = query.where(StudyAnswer.participant_id == participant_id)
    return [
        Given(row.step_id, row.participant_id, tuple(row.answer), Mark(row.mark), row.late)
        for row in db.scalars(query.order_by(StudyAnswer.id))
    ]


def said(db: Session, session_id: str, *, hidden: bool = False, latest: int = 200) -> list[Said]:
    """The discussion: what was pinned first, then the latest."""
    query = (
        select(StudyContribution, StudyParticipant, Unit.name)
        .join(StudyParticipant, StudyParticipant.id == StudyContribution.participant_id)
        .join(Unit, Unit.id == StudyParticipant.unit_id)
        .where(StudyContribution.session_id == session_id)
        .order_by(StudyContribution.pinned.desc(), StudyContribution.at.desc(), StudyContribution.id.desc())
        .limit(latest)
    )
    if not hidden:
        query = query.where(~StudyContribution.hidden)
    return [
        Said(row.id, person.id, person.unit_id, unit, person.name, row.words, row.at, row.pinned, row.hidden)
        for row, person, unit in db.execute(query)
    ]


def counts(db: Session, session_id: str) -> tuple[dict[str, int], dict[str, int]]:
    """Unit -> how many are there; question's step -> how many have answered."""
    there = db.execute(
        select(StudyParticipant.unit_id, func.count(StudyAttendance.id))
        .join(StudyParticipant, StudyParticipant.id == StudyAttendance.participant_id)
        .where(StudyAttendance.session_id == session_id, ~StudyAttendance.makeup)
        .group_by(StudyParticipant.unit_id)
    )
    answered = db.execute(
        select(StudyAnswer.step_id, func.count(StudyAnswer.id))
        .where(StudyAnswer.session_id == session_id, ~StudyAnswer.late)
        .group_by(StudyAnswer.step_id)
    )
    return dict(there.all()), dict(answered.all())
