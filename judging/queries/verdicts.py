"""What jurors found of claims: the juror his own, the organiser those that are handed in."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from foundation.people import User
from judging.models import Assignment, ClaimVerdict
from judging.values import Verdict
from judging.views import ClaimTally, VerdictView
from submissions.values import VersionView


def own(db: Session, assignment_id: str) -> dict[int, VerdictView]:
    """The verdicts that count of one assignment, by the claim's number."""
    return {row.claim: _view(row) for row in _current(db, ClaimVerdict.assignment_id == assignment_id)}


def tallies(db: Session, round_id: str, version: VersionView) -> list[ClaimTally]:
    """The claims of a version with what jurors found of each, as far as the actor may see it."""
    pairs = db.execute(
        select(Assignment.id, User.name)
        .join(User, User.id == Assignment.juror_id)
        .where(Assignment.round_id == round_id, Assignment.version_id == version.id)
    )
    reads = {row.id: row.name for row in pairs}
    rows = _current(db, ClaimVerdict.assignment_id.in_(list(reads)))
    given = [_view(row, reads[row.assignment_id]) for row in rows]
    found = []
    for number, claim in enumerate(version.claims, start=1):
        mine = [each for each in given if each.claim == number]
        counts = Counter(each.verdict for each in mine if each.verdict is not None)
        remarks = tuple(each for each in mine if each.remark)
        found.append(ClaimTally(claim, number, {each: counts[each] for each in Verdict}, remarks))
    return found


def _current(db: Session, condition: ColumnElement[bool]) -> list[ClaimVerdict]:
    latest = (
        select(
            ClaimVerdict.assignment_id, ClaimVerdict.claim, func.max(ClaimVerdict.ordinal).label("ordinal")
        )
        .where(condition)
        .group_by(ClaimVerdict.assignment_id, ClaimVerdict.claim)
        .subquery()
    )
    return list(
        db.scalars(
            select(ClaimVerdict)
            .join(
                latest,
                (ClaimVerdict.assignment_id == latest.c.assignment_id)
                & (ClaimVerdict.claim == latest.c.claim)
                & (ClaimVerdict.ordinal == latest.c.ordinal),
            )
            .order_by(ClaimVerdict.claim, ClaimVerdict.id)
        )
    )


def _view(row: ClaimVerdict, juror_name: str = "") -> VerdictView:
    return VerdictView(
        claim=row.claim,
        verdict=Verdict(row.verdict) if row.verdict else None,
        remark=row.remark,
        juror_name=juror_name,
    )
