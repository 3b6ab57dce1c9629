"""Letters about a case to who answers for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.text import Text
from submissions.models import CaseVersion
from submissions.service.loading import Loaded


def tell_submitter(
    db: Session, loaded: Loaded, now: datetime, subject: Text, body: Text, user_id: str | None = None
) -> None:
    """By mail to who handed the version in (else to who started the case)."""
    if user_id is None:
        version = db.get(CaseVersion, loaded.row.version_id) if loaded.row.version_id else None
        user_id = version.submitted_by if version else loaded.row.created_by
    mail.queue(db, now=now, to=people.user(db, user_id).email, subject=subject, body=body)
