"""A score sheet comes back: kept, looked at, applied as chosen. Nothing is handed in by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from judging.errors import ScoringOver
from judging.events import SheetApplied
from judging.models import Assignment, ScoreSheet
from judging.queries.jurors import accepted_round
from judging.queries.sheets import read_states, sheet_refusal
from judging.score_sheet import Change, SheetLine, plan_of
from judging.service.loading import share_round
from judging.service.scoring import add_comment, add_mark, phase_of
from judging.values import AssignmentState, CommentKind

SHEET, SERVER = "sheet", "server"
"""What a juror chooses in a conflict: what he wrote offline, or what the server has got since."""


def keep_sheet(
    db: Session, *, actor: Actor, now: datetime, round_id: str, name: str, lines: Sequence[SheetLine]
) -> str:
    """Keep an uploaded sheet to look at it; nothing of it is applied yet. Returns its id.

    Raises:
        NotFound, Forbidden, ScoringOver
    """
    view = accepted_round(db, actor, round_id)
    refusal = sheet_refusal(db, actor, view, now)
    if refusal is not None:
        raise ScoringOver(refusal)
    for old in db.scalars(_waiting(actor).where(ScoreSheet.round_id == round_id)):
        old.lines = []  # a newer sheet takes the place of one that was only looked at
    row = ScoreSheet(
        id=new_id(),
        round_id=round_id,
        juror_id=actor.user_id,
        name=name[:200],
        lines=[line.as_json() for line in lines],
        uploaded_at=now,
    )
    db.add(row)
    db.flush()
    return row.id


def _waiting(actor: Actor) -> Select[ScoreSheet]:
    return select(ScoreSheet).where(ScoreSheet.juror_id == actor.user_id, ScoreSheet.applied_at.is_(None))


def apply_sheet(
    db: Session, *, actor: Actor, now: datetime, sheet_id: str, choices: Mapping[str, str]
) -> int:
    """Write what the sheet changes; faulty cells are left out. Returns how many marks and comments changed.

    Args:
        choices: field of a conflict -> "sheet" or "server".

    Raises:
        NotFound, Forbidden, ScoringOver
        Refused: it was applied or dropped before.
        Invalid: a conflict is not decided, perhaps a new one.
    """
    row = db.scalar(_waiting(actor).where(ScoreSheet.id == sheet_id).with_for_update())
    if row is None:
        raise NotFound
    if not row.lines:
        raise Refused(_("这份离线评分表已经放弃或被新的上传代替，请重新上传。"))
    share_round(db, row.round_id)
    view = accepted_round(db, actor, row.round_id)
    refusal = sheet_refusal(db, actor, view, now)
    if refusal is not None:
        raise ScoringOver(refusal)
    reads = _locked_reads(db, actor, row.round_id)
    states = read_states(db, view, list(reads.values()), now)
    lines = [SheetLine.from_json(each) for each in row.lines]
    found = plan_of(lines, states, view.call.rules.criteria)
    changes = [*found.changes, *_chosen(found.conflicts, choices)]
    _write(db, now, reads, changes)
    row.applied_at, row.changes, row.lines = now, len(changes), []
    event = SheetApplied(sheet_id=row.id, round_id=row.round_id, changes=len(changes))
    record(db, actor=actor, now=now, event=event)
    return len(changes)


def _locked_reads(db: Session, actor: Actor, round_id: str) -> dict[str, Assignment]:
    rows = db.scalars(
        select(Assignment)
        .where(
            Assignment.round_id == round_id,
            Assignment.juror_id == actor.user_id,
            Assignment.state.in_([AssignmentState.OPEN.value, AssignmentState.HANDED_IN.value]),
        )
        .order_by(Assignment.id)
        .with_for_update()
    )
    return {row.id: row for row in rows}


def _chosen(conflicts: Sequence[Change], choices: Mapping[str, str]) -> list[Change]:
    undecided = [each for each in conflicts if choices.get(each.field) not in (SHEET, SERVER)]
    if undecided:
        raise Invalid(
            [
                FieldError(
                    each.field,
                    _("请选择 %(case)s 的“%(name)s”以哪一个为准。", case=each.label, name=each.name),
                )
                for each in undecided
            ]
        )
    return [each for each in conflicts if choices[each.field] == SHEET]


def _write(db: Session, now: datetime, reads: Mapping[str, Assignment], changes: Sequence[Change]) -> None:
    phases: dict[str, int] = {}
    for each in changes:
        row = reads[each.read_id]
        part, _colon, key = each.key.partition(":")
        if part == "mark":
            if row.id not in phases:
                phases[row.id] = phase_of(db, row)
            add_mark(db, now, row, key, Decimal(each.value), phases[row.id])
        else:
            add_comment(db, now, row, CommentKind(key), each.value)


def drop_sheet(db: Session, *, actor: Actor, sheet_id: str) -> str:
    """Forget an uploaded sheet that was only looked at. Returns its round's id.

    Raises:
        NotFound
    """
    row = db.scalar(_waiting(actor).where(ScoreSheet.id == sheet_id))
    if row is None:
        raise NotFound
    row.lines = []
    return row.round_id
