"""What study sessions listen to: a case that left the shelf or changed its readers leaves the live pages."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from foundation.journal import Entry, Subscription
from judging.events import AwardRevoked
from search.curation.events.placements import CasePlaced, CaseTakenOff
from search.teaching.sessions.models import StudySession
from search.teaching.sessions.values import LIVE


def subscriptions() -> list[Subscription]:
    return [
        Subscription(
            "study-sessions",
            frozenset({AwardRevoked.action, CasePlaced.action, CaseTakenOff.action}),
            load=lambda _db, _entry: None,
            work=lambda _loaded: None,
            save=_draw_again,
        )
    ]


def _draw_again(db: Session, _entry: Entry, _result: None) -> None:
    """Sessions that are on are drawn anew: what may be shown is looked up again."""
    db.execute(
        update(StudySession)
        .where(StudySession.state.in_([state.value for state in LIVE]))
        .values(version=StudySession.version + 1)
        .execution_options(synchronize_session=False)
    )
