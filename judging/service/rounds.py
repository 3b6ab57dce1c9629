"""Opening, changing, closing and reopening the judging of a call."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.display import moment_in_zone
from foundation.errors import FieldError, Invalid, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from foundation.visibility import as_system
from judging import policy, rules
from judging.errors import AlreadyDecided
from judging.events import CasesTaken, JudgingChanged, JudgingClosed, JudgingOpened, JudgingReopened
from judging.models import Assignment, Round, RoundCase
from judging.queries.organisers import progress
from judging.queries.rounds import has_begun, round_view
from judging.service.discussing import end_if_open
from judging.service.loading import checked_reason, open_round, organised_round
from judging.values import AssignmentState, RoundState
from judging.views import RoundView
from submissions import queries as submissions
from submissions.values import CallView, VersionView


def open_judging(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    call_id: str,
    closes_at: datetime | None = None,
    with_files: bool = False,
) -> RoundView:
    """Take up what was handed in to a call and give each case its anonymous number.

    Args:
        closes_at: until when jurors may score; None: until the organiser closes the judging.
        with_files: whether jurors may download evidence files; their content cannot be masked.

    Raises:
        NotFound, Forbidden
        Refused: the collection still runs, nothing was handed in, or the judging is open already.
        Invalid: the deadline is not in the future.
    """
    call = submissions.call(db, call_id)
    require(policy.may_organise(actor, on_panel=False))
    _check_can_open(db, call, now)
    check_deadline(closes_at, now)
    if not submissions.entries(db, call_id):
        raise Refused(_("还没有可以评审的案例：案例需要已提交，并按规则完成推荐或形式审查。"))
    row = Round(
        id=new_id(),
        call_id=call_id,
        ordinal=1,
        state=RoundState.OPEN.value,
        seed=secrets.token_hex(16),
        reads_required=call.rules.reads_per_case,
        reads_per_case=call.rules.reads_per_case,
        with_files=with_files,
        closes_at=closes_at,
        opened_at=now,
        opened_by=actor.user_id,
    )
    db.add(row)
    db.flush()
    event = JudgingOpened(round_id=row.id, call_id=call_id)
    record(db, actor=actor, now=now, event=event)
    take(db, actor, now, row, call)
    return round_view(row, call)


def _check_can_open(db: Session, call: CallView, now: datetime) -> None:
    if has_begun(db, call.id):
        raise Refused(_("这次征集活动的评审已经开始。"))
    latest = submissions.last_deadline(db, call)
    if call.published_at is None or now < latest:
        raise Refused(
            _("征集要到 %(until)s 才截止，截止后才能开始评审。", until=moment_in_zone(latest, call.timezone))
        )


def check_deadline(closes_at: datetime | None, now: datetime) -> None:
    """Raises Invalid for a scoring deadline that has passed."""
    if closes_at is not None and closes_at <= now:
        raise Invalid([FieldError("closes_at", _("评分截止时间应晚于现在。"))])


def take_cases(db: Session, *, actor: Actor, now: datetime, round_id: str) -> tuple[int, int]:
    """Bring the round up to date: newcomers get numbers (in the first round only), cases that no longer stand
    drop out, and one that dropped out and stands again comes back under its number, with the version that
    counts now.

    Returns how many came and how many went. Assignments of those that went are ended; their marks stay.

    Raises:
        NotFound, Forbidden, ScoringOver
    """
    row, view = open_round(db, actor, round_id)
    return take(db, actor, now, row, view.call, newcomers=None if row.ordinal == 1 else ())


def drop_cases(db: Session, *, actor: Actor, now: datetime, round_id: str) -> int:
    """Only the second half of `take_cases`: what no longer stands drops out. Returns how many.

    Raises:
        NotFound, Forbidden, ScoringOver
    """
    row, view = open_round(db, actor, round_id)
    _came, went = take(db, actor, now, row, view.call, newcomers=(), back=False)
    return went


def take(
    db: Session,
    actor: Actor,
    now: datetime,
    row: Round,
    call: CallView,
    *,
    newcomers: Collection[str] | None = None,
    back: bool = True,
) -> tuple[int, int]:
    """Take up `newcomers` (None: all that stand), drop what stands no more, and let come `back` what stands
    again. The caller permitted."""
    entries = {version.case_id: version for version in submissions.entries(db, call.id)}
    with as_system(db):  # an organiser may be shut out of some
        known = {
            each.case_id: each for each in db.scalars(select(RoundCase).where(RoundCase.round_id == row.id))
        }
    fresh = {
        case_id: version.category_key
        for case_id, version in entries.items()
        if case_id not in known and (newcomers is None or case_id in newcomers)
    }
    gone = [
        each
        for each in known.values()
        if each.withdrawn_at is None
        and (each.case_id not in entries or entries[each.case_id].id != each.version_id)
    ]
    for each in gone:
        _drop(db, now, each)
    returned = _bring_back(known.values(), entries) if back else []
    numbers = rules.anonymous_numbers(
        call.rules.categories, fresh, [each.label for each in known.values()], row.seed
    )
    for case_id, label in sorted(numbers.items()):
        version = entries[case_id]
        db.add(
            RoundCase(
                id=new_id(),
                round_id=row.id,
                case_id=case_id,
                version_id=version.id,
                category_key=version.category_key,
                label=label,
                added_at=now,
            )
        )
    came = (*sorted(numbers), *(each.case_id for each in returned))
    if came or gone:
        event = CasesTaken(round_id=row.id, added=came, withdrawn=tuple(each.case_id for each in gone))
        record(db, actor=actor, now=now, event=event)
    db.flush()
    return len(came), len(gone)


def _bring_back(known: Iterable[RoundCase], entries: Mapping[str, VersionView]) -> list[RoundCase]:
    """Cases that had dropped out and stand again: returned and handed in anew, or checked once more."""
    back = [each for each in known if each.withdrawn_at is not None and each.case_id in entries]
    for each in back:
        version = entries[each.case_id]
        each.version_id, each.category_key = version.id, version.category_key
        each.withdrawn_at = None
    return back


def _drop(db: Session, now: datetime, case: RoundCase) -> None:
    case.withdrawn_at = now
    of_case = (Assignment.round_id == case.round_id) & (Assignment.case_id == case.case_id)
    with as_system(db):
        reads = db.scalars(select(Assignment).where(of_case)).all()
    for read in reads:
        if read.state in (AssignmentState.OPEN.value, AssignmentState.HANDED_IN.value):
            read.state = AssignmentState.REMOVED.value
            read.ended_at = now


def change_round(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    closes_at: datetime | None,
    with_files: bool,
) -> None:
    """Move the scoring deadline; show or hide evidence files.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
    """
    row, _view = open_round(db, actor, round_id)
    if closes_at != row.closes_at:
        check_deadline(closes_at, now)
    row.closes_at = closes_at
    row.with_files = with_files
    event = JudgingChanged(
        round_id=row.id, closes_at=closes_at.isoformat() if closes_at else None, with_files=with_files
    )
    record(db, actor=actor, now=now, event=event)


def close_round(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    reason: str = "",
    reads_required: int | None = None,
) -> None:
    """End the scoring. Unfinished scorecards or cases with too few reads need a reason: a ruling on record.

    Args:
        reads_required: reads a prize needs from now on; fewer than the call lays down only with a reason.

    Raises:
        NotFound, Forbidden, ScoringOver
        Invalid: a reason is needed, or `reads_required` is out of range.
    """
    row, view = open_round(db, actor, round_id)
    required = view.reads_required if reads_required is None else reads_required
    if not 1 <= required <= view.call.rules.reads_per_case:
        raise Invalid(
            [
                FieldError(
                    "reads_required",
                    _("应在 1 到 %(most)s 之间（征集规则的要求）。", most=view.call.rules.reads_per_case),
                )
            ]
        )
    with as_system(db):  # also reads of cases that the actor keeps out of
        how_far = progress(db, actor, view)
    if how_far.whole.unfinished or how_far.short or required < view.call.rules.reads_per_case:
        reason = checked_reason(
            reason,
            _(
                "还有 %(reads)s 份评分表没有提交，%(cases)s 个案例评审次数不足；提前结束请写明理由。",
                reads=how_far.whole.unfinished,
                cases=len(how_far.short),
            ),
        )
    end_if_open(db, actor, now, row.id)
    row.state = RoundState.CLOSED.value
    row.closed_at = now
    row.close_reason = reason.strip()
    row.reads_required = required
    event = JudgingClosed(
        round_id=row.id, call_id=row.call_id, reads_required=required, reason=row.close_reason
    )
    record(db, actor=actor, now=now, event=event)


def reopen_round(db: Session, *, actor: Actor, now: datetime, round_id: str, reason: str) -> None:
    """Let the jurors go on after the judging was closed.

    Raises:
        NotFound, Forbidden, Invalid
        AlreadyDecided: the prizes are decided.
        Refused: it is open.
    """
    row, view = organised_round(db, actor, round_id)
    if view.state is RoundState.DECIDED:
        raise AlreadyDecided(_("奖项已经评定，评审不能重新开始。"))
    if view.state is RoundState.OPEN:
        raise Refused(_("评审正在进行，不需要重新开始。"))
    reason = checked_reason(reason, _("请写明重新开始评审的理由。"))
    row.state = RoundState.OPEN.value
    row.closed_at = None
    row.closes_at = None
    row.reads_required = view.call.rules.reads_per_case
    event = JudgingReopened(round_id=row.id, call_id=row.call_id, reason=reason)
    record(db, actor=actor, now=now, event=event)
