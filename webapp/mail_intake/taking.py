"""What becomes of a message: refused, answered with a sentence, or kept for the unit and answered.

Refusals inside SMTP tell nothing: the same words for an address that we do not know, an account without the
right, a message by a program. They are refusals and not a silent drop, because a person who wrote from his
private address must learn from his own mail server that nothing came; nothing we send could reach a stranger.
"""

from __future__ import annotations

import io
import logging
import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from foundation import mail, people, richtext
from foundation.actor import Actor
from foundation.body import Upload
from foundation.clock import Clock
from foundation.db import Database
from foundation.errors import NotFound, Problem, Refused
from foundation.files import FileStore
from foundation.people import actor_of
from foundation.text import Text, _
from foundation.wordcount import word_count
from submissions import queries
from submissions.intake import ParsedCase, read_document
from submissions.pages import uploading
from submissions.queries.mailed import was_mailed
from submissions.service import NewFile
from submissions.service.mailed import Message, may_mail, receive_mailed
from submissions.values import CallView
from submissions.values.mailed import MailedView
from webapp.mail_intake.reading import Attached, Mail, Unwanted, read_mail

log = logging.getLogger(__name__)

PER_SENDER = 12
"""Messages of one sender in an hour; each costs a document read and an answer sent."""
REFUSED_PER_PEER = 120
"""Refusals of one server in an hour, after which it is told to come later: addresses cannot be tried out."""
WINDOW = timedelta(hours=1)
PHOTOS = 20
DOCUMENT_LIMIT = 30_000_000
PHOTO_LIMIT = 30_000_000

OK = "250 2.0.0 Message accepted"
NOT_ACCEPTED = "550 5.7.1 Message not accepted"
NO_MAILBOX = "550 5.1.1 No such mailbox"
ONE_CALL = "550 5.5.3 One address a message"
LATER = "451 4.7.1 Too many messages, please try again later"
FAILED = "451 4.3.0 Temporary failure, please try again later"


class Rates:
    """How often something happened lately, by key; small, in memory, begun anew with the process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen: dict[str, deque[datetime]] = {}
        self._guard = threading.Lock()

    def is_full(self, key: str, now: datetime) -> bool:
        with self._guard:
            return len(self._fresh(key, now)) >= self._most

    def note(self, key: str, now: datetime) -> None:
        with self._guard:
            self._fresh(key, now).append(now)
            if len(self._seen) > 10_000:
                self._seen = {each: times for each, times in self._seen.items() if times[-1] > now - WINDOW}

    def _fresh(self, key: str, now: datetime) -> deque[datetime]:
        times = self._seen.setdefault(key, deque())
        while times and times[0] <= now - WINDOW:
            times.popleft()
        return times


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was understood, stored with the photos beside it."""

    parsed: ParsedCase
    document: NewFile
    photos: tuple[NewFile, ...]
    left_out: tuple[str, ...]


class Intake:
    """Takes messages for calls. `own_sender` is the address our own letters come from."""

    def __init__(
        self,
        database: Database,
        files: FileStore,
        clock: Clock,
        *,
        domain: str,
        base_url: str,
        own_sender: str,
    ) -> None:
        self._database = database
        self._files = files
        self._clock = clock
        self._domain = domain.lower()
        self._base_url = base_url.rstrip("/")
        self._own = people.normal_email(own_sender)
        self._senders = Rates(PER_SENDER)
        self._refused = Rates(REFUSED_PER_PEER)

    def recipient(self, address: str) -> str:
        """The reply to RCPT: whether this is the address of a call that is open to the public."""
        return OK if self._call(address) is not None else NO_MAILBOX

    def take(self, *, peer: str, recipient: str, raw: bytes) -> str:
        """The reply to DATA. When it is OK, what came is kept or its sender has an answer in the outbox."""
        now = self._clock.now()
        if self._refused.is_full(peer, now):
            return LATER
        try:
            found = read_mail(raw)
        except Unwanted as unwanted:
            log.info("mail refused: %s", unwanted)
            return self._refuse(peer, now)
        call = self._call(recipient)
        claimed = self._claimed(found)
        if call is None or claimed is None or found.automatic or self._is_ours(found):
            log.info("mail refused: %s", found.automatic or "unknown sender, own message or no call")
            return self._refuse(peer, now)
        if self._senders.is_full(claimed.user_id, now):
            return LATER
        self._senders.note(claimed.user_id, now)
        return self._answered(found, call, claimed, now)

    def _refuse(self, peer: str, now: datetime) -> str:
        self._refused.note(peer, now)
        return NOT_ACCEPTED

    def _call(self, address: str) -> CallView | None:
        slug, _at, domain = address.strip().lower().rpartition("@")
        if domain != self._domain or not slug:
            return None
        with self._database.read() as db:
            try:
                call = queries.call_by_slug(db, slug)
            except NotFound:
                return None
        return call if call.published_at is not None else None

    def _claimed(self, found: Mail) -> Actor | None:
        """Who the sender says he is, if that account may write cases."""
        if not found.sender:
            return None
        with self._database.read() as db:
            user = people.user_by_email(db, found.sender)
            if user is None or not user.active:
                return None
            actor = actor_of(user)
        return actor if may_mail(actor) else None

    def _is_ours(self, found: Mail) -> bool:
        """A letter of ours that came back: from our address, or with a number that we have given."""
        if found.sender == self._own:
            return True
        number, _at, domain = found.message_id.strip("<> ").rpartition("@")
        if domain.lower() != self._own.rpartition("@")[2]:
            return False
        with self._database.read() as db:
            return db.get(mail.OutgoingMail, number) is not None

    def _answered(self, found: Mail, call: CallView, claimed: Actor, now: datetime) -> str:
        message_id = found.message_id or f"<none-{now.timestamp()}-{claimed.user_id}>"
        with self._database.read() as db:
            if was_mailed(db, claimed.unit_id or "", message_id):
                return OK
        try:
            read = self._read(found)
            with self._database.write() as db:
                kept = receive_mailed(
                    db,
                    claimed=claimed,
                    now=now,
                    call_id=call.id,
                    message=_message(found, message_id, read),
                )
                self._answer(db, claimed, call, now, self._understood(found, call, read, kept))
        except IntegrityError:
            return OK  # the same message at the same moment, by another connection
        except Problem as problem:
            with self._database.write() as db:
                self._answer(db, claimed, call, now, _not_taken(found, call, problem.reason))
        return OK

    def _read(self, found: Mail) -> Read:
        """Understand the document and store the files; outside any transaction.

        Raises:
            Problem: there is not exactly one document, or it cannot be read.
        """
        document = _one_document(found)
        parsed = read_document(document.name, document.data)
        if not parsed.body_html:
            raise Refused(_("Word 文件里没有找到正文，请检查后重新发送。"))
        stored = NewFile(
            self._files.put([document.data], limit=DOCUMENT_LIMIT),
            "file",
            document.name,
            uploading.KINDS["docx"],
        )
        photos, left_out = [], list(found.others)
        for photo in found.photos[:PHOTOS]:
            try:
                photos.append(self._photo(photo))
            except Problem:
                left_out.append(photo.name)
        left_out += [photo.name for photo in found.photos[PHOTOS:]]
        return Read(parsed, stored, tuple(photos), tuple(left_out))

    def _photo(self, photo: Attached) -> NewFile:
        upload = Upload(photo.name, "image/*", len(photo.data), io.BytesIO(photo.data))
        return uploading.stored(self._files, upload)

    def _answer(self, db: Session, claimed: Actor, call: CallView, now: datetime, body: Text) -> None:
        """To the address of the account, wherever the message says that answers should go."""
        user = people.user(db, claimed.user_id)
        subject = _("收到您发给《%(call)s》的邮件", call=call.title)
        mail.queue(db, now=now, to=user.email, subject=subject, body=body, reader=user)

    def _understood(self, found: Mail, call: CallView, read: Read, kept: MailedView) -> Text:
        """What was understood, nothing that the message did not hold, and the link to go on."""
        parsed = read.parsed
        return _(
            "您好：\n\n系统收到了一封以您的邮箱发给《%(call)s》的邮件，附件是“%(file)s”。识别到的内容：\n\n"
            "标题：%(title)s\n正文：%(words)s 字，照片 %(photos)s 张\n没有接收的附件：%(left)s\n\n"
            "这还不是草稿，更没有提交。请打开下面的链接，登录后确认这封邮件是您发的，再核对、补充、"
            "签署真实性承诺并提交：\n\n%(link)s\n\n如果不是您发的，请打开链接选择“放弃”，或者不予理会。\n",
            call=call.title,
            file=read.document.name,
            title=parsed.title or _("（没有识别到）"),
            words=kept.word_count,
            photos=len(parsed.pictures) + len(read.photos),
            left="、".join(read.left_out) or _("无"),
            link=f"{self._base_url}/cases/mailed/{kept.id}",
        )


def _message(found: Mail, message_id: str, read: Read) -> Message:
    return Message(
        sender=found.sender,
        sender_name=found.sender_name,
        subject=found.subject,
        message_id=message_id,
        title=read.parsed.title,
        word_count=word_count(richtext.plain(read.parsed.body_html)),
        document=read.document,
        files=read.photos,
    )


def _one_document(found: Mail) -> Attached:
    if len(found.documents) == 1:
        return found.documents[0]
    if found.documents:
        raise Refused(
            _("邮件里有 %(count)s 个 Word 文件。请每封邮件只附一个案例。", count=len(found.documents))
        )
    if any(name.lower().endswith((".doc", ".wps", ".rtf")) for name in found.others):
        raise Refused(_("附件是旧格式的文件。请用 Word 或 WPS 另存为“Word 文档（*.docx）”后重新发送。"))
    raise Refused(_("邮件里没有 Word 文件（.docx）。请把案例的 Word 文件作为附件重新发送。"))


def _not_taken(found: Mail, call: CallView, reason: Text) -> Text:
    return _(
        "您好：\n\n系统收到了一封以您的邮箱发给《%(call)s》的邮件（主题：%(subject)s），但没有接收：\n\n"
        "%(reason)s\n\n如果不是您发的，请不予理会。\n",
        call=call.title,
        subject=found.subject or _("（空）"),
        reason=reason,
    )
