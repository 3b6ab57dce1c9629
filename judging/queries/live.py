"""Reads of live reviews: the organiser's desk, and what the public may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound
from foundation.live import Frame
from foundation.visibility import as_system
from judging.live.steps import back, forward, stages_of
from judging.models import LiveItem, LiveQuestion, LiveSession, LiveVote
from judging.queries.organisers import permit
from judging.values.live import AskedQuestion, LiveCase, LiveState, QuestionState
from judging.views.live import LiveDesk, LiveLine, PublicLive

LATEST_QUESTIONS = 300
"""Questions on the moderator's page; older settled ones are left out there."""


def live_sessions(db: Session, actor: Actor, round_id: str) -> list[LiveLine]:
    """The live reviews of a round, the newest first.

    Raises:
        Forbidden
    """
    permit(db, actor, round_id)
    rows = db.scalars(
        select(LiveSession).where(LiveSession.round_id == round_id).order_by(LiveSession.id.desc())
    )
    return [
        LiveLine(row.id, row.title, row.token, LiveState(row.state), row.created_at, row.ended_at)
        for row in rows
    ]


def live_desk(db: Session, actor: Actor, session_id: str) -> LiveDesk:
    """Everything the organiser's control page shows.

    Raises:
        NotFound, Forbidden
    """
    row = db.scalar(select(LiveSession).where(LiveSession.id == session_id))
    if row is None:
        raise NotFound
    permit(db, actor, row.round_id)
    stages = stages_of(row.stages)
    cases = live_cases(db, row.id)
    reached = [each.stage for each in cases]
    running = row.state == LiveState.RUNNING.value
    return LiveDesk(
        id=row.id,
        round_id=row.round_id,
        token=row.token,
        title=row.title,
        state=LiveState(row.state),
        stages=stages,
        cursor=row.cursor,
        version=row.version,
        questions_open=row.questions_open,
        cases=tuple(cases),
        questions=tuple(_questions(db, row.id, latest=LATEST_QUESTIONS)),
        votes=_votes(db, row.id),
        shown=row.shown,
        ahead=forward(stages, reached, row.cursor) if running else None,
        behind=back(reached, row.cursor) if running else None,
    )


def live_cases(db: Session, session_id: str) -> list[LiveCase]:
    """The cases in their order."""
    rows = db.scalars(
        select(LiveItem).where(LiveItem.session_id == session_id).order_by(LiveItem.position, LiveItem.id)
    )
    return [
        LiveCase(row.id, row.case_id, row.title, row.unit_name, row.stage, dict(row.figures)) for row in rows
    ]


def live_questions(db: Session, session_id: str) -> list[AskedQuestion]:
    """What was let through, the newest first."""
    return _questions(
        db, session_id, states=(QuestionState.APPROVED.value, QuestionState.ANSWERED.value), latest=200
    )


def _questions(
    db: Session, session_id: str, *, states: Sequence[str] = (), latest: int
) -> list[AskedQuestion]:
    query = (
        select(LiveQuestion, LiveItem.title)
        .outerjoin(LiveItem, LiveItem.id == LiveQuestion.item_id)
        .where(LiveQuestion.session_id == session_id)
        .order_by(LiveQuestion.id.desc())
        .limit(latest)
    )
    if states:
        query = query.where(LiveQuestion.state.in_(states))
    return [
        AskedQuestion(row.id, row.name, row.words, QuestionState(row.state), about or "")
        for row, about in db.execute(query)
    ]


def _votes(db: Session, session_id: str) -> dict[str, int]:
    """Case of the session -> how many have voted."""
    rows = db.execute(
        select(LiveVote.item_id, func.count(LiveVote.id))
        .where(LiveVote.session_id == session_id)
        .group_by(LiveVote.item_id)
    )
    return dict(rows.all())


def vote_result(db: Session, item_id: str) -> tuple[int, int]:
    """How many voted on a case, and the sum of their votes."""
    count, total = db.execute(
        select(func.count(LiveVote.id), func.coalesce(func.sum(LiveVote.value), 0)).where(
            LiveVote.item_id == item_id
        )
    ).one()
    return int(count), int(total)


# --- the public side: only `LiveSession.shown` ------------------------------------------------------


def public_live(db: Session, token: str) -> PublicLive:
    """What anybody with the address may see.

    Raises:
        NotFound: no such address, or the review has not begun.
    """
    with as_system(db):
        row = db.execute(
            select(LiveSession.id, LiveSession.state, LiveSession.version, LiveSession.shown).where(
                LiveSession.token == token
            )
        ).one_or_none()
    if row is None:
        raise NotFound
    return PublicLive(row.id, token, LiveState(row.state), row.version, row.shown)


def newer_frame(db: Session, token: str, known: int) -> Frame | None:
    """What is shown, if it is newer than what the asker knows: one read of one number, mostly."""
    version = db.scalar(select(LiveSession.version).where(LiveSession.token == token))
    if version is None or version <= known:
        return None
    found = db.execute(select(LiveSession.version, LiveSession.shown).where(LiveSession.token == token)).one()
    return Frame(found.version, found.shown)


def own_vote(db: Session, item_id: str, visitor: str) -> int | None:
    """What this visitor has voted on the case, None if he has not."""
    with as_system(db):
        return db.scalar(
            select(LiveVote.value).where(LiveVote.item_id == item_id, LiveVote.visitor == visitor)
        )
