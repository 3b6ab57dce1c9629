"""Reads assigned where they help most: pairs picked from the list, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.text import _
from judging.models import Assignment
from judging.queries.rounds import panel
from judging.service.assigning import assign_by_hand
from judging.service.loading import open_round
from judging.values import AssignmentState, InvitationState


def assign_next_reads(
    db: Session, *, actor: Actor, now: datetime, round_id: str, pairs: Sequence[tuple[str, str]]
) -> int:
    """Give these cases to these jurors, (case id, juror id). Returns how many are new.

    Raises:
        NotFound, Forbidden, ScoringOver
        Invalid: no pair was picked.
        Refused: a juror has not accepted, is in conflict, recused himself, or would be over his limit.
    """
    open_round(db, actor, round_id)
    if not pairs:
        raise Invalid([FieldError("pairs", _("请至少选择一项，再分配。"))])
    by_case: dict[str, list[str]] = {}
    for case_id, juror_id in pairs:
        by_case.setdefault(case_id, []).append(juror_id)
    added = sum(
        assign_by_hand(db, actor=actor, now=now, round_id=round_id, case_id=case_id, juror_ids=juror_ids)
        for case_id, juror_ids in sorted(by_case.items())
    )
    _refuse_overload(db, round_id, {juror_id for _case_id, juror_id in pairs})
    return added


def _refuse_overload(db: Session, round_id: str, juror_ids: set[str]) -> None:
    """The reads are written already: a refusal takes them all back."""
    standing = (AssignmentState.OPEN.value, AssignmentState.HANDED_IN.value)
    loads = dict(
        db.execute(
            select(Assignment.juror_id, func.count(Assignment.id))
            .where(Assignment.round_id == round_id, Assignment.state.in_(standing))
            .group_by(Assignment.juror_id)
        ).all()
    )
    for seat in panel(db, round_id, states=[InvitationState.ACCEPTED]):
        if seat.user_id in juror_ids and seat.load_limit and loads.get(seat.user_id, 0) > seat.load_limit:
            raise Refused(
                _(
                    "%(name)s 最多评审 %(limit)s 份，再分配就会超过；请少选几项，或先提高他的上限。",
                    name=seat.name,
                    limit=seat.load_limit,
                )
            )
