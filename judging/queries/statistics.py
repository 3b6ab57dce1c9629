"""What the statistics say of a round: from a read transaction, fitted once for the same reads and cuts.

All reads of the round count, also of cases from which the organiser is shut out: without them the jurors
would be other jurors. What he is shown is limited to the cases he may see.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.people import Unit
from foundation.visibility import as_system
from judging.conflicts import region
from judging.models import Assignment, MarkVersion
from judging.queries.organisers import assignment_board
from judging.queries.standings import Material, board_of, material
from judging.statistics.analysis import Pools, Remembered, analyse
from judging.statistics.cuts import pools_of
from judging.statistics.next_reads import where_reads_help
from judging.statistics.standing import composite
from judging.timing import seconds_of_reads
from judging.values import AssignmentState, ScoredRead
from judging.views import AssignmentBoard, CaseLine, RoundView
from judging.views.analysis import AnalysisView, NextReadsView

_REMEMBERED = Remembered()
MOST_READS = 2_000
"""The longest list of next reads that is worked out."""


def analysis(db: Session, actor: Actor, view: RoundView) -> AnalysisView:
    """The analysis beside the standings.

    Raises:
        Forbidden
    """
    found = material(db, actor, view)
    board = board_of(found, view)
    with as_system(db):
        reads = _scored(found, view, _seconds(db, view.id))
        places = dict(db.execute(select(Unit.id, Unit.name)).all())
    pools = pools_of(view.call.rules.prizes, board.proposal.pools, found.categories())
    return AnalysisView(
        board=board,
        analysis=_REMEMBERED.get(_digest(reads, pools), lambda: analyse(reads, pools)),
        pools=pools,
        cases=board.cases,
        hidden=len(found.hidden),
        juror_names=found.juror_names,
        places=places,
    )


def _seconds(db: Session, round_id: str) -> dict[tuple[str, str], float]:
    """(case id, juror id) -> how long the read took."""
    rows = db.execute(
        select(MarkVersion.juror_id, Assignment.case_id, MarkVersion.given_at)
        .join(Assignment, Assignment.id == MarkVersion.assignment_id)
        .where(MarkVersion.round_id == round_id)
    )
    return seconds_of_reads((juror_id, case_id, given_at) for juror_id, case_id, given_at in rows)


def _scored(found: Material, view: RoundView, seconds: Mapping[tuple[str, str], float]) -> list[ScoredRead]:
    """What counts: handed in and complete, of cases that stand."""
    reads = []
    for review in found.reviews:
        line = found.lines.get(review.case_id)
        value = composite(view.call.rules.criteria, review.marks)
        if line is None or value is None or review.state is not AssignmentState.HANDED_IN:
            continue
        reads.append(
            ScoredRead(
                case_id=review.case_id,
                juror_id=review.juror_id,
                group=line.category_key,
                value=float(value),
                marks={mark.criterion_key: float(mark.value) for mark in review.marks},
                seconds=seconds.get((review.case_id, review.juror_id)),
                unit_id=line.unit_id,
                region_id=_region(line),
            )
        )
    return reads


def _region(line: CaseLine) -> str:
    """The unit right below the top that the case's unit is under, "" where that is the unit itself."""
    found = region(line.unit_path).rstrip("/").rpartition("/")[2]
    return "" if found == line.unit_id else found


def _digest(reads: Sequence[ScoredRead], pools: Pools) -> str:
    rows = sorted(
        [
            (
                *(each.case_id, each.juror_id, each.group, each.unit_id, each.region_id),
                *(each.value, each.seconds, sorted(each.marks.items())),
            )
            for each in reads
        ],
        key=lambda row: row[:2],
    )
    cuts = {key: [[cut.prize_key, cut.places] for cut in each] for key, each in pools.cuts.items()}
    content = json.dumps([rows, cuts, sorted(pools.of_case.items())], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def next_reads(db: Session, actor: Actor, view: RoundView, *, budget: int) -> NextReadsView:
    """The pairs whose read helps most: conflicts, limits and what is assigned already are obeyed.

    Raises:
        Forbidden
    """
    found = analysis(db, actor, view)
    seated = assignment_board(db, actor, view)
    budget = min(budget, MOST_READS)
    limits = {seat.user_id: seat.load_limit for seat in seated.seats}
    rooms = {
        juror_id: budget if limit is None else max(0, limit - seated.loads.get(juror_id, 0))
        for juror_id, limit in limits.items()
    }
    pairs = (
        []
        if found.analysis is None
        else where_reads_help(
            found.analysis.calibrated,
            found.pools.cuts,
            found.pools.of_case,
            budget=budget,
            rooms=rooms,
            forbidden=_closed(found, seated, rooms),
            units={seat.user_id: seat.unit_id for seat in seated.seats},
        )
    )
    names = {seat.user_id: seat.name for seat in seated.seats}
    return NextReadsView(found, tuple(pairs), names, seated.loads, limits)


def _closed(found: AnalysisView, seated: AssignmentBoard, rooms: Mapping[str, int]) -> set[tuple[str, str]]:
    """(case id, juror id) that cannot be assigned: in conflict, assigned, recused, or of a case that is not
    this organiser's business."""
    closed = {(case_id, juror_id) for juror_id, case_id in seated.conflicts}
    closed |= {(read.case_id, read.juror_id) for reads in seated.reads.values() for read in reads}
    known = set(found.analysis.calibrated.cases) if found.analysis is not None else set()
    return closed | {(case_id, juror_id) for case_id in known - set(found.cases) for juror_id in rooms}
