"""Drafts that an organiser brings for units by an import: never handed in, finished by the unit's people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from foundation.actor import Actor, Role
from foundation.people import Unit
from foundation.permission import require
from submissions import policy, queries
from submissions.models import Attachment
from submissions.service.attachments import NewFile, attach_file
from submissions.service.drafts import import_word, save_draft, start_draft
from submissions.values import CaseText, DraftView


def take_in(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    call_id: str,
    unit: Unit,
    text: CaseText,
    pictures: Sequence[tuple[str, NewFile]] = (),
    files: Sequence[NewFile] = (),
    case_id: str = "",
) -> DraftView:
    """Write a draft of the unit with this text, or write the one with `case_id` anew; the organiser is its
    writer in the journal. `pictures` are as in `import_word`. For a session that sees everything.

    Raises:
        Forbidden
        What `start_draft`, `attach_file`, `import_word` and `save_draft` raise.
    """
    require(policy.may_manage_calls(actor))
    writer = Actor(actor.user_id, actor.name, frozenset({Role.SUBMITTER}), unit.id, unit.path)
    if not case_id:
        case_id = start_draft(db, actor=writer, now=now, call_id=call_id)
    else:
        db.execute(
            update(Attachment)
            .where(Attachment.case_id == case_id, Attachment.removed_at.is_(None))
            .values(removed_at=now)
        )
    draft = queries.draft(db, case_id)
    if pictures:
        draft = import_word(
            db,
            actor=writer,
            now=now,
            case_id=case_id,
            revision=draft.revision,
            text=text,
            pictures=pictures,
        )
        text = replace(text, body_html=draft.text.body_html)
    for file in files:
        attach_file(db, actor=writer, now=now, case_id=case_id, file=file)
    return save_draft(db, actor=writer, now=now, case_id=case_id, revision=draft.revision, text=text)
