"""What the audience of a live review sends from telephones without an account: questions and votes."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.errors import FieldError, Invalid, NotFound, Refused, TooMany
from foundation.ids import new_id
from foundation.text import _
from foundation.visibility import as_system
from judging.models import LiveQuestion, LiveSession, LiveVote
from judging.values.live import LiveState, QuestionState

LONGEST_QUESTION = 300
LONGEST_NAME = 20
PAUSE = timedelta(seconds=15)
"""Between two questions of one visitor."""
MOST_OF_ONE = 20
"""Questions of one visitor in a session."""
MOST_A_MINUTE = 60
"""Questions of all visitors together: who throws away his cookie is stopped here."""
VOTES = range(1, 6)


def visitor_hash(session_id: str, visitor: str) -> str:
    """Tells one visitor of one session from another; nothing leads back to his cookie or account."""
    return hashlib.sha256(f"live:{session_id}:{visitor}".encode()).hexdigest()


def ask(db: Session, *, now: datetime, token: str, visitor: str, name: str, words: str) -> None:
    """Take a question from the audience; an organiser decides whether anybody sees it.

    Raises:
        NotFound
        Refused: no questions at the moment.
        Invalid: empty or too long.
        TooMany: asked again too soon, or too much.
    """
    with as_system(db):
        session = _by_token(db, token)
        if session.state != LiveState.RUNNING.value or not session.questions_open:
            raise Refused(_("现在不接受提问。"))
        words, name = _checked_question(words, name)
        current = session.shown.get("current") or {}
        own = visitor_hash(session.id, visitor)
        _refuse_flood(db, session.id, own, now)
        db.add(
            LiveQuestion(
                id=new_id(),
                session_id=session.id,
                round_id=session.round_id,
                item_id=current.get("id"),
                visitor=own,
                name=name,
                words=words,
                state=QuestionState.WAITING.value,
                asked_at=now,
            )
        )
        db.flush()


def _checked_question(words: str, name: str) -> tuple[str, str]:
    words, name = " ".join(words.split()), " ".join(name.split())
    errors = []
    if not words:
        errors.append(FieldError("words", _("请写下您的问题或意见。")))
    if len(words) > LONGEST_QUESTION:
        errors.append(FieldError("words", _("不能超过 %(limit)s 个字", limit=LONGEST_QUESTION)))
    if len(name) > LONGEST_NAME:
        errors.append(FieldError("name", _("不能超过 %(limit)s 个字", limit=LONGEST_NAME)))
    if errors:
        raise Invalid(errors)
    return words, name


def _refuse_flood(db: Session, session_id: str, visitor: str, now: datetime) -> None:
    of_session = LiveQuestion.session_id == session_id
    count, last = db.execute(
        select(func.count(LiveQuestion.id), func.max(LiveQuestion.asked_at)).where(
            of_session, LiveQuestion.visitor == visitor
        )
    ).one()
    if count >= MOST_OF_ONE:
        raise TooMany(_("您已经提了很多问题，请把机会留给其他人。"), 3600)
    if count and now - last < PAUSE:
        seconds = int((PAUSE - (now - last)).total_seconds()) + 1
        raise TooMany(_("请在 %(seconds)s 秒后再提下一个问题。", seconds=seconds), seconds)
    recent = db.scalar(
        select(func.count(LiveQuestion.id)).where(
            of_session, LiveQuestion.asked_at > now - timedelta(minutes=1)
        )
    )
    if (recent or 0) >= MOST_A_MINUTE:
        raise TooMany(_("现在提问的人很多，请稍后再试。"), 30)


def vote(db: Session, *, now: datetime, token: str, visitor: str, item_id: str, value: int) -> None:
    """Take or change one visitor's vote on the case on the screen.

    Raises:
        NotFound
        Refused: no vote at the moment, or the screen is at another case.
        Invalid: not from 1 to 5.
    """
    with as_system(db):
        session = _by_token(db, token)
        current = session.shown.get("current") or {}
        if not session.shown.get("votable"):
            raise Refused(_("现在不能投票：还没有开始，或者这个案例的结果已经公布。"))
        if current.get("id") != item_id:
            raise Refused(_("大屏幕已经换到另一个案例，请按现在的案例投票。"))
        if value not in VOTES:
            raise Invalid([FieldError("value", _("请从 1 到 5 中选一个。"))])
        own = visitor_hash(session.id, visitor)
        row = db.scalar(select(LiveVote).where(LiveVote.item_id == item_id, LiveVote.visitor == own))
        if row is None:
            row = LiveVote(
                id=new_id(),
                session_id=session.id,
                round_id=session.round_id,
                item_id=item_id,
                visitor=own,
            )
            db.add(row)
        row.value = value
        row.given_at = now
        db.flush()


def _by_token(db: Session, token: str) -> LiveSession:
    """The session, held together with others of the audience: an organiser's deed waits or is seen."""
    row = db.scalar(
        select(LiveSession)
        .where(LiveSession.token == token)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row
