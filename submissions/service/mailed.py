"""Cases by e-mail: kept unconfirmed, taken over as a draft or thrown away by a submitter of the unit.

Who an e-mail is from can be forged by anybody. So a message makes no draft: it waits, seen by the unit alone,
until one of its people, signed in, says that it is theirs. Handing in stays what it always is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import SYSTEM, Actor, Role
from foundation.errors import NotFound, Refused
from foundation.files import StoredFile
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from submissions import policy, queries
from submissions.errors import WindowClosed
from submissions.events import CaseMailed, MailedCaseDecided
from submissions.models import MailedCase
from submissions.queries.mailed import mailed_view
from submissions.service.attachments import NewFile, attach_file
from submissions.service.drafts import import_word, start_draft
from submissions.values import CallView, CaseText
from submissions.values.mailed import MailedFile, MailedState, MailedView

WAITING_HIGHEST = 10
"""Messages of one unit and call that wait at once: a flood of forged ones stays small."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message whose document was read: what of it is kept."""

    sender: str
    sender_name: str
    subject: str
    message_id: str
    title: str
    word_count: int
    document: NewFile
    files: Sequence[NewFile] = ()


def receive_mailed(
    db: Session, *, claimed: Actor, now: datetime, call_id: str, message: Message
) -> MailedView:
    """Keep a message of somebody who says that he is `claimed`. For a session that sees everything.

    Raises:
        Refused: the call takes nothing now, or too much waits already.
    """
    require(policy.may_start(claimed))
    unit_id = claimed.unit_id or ""
    call = queries.call(db, call_id)
    _check_open(db, call, unit_id, now)
    waiting = db.scalar(
        select(func.count(MailedCase.id)).where(
            MailedCase.call_id == call_id,
            MailedCase.unit_id == unit_id,
            MailedCase.state == MailedState.WAITING.value,
        )
    )
    if (waiting or 0) >= WAITING_HIGHEST:
        raise Refused(_("已有 %(count)s 封邮件等待确认，请先登录处理，再发新的邮件。", count=WAITING_HIGHEST))
    row = MailedCase(
        id=new_id(),
        call_id=call_id,
        unit_id=unit_id,
        sender=message.sender[:254],
        sender_name=message.sender_name[:200],
        subject=message.subject[:300],
        message_id=message.message_id[:300],
        received_at=now,
        title=message.title,
        word_count=message.word_count,
        document_name=message.document.name[-255:],
        document_sha256=message.document.stored.sha256,
        document_size=message.document.stored.size,
        files=[asdict(_kept(file)) for file in message.files],
        state=MailedState.WAITING.value,
    )
    db.add(row)
    db.flush()
    record(db, actor=SYSTEM, now=now, event=CaseMailed(mailed_id=row.id, call_id=call_id, unit_id=unit_id))
    return mailed_view(row)


def accept_mailed(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    mailed_id: str,
    text: CaseText,
    pictures: Sequence[tuple[str, NewFile]],
) -> tuple[str, tuple[str, ...]]:
    """Make it a draft of the actor's unit, with its text, pictures and files; returns the case's id, and the
    names of the files that the call does not take: they stop nobody from taking over the rest.

    Raises:
        NotFound, Forbidden
        Refused: somebody has decided already, or the call takes nothing now.
    """
    row = _waiting(db, actor, mailed_id)
    case_id = start_draft(db, actor=actor, now=now, call_id=row.call_id)
    revision = queries.draft(db, case_id).revision
    import_word(db, actor=actor, now=now, case_id=case_id, revision=revision, text=text, pictures=pictures)
    left = []
    for file in mailed_view(row).files:
        try:
            attach_file(db, actor=actor, now=now, case_id=case_id, file=_new(file))
        except Refused:
            left.append(file.name)
    _decide(db, row, MailedState.ACCEPTED, actor, now, case_id)
    return case_id, tuple(left)


def discard_mailed(db: Session, *, actor: Actor, now: datetime, mailed_id: str) -> None:
    """Throw it away: it was not ours, or is not wanted.

    Raises:
        NotFound, Forbidden, Refused
    """
    _decide(db, _waiting(db, actor, mailed_id), MailedState.DISCARDED, actor, now, None)


def _waiting(db: Session, actor: Actor, mailed_id: str) -> MailedCase:
    row = db.scalar(select(MailedCase).where(MailedCase.id == mailed_id).with_for_update())
    if row is None:
        raise NotFound
    require(policy.may_write(actor, unit_id=row.unit_id))
    if row.state != MailedState.WAITING.value:
        raise Refused(_("这封邮件已经处理过了，请在“我的申报”中查看。"))
    return row


def _decide(
    db: Session, row: MailedCase, state: MailedState, actor: Actor, now: datetime, case_id: str | None
) -> None:
    row.state, row.case_id = state.value, case_id
    row.decided_at, row.decided_by = now, actor.user_id
    db.flush()
    event = MailedCaseDecided(mailed_id=row.id, case_id=case_id, accepted=state is MailedState.ACCEPTED)
    record(db, actor=actor, now=now, event=event)


def _check_open(db: Session, call: CallView, unit_id: str, now: datetime) -> None:
    if call.published_at is None or now < call.opens_at:
        raise WindowClosed(_("这个征集活动还没有开始，请在开始以后再发送。"))
    if now >= queries.deadline(db, call, unit_id):
        raise WindowClosed(_("这个征集活动已经截止，不能再新建案例。如有特殊情况，请联系组织单位。"))


def _kept(file: NewFile) -> MailedFile:
    return MailedFile(
        file.stored.sha256,
        file.stored.size,
        file.kind,
        file.name,
        file.media_type,
        file.width,
        file.height,
    )


def _new(file: MailedFile) -> NewFile:
    return NewFile(
        StoredFile(file.sha256, file.size),
        "photo" if file.kind == "photo" else "file",
        file.name,
        file.media_type,
        "",
        file.width,
        file.height,
    )


def may_mail(actor: Actor) -> bool:
    """Whether messages of this account are taken at all."""
    return actor.has(Role.SUBMITTER) and policy.may_start(actor) is None
