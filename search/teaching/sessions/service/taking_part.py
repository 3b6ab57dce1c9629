"""What participants do: check in, say something, answer; afterwards make up for what they missed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.errors import FieldError, Invalid, NotFound, Refused, TooMany
from foundation.ids import new_id
from foundation.text import _
from foundation.visibility import as_system
from search.teaching.sessions.models import (
    StudyAnswer,
    StudyAttendance,
    StudyContribution,
    StudyParticipant,
    StudySession,
)
from search.teaching.sessions.queries import live, series
from search.teaching.sessions.rules import marking
from search.teaching.sessions.service.loading import changed
from search.teaching.sessions.values import Answer, ParticipantView, SessionView, StepView

LONGEST = 500
PAUSE = timedelta(seconds=5)
"""Between two contributions of one participant."""
MOST_OF_ONE = 30
MOST_A_MINUTE = 240


def check_in(db: Session, *, now: datetime, session_id: str, who: ParticipantView) -> None:
    """Somebody is there. A second time changes nothing.

    Raises:
        NotFound
        Refused: the lobby is not open.
    """
    with as_system(db):
        session = _session(db, session_id, who)
        if not session.live:
            raise Refused(_("现在不能签到：学习还没有开放，或者已经结束。"))
        _attend(db, session_id, who.id, now, makeup=False)
        changed(db, session_id)


def say(db: Session, *, now: datetime, session_id: str, who: ParticipantView, words: str) -> None:
    """A contribution to the discussion (接龙).

    Raises:
        NotFound
        Refused: the session is not on.
        Invalid: empty or too long.
        TooMany: again too soon, or too much.
    """
    with as_system(db):
        session = _session(db, session_id, who)
        if not session.live:
            raise Refused(_("讨论在学习进行时开放。"))
        words = words.strip()
        if not words:
            raise Invalid([FieldError("words", _("请写下您的发言。"))])
        if len(words) > LONGEST:
            raise Invalid([FieldError("words", _("不能超过 %(limit)s 个字", limit=LONGEST))])
        _refuse_flood(db, session_id, who.id, now)
        db.add(
            StudyContribution(id=new_id(), session_id=session_id, participant_id=who.id, words=words, at=now)
        )
        _attend(db, session_id, who.id, now, makeup=False)
        changed(db, session_id)


def _refuse_flood(db: Session, session_id: str, participant_id: str, now: datetime) -> None:
    own = StudyContribution.session_id == session_id
    count, last = db.execute(
        select(func.count(StudyContribution.id), func.max(StudyContribution.at)).where(
            own, StudyContribution.participant_id == participant_id
        )
    ).one()
    if count >= MOST_OF_ONE:
        raise TooMany(_("您的发言已经很多，请把机会留给其他同志。"), 3600)
    if count and now - last < PAUSE:
        raise TooMany(_("请过几秒再发下一条。"), int(PAUSE.total_seconds()))
    recent = select(func.count(StudyContribution.id)).where(
        own, StudyContribution.at > now - timedelta(minutes=1)
    )
    if (db.scalar(recent) or 0) >= MOST_A_MINUTE:
        raise TooMany(_("现在发言的人很多，请稍后再试。"), 15)


def answer(
    db: Session,
    *,
    now: datetime,
    session_id: str,
    who: ParticipantView,
    given: Mapping[str, tuple[str, ...]],
) -> int:
    """Answers to questions that were asked; returns how many were taken. While the session is on they may be
    changed; after it has closed they count as late, once, for who has not answered in time.

    Args:
        given: question's step -> what was chosen or written; a question without an answer is left out.

    Raises:
        NotFound
        Refused: no question is open, or the time for making up is over.
        Invalid: nothing answered, or no answer to the question.
    """
    with as_system(db):
        session = _session(db, session_id, who)
        late = session.closed_at is not None
        _refuse_when_over(session, now)
        asked = {step.id: step for step in live.asked(session, series.steps(db, session_id))}
        answers = _read(asked, given)
        standing = _standing(db, session_id, who.id)
        if late and standing:  # he has seen the right answers to all of them
            raise Refused(_("补学答题只能提交一次，您已经交过了。"))
        for step_id, value in answers.items():
            _write(db, standing.get(step_id), session_id, asked[step_id], who.id, value, now, late=late)
        _attend(db, session_id, who.id, now, makeup=late)
        changed(db, session_id)
    return len(answers)


def _refuse_when_over(session: SessionView, now: datetime) -> None:
    if session.closed_at is None and not session.live:
        raise Refused(_("学习还没有开始，现在没有题目。"))
    if session.closed_at is not None and not session.makes_up(now):
        raise Refused(_("补学的时间已过，不能再提交答案。"))


def _read(asked: Mapping[str, StepView], given: Mapping[str, tuple[str, ...]]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for step_id, values in given.items():
        step = asked.get(step_id)
        if step is None or step.question is None:
            raise Refused(_("这道题还没有出示，请等主讲人讲到。"))
        if not any(each.strip() for each in values):
            continue
        read = marking.read(step.question, values)
        if read is None:
            raise Invalid([FieldError(f"q-{step_id}", _("这道题的答案无法识别，请重新选择或写得短一些。"))])
        answers[step_id] = read
    if not answers:
        raise Invalid([FieldError("answers", _("还没有作答，请先选择或填写答案。"))])
    return answers


def _standing(db: Session, session_id: str, participant_id: str) -> dict[str, StudyAnswer]:
    rows = db.scalars(
        select(StudyAnswer).where(
            StudyAnswer.session_id == session_id, StudyAnswer.participant_id == participant_id
        )
    )
    return {row.step_id: row for row in rows}


def _write(
    db: Session,
    row: StudyAnswer | None,
    session_id: str,
    step: StepView,
    participant_id: str,
    value: Answer,
    now: datetime,
    *,
    late: bool,
) -> None:
    if step.question is None:
        return
    if row is None:
        row = StudyAnswer(id=new_id(), session_id=session_id, step_id=step.id, participant_id=participant_id)
        db.add(row)
    row.answer, row.mark = list(value), marking.mark(step.question, value).value
    row.late, row.at = late, now
    db.flush()


def _attend(db: Session, session_id: str, participant_id: str, now: datetime, *, makeup: bool) -> None:
    there = select(StudyAttendance.id).where(
        StudyAttendance.session_id == session_id, StudyAttendance.participant_id == participant_id
    )
    if db.scalar(there) is None:
        db.add(
            StudyAttendance(
                id=new_id(), session_id=session_id, participant_id=participant_id, at=now, makeup=makeup
            )
        )
        db.flush()


def _session(db: Session, session_id: str, who: ParticipantView) -> SessionView:
    """The session, held alone: each deed here counts its version up, and two that only shared it would wait
    for one another."""
    row = db.scalar(
        select(StudySession)
        .where(StudySession.id == session_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    if db.get_one(StudyParticipant, who.id).series_id != row.series_id:
        raise NotFound
    return series.session(db, session_id)
