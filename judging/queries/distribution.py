"""The even distribution as a preview: computed from what is there now, applied only if that is still so."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from judging.assignment import distribute
from judging.models import Assignment
from judging.queries.conflicts import blocking, case_seats, juror_seats
from judging.queries.organisers import cases, permit
from judging.queries.rounds import panel
from judging.values import AssignmentState, CaseSeat, InvitationState, JurorSeat
from judging.views import EvenPreview, RoundView

_Pairs = frozenset[tuple[str, str]]


def preview_even(db: Session, actor: Actor, view: RoundView, *, reads: int, seed: int) -> EvenPreview:
    """What the button would do: every standing case gets `reads` jurors, what is assigned stays.

    Raises:
        Forbidden
    """
    permit(db, actor, view.id)
    lines, jurors, found = _seats(db, view)
    existing, closed = _pairs(db, view.id)
    plan = distribute(
        lines, jurors, reads=reads, seed=seed, conflicts=found, existing=existing, closed=closed
    )
    return EvenPreview(plan, reads, _basis(lines, jurors, found, existing, closed))


def basis(db: Session, view: RoundView) -> str:
    """A hash of what a distribution is made from now."""
    lines, jurors, found = _seats(db, view)
    return _basis(lines, jurors, found, *_pairs(db, view.id))


def _seats(db: Session, view: RoundView) -> tuple[list[CaseSeat], list[JurorSeat], _Pairs]:
    """Cases, jurors, and the pairs (juror id, case id) that must not be."""
    lines, seats = cases(db, view.id), panel(db, view.id, states=[InvitationState.ACCEPTED])
    found = blocking(db, view, lines, seats)
    return case_seats(db, lines), juror_seats(seats), frozenset(found)


def _pairs(db: Session, round_id: str) -> tuple[_Pairs, _Pairs]:
    """(case id, juror id) that stand, and that must not come again by button."""
    rows = db.execute(
        select(Assignment.case_id, Assignment.juror_id, Assignment.state).where(
            Assignment.round_id == round_id
        )
    ).all()
    ended = (AssignmentState.RECUSED.value, AssignmentState.REMOVED.value)
    return (
        frozenset((case_id, juror_id) for case_id, juror_id, state in rows if state not in ended),
        frozenset((case_id, juror_id) for case_id, juror_id, state in rows if state in ended),
    )


def _basis(
    lines: list[CaseSeat], jurors: list[JurorSeat], found: _Pairs, existing: _Pairs, closed: _Pairs
) -> str:
    content = [
        sorted((line.case_id, line.category_key) for line in lines),
        sorted((each.juror_id, each.load_limit, sorted(each.category_keys)) for each in jurors),
        sorted(found),
        sorted(existing),
        sorted(closed),
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
