"""Many reads at once: by button, from a file, from one juror to others; and back again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from foundation.visibility import as_system
from judging.errors import Outdated
from judging.events import DistributionUndone, ReadsAssigned, ReadsHandedOver, ReadsTaken
from judging.models import Assignment, AssignmentSheet, Distribution, RoundCase
from judging.queries.distribution import (
    USUAL_BRIDGE,
    even_basis,
    last_distribution,
    preview_even,
    preview_hand_over,
    preview_sheet,
)
from judging.queries.ground import ground, reads_of
from judging.queries.rounds import panel
from judging.service.loading import checked_reason, open_round
from judging.values import AssignmentState, InvitationState, Plan
from judging.values.assignment import DistributionKind, FileLine, Pair, StandingRead
from judging.views import EvenPreview, HandOverPreview, RoundView

_CHANGED = _("预览之后，评委、案例或分配有了变化。已按现在的情况重新计算，请再确认一次。")


def assign_evenly(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    reads: int | None = None,
    seed: int = 1,
    bridge: int = USUAL_BRIDGE,
    preview: EvenPreview | None = None,
) -> Plan:
    """Apply an even distribution: the one that was looked at, if it still fits, or a new one.

    Raises:
        NotFound, Forbidden, ScoringOver
        Outdated: jurors, cases or assignments changed since the preview.
    """
    _row, view = open_round(db, actor, round_id)
    if preview is None:
        preview = preview_even(db, actor, view, reads=reads or view.reads_required, seed=seed, bridge=bridge)
    elif preview.basis != even_basis(db, view, preview):
        raise Outdated(_CHANGED)
    pairs = preview.plan.added
    if pairs:
        made = _made(db, actor, now, view, DistributionKind.BUTTON, len(pairs), preview.plan.seed)
        write_reads(db, actor, now, view, pairs, made.id)
        event = ReadsAssigned(round_id=round_id, pairs=pairs, seed=preview.plan.seed, distribution_id=made.id)
        record(db, actor=actor, now=now, event=event)
    return preview.plan


def _made(
    db: Session,
    actor: Actor,
    now: datetime,
    view: RoundView,
    kind: DistributionKind,
    reads: int,
    seed: int | None = None,
) -> Distribution:
    row = Distribution(
        id=new_id(),
        round_id=view.id,
        kind=kind.value,
        reads=reads,
        seed=seed,
        made_at=now,
        made_by=actor.user_id,
        made_by_name=actor.name,
    )
    db.add(row)
    db.flush()
    return row


def write_reads(
    db: Session,
    actor: Actor,
    now: datetime,
    view: RoundView,
    pairs: Iterable[Pair],
    distribution_id: str | None,
) -> None:
    """New assignments; one that was taken away before comes back with its marks. The caller permitted."""
    cases = {
        row.case_id: row
        for row in db.scalars(
            select(RoundCase).where(RoundCase.round_id == view.id, RoundCase.withdrawn_at.is_(None))
        )
    }
    removed = {
        (row.case_id, row.juror_id): row
        for row in db.scalars(
            select(Assignment).where(
                Assignment.round_id == view.id, Assignment.state == AssignmentState.REMOVED.value
            )
        )
    }
    fresh = []
    for case_id, juror_id in pairs:
        case = cases[case_id]
        given = {
            "version_id": case.version_id,
            "label": case.label,
            "category_key": case.category_key,
            "state": AssignmentState.OPEN.value,
            "distribution_id": distribution_id,
            "assigned_at": now,
            "assigned_by": actor.user_id,
        }
        row = removed.get((case_id, juror_id))
        if row is None:
            pair = {"id": new_id(), "round_id": view.id, "case_id": case_id, "juror_id": juror_id}
            fresh.append(pair | given | {"flag": "", "end_reason": ""})
            continue
        again = {"ended_at": None, "end_reason": "", "undone_at": None, "ended_by": None}
        for name, value in (given | again).items():
            setattr(row, name, value)
    db.flush()
    if fresh:
        db.execute(insert(Assignment), fresh)  # thousands in one statement


def hand_over(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    from_id: str,
    to_id: str = "",
    take_begun: bool = False,
    reason: str = "",
    preview: HandOverPreview | None = None,
) -> int:
    """Give a juror's reads to another, or to all others evenly; returns how many went. What he has begun
    stays his unless it is taken with a reason; what he handed in stays in any case.

    Raises:
        NotFound, Forbidden, ScoringOver
        Outdated: something changed since the preview.
        Refused: nothing can go.
        Invalid: begun reads are taken without a reason.
    """
    _row, view = open_round(db, actor, round_id)
    if preview is None:
        preview = preview_hand_over(db, actor, view, from_id=from_id, to_id=to_id, take_begun=take_begun)
    elif preview.basis != ground(db, view).basis("hand", from_id, to_id, take_begun):
        raise Outdated(_CHANGED)
    moved = preview.handed.moved
    if not moved:
        raise Refused(_("没有可以转交的评审：见每个案例后面的说明。"))
    begun = any(each.taken for each in moved)
    if begun:
        reason = checked_reason(reason, _("评委已经开始评分，转交请写明理由。"))
    made = _made(db, actor, now, view, DistributionKind.HAND_OVER, len(moved))
    _take_away(db, now, [each.read_id for each in moved], made.id, reason.strip())
    pairs = tuple((each.case_id, each.to_id) for each in moved)
    write_reads(db, actor, now, view, pairs, made.id)
    event = ReadsHandedOver(
        round_id=round_id,
        distribution_id=made.id,
        from_id=from_id,
        pairs=pairs,
        begun=begun,
        reason=reason.strip(),
    )
    record(db, actor=actor, now=now, event=event)
    return len(moved)


def _take_away(
    db: Session, now: datetime, read_ids: Sequence[str], distribution_id: str, reason: str
) -> None:
    wanted = set(read_ids)
    for row in db.scalars(select(Assignment).where(Assignment.id.in_(read_ids))):
        wanted.discard(row.id)
        row.state = AssignmentState.REMOVED.value
        row.ended_at = now
        row.end_reason = reason
        row.ended_by = distribution_id
    if wanted:
        raise Outdated(_CHANGED)
    db.flush()


def keep_distribution_file(
    db: Session, *, actor: Actor, now: datetime, round_id: str, name: str, lines: Sequence[FileLine]
) -> str:
    """Keep an uploaded distribution, so that it can be looked at before it is applied. Returns its id.

    Raises:
        NotFound, Forbidden, ScoringOver
        Refused: it has no lines.
    """
    open_round(db, actor, round_id)
    if not lines:
        raise Refused(_("表格里只有列名，没有分配。"))
    row = AssignmentSheet(
        id=new_id(),
        round_id=round_id,
        name=name[:200],
        lines=[[line.number, line.case, line.juror] for line in lines],
        uploaded_at=now,
        uploaded_by=actor.user_id,
    )
    db.add(row)
    db.flush()
    return row.id


def apply_distribution_file(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    sheet_id: str,
    exact: bool = False,
    basis: str | None = None,
) -> int:
    """Carry out an uploaded distribution, all of it or nothing; returns how many reads are new.

    Raises:
        NotFound, Forbidden, ScoringOver
        Outdated: something changed since it was looked at.
        Refused: it was applied, holds mistakes, or changes nothing.
    """
    _row, view = open_round(db, actor, round_id)
    seen = preview_sheet(db, actor, view, sheet_id, exact=exact)
    if seen.applied:
        raise Refused(_("这份表格已经执行过。"))
    if basis is not None and basis != seen.basis:
        raise Outdated(_CHANGED)
    if seen.plan.errors:
        raise Refused(_("表格里还有错误，没有改动任何分配。请改好后重新上传。"))
    if not seen.plan.added and not seen.plan.removed:
        raise Refused(_("表格与现有分配一致，没有需要改动的。"))
    made = _made(db, actor, now, view, DistributionKind.FILE, len(seen.plan.added))
    _leave_out(db, actor, now, view, seen.plan.removed, made)
    write_reads(db, actor, now, view, seen.plan.added, made.id)
    sheet = db.get_one(AssignmentSheet, sheet_id)
    sheet.applied_at, sheet.lines = now, []
    event = ReadsAssigned(round_id=round_id, pairs=seen.plan.added, seed=None, distribution_id=made.id)
    record(db, actor=actor, now=now, event=event)
    return len(seen.plan.added)


def _leave_out(
    db: Session,
    actor: Actor,
    now: datetime,
    view: RoundView,
    pairs: tuple[Pair, ...],
    made: Distribution,
) -> None:
    if not pairs:
        return
    gone = set(pairs)
    rows = db.execute(
        select(Assignment.id, Assignment.case_id, Assignment.juror_id).where(
            Assignment.round_id == view.id, Assignment.state == AssignmentState.OPEN.value
        )
    )
    ids = [row_id for row_id, case_id, juror_id in rows if (case_id, juror_id) in gone]
    _take_away(db, now, ids, made.id, "")
    event = ReadsTaken(round_id=view.id, distribution_id=made.id, pairs=pairs)
    record(db, actor=actor, now=now, event=event)


def undo_distribution(
    db: Session, *, actor: Actor, now: datetime, round_id: str, distribution_id: str
) -> int:
    """Take the latest distribution back: its reads go, and what it took away comes back. Returns how many
    went.

    Raises:
        NotFound, Forbidden, ScoringOver
        Refused: it is not the latest, or somebody has begun one of its reads.
    """
    _row, view = open_round(db, actor, round_id)
    row = db.scalar(
        select(Distribution).where(Distribution.id == distribution_id, Distribution.round_id == round_id)
    )
    if row is None:
        raise NotFound
    latest = last_distribution(db, round_id)
    if latest is None or latest.id != row.id:
        raise Refused(_("只能撤销最近一次分配；这一次已经撤销过，或者之后又有新的分配。"))
    with as_system(db):  # the act as a whole, also in cases that this organiser does not see
        return _undo(db, actor, now, view, row)


def _undo(db: Session, actor: Actor, now: datetime, view: RoundView, row: Distribution) -> int:
    mine = {pair: read for pair, read in _ours(db, view, row.id).items() if read.stands}
    begun = [pair for pair, read in mine.items() if read.begun]
    if begun:
        raise Refused(
            _(
                "这次分配中已有 %(count)s 份评审开始了，不能整体撤销；可以逐个取消没有开始的。",
                count=len(begun),
            )
        )
    for read in db.scalars(select(Assignment).where(Assignment.distribution_id == row.id)):
        if (read.case_id, read.juror_id) in mine:
            read.state = AssignmentState.REMOVED.value
            read.ended_at = read.undone_at = now
    restored = _restored(db, view, row.id)
    row.undone_at, row.undone_by = now, actor.user_id
    event = DistributionUndone(
        round_id=view.id, distribution_id=row.id, pairs=tuple(sorted(mine)), restored=restored
    )
    record(db, actor=actor, now=now, event=event)
    return len(mine)


def _ours(db: Session, view: RoundView, distribution_id: str) -> dict[Pair, StandingRead]:
    return {
        pair: read for pair, read in reads_of(db, view.id).items() if read.distribution_id == distribution_id
    }


def _restored(db: Session, view: RoundView, distribution_id: str) -> tuple[Pair, ...]:
    """What the distribution took away stands again, where the case and the juror still do."""
    cases = set(
        db.scalars(
            select(RoundCase.case_id).where(RoundCase.round_id == view.id, RoundCase.withdrawn_at.is_(None))
        )
    )
    jurors = {seat.user_id for seat in panel(db, view.id, states=[InvitationState.ACCEPTED])}
    back = []
    for read in db.scalars(select(Assignment).where(Assignment.ended_by == distribution_id)):
        read.ended_by = None
        if read.case_id in cases and read.juror_id in jurors:
            read.state = AssignmentState.OPEN.value
            read.ended_at = None
            read.end_reason = ""
            back.append((read.case_id, read.juror_id))
    return tuple(sorted(back))
