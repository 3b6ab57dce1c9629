"""The bank as its keepers see it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from search.teaching.quizzes.models import QuizQuestion
from search.teaching.quizzes.values import BankLine, BankQuestion, Difficulty
from search.teaching.sessions.queries.codec import question_of


def line(row: QuizQuestion) -> BankLine:
    entry = BankQuestion(
        question=question_of(row.question),
        topic=row.topic,
        difficulty=Difficulty(row.difficulty),
        case_id=row.case_id,
        place=row.place,
    )
    return BankLine(row.id, entry, row.owner_id, row.unit_id or "", row.used, row.retired)


def bank(
    db: Session, *, topic: str = "", case_id: str = "", words: str = "", retired: bool = False
) -> list[BankLine]:
    """The questions that the session's actor keeps, the newest first."""
    query = select(QuizQuestion).order_by(QuizQuestion.id.desc())
    if not retired:
        query = query.where(~QuizQuestion.retired)
    if topic:
        query = query.where(QuizQuestion.topic == topic)
    if case_id:
        query = query.where(QuizQuestion.case_id == case_id)
    found = [line(row) for row in db.scalars(query)]
    return [each for each in found if words.casefold() in each.entry.question.words.casefold()]


def topics(db: Session) -> list[str]:
    """The topics in use."""
    rows = db.scalars(
        select(QuizQuestion.topic).where(QuizQuestion.topic != "", ~QuizQuestion.retired).distinct()
    )
    return sorted(rows)


def questions(db: Session, ids: Sequence[str]) -> list[BankLine]:
    """Those of these that the session's actor keeps, in the order given."""
    rows = {row.id: line(row) for row in db.scalars(select(QuizQuestion).where(QuizQuestion.id.in_(ids)))}
    return [rows[each] for each in dict.fromkeys(ids) if each in rows]


def question(db: Session, question_id: str) -> BankLine:
    """One of them.

    Raises:
        NotFound
    """
    found = questions(db, [question_id])
    if not found:
        raise NotFound
    return found[0]
