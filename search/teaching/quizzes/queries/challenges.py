"""Challenges, attempts and standings."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from foundation.visibility import as_system
from search.teaching.quizzes import rules
from search.teaching.quizzes.models import QuizAttempt, QuizChallenge
from search.teaching.quizzes.values import (
    Attempt,
    ChallengeProposal,
    ChallengeView,
    Counting,
    PersonStanding,
    UnitStanding,
)
from search.teaching.sessions.queries import people, series
from search.teaching.sessions.queries.codec import question_of
from search.teaching.sessions.values import Question


@dataclass(frozen=True, slots=True)
class Standings:
    """What is published after a challenge: units, and those who agreed to be named."""

    units: tuple[UnitStanding, ...]
    people: tuple[PersonStanding, ...]


def challenges(db: Session, series_id: str) -> list[ChallengeView]:
    """The challenges of a series, the latest first."""
    rows = db.scalars(
        select(QuizChallenge)
        .where(QuizChallenge.series_id == series_id)
        .order_by(QuizChallenge.opens_at.desc(), QuizChallenge.id.desc())
    )
    return [_view(row) for row in rows]


def challenge(db: Session, challenge_id: str) -> ChallengeView:
    """One challenge.

    Raises:
        NotFound
    """
    row = db.scalar(select(QuizChallenge).where(QuizChallenge.id == challenge_id))
    if row is None:
        raise NotFound
    return _view(row)


def _view(row: QuizChallenge) -> ChallengeView:
    proposal = ChallengeProposal(
        title=row.title,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        count=row.count,
        counting=Counting(row.counting),
        attempts=row.attempts,
        smallest=row.smallest,
        topic=row.topic,
    )
    return ChallengeView(row.id, row.series_id, proposal, tuple(row.pool), row.created_at)


def pool(db: Session, challenge_id: str) -> dict[str, Question]:
    """The questions of a challenge as they were when it was published."""
    with as_system(db):
        row = db.scalar(select(QuizChallenge).where(QuizChallenge.id == challenge_id))
        if row is None:
            raise NotFound
        return {key: question_of(each) for key, each in row.pool.items()}


def attempts(db: Session, challenge_id: str, participant_id: str = "") -> list[Attempt]:
    """The attempts that the session's actor may see, or one participant's, in their order."""
    query = select(QuizAttempt).where(QuizAttempt.challenge_id == challenge_id)
    if participant_id:
        query = query.where(QuizAttempt.participant_id == participant_id)
    return [_attempt(row) for row in db.scalars(query.order_by(QuizAttempt.number, QuizAttempt.id))]


def _attempt(row: QuizAttempt) -> Attempt:
    return Attempt(
        row.id, row.participant_id, row.number, tuple(row.drawn), row.right, row.handed_in_at, row.shows_name
    )


def answers(db: Session, attempt_id: str) -> dict[str, tuple[str, ...]]:
    """What was answered in an attempt."""
    row = db.get_one(QuizAttempt, attempt_id)
    return {key: tuple(value) for key, value in row.answers.items()}


def standings(db: Session, challenge_id: str) -> Standings:
    """What all of the series may see once the challenge is over: sums, and names that were agreed to."""
    with as_system(db):
        view = challenge(db, challenge_id)
        units = {each.unit_id: each.name for each in series.units(db, view.series_id)}
        joined = people.participants(db, view.series_id)
        best = rules.counted(attempts(db, challenge_id), view.proposal.counting)
    lines = rules.standings(units, {each.id: each.unit_id for each in joined}, best, view.proposal.smallest)
    names = {each.id: (each.name, each.unit) for each in joined if each.name}
    return Standings(tuple(lines), tuple(rules.named(best, names)))
