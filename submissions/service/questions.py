"""The organiser's answers to what branches ask. An answer is no rule, so it needs no reason at any time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from submissions import policy, queries
from submissions.events import QuestionAnswered
from submissions.models import Question
from submissions.values import QuestionView

QUESTION_HIGHEST = 300
ANSWER_HIGHEST = 5_000
QUESTIONS_HIGHEST = 100


def answer_question(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    call_id: str,
    question: str,
    answer: str,
    question_id: str = "",
) -> QuestionView:
    """Put a question with its answer on the call's page, or word one anew.

    Raises:
        NotFound, Forbidden
        Invalid: no question or answer, or one too long.
        Refused: too many of them.
    """
    call = queries.call(db, call_id)
    require(policy.may_manage_calls(actor))
    _check(question, answer, question_id)
    if question_id:
        row = _row(db, call.id, question_id)
        deed = "changed"
    else:
        row = Question(id=new_id(), call_id=call.id, position=_next_place(db, call.id), published_at=now)
        db.add(row)
        deed = "published"
    row.question, row.answer, row.changed_at = question, answer, now
    db.flush()
    _record(db, actor, now, row, deed)
    return queries.question_view(row)


def remove_question(db: Session, *, actor: Actor, now: datetime, call_id: str, question_id: str) -> None:
    """Take a question off the call's page.

    Raises:
        NotFound, Forbidden
    """
    require(policy.may_manage_calls(actor))
    row = _row(db, call_id, question_id)
    _record(db, actor, now, row, "removed")
    db.delete(row)
    db.flush()


def move_question(
    db: Session, *, actor: Actor, now: datetime, call_id: str, question_id: str, by: int
) -> None:
    """Move a question up (`by` -1) or down (1); at the end it stays.

    Raises:
        NotFound, Forbidden
    """
    require(policy.may_manage_calls(actor))
    row = _row(db, call_id, question_id)
    rows = list(
        db.scalars(
            select(Question).where(Question.call_id == call_id).order_by(Question.position, Question.id)
        )
    )
    place = rows.index(row)
    rows.insert(max(0, min(len(rows) - 1, place + by)), rows.pop(place))
    for position, each in enumerate(rows, start=1):
        each.position = position
    db.flush()
    _record(db, actor, now, row, "moved")


def _check(question: str, answer: str, question_id: str) -> None:
    suffix = f"-{question_id}" if question_id else ""
    errors = []
    for field, words, limit, missing in (
        (f"question{suffix}", question, QUESTION_HIGHEST, _("请填写问题。")),
        (f"answer{suffix}", answer, ANSWER_HIGHEST, _("请填写答复。")),
    ):
        if not words:
            errors.append(FieldError(field, missing))
        elif len(words) > limit:
            sentence = _("不能超过 %(limit)s 个字，现在是 %(count)s 个字。", limit=limit, count=len(words))
            errors.append(FieldError(field, sentence))
    if errors:
        raise Invalid(errors)


def _next_place(db: Session, call_id: str) -> int:
    count = db.scalar(select(func.count(Question.id)).where(Question.call_id == call_id)) or 0
    if count >= QUESTIONS_HIGHEST:
        raise Refused(_("问答最多 %(limit)s 条，请合并或删除一些。", limit=QUESTIONS_HIGHEST))
    return (db.scalar(select(func.max(Question.position)).where(Question.call_id == call_id)) or 0) + 1


def _row(db: Session, call_id: str, question_id: str) -> Question:
    row = db.scalar(select(Question).where(Question.id == question_id, Question.call_id == call_id))
    if row is None:
        raise NotFound
    return row


def _record(db: Session, actor: Actor, now: datetime, row: Question, deed: str) -> None:
    event = QuestionAnswered(call_id=row.call_id, question_id=row.id, deed=deed)
    record(db, actor=actor, now=now, event=event)
