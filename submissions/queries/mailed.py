"""Cases that came by e-mail: seen by their unit alone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from submissions.models import MailedCase
from submissions.values.mailed import MailedFile, MailedState, MailedView


def mailed_view(row: MailedCase) -> MailedView:
    """A row as a value."""
    return MailedView(
        id=row.id,
        call_id=row.call_id,
        unit_id=row.unit_id,
        sender=row.sender,
        sender_name=row.sender_name,
        subject=row.subject,
        received_at=row.received_at,
        title=row.title,
        word_count=row.word_count,
        document=MailedFile(
            row.document_sha256, row.document_size, "file", row.document_name, "application/octet-stream"
        ),
        files=tuple(MailedFile(**each) for each in row.files),
        state=MailedState(row.state),
        case_id=row.case_id,
    )


def mailed(db: Session, mailed_id: str) -> MailedView:
    """One of them.

    Raises:
        NotFound
    """
    row = db.scalar(select(MailedCase).where(MailedCase.id == mailed_id))
    if row is None:
        raise NotFound
    return mailed_view(row)


def mailed_waiting(db: Session, unit_id: str) -> list[MailedView]:
    """What waits for somebody of the unit, oldest first."""
    rows = db.scalars(
        select(MailedCase)
        .where(MailedCase.unit_id == unit_id, MailedCase.state == MailedState.WAITING.value)
        .order_by(MailedCase.received_at, MailedCase.id)
    )
    return [mailed_view(row) for row in rows]


def was_mailed(db: Session, unit_id: str, message_id: str) -> bool:
    """Whether this message came before: a server that got no answer sends it again."""
    query = select(MailedCase.id).where(MailedCase.unit_id == unit_id, MailedCase.message_id == message_id)
    return db.scalar(query) is not None
