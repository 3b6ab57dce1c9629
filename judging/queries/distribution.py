"""Distributions as previews: computed from what is there now, applied only if that is still so."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.text import _
from judging.assignment import BRIDGE, distribute
from judging.assignment.filed import Known, plan_file
from judging.assignment.handing_over import movable, to_many, to_one
from judging.models import AssignmentSheet, Distribution
from judging.queries.ground import Ground, ground
from judging.queries.organisers import permit
from judging.values import Plan
from judging.values.assignment import DistributionKind, FileLine, HandOver, Pair
from judging.views import DistributionView, EvenPreview, HandOverPreview, RoundView, SheetPreview

USUAL_BRIDGE = round(BRIDGE * 100)
"""Percent of a juror's reads outside his categories, unless the organiser says otherwise."""


def preview_even(
    db: Session, actor: Actor, view: RoundView, *, reads: int, seed: int, bridge: int = USUAL_BRIDGE
) -> EvenPreview:
    """What the button would do: every standing case gets `reads` jurors, what is assigned stays.

    Raises:
        Forbidden
    """
    permit(db, actor, view.id)
    found = ground(db, view)
    plan = distribute(
        found.cases,
        found.jurors,
        reads=reads,
        seed=seed,
        conflicts=frozenset(found.conflicts),
        existing=found.standing,
        closed=found.closed,
        bridge=bridge / 100,
        affinity=dict.fromkeys(sorted(found.fits), 1.0),
    )
    return EvenPreview(
        plan,
        reads,
        found.basis("even", reads, seed, bridge),
        bridge=bridge,
        fitting=sum(pair in found.fits for pair in plan.added),
        coverage=_coverage(found, plan),
    )


def even_basis(db: Session, view: RoundView, preview: EvenPreview) -> str:
    """What the preview would be made from now; the caller permits."""
    return ground(db, view).basis("even", preview.reads, preview.plan.seed, preview.bridge)


def _coverage(found: Ground, plan: Plan) -> tuple[tuple[int, int], ...]:
    readers = Counter(case_id for case_id, _juror_id in (*found.standing, *plan.added))
    return tuple(sorted(Counter(readers[each.case_id] for each in found.cases).items()))


# --- one juror's reads to others --------------------------------------------------------------------


def preview_hand_over(
    db: Session, actor: Actor, view: RoundView, *, from_id: str, to_id: str, take_begun: bool
) -> HandOverPreview:
    """What giving a juror's reads to another (`to_id` "": to all others evenly) would do.

    Raises:
        Forbidden
        NotFound: he has no reads in this round.
        Refused: the other has not accepted the invitation, or is the same.
    """
    permit(db, actor, view.id)
    found = ground(db, view)
    if not any(juror_id == from_id for _case_id, juror_id in found.standing):
        raise NotFound
    if to_id == from_id or (to_id and to_id not in found.seat_of):
        raise Refused(_("请选择另一位已接受邀请的评委。"))
    handed = _to_one(found, from_id, to_id, take_begun) if to_id else _to_others(found, from_id, take_begun)
    return HandOverPreview(
        from_id, to_id, take_begun, handed, found.basis("hand", from_id, to_id, take_begun)
    )


def _labels(found: Ground) -> dict[str, str]:
    return {line.case_id: line.label for line in found.lines}


def _to_one(found: Ground, from_id: str, to_id: str, take_begun: bool) -> HandOver:
    (to,) = [juror for juror in found.jurors if juror.juror_id == to_id]
    return to_one(
        found.reads,
        from_id,
        to,
        _labels(found),
        found.conflicts,
        found.loads,
        read_before=found.read_before,
        take_begun=take_begun,
    )


def _to_others(found: Ground, from_id: str, take_begun: bool) -> HandOver:
    """The optimum over the other jurors; every case keeps the number of its readers."""
    go, kept = movable(found.reads, from_id, _labels(found), take_begun=take_begun)
    leaving: set[Pair] = {(case_id, from_id) for case_id in go}
    readers = Counter(case_id for case_id, _juror_id in found.standing)
    plan = distribute(
        [case for case in found.cases if case.case_id in set(go)],
        [juror for juror in found.jurors if juror.juror_id != from_id],
        reads={case_id: readers[case_id] for case_id in go},
        seed=1,
        conflicts=frozenset(found.conflicts),
        existing=[pair for pair in found.standing if pair not in leaving],
        closed=found.closed,
        affinity=dict.fromkeys(sorted(found.fits), 1.0),
    )
    return to_many(found.reads, from_id, go, kept, plan.added, found.loads)


# --- from a file ------------------------------------------------------------------------------------


def preview_sheet(db: Session, actor: Actor, view: RoundView, sheet_id: str, *, exact: bool) -> SheetPreview:
    """What an uploaded distribution would do now.

    Raises:
        Forbidden, NotFound
    """
    permit(db, actor, view.id)
    row = db.scalar(
        select(AssignmentSheet).where(AssignmentSheet.id == sheet_id, AssignmentSheet.round_id == view.id)
    )
    if row is None:
        raise NotFound
    found = ground(db, view)
    lines = [FileLine(number, case, juror) for number, case, juror in row.lines]
    return SheetPreview(
        sheet_id=row.id,
        name=row.name,
        exact=exact,
        plan=plan_file(lines, _known(found), exact=exact),
        basis=found.basis("file", row.id, exact),
        applied=row.applied_at is not None,
    )


def _known(found: Ground) -> Known:
    names = Counter(seat.name.casefold() for seat in found.seats)
    by_id = {juror.juror_id: juror for juror in found.jurors}
    cells = {
        seat.name.casefold(): by_id[seat.user_id] for seat in found.seats if names[seat.name.casefold()] == 1
    }
    cells |= {seat.email.casefold(): by_id[seat.user_id] for seat in found.seats}
    return Known(
        cases={line.label: line.case_id for line in found.lines},
        jurors=cells,
        ambiguous=frozenset(name for name, count in names.items() if count > 1),
        conflicts=found.conflicts,
        reads=found.reads,
    )


# --- what was done ----------------------------------------------------------------------------------


def last_distribution(db: Session, round_id: str) -> DistributionView | None:
    """The latest distribution of a round that was not undone."""
    row = db.scalar(
        select(Distribution)
        .where(Distribution.round_id == round_id, Distribution.undone_at.is_(None))
        .order_by(Distribution.made_at.desc(), Distribution.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    return DistributionView(
        id=row.id,
        kind=DistributionKind(row.kind),
        reads=row.reads,
        seed=row.seed,
        made_at=row.made_at,
        made_by_name=row.made_by_name,
        undone_at=row.undone_at,
    )
