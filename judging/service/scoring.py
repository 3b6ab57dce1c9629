"""The juror's deeds: mark, comment, flag, skip, recuse, hand in, take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from judging import policy, rules
from judging.errors import ScoringOver
from judging.events import ReadFlagged, ReadRecused, ScorecardHandedIn, ScorecardReopened
from judging.models import Assignment, CommentVersion, HandIn, MarkVersion
from judging.queries import marks
from judging.queries.discussions import discussion
from judging.queries.jurors import accepted_round, scorecard
from judging.queries.rounds import sits_on_panel
from judging.service.assigning import add_conflict
from judging.service.loading import (
    assignment_of_round,
    checked_reason,
    open_read,
    open_round,
    own_read,
    share_round,
)
from judging.statistics.standing import composite
from judging.values import AssignmentState, CommentKind
from judging.views import RoundView, Scorecard
from submissions.rules.criteria import plain


def save_mark(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    assignment_id: str,
    criterion_key: str,
    value: Decimal | None,
) -> Scorecard:
    """Put down one mark; None takes it back. A new version is added, the old ones stay.

    Raises:
        NotFound: no such assignment of the juror's, or no such criterion.
        Forbidden, ScoringOver
        Invalid: outside the scale or between its steps; the field is the criterion's key.
    """
    row, view = open_read(db, actor, now, assignment_id)
    criterion = next((each for each in view.call.rules.criteria if each.key == criterion_key), None)
    if criterion is None:
        raise NotFound
    refusal = rules.mark_refusal(criterion, value) if value is not None else None
    if refusal is not None:
        raise Invalid([FieldError(criterion_key, refusal)])
    given = marks.current(db, Assignment.id == row.id).get(row.id, {})
    if given.get(criterion_key) != value:
        add_mark(db, now, row, criterion_key, value, phase_of(db, row))
    return scorecard(db, row, view.call.rules)


def add_mark(
    db: Session, now: datetime, row: Assignment, criterion_key: str, value: Decimal | None, phase: int
) -> None:
    """Write one mark; the caller has permitted and checked it."""
    db.add(
        MarkVersion(
            id=new_id(),
            assignment_id=row.id,
            round_id=row.round_id,
            juror_id=row.juror_id,
            criterion_key=criterion_key,
            ordinal=_next_mark(db, row.id, criterion_key),
            value=plain(value) if value is not None else None,
            phase=phase,
            given_at=now,
        )
    )
    row.marked_at = now
    row.skipped_at = None
    db.flush()


def phase_of(db: Session, row: Assignment) -> int:
    """In which phase a mark given now belongs: whoever handed in before may have seen the others since."""
    found = discussion(db, row.round_id)
    if found is None:
        return 0
    handed_in = db.scalar(select(HandIn.id).where(HandIn.assignment_id == row.id).limit(1))
    return found.ordinal if handed_in is not None else 0


def _next_mark(db: Session, assignment_id: str, criterion_key: str) -> int:
    last = db.scalar(
        select(func.max(MarkVersion.ordinal)).where(
            MarkVersion.assignment_id == assignment_id, MarkVersion.criterion_key == criterion_key
        )
    )
    return (last or 0) + 1


def save_comment(
    db: Session, *, actor: Actor, now: datetime, assignment_id: str, kind: CommentKind, words: str
) -> None:
    """Put down a comment for the authors or the jury, or a note of one's own. A new version is added.

    Raises:
        NotFound, Forbidden, ScoringOver
        Invalid: too long.
    """
    row, _view = open_read(db, actor, now, assignment_id)
    add_comment(db, now, row, kind, words)


def add_comment(db: Session, now: datetime, row: Assignment, kind: CommentKind, words: str) -> None:
    """Write one comment where it differs from the last; the caller permitted.

    Raises:
        Invalid: too long.
    """
    if len(words) > rules.LONGEST_COMMENT:
        limit = rules.LONGEST_COMMENT
        raise Invalid([FieldError(kind.value, _("不能超过 %(limit)s 个字", limit=limit))])
    before = marks.comments(db, [row.id], kind).get(row.id, "")
    if before == words:
        return
    last = db.scalar(
        select(func.max(CommentVersion.ordinal)).where(
            CommentVersion.assignment_id == row.id, CommentVersion.kind == kind.value
        )
    )
    db.add(
        CommentVersion(
            id=new_id(),
            assignment_id=row.id,
            round_id=row.round_id,
            juror_id=row.juror_id,
            kind=kind.value,
            ordinal=(last or 0) + 1,
            words=words,
            written_at=now,
        )
    )
    db.flush()


def flag(db: Session, *, actor: Actor, now: datetime, assignment_id: str, words: str) -> None:
    """Raise a question for the organiser about the case; empty words take it back.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
    """
    row, _view = own_read(db, actor, now, assignment_id)
    words = words.strip()
    if len(words) > 1000:
        raise Invalid([FieldError("flag", _("不能超过 %(limit)s 个字", limit=1000))])
    row.flag = words
    row.flagged_at = now if words else None
    if words:
        event = ReadFlagged(assignment_id=row.id, round_id=row.round_id, case_id=row.case_id)
        record(db, actor=actor, now=now, event=event)


def skip(db: Session, *, actor: Actor, now: datetime, assignment_id: str, skipped: bool = True) -> None:
    """Leave a case for later; it stays in the queue. Skipping is neither recusing nor abstaining.

    Raises:
        NotFound, Forbidden, ScoringOver
    """
    row, _view = open_read(db, actor, now, assignment_id)
    row.skipped_at = now if skipped else None


def recuse(db: Session, *, actor: Actor, now: datetime, assignment_id: str, reason: str) -> None:
    """Step back from a case for a conflict of interest. Marks stay on record and do not count.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
        Refused: recused before.
    """
    row, _view = own_read(db, actor, now, assignment_id)
    if row.state == AssignmentState.RECUSED.value:
        raise Refused(_("您已申请回避这个案例。"))
    reason = checked_reason(reason, _("请写明回避的理由。"))
    row.state = AssignmentState.RECUSED.value
    row.ended_at = now
    row.end_reason = reason
    add_conflict(
        db,
        actor,
        now,
        round_id=row.round_id,
        case_id=row.case_id,
        juror_id=row.juror_id,
        reason=reason,
    )
    event = ReadRecused(assignment_id=row.id, round_id=row.round_id, case_id=row.case_id, reason=reason)
    record(db, actor=actor, now=now, event=event)


def hand_in_case(db: Session, *, actor: Actor, now: datetime, assignment_id: str) -> None:
    """Hand in one complete scorecard.

    Raises:
        NotFound, Forbidden, ScoringOver
        Invalid: criteria without a mark (the field is the first one's key), or extreme marks without the
            comment to the jury that the call asks for (the field is "jury").
    """
    row, view = open_read(db, actor, now, assignment_id)
    seal(db, actor, now, row, view)


def seal(db: Session, actor: Actor, now: datetime, row: Assignment, view: RoundView) -> None:
    """Hand in one scorecard as it stands; the caller permitted.

    Raises:
        Invalid: as `hand_in_case`.
    """
    given = marks.as_marks(marks.current(db, Assignment.id == row.id).get(row.id, {}))
    criteria = view.call.rules.criteria
    refusal = rules.incomplete(criteria, given, row.label)
    total = composite(criteria, given)
    if refusal is not None or total is None:
        missing = rules.missing(criteria, given)
        sentence = refusal or _("这一项必须填写")
        raise Invalid([FieldError(missing[0].key if missing else "", sentence)])
    to_jury = marks.comments(db, [row.id], CommentKind.JURY).get(row.id, "")
    unexplained = rules.unexplained(view.call.rules, given, to_jury, row.label)
    if unexplained is not None:
        raise Invalid([FieldError(CommentKind.JURY.value, unexplained)])
    last = db.scalar(select(func.max(HandIn.ordinal)).where(HandIn.assignment_id == row.id))
    db.add(
        HandIn(
            id=new_id(),
            assignment_id=row.id,
            round_id=row.round_id,
            juror_id=row.juror_id,
            ordinal=(last or 0) + 1,
            handed_in_at=now,
            composite=str(total),
        )
    )
    row.state = AssignmentState.HANDED_IN.value
    row.skipped_at = None
    event = ScorecardHandedIn(
        assignment_id=row.id, round_id=row.round_id, case_id=row.case_id, version_id=row.version_id
    )
    record(db, actor=actor, now=now, event=event)


def hand_in_all(db: Session, *, actor: Actor, now: datetime, round_id: str) -> tuple[int, int]:
    """Hand in every complete scorecard; returns how many went and how many are left incomplete.

    Raises:
        NotFound, Forbidden, ScoringOver
        Refused: none is complete.
    """
    share_round(db, round_id)
    view = accepted_round(db, actor, round_id)
    refusal = rules.round_refusal(view.state, view.closes_at, now)
    if refusal is not None:
        raise ScoringOver(refusal)
    rows = db.scalars(
        select(Assignment)
        .where(
            Assignment.round_id == round_id,
            Assignment.juror_id == actor.user_id,
            Assignment.state == AssignmentState.OPEN.value,
        )
        .order_by(Assignment.label)
        .with_for_update()
    ).all()
    ready = _sealable(db, rows, view)
    complete = [row for row in rows if row.id in ready]
    if not complete:
        raise Refused(_("没有可以提交的评分表：每一项都打分、需要的意见都写好后才能提交。"))
    for row in complete:
        seal(db, actor, now, row, view)
    return len(complete), len(rows) - len(complete)


def _sealable(db: Session, rows: Sequence[Assignment], view: RoundView) -> set[str]:
    """The scorecards that can be handed in: every mark given, every extreme one explained."""
    given = marks.current(db, Assignment.id.in_([row.id for row in rows]))
    to_jury = marks.comments(db, [row.id for row in rows], CommentKind.JURY)
    call_rules = view.call.rules
    found = set()
    for row in rows:
        mine = marks.as_marks(given.get(row.id, {}))
        explained = rules.unexplained(call_rules, mine, to_jury.get(row.id, ""), row.label) is None
        if explained and not rules.missing(call_rules.criteria, mine):
            found.add(row.id)
    return found


def reopen_scorecard(db: Session, *, actor: Actor, now: datetime, assignment_id: str, reason: str) -> None:
    """Take a handed-in scorecard back to change it: the juror his own, with a reason on record.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
        Refused: it is not handed in, or the jurors are discussing or have discussed: marks are then changed
            in the discussion.
    """
    row, _view = own_read(db, actor, now, assignment_id)
    if discussion(db, row.round_id) is not None:
        raise Refused(_("评议开始后，评分表不能再撤回；评议期间可以在评议页修改自己的分数。"))
    _reopen(db, actor, now, row, reason)


def return_scorecard(
    db: Session, *, actor: Actor, now: datetime, round_id: str, assignment_id: str, reason: str
) -> None:
    """The organiser gives a handed-in scorecard back to its juror, with a reason on record.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
        Refused: it is not handed in.
    """
    open_round(db, actor, round_id)
    require(policy.may_organise(actor, on_panel=sits_on_panel(db, round_id, actor)))
    _reopen(db, actor, now, assignment_of_round(db, round_id, assignment_id), reason)


def _reopen(db: Session, actor: Actor, now: datetime, row: Assignment, reason: str) -> None:
    if row.state != AssignmentState.HANDED_IN.value:
        raise Refused(_("这份评分表还没有提交，不需要撤回。"))
    reason = checked_reason(reason, _("请写明撤回修改的原因。"))
    last = db.scalar(
        select(HandIn).where(HandIn.assignment_id == row.id).order_by(HandIn.ordinal.desc()).limit(1)
    )
    if last is not None:
        last.reopened_at = now
        last.reopened_by = actor.user_id
        last.reopen_reason = reason
    row.state = AssignmentState.OPEN.value
    event = ScorecardReopened(assignment_id=row.id, round_id=row.round_id, case_id=row.case_id, reason=reason)
    record(db, actor=actor, now=now, event=event)
