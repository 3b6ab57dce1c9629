"""Around the working copy: who is at it, who was invited, what is on its way up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound
from foundation.people import Unit, User
from foundation.visibility import as_system
from submissions.models import Case, CaseVersion, CoAuthor, PartialUpload, Presence
from submissions.queries.cases import case
from submissions.values import PRESENT_FOR, CaseView, CoAuthorView, PresenceView, UploadView

_AT_ONCE = 1_000


def is_invited(db: Session, case_id: str, actor: Actor) -> bool:
    """Whether the actor was invited to write in this case."""
    if not actor.signed_in:
        return False
    query = select(CoAuthor.id).where(CoAuthor.case_id == case_id, CoAuthor.user_id == actor.user_id)
    return db.scalar(query) is not None


def coauthors(db: Session, case_id: str) -> list[CoAuthorView]:
    """Who was invited to write in a case, in order of invitation."""
    rows = db.execute(
        select(CoAuthor, User.name, User.email, Unit.name)
        .join(User, User.id == CoAuthor.user_id)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .where(CoAuthor.case_id == case_id)
        .order_by(CoAuthor.invited_at, CoAuthor.id)
    )
    return [
        CoAuthorView(row.user_id, name, email, unit_name or "", row.invited_at)
        for row, name, email, unit_name in rows
    ]


def wrote(db: Session, case_ids: Sequence[str]) -> dict[str, frozenset[str]]:
    """Who has a hand in these cases, by case: ids of invited co-authors and of those who handed in."""
    found: dict[str, set[str]] = {}
    with as_system(db):  # only that somebody may not judge a case follows from it
        for start in range(0, len(case_ids), _AT_ONCE):
            ids = case_ids[start : start + _AT_ONCE]
            for query in (
                select(CoAuthor.case_id, CoAuthor.user_id).where(CoAuthor.case_id.in_(ids)),
                select(CaseVersion.case_id, CaseVersion.submitted_by).where(CaseVersion.case_id.in_(ids)),
            ):
                for case_id, user_id in db.execute(query):
                    found.setdefault(case_id, set()).add(user_id)
    return {case_id: frozenset(users) for case_id, users in found.items()}


def cases_shared_with(db: Session, actor: Actor) -> list[CaseView]:
    """The cases of other units that the actor was invited to write in, the one touched last first."""
    ids = db.scalars(
        select(CoAuthor.case_id)
        .join(Case, Case.id == CoAuthor.case_id)
        .where(CoAuthor.user_id == actor.user_id)
        .order_by(Case.changed_at.desc(), Case.id)
    ).all()
    return [case(db, each) for each in ids]


def others_at(db: Session, case_id: str, actor: Actor, now: datetime) -> list[PresenceView]:
    """Who else has the working copy open now, the first to come first."""
    rows = db.scalars(
        select(Presence)
        .where(
            Presence.case_id == case_id,
            Presence.user_id != actor.user_id,
            Presence.seen_at > now - PRESENT_FOR,
        )
        .order_by(Presence.since, Presence.user_id)
    )
    return [PresenceView(row.user_id, row.name, row.since) for row in rows]


def upload(db: Session, case_id: str, upload_id: str) -> UploadView:
    """One of the actor's own files on its way up.

    Raises:
        NotFound: also when it belongs to another case.
    """
    row = db.scalar(
        select(PartialUpload).where(PartialUpload.id == upload_id, PartialUpload.case_id == case_id)
    )
    if row is None:
        raise NotFound
    return upload_view(row)


def upload_view(row: PartialUpload) -> UploadView:
    """A row as a value."""
    return UploadView(row.id, row.case_id, row.name, row.size, row.expires_at, row.attachment_id)


def uploads_due(db: Session, now: datetime, keys: list[str]) -> tuple[bool, list[str]]:
    """Whether any upload has expired, and which of these partial files nobody waits for any more."""
    expired = db.scalar(select(PartialUpload.id).where(PartialUpload.expires_at <= now).limit(1))
    wanted = set(
        db.scalars(select(PartialUpload.id).where(PartialUpload.id.in_(keys), PartialUpload.expires_at > now))
    )
    return expired is not None, [key for key in keys if key not in wanted]
