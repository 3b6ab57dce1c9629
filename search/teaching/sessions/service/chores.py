"""What the worker does by the clock: dates ahead, letters to presenters, old data."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from foundation import mail
from foundation.actor import SYSTEM
from foundation.display import moment_in_zone
from foundation.text import _
from search.teaching.sessions.models import StudyParticipant, StudyPresenter, StudySeries, StudySession
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.service.joining import forget_row
from search.teaching.sessions.service.planning import AHEAD, fill
from search.teaching.sessions.values import SessionState

_PLANNED = StudySession.state == SessionState.PLANNED.value
LATEST = timedelta(days=60)
"""No series is reminded earlier."""


def work_due(db: Session, now: datetime) -> bool:
    """Whether there is anything to do: looked at without writing."""
    return bool(_letters(db, now) or _short_of_dates(db, now) or _old(db, now))


def do_due(db: Session, *, now: datetime, base_url: str) -> int:
    """All of it; returns how many things were done."""
    done = 0
    for session, parent, presenter in _letters(db, now):
        _write_letter(db, session, parent, presenter, now, base_url)
        session.reminded_at = now
        done += 1
    for series_id in _short_of_dates(db, now):
        done += fill(db, queries.series(db, series_id), now)
    for row in _old(db, now):
        forget_row(db, SYSTEM, now, row)
        done += 1
    return done


def _letters(db: Session, now: datetime) -> list[tuple[StudySession, StudySeries, StudyPresenter]]:
    rows = db.execute(
        select(StudySession, StudySeries, StudyPresenter)
        .join(StudySeries, StudySeries.id == StudySession.series_id)
        .join(StudyPresenter, StudyPresenter.id == StudySession.presenter_id)
        .where(
            _PLANNED,
            StudySession.reminded_at.is_(None),
            StudySession.starts_at > now,
            StudySession.starts_at < now + LATEST,
            StudyPresenter.email != "",
        )
        .order_by(StudySession.starts_at)
    )
    return [
        (session, parent, presenter)
        for session, parent, presenter in rows
        if parent.remind_days and session.starts_at <= now + timedelta(days=parent.remind_days)
    ]


def _write_letter(
    db: Session,
    session: StudySession,
    parent: StudySeries,
    presenter: StudyPresenter,
    now: datetime,
    base_url: str,
) -> None:
    zone = queries.series(db, parent.id).zone
    mail.queue(
        db,
        now=now,
        to=presenter.email,
        subject=_("轮到您主讲：%(title)s", title=session.title or parent.title),
        body=_(
            "%(name)s：\n\n您是“%(series)s”下一次学习的主讲人。\n时间：%(at)s，约 %(minutes)s 分钟。\n\n"
            "主讲台：%(desk)s\n当天从这里开放签到、翻动议程、亮出题目、结束学习，不用登录；请不要转发这个链接。\n\n"
            "参加学习的链接（可以转到群里）：%(join)s\n",
            name=presenter.name,
            series=parent.title,
            at=moment_in_zone(session.starts_at, zone),
            minutes=session.minutes,
            desk=f"{base_url}/study/desk/{session.desk_key}",
            join=f"{base_url}/study/{parent.token}",
        ),
        private=True,
    )


def _short_of_dates(db: Session, now: datetime) -> list[str]:
    """Series whose planned dates have become fewer, and whose rule has more."""
    ahead = (
        select(func.count(StudySession.id))
        .where(StudySession.series_id == StudySeries.id, StudySession.planned_for > now)
        .correlate(StudySeries)
        .scalar_subquery()
    )
    ids = db.scalars(select(StudySeries.id).where(StudySeries.ended_at.is_(None), ahead < AHEAD - 1))
    return [each for each in ids if _has_more(db, each, now)]


def _has_more(db: Session, series_id: str, now: datetime) -> bool:
    last = queries.series(db, series_id).proposal.rhythm.last
    latest = db.scalar(select(func.max(StudySession.planned_for)).where(StudySession.series_id == series_id))
    return last is None or latest is None or latest.date() < last - timedelta(days=31)


def _old(db: Session, now: datetime) -> list[StudyParticipant]:
    """Participants with a name in series whose last session was longer ago than data are kept. Dates count
    that were held: a series that nobody ends is planned ahead for ever."""
    found: list[StudyParticipant] = []
    for row in db.scalars(
        select(StudySeries).where(
            exists().where(StudyParticipant.series_id == StudySeries.id, StudyParticipant.name != "")
        )
    ):
        limit = now - timedelta(days=row.keep_days)
        last = db.scalar(
            select(func.max(StudySession.starts_at)).where(
                StudySession.series_id == row.id, StudySession.opened_at.is_not(None)
            )
        )
        if (last or row.created_at) < limit:
            found += db.scalars(
                select(StudyParticipant).where(
                    StudyParticipant.series_id == row.id,
                    StudyParticipant.name != "",
                    StudyParticipant.joined_at < limit,
                )
            ).all()
    return found
