"""The jury's meeting: its record, notes of cases, motions and the votes on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import Text, _
from foundation.visibility import as_system
from judging import policy
from judging.events import MeetingHeld, MeetingNoted, MotionClosed, MotionPut, MotionVoted
from judging.models import Meeting, MeetingNote, MeetingVote, Motion, Round
from judging.queries.jurors import invitation_state
from judging.queries.keeping_out import shut_out_ids
from judging.queries.meeting import barred_cases, counted, votes_cast
from judging.queries.organisers import cases
from judging.queries.rounds import panel, round_view, sits_on_panel
from judging.queries.standings import material
from judging.service.loading import lock_round, organised_round, share_round
from judging.values import Choice, InvitationState, RoundState
from judging.views import RoundView
from submissions import queries as submissions

LONGEST_NOTE = 2000
LONGEST_MOTION = 1000
LONGEST_NAME = 100


def hold_meeting(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    held_at: datetime | None,
    place: str,
    chair: str,
    recorder: str,
    attending: Sequence[str],
    named_votes: bool,
) -> None:
    """Open the meeting or set its record right: when, where, who led and recorded it, who attended.

    Raises:
        NotFound, Forbidden
        Refused: scoring goes on, or the prizes are decided.
        Invalid: somebody attending is not on the panel, or a name is too long.
    """
    row, view = organised_round(db, actor, round_id)
    _refuse_unless_meeting(view)
    on_panel = {seat.user_id for seat in panel(db, view.id, states=[InvitationState.ACCEPTED])}
    if not set(attending) <= on_panel:
        raise Invalid([FieldError("attending", _("请从列出的选项中选择"))])
    for field, value in (("place", place), ("chair", chair), ("recorder", recorder)):
        _checked(field, value, LONGEST_NAME)
    held = db.scalar(select(Meeting).where(Meeting.round_id == row.id))
    if held is None:
        held = Meeting(id=new_id(), round_id=row.id, opened_at=now, opened_by=actor.user_id)
        db.add(held)
    held.held_at = held_at
    held.place, held.chair, held.recorder = place, chair, recorder
    held.attending = sorted(set(attending))
    held.named_votes = named_votes
    db.flush()
    record(db, actor=actor, now=now, event=MeetingHeld(meeting_id=held.id, round_id=row.id))


def add_note(db: Session, *, actor: Actor, now: datetime, round_id: str, case_id: str, words: str) -> None:
    """Note something of a case: an organiser who is not shut out of it, or a juror on the panel without a
    conflict.

    Raises:
        NotFound, Forbidden, Refused, Invalid
    """
    _row, view = _at_meeting(db, actor, round_id)
    if case_id not in _open_to(db, actor, view):
        raise NotFound
    note = MeetingNote(
        id=new_id(),
        round_id=view.id,
        case_id=case_id,
        words=_checked("words", words, LONGEST_NOTE, _("请写下记录。")),
        written_at=now,
        written_by=actor.user_id,
        written_by_name=actor.name,
    )
    db.add(note)
    db.flush()
    record(db, actor=actor, now=now, event=MeetingNoted(note_id=note.id, round_id=view.id, case_id=case_id))


def put_motion(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    case_ids: Sequence[str],
    prize_key: str,
    words: str,
) -> str:
    """Put a prize (or none, "") for one or several cases to the vote. Returns the motion's id.

    Raises:
        NotFound, Forbidden
        Refused: there is no meeting.
        Invalid: unknown cases or prize, or no words.
    """
    row, view = organised_round(db, actor, round_id)
    held = _meeting(db, view)
    errors = []
    if not case_ids or not set(case_ids) <= _open_to(db, actor, view):
        errors.append(FieldError("case_ids", _("请选择要表决的案例。")))
    if prize_key and prize_key not in {prize.key for prize in view.call.rules.prizes}:
        errors.append(FieldError("prize_key", _("请从列出的选项中选择")))
    if errors:
        raise Invalid(errors)
    last = db.scalar(select(func.max(Motion.ordinal)).where(Motion.round_id == row.id)) or 0
    motion = Motion(
        id=new_id(),
        round_id=row.id,
        ordinal=last + 1,
        case_ids=list(dict.fromkeys(case_ids)),
        prize_key=prize_key,
        words=_checked("motion", words, LONGEST_MOTION, _("请写明要表决什么。")),
        named=held.named_votes,
        put_at=now,
        put_by=actor.user_id,
        put_by_name=actor.name,
    )
    db.add(motion)
    db.flush()
    record(db, actor=actor, now=now, event=MotionPut(motion_id=motion.id, round_id=row.id))
    return motion.id


def vote(db: Session, *, actor: Actor, now: datetime, motion_id: str, choice: Choice) -> None:
    """Vote on a motion, or vote anew while it is open; every vote is kept, the last one counts.

    Raises:
        NotFound, Forbidden
        Refused: the motion is closed, or about a case that is no business of this juror.
    """
    round_id = db.scalar(select(Motion.round_id).where(Motion.id == motion_id))
    if round_id is None:
        raise NotFound
    row = share_round(db, round_id)  # before the motion: the order in which organisers lock
    view = round_view(row, submissions.call(db, row.call_id))
    require(policy.may_judge(actor, invitation=invitation_state(db, view.id, actor)))
    _refuse_unless_meeting(view)
    motion = _locked(db, motion_id)
    if motion.closed_at is not None:
        raise Refused(_("这项表决已经结束。"))
    if barred_cases(db, actor, view) & set(motion.case_ids):
        raise Refused(_("这项表决涉及您须回避的案例，您不能参加表决。"))
    mine = (MeetingVote.motion_id == motion.id) & (MeetingVote.juror_id == actor.user_id)
    last = db.scalar(select(func.max(MeetingVote.ordinal)).where(mine)) or 0
    db.add(
        MeetingVote(
            id=new_id(),
            motion_id=motion.id,
            round_id=view.id,
            juror_id=actor.user_id,
            ordinal=last + 1,
            choice=choice.value,
            cast_at=now,
        )
    )
    db.flush()
    record(db, actor=actor, now=now, event=MotionVoted(motion_id=motion.id, round_id=view.id))


def close_motion(db: Session, *, actor: Actor, now: datetime, motion_id: str) -> None:
    """End a vote; from then on its count is shown.

    Raises:
        NotFound, Forbidden
        Refused: it is closed already, or on a case from which the actor is shut out.
    """
    round_id = db.scalar(select(Motion.round_id).where(Motion.id == motion_id))
    if round_id is None:
        raise NotFound
    _row, view = organised_round(db, actor, round_id)
    _refuse_unless_meeting(view)
    motion = _locked(db, motion_id)
    if motion.closed_at is not None:
        raise Refused(_("这项表决已经结束。"))
    if shut_out_ids(db, actor, view.id) & set(motion.case_ids):
        raise Refused(_("这项表决涉及您须回避的案例，请由其他工作人员结束表决。"))
    motion.closed_at, motion.closed_by = now, actor.user_id
    with as_system(db):  # secret votes are counted, not read
        count = counted(votes_cast(db, [motion.id]).get(motion.id, {}))
    event = MotionClosed(
        motion_id=motion.id,
        round_id=view.id,
        in_favour=count.in_favour,
        against=count.against,
        abstained=count.abstained,
    )
    record(db, actor=actor, now=now, event=event)


def _locked(db: Session, motion_id: str) -> Motion:
    row = db.scalar(
        select(Motion)
        .where(Motion.id == motion_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row


def _at_meeting(db: Session, actor: Actor, round_id: str) -> tuple[Round, RoundView]:
    """The round for somebody who takes part in its meeting.

    Raises:
        NotFound, Forbidden, Refused
    """
    row = lock_round(db, round_id)
    view = round_view(row, submissions.call(db, row.call_id))
    on_panel = sits_on_panel(db, row.id, actor)
    if on_panel:
        require(policy.may_judge(actor, invitation=invitation_state(db, row.id, actor)))
    else:
        require(policy.may_organise(actor, on_panel=False))
    _meeting(db, view)
    return row, view


def _meeting(db: Session, view: RoundView) -> Meeting:
    _refuse_unless_meeting(view)
    held = db.scalar(select(Meeting).where(Meeting.round_id == view.id))
    if held is None:
        raise Refused(_("还没有召开评审会议；请先填写会议的时间和到会评委。"))
    return held


def _refuse_unless_meeting(view: RoundView) -> None:
    if view.state is RoundState.OPEN:
        raise Refused(_("评审还在进行，请先结束评审，再召开评审会议。"))
    if view.state is RoundState.DECIDED:
        raise Refused(_("奖项已经评定，会议记录不能再更改。"))


def _open_to(db: Session, actor: Actor, view: RoundView) -> frozenset[str]:
    """Cases of the round of which the actor may speak."""
    if sits_on_panel(db, view.id, actor):
        with as_system(db):
            found = frozenset(line.case_id for line in cases(db, view.id))
        return found - barred_cases(db, actor, view)
    known = material(db, actor, view)
    return frozenset(known.lines.keys() - known.hidden)


def _checked(field: str, typed: str, longest: int, missing: Text | None = None) -> str:
    words = typed.strip()
    if not words and missing is not None:
        raise Invalid([FieldError(field, missing)])
    if len(words) > longest:
        raise Invalid([FieldError(field, _("不能超过 %(limit)s 个字", limit=longest))])
    return words
