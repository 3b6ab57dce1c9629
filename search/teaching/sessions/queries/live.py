"""What everybody in a session sees at this moment, as one value: the page and the stream are drawn from it.

No right answer and no explanation is in it before the session is closed; names are in it with their units,
and the page shows a name to that unit alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.live import Frame
from foundation.visibility import as_system
from search.teaching.sessions.models import StudySession
from search.teaching.sessions.queries import material, people, series
from search.teaching.sessions.queries.material import Material
from search.teaching.sessions.rules import agenda, marking
from search.teaching.sessions.values import SessionState, SessionView, StepKind, StepView

ON_THE_BOARD = 60


def newer_frame(db: Session, session_id: str, known: int) -> Frame | None:
    """The state of the session, if it is newer than what the asker knows: mostly one read of one number."""
    version = db.scalar(select(StudySession.version).where(StudySession.id == session_id))
    if version is None or version <= known:
        return None
    found = series.session(db, session_id)
    return Frame(found.version, shown(db, found))


def shown(db: Session, session: SessionView) -> dict[str, Any]:
    """Everything that participants may see now."""
    with as_system(db):
        parent = series.series(db, session.series_id)
        steps = series.steps(db, session.id)
        there, answered = people.counts(db, session.id)
        board = people.said(db, session.id, latest=ON_THE_BOARD)
        units = {each.unit_id: each.name for each in series.units(db, session.series_id)}
    groups = agenda.groups(steps)
    members = parent.proposal.members_cases and session.live
    running = session.state is SessionState.RUNNING
    current = groups[session.cursor] if running and 0 <= session.cursor < len(groups) else ()
    present = sum(there.values())
    return {
        "id": session.id,
        "state": session.state.value,
        "title": session.title,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "zone": parent.zone,
        "presenter": session.presenter,
        "place": session.cursor + 1,
        "count": len(groups),
        "now": [_step(db, step, members=members) for step in current],
        "asked": [step.id for step in asked(session, steps)],
        "answered": [
            {
                "words": step.question.words,
                "count": answered.get(step.id, 0),
                "of": present,
                "must": step.must,
            }
            for step in asked(session, steps)
            if step.question is not None
        ],
        "there": sorted((units.get(unit, ""), count) for unit, count in there.items()),
        "present": present,
        "board": board,
    }


def asked(session: SessionView, steps: Sequence[StepView]) -> list[StepView]:
    """The questions that may be answered: those reached, and all of them once the session is closed."""
    match session.state:
        case SessionState.RUNNING:
            return agenda.questions(agenda.reached(steps, session.cursor))
        case SessionState.CLOSED:
            return agenda.questions(steps)
        case _:
            return []


def readable_steps(db: Session, steps: Sequence[StepView], *, members: bool) -> list[StepView]:
    """The agenda as a link without an account may show it: a part of a case that participants may not read
    has no name, for its heading is the case's own."""
    open_cases = {
        case_id: material.shown(db, case_id, members=members) is not None
        for case_id in {step.case_id for step in steps if step.case_id}
    }
    return [step if open_cases.get(step.case_id, True) else replace(step, title="") for step in steps]


def _step(db: Session, step: StepView, *, members: bool) -> dict[str, Any]:
    found = material.shown(db, step.case_id, members=members) if step.kind is StepKind.SECTION else None
    return {
        "id": step.id,
        "kind": step.kind.value,
        "title": step.title,
        "minutes": step.minutes,
        "words": step.question.words if step.question else step.words,
        "options": marking.options_of(step.question) if step.question else (),
        "must": step.must,
        **_section(found, step),
    }


def _section(found: Material | None, step: StepView) -> dict[str, Any]:
    if step.kind is not StepKind.SECTION:
        return {}
    part = found.part(step.section) if found else None
    if found is None or part is None:
        return {"gone": True, "title": ""}
    return {
        "case": found.title,
        "unit": found.unit,
        "case_id": found.id if found.public else "",
        "html": part.html,
        "heading": part.title,
    }
