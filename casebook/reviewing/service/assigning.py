"""Giving steps to people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casebook import queries as casebook
from casebook.policy import may_edit
from casebook.reviewing import queries
from casebook.reviewing.events import DutiesAssigned
from casebook.reviewing.models import ReviewDuty
from casebook.reviewing.values import PROOFS, REVIEWS, Step
from casebook.reviewing.wording import STEP_NAMES
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid
from foundation.permission import require
from foundation.text import _


def assign(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    people: Mapping[Step, str],
    subject_id: str = "",
) -> None:
    """Say who does which step: of the whole edition, or, with `subject_id`, of one text otherwise. A step
    without a person ("" or left out) is open to every editor, or for one text follows the edition.

    Raises:
        Forbidden, NotFound
        Invalid: somebody is no editor, or the same person would do two reviews or two successive proofs.
    """
    require(may_edit(actor))
    edition = casebook.locked_edition(db, edition_id)
    if subject_id:
        queries.subject(db, edition.id, subject_id)
    chosen = {step: user for step, user in people.items() if user}
    general = {step: duty.user_id for step, duty in queries.duties(db, edition_id).general.items()}
    _check(db, chosen, {**general, **chosen} if subject_id else chosen)
    scope = (ReviewDuty.edition_id == edition_id, ReviewDuty.subject_id == subject_id)
    before = {row.step: row.user_id for row in db.scalars(select(ReviewDuty).where(*scope))}
    if before == {step.value: user for step, user in chosen.items()}:
        return
    db.execute(delete(ReviewDuty).where(*scope))
    for step, user in chosen.items():
        db.add(
            ReviewDuty(
                edition_id=edition_id,
                subject_id=subject_id,
                step=step.value,
                user_id=user,
                assigned_at=now,
                assigned_by=actor.user_id,
            )
        )
    db.flush()
    event = DutiesAssigned(
        subject_id=subject_id or edition_id,
        edition_id=edition_id,
        steps=tuple((step.value, user) for step, user in sorted(chosen.items())),
    )
    journal.record(db, actor=actor, now=now, event=event)


def _check(db: Session, chosen: Mapping[Step, str], whole: Mapping[Step, str]) -> None:
    """`whole` is who would do what in the end."""
    editors = {user.id for user in queries.people(db)}
    problems = [
        FieldError(step.value, _("这个人没有编辑角色，请从名单里选择。"))
        for step, user in chosen.items()
        if user not in editors
    ]
    for place, step in enumerate(REVIEWS):
        for other in REVIEWS[:place]:
            if step in whole and whole.get(other) == whole[step]:
                sentence = _(
                    "%(step)s和%(other)s不能是同一个人：三审中任何两审不能由同一人担任。",
                    step=STEP_NAMES[step],
                    other=STEP_NAMES[other],
                )
                problems.append(FieldError(step.value, sentence))
    for other, step in pairwise(PROOFS):
        if step in whole and whole.get(other) == whole[step]:
            sentence = _(
                "%(step)s和%(other)s请换人校：相连的两个校次不由同一人担任。",
                step=STEP_NAMES[step],
                other=STEP_NAMES[other],
            )
            problems.append(FieldError(step.value, sentence))
    if problems:
        raise Invalid(problems)
