"""Who sees rows of study sessions: leaders of the series all, who acts for a unit in it his own people.

Participants without an account see through functions that have looked at their device first.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from foundation.actor import Actor, Role
from foundation.visibility import Grant, Rule
from search.teaching.sessions.models import (
    StudyAnswer,
    StudyAttendance,
    StudyContribution,
    StudyDevice,
    StudyParticipant,
    StudyPresenter,
    StudySeries,
    StudySession,
    StudyStep,
    StudyUnit,
)

_series = StudySeries.__table__
_units = StudyUnit.__table__
_sessions = StudySession.__table__
_people = StudyParticipant.__table__


def _unit(actor: Actor) -> str | None:
    """The unit that the actor acts for."""
    return actor.unit_id if actor.has(Role.SUBMITTER) else None


def led_series(actor: Actor) -> Select[Any]:
    """Series that the actor leads. Core selects: no visibility rule inside a visibility rule."""
    own = _series.c.owner_id == actor.user_id
    unit = _unit(actor)
    return select(_series.c.id).where(or_(own, _series.c.unit_id == unit) if unit else own)


def shared_series(actor: Actor) -> Select[Any]:
    """Series in which the actor's unit takes part."""
    return select(_units.c.series_id).where(_units.c.unit_id == (_unit(actor) or ""))


def _series_rule(key: InstrumentedAttribute[Any], *, shared: bool) -> Rule:
    def rule(actor: Actor) -> ColumnElement[bool]:
        if not actor.signed_in:
            return false()
        led = key.in_(led_series(actor))
        return or_(led, key.in_(shared_series(actor))) if shared and _unit(actor) else led

    return rule


def _session_rule(key: InstrumentedAttribute[Any]) -> Rule:
    """What is filed under a session: its leaders'."""

    def rule(actor: Actor) -> ColumnElement[bool]:
        if not actor.signed_in:
            return false()
        return key.in_(select(_sessions.c.id).where(_sessions.c.series_id.in_(led_series(actor))))

    return rule


def own_people(actor: Actor) -> Select[Any] | None:
    """Participants of the unit that the actor acts for, None without one."""
    unit = _unit(actor)
    return select(_people.c.id).where(_people.c.unit_id == unit) if unit else None


def _own_people(key: InstrumentedAttribute[Any]) -> Rule:
    """What people of the actor's own unit did."""

    def rule(actor: Actor) -> ColumnElement[bool]:
        people = own_people(actor)
        return false() if people is None else key.in_(people)

    return rule


def _own_unit(actor: Actor) -> ColumnElement[bool]:
    return StudyUnit.unit_id == (_unit(actor) or "")


def _steps_of_shared(actor: Actor) -> ColumnElement[bool]:
    """The agenda of a session that is over, for the units that took part: their people's answers need it."""
    if not _unit(actor):
        return false()
    over = and_(_sessions.c.series_id.in_(shared_series(actor)), _sessions.c.closed_at.is_not(None))
    return StudyStep.session_id.in_(select(_sessions.c.id).where(over))


GRANTS: tuple[Grant, ...] = (
    Grant(StudySeries, _series_rule(StudySeries.id, shared=True)),
    Grant(StudySession, _series_rule(StudySession.series_id, shared=True)),
    Grant(StudyUnit, _series_rule(StudyUnit.series_id, shared=False)),
    Grant(StudyUnit, _own_unit),
    Grant(StudyPresenter, _series_rule(StudyPresenter.series_id, shared=True)),
    Grant(StudyStep, _session_rule(StudyStep.session_id)),
    Grant(StudyStep, _steps_of_shared),
    Grant(StudyParticipant, _series_rule(StudyParticipant.series_id, shared=False)),
    Grant(StudyParticipant, _own_people(StudyParticipant.id)),
    Grant(StudyDevice, lambda _actor: False),
    Grant(StudyAttendance, _session_rule(StudyAttendance.session_id)),
    Grant(StudyAttendance, _own_people(StudyAttendance.participant_id)),
    Grant(StudyAnswer, _session_rule(StudyAnswer.session_id)),
    Grant(StudyAnswer, _own_people(StudyAnswer.participant_id)),
    Grant(StudyContribution, _session_rule(StudyContribution.session_id)),
    Grant(StudyContribution, _own_people(StudyContribution.participant_id)),
)
