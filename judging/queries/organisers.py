"""What the organiser reads: cases with their units, assignments, progress."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.people import Unit, User
from foundation.permission import require
from foundation.visibility import as_system
from judging import policy
from judging.models import Assignment, RoundCase
from judging.queries import marks
from judging.queries.conflicts import blocking, declared
from judging.queries.rounds import panel, sits_on_panel
from judging.values import (
    ON_PANEL,
    AssignmentState,
    CommentKind,
    InvitationState,
)
from judging.views import (
    AssignedRead,
    AssignmentBoard,
    CaseLine,
    Progress,
    RoundView,
    Tally,
)
from submissions.queries.headings import headings

COUNTING = (AssignmentState.OPEN.value, AssignmentState.HANDED_IN.value)
"""States of assignments that stand."""


def permit(db: Session, actor: Actor, round_id: str) -> None:
    """Only who may run this round goes on.

    Raises:
        Forbidden
    """
    require(policy.may_organise(actor, on_panel=sits_on_panel(db, round_id, actor)))


def cases(db: Session, round_id: str) -> list[CaseLine]:
    """Cases of the round that stand, by their anonymous numbers."""
    rows = db.scalars(
        select(RoundCase)
        .where(RoundCase.round_id == round_id, RoundCase.withdrawn_at.is_(None))
        .order_by(RoundCase.label)
    ).all()
    paths = {unit.id: unit.path for unit in db.scalars(select(Unit))}
    known = headings(db, [row.version_id for row in rows])
    found = []
    for row in rows:
        version = known.get(row.version_id)
        if version is None:
            continue  # not for this reader
        found.append(
            CaseLine(
                case_id=row.case_id,
                version_id=row.version_id,
                label=row.label,
                category_key=row.category_key,
                title=version.title,
                unit_id=version.unit_id,
                unit_name=version.unit_name,
                unit_path=paths.get(version.unit_id, ""),
            )
        )
    return found


def reads(db: Session, round_id: str) -> list[AssignedRead]:
    """All assignments of a round that were not removed, by number and name."""
    of_round = (Assignment.round_id == round_id) & (Assignment.state != AssignmentState.REMOVED.value)
    given = marks.current(db, of_round)
    rows = db.execute(
        select(Assignment, User.name)
        .join(User, User.id == Assignment.juror_id)
        .where(of_round)
        .order_by(Assignment.label, User.name, Assignment.id)
    )
    return [
        AssignedRead(
            id=row.id,
            case_id=row.case_id,
            juror_id=row.juror_id,
            juror_name=name,
            label=row.label,
            category_key=row.category_key,
            state=AssignmentState(row.state),
            marked=len(given.get(row.id, {})),
            flag=row.flag,
            end_reason=row.end_reason,
        )
        for row, name in rows
    ]


def assignment_board(db: Session, actor: Actor, view: RoundView) -> AssignmentBoard:
    """Everything the assignment page shows.

    Raises:
        Forbidden
    """
    permit(db, actor, view.id)
    lines = cases(db, view.id)
    seats = panel(db, view.id, states=[InvitationState.ACCEPTED])
    by_case: dict[str, list[AssignedRead]] = {}
    loads = {seat.user_id: 0 for seat in seats}
    for each in reads(db, view.id):
        by_case.setdefault(each.case_id, []).append(each)
        if each.state is not AssignmentState.RECUSED:
            loads[each.juror_id] = loads.get(each.juror_id, 0) + 1
    return AssignmentBoard(
        cases=tuple(lines),
        seats=tuple(seats),
        reads={case_id: tuple(found) for case_id, found in by_case.items()},
        loads=loads,
        conflicts=blocking(db, view, lines, seats),
        declared=declared(db, view.id),
    )


def progress(db: Session, actor: Actor, view: RoundView) -> Progress:
    """How far each juror and category is.

    Raises:
        Forbidden
    """
    permit(db, actor, view.id)
    all_reads = reads(db, view.id)
    full = len(view.call.rules.criteria)
    seats = panel(db, view.id, states=ON_PANEL)
    by_juror = _grouped((each.juror_id, each) for each in all_reads)
    by_category = _grouped((each.category_key, each) for each in all_reads)
    standing = [each for each in all_reads if each.state.value in COUNTING]
    per_case: dict[str, int] = {}
    for each in standing:
        per_case[each.case_id] = per_case.get(each.case_id, 0) + 1
    short = tuple(
        (line, view.reads_required - per_case.get(line.case_id, 0))
        for line in cases(db, view.id)
        if per_case.get(line.case_id, 0) < view.reads_required
    )
    return Progress(
        jurors=tuple(tally(seat.user_id, seat.name, by_juror.get(seat.user_id, []), full) for seat in seats),
        categories=tuple(
            tally(category.key, category.name, by_category.get(category.key, []), full)
            for category in view.call.rules.categories
            if category.key in by_category
        ),
        whole=tally("", "", all_reads, full),
        short=short,
        flags=tuple(each for each in standing if each.flag),
        recused=tuple(each for each in all_reads if each.state is AssignmentState.RECUSED),
    )


def _grouped(pairs: Iterable[tuple[str, AssignedRead]]) -> dict[str, list[AssignedRead]]:
    found: dict[str, list[AssignedRead]] = {}
    for key, each in pairs:
        found.setdefault(key, []).append(each)
    return found


def tally(key: str, name: str, found: Sequence[AssignedRead], full: int) -> Tally:
    """Count reads; `full` is the number of criteria."""
    standing = [each for each in found if each.state.value in COUNTING]
    return Tally(
        key=key,
        name=name,
        assigned=len(standing),
        begun=sum(1 for each in standing if each.marked),
        complete=sum(1 for each in standing if each.marked == full),
        handed_in=sum(1 for each in standing if each.state is AssignmentState.HANDED_IN),
        recused=sum(1 for each in found if each.state is AssignmentState.RECUSED),
    )


def count_cases(db: Session, round_id: str) -> int:
    """How many cases of the round stand, also those that the actor keeps out of."""
    standing = (RoundCase.round_id == round_id) & RoundCase.withdrawn_at.is_(None)
    with as_system(db):
        return db.scalar(select(func.count(RoundCase.id)).where(standing)) or 0


def version_ids(db: Session, round_id: str) -> set[str]:
    """The versions that the round judges, also those of cases that the actor keeps out of."""
    standing = (RoundCase.round_id == round_id) & RoundCase.withdrawn_at.is_(None)
    with as_system(db):
        return set(db.scalars(select(RoundCase.version_id).where(standing)))


def comments_for_authors(db: Session, actor: Actor, view: RoundView) -> dict[str, list[str]]:
    """Case id -> what jurors wrote to the authors in handed-in reads, without names, in a neutral order.

    Raises:
        Forbidden
    """
    permit(db, actor, view.id)
    rows = [each for each in reads(db, view.id) if each.state is AssignmentState.HANDED_IN]
    words = marks.comments(db, [each.id for each in rows], CommentKind.AUTHOR)
    found: dict[str, list[str]] = {}
    for each in rows:
        if each.id in words:
            found.setdefault(each.case_id, []).append(words[each.id])
    return {case_id: sorted(each) for case_id, each in found.items()}
