"""The bank: questions added, changed, taken out of use, imported, drawn into sessions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound
from foundation.folding import fold
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from search.teaching.quizzes import policy
from search.teaching.quizzes.events import QuestionsDrawn, QuestionsImported
from search.teaching.quizzes.models import QuizQuestion
from search.teaching.quizzes.queries import bank as queries
from search.teaching.quizzes.values import BankQuestion
from search.teaching.sessions.queries import material
from search.teaching.sessions.queries.codec import question_json
from search.teaching.sessions.rules import marking
from search.teaching.sessions.service.preparing import add_questions

MOST_DRAWN = 20


def add_question(db: Session, *, actor: Actor, now: datetime, entry: BankQuestion) -> str:
    """A question more in the actor's bank; returns its id.

    Raises:
        Forbidden
        Invalid: it cannot be asked, it is there already, or its case is not in the library.
    """
    require(policy.may_keep_bank(actor))
    _check(db, entry)
    if words_hash(entry.question.words) in known_hashes(db):
        raise Invalid([FieldError("words", _("题库里已经有这道题。"))])
    return _add(db, actor, now, entry)


def change_question(db: Session, *, actor: Actor, question_id: str, entry: BankQuestion) -> None:
    """Change it; sessions and challenges that have drawn it keep what they drew.

    Raises:
        NotFound, Forbidden, Invalid
    """
    require(policy.may_keep_bank(actor))
    row = _row(db, question_id)
    _check(db, entry, before=row.case_id)
    for name, value in _columns(entry).items():
        setattr(row, name, value)
    db.flush()


def retire(db: Session, *, actor: Actor, question_id: str, wanted: bool) -> None:
    """Take it out of use, or back.

    Raises:
        NotFound, Forbidden
    """
    require(policy.may_keep_bank(actor))
    _row(db, question_id).retired = wanted
    db.flush()


def import_questions(db: Session, *, actor: Actor, now: datetime, entries: Sequence[BankQuestion]) -> int:
    """Add those that are not there; returns how many were added.

    Raises:
        Forbidden, Invalid
    """
    require(policy.may_keep_bank(actor))
    known = known_hashes(db)
    added = []
    for entry in entries:
        _check(db, entry)
        key = words_hash(entry.question.words)
        if key not in known:
            known.add(key)
            added.append(_add(db, actor, now, entry))
    if added:
        event = QuestionsImported(first_id=added[0], count=len(added))
        record(db, actor=actor, now=now, event=event)
    return len(added)


def draw_into_session(
    db: Session, *, actor: Actor, now: datetime, session_id: str, question_ids: Sequence[str], must: bool
) -> int:
    """Put questions of the bank at the end of a session's agenda; returns how many.

    Raises:
        NotFound, Forbidden, Refused
        Invalid: none chosen, or too many.
    """
    found = queries.questions(db, question_ids)
    if not found:
        raise Invalid([FieldError("question", _("请至少选一道题。"))])
    if len(found) > MOST_DRAWN:
        raise Invalid([FieldError("question", _("一次最多抽 %(most)s 道题。", most=MOST_DRAWN))])
    add_questions(
        db, actor=actor, session_id=session_id, questions=[each.entry.question for each in found], must=must
    )
    for each in found:
        _row(db, each.id).used += 1
    db.flush()
    event = QuestionsDrawn(session_id=session_id, question_ids=tuple(each.id for each in found))
    record(db, actor=actor, now=now, event=event)
    return len(found)


def words_hash(words: str) -> str:
    """By which the same question is known again: characters and digits, whatever their form."""
    plain = "".join(each for each in fold(words) if each.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def known_hashes(db: Session) -> set[str]:
    """The questions that the session's actor keeps, as `words_hash`."""
    return set(db.scalars(select(QuizQuestion.words_hash).where(~QuizQuestion.retired)))


def _check(db: Session, entry: BankQuestion, before: str = "") -> None:
    errors = marking.problems(entry.question)
    if entry.case_id and entry.case_id != before and material.for_leader(db, entry.case_id) is None:
        errors.append(
            FieldError("case", _("案例库里没有这个案例。请从列表中选择标题，或粘贴案例页面的网址。"))
        )
    if errors:
        raise Invalid(errors)


def _add(db: Session, actor: Actor, now: datetime, entry: BankQuestion) -> str:
    row = QuizQuestion(
        id=new_id(),
        owner_id=actor.user_id,
        unit_id=policy.bank_of(actor),
        created_at=now,
        **_columns(entry),
    )
    db.add(row)
    db.flush()
    return row.id


def _columns(entry: BankQuestion) -> dict[str, object]:
    return {
        "question": question_json(entry.question),
        "topic": entry.topic,
        "difficulty": entry.difficulty.value,
        "case_id": entry.case_id,
        "place": entry.place,
        "words_hash": words_hash(entry.question.words),
    }


def _row(db: Session, question_id: str) -> QuizQuestion:
    row = db.scalar(select(QuizQuestion).where(QuizQuestion.id == question_id))
    if row is None:
        raise NotFound
    return row
