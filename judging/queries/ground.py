"""What a distribution stands on: cases, jurors, conflicts and reads of a round as they are now.

Reads are counted whoever asks: an organiser who may not see a case must not overload its jurors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from foundation.visibility import as_system
from judging.models import Assignment, ClaimVerdict, CommentVersion, HandIn, JurorProfile, Round
from judging.queries.conflicts import blocking, case_seats, juror_seats
from judging.queries.organisers import cases
from judging.queries.rounds import panel
from judging.values import AssignmentState, CaseSeat, ConflictFinding, InvitationState, JurorSeat
from judging.values.assignment import Pair, StandingRead
from judging.views import CaseLine, RoundView, SeatView
from submissions.queries.headings import headings


@dataclass(frozen=True)
class Ground:
    """`conflicts` by (juror id, case id); pairs of reads are (case id, juror id). `fits`: pairs where a
    subject that the juror knows stands in the case's title or summary. `read_before`: pairs of earlier rounds
    that must not come again."""

    lines: tuple[CaseLine, ...]
    seats: tuple[SeatView, ...]
    cases: tuple[CaseSeat, ...]
    jurors: tuple[JurorSeat, ...]
    conflicts: Mapping[Pair, ConflictFinding]
    reads: Mapping[Pair, StandingRead]
    fits: frozenset[Pair]
    read_before: frozenset[Pair]

    @cached_property
    def standing(self) -> dict[Pair, StandingRead]:
        """Reads that count: open or handed in."""
        return {pair: read for pair, read in self.reads.items() if read.stands}

    @cached_property
    def closed(self) -> frozenset[Pair]:
        """Pairs that the button must not give again."""
        ended = {pair for pair, read in self.reads.items() if not read.stands and not read.undone}
        return frozenset(ended) | self.read_before

    @cached_property
    def seat_of(self) -> dict[str, SeatView]:
        """Who has accepted, by user."""
        return {seat.user_id: seat for seat in self.seats}

    @cached_property
    def line_of(self) -> dict[str, CaseLine]:
        """Cases that stand, by case."""
        return {line.case_id: line for line in self.lines}

    @cached_property
    def loads(self) -> dict[str, int]:
        """Standing reads by juror, 0 for who has none."""
        loads = {seat.user_id: 0 for seat in self.seats}
        for _case_id, juror_id in self.standing:
            loads[juror_id] = loads.get(juror_id, 0) + 1
        return loads

    def basis(self, *options: object) -> str:
        """A hash of everything a plan is made from."""
        content = [
            sorted((each.case_id, each.category_key) for each in self.cases),
            sorted(
                (each.juror_id, each.unit_id or "", each.load_limit or 0, sorted(each.category_keys))
                for each in self.jurors
            ),
            sorted(self.conflicts),
            sorted((*pair, read.state.value, read.begun, read.undone) for pair, read in self.reads.items()),
            sorted(self.fits),
            sorted(self.read_before),
            [str(each) for each in options],
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def ground(db: Session, view: RoundView) -> Ground:
    """The ground of a round; the caller permits."""
    lines = cases(db, view.id)
    seats = panel(db, view.id, states=[InvitationState.ACCEPTED])
    return Ground(
        lines=tuple(lines),
        seats=tuple(seats),
        cases=tuple(case_seats(db, lines)),
        jurors=tuple(juror_seats(seats)),
        conflicts=blocking(db, view, lines, seats),
        reads=reads_of(db, view.id),
        fits=_fits(db, lines, seats),
        read_before=_read_before(db, view) if view.fresh_readers else frozenset(),
    )


def reads_of(db: Session, round_id: str) -> dict[Pair, StandingRead]:
    """All reads of a round, whoever asks; the caller permits."""
    of_round = Assignment.round_id == round_id
    with as_system(db):
        written = set(db.scalars(select(Assignment.id).where(of_round, _written_on())))
        rows = db.execute(
            select(
                Assignment.id,
                Assignment.case_id,
                Assignment.juror_id,
                Assignment.state,
                Assignment.undone_at,
                Assignment.distribution_id,
            ).where(of_round)
        ).all()
    return {
        (case_id, juror_id): StandingRead(
            key,
            AssignmentState(state),
            key in written or state in (AssignmentState.HANDED_IN.value, AssignmentState.RECUSED.value),
            undone_at is not None,
            distribution_id,
        )
        for key, case_id, juror_id, state, undone_at, distribution_id in rows
    }


def _written_on() -> ColumnElement[bool]:
    """That the juror has put anything down for the read: a mark, a word, a question, a verdict."""
    own = [
        exists().where(table.assignment_id == Assignment.id)
        for table in (CommentVersion, ClaimVerdict, HandIn)
    ]
    return or_(Assignment.marked_at.is_not(None), Assignment.flagged_at.is_not(None), *own)


def _fits(db: Session, lines: list[CaseLine], seats: list[SeatView]) -> frozenset[Pair]:
    """Words are looked for as they are written, whatever their case."""
    with as_system(db):  # what a juror knows is used here, not shown
        rows = db.execute(
            select(JurorProfile.user_id, JurorProfile.topics).where(
                JurorProfile.user_id.in_([seat.user_id for seat in seats])
            )
        ).all()
    knowing: dict[str, list[str]] = {}
    for user_id, topics in rows:
        for topic in topics:
            if str(topic).strip():
                knowing.setdefault(str(topic).strip().casefold(), []).append(user_id)
    if not knowing:
        return frozenset()
    known = headings(db, [line.version_id for line in lines])
    found: set[Pair] = set()
    for line in lines:
        heading = known.get(line.version_id)
        text = f"{heading.title}\n{heading.summary}".casefold() if heading else ""
        for topic, users in knowing.items():
            if topic in text:
                found.update((line.case_id, user_id) for user_id in users)
    return frozenset(found)


def _read_before(db: Session, view: RoundView) -> frozenset[Pair]:
    """Reads of earlier rounds of the call that were handed in."""
    earlier = select(Round.id).where(Round.call_id == view.call.id, Round.ordinal < view.ordinal)
    with as_system(db):
        rows = db.execute(
            select(Assignment.case_id, Assignment.juror_id).where(
                Assignment.round_id.in_(earlier), Assignment.state == AssignmentState.HANDED_IN.value
            )
        ).all()
    return frozenset((case_id, juror_id) for case_id, juror_id in rows)
