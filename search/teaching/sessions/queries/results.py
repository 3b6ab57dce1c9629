"""What came of sessions, for their leaders, and for a unit's leader of his own people."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from foundation.errors import NotFound
from search.teaching.sessions.queries import people, series
from search.teaching.sessions.rules import agenda, results
from search.teaching.sessions.values import (
    ParticipantView,
    PersonResult,
    Present,
    QuestionResult,
    SessionState,
    SessionView,
    UnitResult,
    UnitView,
)


@dataclass(frozen=True, slots=True)
class SessionResults:
    """All figures of one session that the session's actor may see."""

    session: SessionView
    must: int
    units: tuple[UnitResult, ...]
    questions: tuple[QuestionResult, ...]
    people: tuple[PersonResult, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Attendance of a series: who was at which session."""

    sessions: tuple[SessionView, ...]
    units: tuple[UnitView, ...]
    people: tuple[ParticipantView, ...]
    present: dict[tuple[str, str], Present]
    """(session, participant) -> that he was there."""

    def of_unit(self, unit_id: str, session_id: str) -> tuple[int, int, int]:
        """People of the unit, how many were there, how many made up."""
        own = [each.id for each in self.people if each.unit_id == unit_id]
        found = [self.present[key] for each in own if (key := (session_id, each)) in self.present]
        late = sum(1 for each in found if each.makeup)
        return len(own), len(found) - late, late

    def of_person(self, participant_id: str) -> tuple[int, int]:
        """Sessions at which he was, and those he made up for."""
        found = [here for (_session, person), here in self.present.items() if person == participant_id]
        late = sum(1 for each in found if each.makeup)
        return len(found) - late, late


def of_session(db: Session, session_id: str) -> SessionResults:
    """The figures of a session that is over: before, what was right would show which answers are.

    Raises:
        NotFound
    """
    found = series.session(db, session_id)
    if found.closed_at is None:
        raise NotFound
    steps = series.steps(db, session_id)
    asked = agenda.questions(steps)
    must = sum(1 for step in asked if step.must)
    given = people.given(db, session_id)
    joined = people.participants(db, found.series_id)
    lines = results.of_people(joined, people.present(db, [session_id])[session_id], given, steps)
    return SessionResults(
        session=found,
        must=must,
        units=tuple(results.of_units(series.units(db, found.series_id), lines, must)),
        questions=tuple(results.of_question(step, given) for step in asked),
        people=tuple(lines),
    )


def of_series(db: Session, series_id: str) -> Matrix:
    """Attendance at the sessions that were held."""
    held = [
        each
        for each in series.sessions(db, series_id)
        if each.state in (SessionState.CLOSED, SessionState.RUNNING)
    ]
    found = people.present(db, [each.id for each in held])
    return Matrix(
        sessions=tuple(held),
        units=tuple(series.units(db, series_id)),
        people=tuple(people.participants(db, series_id)),
        present={(key, each.participant_id): each for key, lines in found.items() for each in lines},
    )
