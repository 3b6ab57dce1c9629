"""Texts that have an award, for calls that ask for cases without one. Derived from the journal: judging says
what was granted and revoked, and the table can be built anew from that."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from foundation import journal, richtext
from foundation.errors import NotFound
from foundation.ids import new_id
from submissions import queries
from submissions.models import AwardedText
from submissions.rules.eligibility import likeness
from submissions.values import VersionView

GRANTED, REVOKED = "award.granted", "award.revoked"


def keep_award(db: Session, *, award_id: str, version: VersionView) -> None:
    """Note that this version has an award; a second time changes nothing."""
    if db.scalar(select(AwardedText.id).where(AwardedText.award_id == award_id)) is not None:
        return
    db.add(
        AwardedText(
            id=new_id(),
            award_id=award_id,
            case_id=version.case_id,
            unit_id=version.unit_id,
            title=version.title,
            title_likeness=likeness(version.title),
            body_likeness=likeness(richtext.plain(version.body_html)),
        )
    )
    db.flush()


def forget_award(db: Session, *, award_id: str) -> None:
    """Note that the award was revoked."""
    db.execute(delete(AwardedText).where(AwardedText.award_id == award_id))


def rebuild_awards(db: Session) -> int:
    """The table anew from the journal; returns how many texts have an award."""
    standing: dict[str, str] = {}
    for entry in journal.every(db):
        if entry.action == GRANTED:
            standing[str(entry.detail["award_id"])] = str(entry.detail["version_id"])
        elif entry.action == REVOKED:
            standing.pop(str(entry.detail["award_id"]), None)
    db.execute(delete(AwardedText))
    for award_id, version_id in standing.items():
        try:
            keep_award(db, award_id=award_id, version=queries.version(db, version_id))
        except NotFound:
            continue  # a case that was taken out of the house altogether
    return len(standing)
