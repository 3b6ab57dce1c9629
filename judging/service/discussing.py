"""A discussion: the organiser opens and closes it, jurors speak and change their own marks in it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import Text, _
from judging import policy, rules
from judging.errors import ScoringOver
from judging.events import DiscussionClosed, DiscussionOpened, MarksRevised
from judging.models import Assignment, Discussion, HandIn, Remark
from judging.queries import marks
from judging.queries.discussions import discussion
from judging.queries.jurors import invitation_state
from judging.queries.rounds import round_view
from judging.service.loading import checked_reason, open_round, share_round
from judging.service.scoring import add_comment, add_mark, seal
from judging.values import AssignmentState, CommentKind
from judging.views import DiscussionView, RoundView
from submissions import queries as submissions

LONGEST_REMARK = 2000


def open_discussion(
    db: Session, *, actor: Actor, now: datetime, round_id: str, reason: str = ""
) -> DiscussionView:
    """Let jurors see each other's marks of the cases that they have handed in, without names, and write to
    them. Each juror who has handed in gets a letter.

    Raises:
        NotFound, Forbidden, ScoringOver
        Refused: the call's rules lay down no discussion, one is open, or nothing is handed in.
        Invalid: scorecards are missing and no reason says why it is opened all the same.
    """
    _row, view = open_round(db, actor, round_id)
    if not view.call.rules.judging.discussion:
        raise Refused(_("这次征集的规则没有规定评议环节，不能开启评议。"))
    before = discussion(db, round_id)
    if before is not None and before.open:
        raise Refused(_("评议正在进行，不需要再次开启。"))
    states = _states(db, round_id)
    if not states.get(AssignmentState.HANDED_IN.value):
        raise Refused(_("还没有评委提交评分表。评委提交后才能开启评议。"))
    missing = states.get(AssignmentState.OPEN.value, 0)
    if missing:
        reason = checked_reason(
            reason, _("还有 %(count)s 份评分表没有提交；现在开启评议请写明理由。", count=missing)
        )
    row = Discussion(
        id=new_id(),
        round_id=round_id,
        ordinal=before.ordinal + 1 if before is not None else 1,
        seed=secrets.token_hex(16),
        opened_at=now,
        opened_by=actor.user_id,
        open_reason=reason.strip(),
    )
    db.add(row)
    db.flush()
    record(
        db,
        actor=actor,
        now=now,
        event=DiscussionOpened(discussion_id=row.id, round_id=round_id, reason=row.open_reason),
    )
    _invite_to_it(db, now, view)
    found = discussion(db, round_id)
    if found is None:
        raise NotFound
    return found


def _states(db: Session, round_id: str) -> dict[str, int]:
    return dict(
        db.execute(
            select(Assignment.state, func.count(Assignment.id))
            .where(Assignment.round_id == round_id)
            .group_by(Assignment.state)
        ).all()
    )


def _invite_to_it(db: Session, now: datetime, view: RoundView) -> None:
    handed_in = db.scalars(
        select(Assignment.juror_id)
        .where(Assignment.round_id == view.id, Assignment.state == AssignmentState.HANDED_IN.value)
        .distinct()
        .order_by(Assignment.juror_id)
    )
    for juror_id in handed_in:
        user = people.user(db, juror_id)
        mail.queue(
            db,
            now=now,
            to=user.email,
            subject=_("评议开始：%(call)s", call=view.call.title),
            body=_letter(view, user.name),
        )


def _letter(view: RoundView, name: str) -> Text:
    return _(
        "%(name)s：\n\n《%(call)s》的评议已经开始。您可以看到其他评委对您所评案例的分数和意见（不显示姓名），"
        "可以发言，也可以修改自己的分数。请登录系统，在“评审”页面进入评议。",
        name=name,
        call=view.call.title,
    )


def close_discussion(db: Session, *, actor: Actor, now: datetime, round_id: str) -> None:
    """End the discussion: nothing more is said in it, and marks stay as they are.

    Raises:
        NotFound, Forbidden, ScoringOver
        Refused: none is open.
    """
    open_round(db, actor, round_id)
    if not end_if_open(db, actor, now, round_id):
        raise Refused(_("现在没有正在进行的评议。"))


def end_if_open(db: Session, actor: Actor, now: datetime, round_id: str) -> bool:
    """End the round's discussion if one is open; the caller permitted and holds the round."""
    row = db.scalar(select(Discussion).where(Discussion.round_id == round_id, Discussion.closed_at.is_(None)))
    if row is None:
        return False
    row.closed_at = now
    row.closed_by = actor.user_id
    record(db, actor=actor, now=now, event=DiscussionClosed(discussion_id=row.id, round_id=round_id))
    return True


def _talking(db: Session, actor: Actor, assignment_id: str) -> tuple[Assignment, RoundView, DiscussionView]:
    """The juror's own handed-in read in a round whose discussion is open, locked.

    The deadline for scoring is no deadline for the discussion: the organiser ends that.

    Raises:
        NotFound: also for a read that is not his or not handed in.
        Forbidden, ScoringOver
    """
    mine = (Assignment.id == assignment_id) & (Assignment.juror_id == actor.user_id)
    round_id = db.scalar(select(Assignment.round_id).where(mine)) or ""
    round_row = share_round(db, round_id)
    row = db.scalar(
        select(Assignment).where(mine).with_for_update().execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    require(policy.may_judge(actor, invitation=invitation_state(db, row.round_id, actor)))
    view = round_view(round_row, submissions.call(db, round_row.call_id))
    over = rules.round_over(view.state)
    if over is not None:
        raise ScoringOver(over)
    found = discussion(db, round_id)
    if found is None or row.state != AssignmentState.HANDED_IN.value:
        raise NotFound
    if not found.open:
        raise ScoringOver(_("评议已经结束，不能再发言或修改分数。"))
    return row, view, found


def say(db: Session, *, actor: Actor, now: datetime, assignment_id: str, words: str) -> None:
    """Write in the discussion of a case; what is said stays.

    Raises:
        NotFound, Forbidden, ScoringOver
        Invalid: nothing or too much is said.
    """
    row, _view, found = _talking(db, actor, assignment_id)
    words = words.strip()
    if not words:
        raise Invalid([FieldError("words", _("请先写下要说的话。"))])
    if len(words) > LONGEST_REMARK:
        raise Invalid([FieldError("words", _("不能超过 %(limit)s 个字", limit=LONGEST_REMARK))])
    db.add(
        Remark(
            id=new_id(),
            discussion_id=found.id,
            round_id=row.round_id,
            case_id=row.case_id,
            juror_id=row.juror_id,
            words=words,
            said_at=now,
        )
    )
    db.flush()


def revise(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    assignment_id: str,
    given: Mapping[str, Decimal | None],
    to_jury: str,
) -> tuple[str, ...]:
    """Change one's own marks after hearing the others; returns the keys of the criteria that changed.

    The scorecard stays handed in the whole time: the earlier hand-in is marked as taken back and a new one
    written, in one act. The marks given before the discussion stay on record.

    Raises:
        NotFound, Forbidden, ScoringOver
        Invalid: a mark is missing or off the scale (the field is the criterion's key), or an extreme one
            unexplained (the field is "jury").
    """
    row, view, found = _talking(db, actor, assignment_id)
    criteria = view.call.rules.criteria
    errors = []
    for criterion in criteria:
        value = given.get(criterion.key)
        refusal = _("这一项必须填写") if value is None else rules.mark_refusal(criterion, value)
        if refusal is not None:
            errors.append(FieldError(criterion.key, refusal))
    if errors:
        raise Invalid(errors)
    now_given = marks.current(db, Assignment.id == row.id).get(row.id, {})
    changed = tuple(each.key for each in criteria if now_given.get(each.key) != given[each.key])
    add_comment(db, now, row, CommentKind.JURY, to_jury.strip())
    if not changed:
        return ()
    for key in changed:
        add_mark(db, now, row, key, given[key], found.ordinal)
    _take_back(db, actor, now, row)
    seal(db, actor, now, row, view)
    event = MarksRevised(assignment_id=row.id, round_id=row.round_id, case_id=row.case_id, criteria=changed)
    record(db, actor=actor, now=now, event=event)
    return changed


def _take_back(db: Session, actor: Actor, now: datetime, row: Assignment) -> None:
    last = db.scalar(
        select(HandIn).where(HandIn.assignment_id == row.id).order_by(HandIn.ordinal.desc()).limit(1)
    )
    if last is not None:
        last.reopened_at = now
        last.reopened_by = actor.user_id
