"""Writing what was read from a document as a working copy, with the document itself and its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.files import FileStore
from submissions import queries, service
from submissions.intake import ParsedCase
from submissions.service import NewFile
from submissions.values import CaseText, DraftView
from webapp.pipeline.values import Source

_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
}


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document's files, durable before the transaction that names them."""

    original: NewFile
    pictures: Sequence[tuple[str, NewFile]]


def store(files: FileStore, source: Source, parsed: ParsedCase) -> StoredDocument:
    media_type = _TYPES.get(source.path.suffix.lower(), "application/octet-stream")
    return StoredDocument(
        NewFile(files.put([source.data]), "file", source.name, media_type),
        [
            (
                each.id,
                NewFile(
                    files.put([each.data]),
                    "photo",
                    each.name,
                    each.media_type,
                    each.caption,
                    each.width,
                    each.height,
                ),
            )
            for each in parsed.pictures
        ],
    )


def write_draft(
    db: Session, *, actor: Actor, now: datetime, call_id: str, document: StoredDocument, text: CaseText
) -> DraftView:
    """Start a case of the actor's unit with this text, the document's pictures, and the document as a file.

    Raises:
        What `start_draft`, `attach_file`, `import_word` and `save_draft` raise.
    """
    case_id = service.start_draft(db, actor=actor, now=now, call_id=call_id)
    service.attach_file(db, actor=actor, now=now, case_id=case_id, file=document.original)
    draft = service.import_word(
        db,
        actor=actor,
        now=now,
        case_id=case_id,
        revision=queries.draft(db, case_id).revision,
        text=text,
        pictures=document.pictures,
    )
    whole = replace(text, body_html=draft.text.body_html)
    return service.save_draft(db, actor=actor, now=now, case_id=case_id, revision=draft.revision, text=whole)
