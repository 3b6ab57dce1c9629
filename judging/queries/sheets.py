"""The juror's score sheet: what goes into it, and what a returned one is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.text import Text, _
from judging import rules
from judging.models import Assignment, CommentVersion, MarkVersion, ScoreSheet
from judging.queries.calibrations import waits_for
from judging.queries.jurors import accepted_round, titles_read
from judging.score_sheet import SheetLine, SheetRow, State
from judging.score_sheet.tokens import Token
from judging.values import AssignmentState, CommentKind
from judging.views import RoundView, SheetView

_CALIBRATE = _("请先给校准案例评分，再开始评审。")
_STANDING = (AssignmentState.OPEN.value, AssignmentState.HANDED_IN.value)


def sheet_rows(db: Session, actor: Actor, round_id: str, now: datetime) -> tuple[RoundView, list[SheetRow]]:
    """The juror's cases as rows of a score sheet, by anonymous number.

    Raises:
        NotFound, Forbidden
        Refused: he has to score the calibration case first, and reads no other case before.
    """
    view = accepted_round(db, actor, round_id)
    if waits_for(db, actor, view, now):
        raise Refused(_CALIBRATE)
    reads = _own(db, actor, round_id)
    titles = titles_read(db, view, [row.version_id for row in reads])
    states = read_states(db, view, reads, now)
    return view, [_row(view, row, titles[row.version_id], states[row.id]) for row in reads]


def sheet_refusal(db: Session, actor: Actor, view: RoundView, now: datetime) -> Text | None:
    """Why no sheet can come back now, None while it can."""
    over = rules.round_refusal(view.state, view.closes_at, now)
    return over or (_CALIBRATE if waits_for(db, actor, view, now) else None)


def _own(db: Session, actor: Actor, round_id: str) -> Sequence[Assignment]:
    return db.scalars(
        select(Assignment)
        .where(
            Assignment.round_id == round_id,
            Assignment.juror_id == actor.user_id,
            Assignment.state.in_(_STANDING),
        )
        .order_by(Assignment.label)
    ).all()


def _row(view: RoundView, row: Assignment, title: str, state: State) -> SheetRow:
    category = view.call.rules.category(row.category_key)
    marks = {each.key: state.now(f"mark:{each.key}") for each in view.call.rules.criteria}
    return SheetRow(
        token=Token(
            view.id, row.juror_id, row.id, {key: len(found) for key, found in state.versions.items()}
        ),
        label=row.label,
        title=title,
        category=category.name if category else "",
        marks={key: Decimal(value) for key, value in marks.items() if value},
        comments={kind: state.now(f"comment:{kind.value}") for kind in CommentKind},
        shut=state.shut,
    )


def own_states(db: Session, actor: Actor, view: RoundView, now: datetime) -> dict[str, State]:
    """Every read of the juror's that stands, as the server has it now; by its id."""
    return read_states(db, view, _own(db, actor, view.id), now)


def read_states(db: Session, view: RoundView, reads: Sequence[Assignment], now: datetime) -> dict[str, State]:
    """These reads with all versions of their marks and comments."""
    versions: dict[str, dict[str, list[str]]] = {row.id: {} for row in reads}
    mine = list(versions)
    for assignment_id, key, value in db.execute(
        select(MarkVersion.assignment_id, MarkVersion.criterion_key, MarkVersion.value)
        .where(MarkVersion.assignment_id.in_(mine))
        .order_by(MarkVersion.ordinal)
    ):
        versions[assignment_id].setdefault(f"mark:{key}", []).append(value or "")
    for assignment_id, kind, words in db.execute(
        select(CommentVersion.assignment_id, CommentVersion.kind, CommentVersion.words)
        .where(CommentVersion.assignment_id.in_(mine))
        .order_by(CommentVersion.ordinal)
    ):
        versions[assignment_id].setdefault(f"comment:{kind}", []).append(words)
    over = rules.round_refusal(view.state, view.closes_at, now)
    return {row.id: State(row.id, row.label, versions[row.id], over or _shut(row)) for row in reads}


def _shut(row: Assignment) -> Text | None:
    return rules.assignment_refusal(AssignmentState(row.state))


def sheet(db: Session, actor: Actor, sheet_id: str) -> tuple[RoundView, SheetView]:
    """An uploaded sheet of the juror's own.

    Raises:
        NotFound, Forbidden
    """
    row = db.scalar(_mine(actor, ScoreSheet.id == sheet_id))
    if row is None:
        raise NotFound
    return accepted_round(db, actor, row.round_id), _view(row)


def sheets(db: Session, actor: Actor, round_id: str) -> list[SheetView]:
    """The sheets that the juror has sent back in this round, the latest first."""
    rows = db.scalars(_mine(actor, ScoreSheet.round_id == round_id).order_by(ScoreSheet.id.desc()).limit(10))
    return [_view(row) for row in rows]


def _mine(actor: Actor, condition: ColumnElement[bool]) -> Select[ScoreSheet]:
    return select(ScoreSheet).where(condition, ScoreSheet.juror_id == actor.user_id)


def _view(row: ScoreSheet) -> SheetView:
    return SheetView(
        id=row.id,
        round_id=row.round_id,
        name=row.name,
        lines=tuple(SheetLine.from_json(each) for each in row.lines),
        uploaded_at=row.uploaded_at,
        applied_at=row.applied_at,
        changes=row.changes,
    )
