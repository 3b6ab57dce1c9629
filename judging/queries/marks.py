"""The marks and comments that count: of each criterion and kind the last version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from judging.models import Assignment, CommentVersion, MarkVersion
from judging.values import CommentKind, Mark


def current(
    db: Session, condition: ColumnElement[bool], *, alone: bool = False
) -> dict[str, dict[str, Decimal]]:
    """Assignment id -> criterion key -> mark, of the assignments that meet the condition.

    `alone` asks for the marks that jurors gave by themselves, before any discussion.
    """
    if alone:
        condition = condition & (MarkVersion.phase == 0)
    rows = db.execute(
        select(MarkVersion.assignment_id, MarkVersion.criterion_key, MarkVersion.value)
        .join(Assignment, Assignment.id == MarkVersion.assignment_id)
        .where(condition)
        .order_by(MarkVersion.ordinal)
    )
    found: dict[str, dict[str, Decimal]] = {}
    for assignment_id, criterion_key, value in rows:
        marks = found.setdefault(assignment_id, {})
        marks.pop(criterion_key, None)
        if value is not None:
            marks[criterion_key] = Decimal(value)
    return found


def as_marks(marks: Mapping[str, Decimal]) -> tuple[Mark, ...]:
    """A mapping as the standing wants it."""
    return tuple(Mark(key, value) for key, value in sorted(marks.items()))


def comments(db: Session, assignment_ids: Iterable[str], kind: CommentKind) -> dict[str, str]:
    """Assignment id -> last version of the comment of this kind; emptied ones are left out."""
    rows = db.execute(
        select(CommentVersion.assignment_id, CommentVersion.words)
        .where(CommentVersion.assignment_id.in_(list(assignment_ids)), CommentVersion.kind == kind.value)
        .order_by(CommentVersion.ordinal)
    )
    found = dict(rows.all())
    return {assignment_id: words for assignment_id, words in found.items() if words}
