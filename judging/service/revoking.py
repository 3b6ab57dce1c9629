"""An award is taken back; who decides on that is in `rulings`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.journal import record
from judging.events import AwardRevoked
from judging.models import Award


def withdraw_award(db: Session, *, actor: Actor, now: datetime, award: Award, reason: str) -> None:
    """Write that an award in force is taken back; library, casebook and exports follow by the event."""
    award.revoke_reason = reason
    award.revoked_at = now
    award.revoked_by = actor.user_id
    db.flush()
    event = AwardRevoked(
        award_id=award.id,
        call_id=award.call_id,
        case_id=award.case_id,
        version_id=award.version_id,
        reason=award.revoke_reason,
    )
    record(db, actor=actor, now=now, event=event)
