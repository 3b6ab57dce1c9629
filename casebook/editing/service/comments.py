"""Comments of editors on a manuscript: on a passage or on the whole, in threads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from casebook import policy
from casebook import queries as core
from casebook.editing import queries
from casebook.editing.events import CommentResolved, CommentWritten
from casebook.editing.models import EditingRemark, EditingThread
from casebook.editing.rules import QUOTE_LONGEST, anchored
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import _

WORDS_LONGEST = 2_000


def open_thread(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, entry_id: str, quote: str, words: str
) -> str:
    """Comment on a passage, or without a quote on the whole; returns the thread's id.

    Raises:
        Forbidden, NotFound
        Invalid: nothing said, too much, or the passage is not in the text.
    """
    require(policy.may_edit(actor))
    core.entry(db, edition_id, entry_id)
    errors = said(words)
    anchor = anchored(core.manuscript(db, entry_id).text, quote)
    if anchor is None or len(quote) > QUOTE_LONGEST:
        errors.append(
            FieldError("quote", _("现在的书稿里没有这段话（不超过 %(n)s 个字），请重新选取", n=QUOTE_LONGEST))
        )
    if errors or anchor is None:
        raise Invalid(errors)
    row = EditingThread(
        id=new_id(), entry_id=entry_id, quote=anchor.quote, before=anchor.before, after=anchor.after
    )
    db.add(row)
    db.flush()
    _say(db, row, words, actor=actor, now=now)
    return row.id


def add_remark(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, entry_id: str, thread_id: str, words: str
) -> None:
    """Say something in a thread; a resolved one is open again."""
    require(policy.may_edit(actor))
    core.entry(db, edition_id, entry_id)
    row = queries.thread_row(db, entry_id, thread_id)
    if errors := said(words):
        raise Invalid(errors)
    row.resolved_at = None
    _say(db, row, words, actor=actor, now=now)


def resolve_thread(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    entry_id: str,
    thread_id: str,
    resolved: bool,
) -> None:
    """Settle a comment, or open it again."""
    require(policy.may_edit(actor))
    core.entry(db, edition_id, entry_id)
    row = queries.thread_row(db, entry_id, thread_id)
    if (row.resolved_at is not None) == resolved:
        return
    row.resolved_at = now if resolved else None
    row.resolved_by, row.resolver_name = actor.user_id, actor.name
    event = CommentResolved(thread_id=thread_id, entry_id=entry_id, resolved=resolved)
    journal.record(db, actor=actor, now=now, event=event)


def said(words: str, name: str = "words") -> list[FieldError]:
    """What is wrong with something that a person writes."""
    if not words:
        return [FieldError(name, _("请写下要说的话"))]
    if len(words) > WORDS_LONGEST:
        return [FieldError(name, _("不能超过 %(limit)s 个字，请分开写", limit=WORDS_LONGEST))]
    return []


def _say(db: Session, thread: EditingThread, words: str, *, actor: Actor, now: datetime) -> None:
    db.add(
        EditingRemark(
            thread_id=thread.id,
            words=words,
            written_at=now,
            written_by=actor.user_id,
            writer_name=actor.name,
        )
    )
    event = CommentWritten(thread_id=thread.id, entry_id=thread.entry_id)
    journal.record(db, actor=actor, now=now, event=event)
