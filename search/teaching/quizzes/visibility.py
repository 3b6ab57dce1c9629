"""Who sees rows of the quizzes: trainers the trainers' bank, a unit's leaders its own; who leads a challenge
all of it, who acts for a unit its own people's attempts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select

from foundation.actor import Actor, Role
from foundation.visibility import Grant
from search.teaching.quizzes.models import QuizAttempt, QuizChallenge, QuizQuestion
from search.teaching.sessions.visibility import led_series, own_people, shared_series

_challenges = QuizChallenge.__table__


def _bank(actor: Actor) -> ColumnElement[bool]:
    clauses: list[ColumnElement[bool]] = []
    if actor.has(Role.TRAINER):
        clauses.append(QuizQuestion.unit_id.is_(None))
    if actor.has(Role.SUBMITTER) and actor.unit_id:
        clauses.append(QuizQuestion.unit_id == actor.unit_id)
    return or_(*clauses) if clauses else false()


def _challenge(actor: Actor) -> ColumnElement[bool]:
    if not actor.signed_in:
        return false()
    key = QuizChallenge.series_id
    return or_(key.in_(led_series(actor)), key.in_(shared_series(actor)))


def _led(actor: Actor) -> Select[Any]:
    return select(_challenges.c.id).where(_challenges.c.series_id.in_(led_series(actor)))


def _attempts(actor: Actor) -> ColumnElement[bool]:
    if not actor.signed_in:
        return false()
    return QuizAttempt.challenge_id.in_(_led(actor))


def _own_attempts(actor: Actor) -> ColumnElement[bool] | bool:
    people = own_people(actor)
    return False if people is None else QuizAttempt.participant_id.in_(people)


GRANTS: tuple[Grant, ...] = (
    Grant(QuizQuestion, _bank),
    Grant(QuizChallenge, _challenge),
    Grant(QuizAttempt, _attempts),
    Grant(QuizAttempt, _own_attempts),
)
