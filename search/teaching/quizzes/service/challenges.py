"""Challenges: published from the bank, taken by participants, in a window of time."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from foundation.visibility import as_system
from search.teaching.quizzes import rules
from search.teaching.quizzes.events import ChallengePublished, ChallengeWithdrawn
from search.teaching.quizzes.models import QuizAttempt, QuizChallenge, QuizQuestion
from search.teaching.quizzes.queries import bank
from search.teaching.quizzes.queries import challenges as queries
from search.teaching.quizzes.values import ChallengeProposal, ChallengeView
from search.teaching.sessions.queries import series
from search.teaching.sessions.queries.codec import question_json
from search.teaching.sessions.rules import marking
from search.teaching.sessions.values import Mark, ParticipantView, Question, QuestionKind


def publish_challenge(
    db: Session, *, actor: Actor, now: datetime, series_id: str, proposal: ChallengeProposal
) -> str:
    """Put a challenge up; its questions are taken from the bank now. Returns its id.

    Raises:
        NotFound, Forbidden
        Invalid: a window that is none, or too few questions that can be marked.
    """
    series.led(db, actor, series_id)
    lines = [each for each in bank.bank(db, topic=proposal.topic) if _can_be_marked(each.entry.question)]
    _check(proposal, now, len(lines))
    row = QuizChallenge(
        id=new_id(),
        series_id=series_id,
        title=proposal.title,
        opens_at=proposal.opens_at,
        closes_at=proposal.closes_at,
        count=proposal.count,
        counting=proposal.counting.value,
        attempts=proposal.attempts,
        smallest=proposal.smallest,
        topic=proposal.topic,
        pool={each.id: question_json(each.entry.question) for each in lines},
        seed=secrets.token_hex(16),
        created_at=now,
    )
    db.add(row)
    for question in db.scalars(select(QuizQuestion).where(QuizQuestion.id.in_([each.id for each in lines]))):
        question.used += 1
    db.flush()
    event = ChallengePublished(challenge_id=row.id, series_id=series_id)
    record(db, actor=actor, now=now, event=event)
    return row.id


def _can_be_marked(question: Question) -> bool:
    return question.kind is not QuestionKind.SHORT or bool(question.right)


def _check(proposal: ChallengeProposal, now: datetime, there: int) -> None:
    errors = []
    if not proposal.title:
        errors.append(FieldError("title", _("请填写挑战的名称，例如“十一月答题挑战”。")))
    if proposal.closes_at <= max(proposal.opens_at, now):
        errors.append(FieldError("closes_at", _("结束时间要晚于开始时间，也要晚于现在。")))
    if there < proposal.count:
        errors.append(
            FieldError(
                "count",
                _("题库里可以自动评分的题只有 %(there)s 道，请先补充题目，或减少每人的题数。", there=there),
            )
        )
    if errors:
        raise Invalid(errors)


def withdraw_challenge(db: Session, *, actor: Actor, now: datetime, challenge_id: str) -> None:
    """Take a challenge back that nobody has begun.

    Raises:
        NotFound, Forbidden
        Refused: somebody has.
    """
    view = queries.challenge(db, challenge_id)
    series.led(db, actor, view.series_id)
    if queries.attempts(db, challenge_id):
        raise Refused(_("已有人作答，不能撤回；到时间会自动结束。"))
    db.execute(delete(QuizChallenge).where(QuizChallenge.id == challenge_id))
    event = ChallengeWithdrawn(challenge_id=challenge_id, series_id=view.series_id)
    record(db, actor=actor, now=now, event=event)


def start_attempt(db: Session, *, now: datetime, challenge_id: str, who: ParticipantView) -> str:
    """A participant's next attempt, or the one he has begun; returns its id. Its questions are drawn by the
    challenge's seed, the participant and the number of the attempt.

    Raises:
        NotFound
        Refused: not open, or no attempt left.
    """
    with as_system(db):
        row, view = _held(db, challenge_id, who)
        if not view.open(now):
            raise Refused(_("现在不在挑战的时间内。"))
        before = queries.attempts(db, challenge_id, who.id)
        begun = next((each for each in before if each.handed_in_at is None), None)
        if begun is not None:
            return begun.id
        if len(before) >= view.proposal.attempts:
            raise Refused(_("您的作答次数已用完。"))
        number = len(before) + 1
        attempt = QuizAttempt(
            id=new_id(),
            challenge_id=challenge_id,
            participant_id=who.id,
            number=number,
            drawn=list(rules.draw(view.pool, view.proposal.count, f"{row.seed}:{who.id}:{number}")),
            answers={},
            started_at=now,
        )
        db.add(attempt)
        db.flush()
        return attempt.id


def hand_in(
    db: Session,
    *,
    now: datetime,
    challenge_id: str,
    who: ParticipantView,
    given: Mapping[str, tuple[str, ...]],
    shows_name: bool,
) -> None:
    """Hand the begun attempt in; a question without an answer counts as wrong.

    Raises:
        NotFound
        Refused: not open any more, or none begun.
        Invalid: nothing answered.
    """
    with as_system(db):
        _row, view = _held(db, challenge_id, who)
        if not view.open(now):
            raise Refused(_("挑战已结束，不能再提交。"))
        attempt = db.scalar(
            select(QuizAttempt).where(
                QuizAttempt.challenge_id == challenge_id,
                QuizAttempt.participant_id == who.id,
                QuizAttempt.handed_in_at.is_(None),
            )
        )
        if attempt is None:
            raise Refused(_("没有正在作答的题目，请重新开始。"))
        pool = queries.pool(db, challenge_id)
        answers = {
            key: answer
            for key in attempt.drawn
            if (answer := marking.read(pool[key], given.get(key, ()))) is not None
        }
        if not answers:
            raise Invalid([FieldError("answers", _("还没有作答，请先选择或填写答案。"))])
        attempt.answers = {key: list(answer) for key, answer in answers.items()}
        attempt.right = sum(
            1 for key, answer in answers.items() if marking.mark(pool[key], answer) is Mark.RIGHT
        )
        attempt.handed_in_at, attempt.shows_name = now, shows_name
        db.flush()


def _held(db: Session, challenge_id: str, who: ParticipantView) -> tuple[QuizChallenge, ChallengeView]:
    """The challenge, held alone: a button that was pressed twice finds what the first press began."""
    row = db.scalar(select(QuizChallenge).where(QuizChallenge.id == challenge_id).with_for_update())
    if row is None or row.series_id != who.series_id:
        raise NotFound
    return row, queries.challenge(db, challenge_id)
