"""Mail: written into an outbox in the transaction that causes it, sent later by the worker."""

import logging
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import ForeignKey, LargeBinary, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation import text
from foundation.db import Database, Id, Row
from foundation.ids import new_id
from foundation.languages import reader_translations
from foundation.people import User

log = logging.getLogger(__name__)

ATTEMPTS = 8
SUBJECT_LONGEST = 300


class OutgoingMail(Row):
    """One message; `sent_at` is empty while it waits, `failure` says why the last attempt failed.

    `private`: who it went to, and what it says, is not for those who look after the outbox."""

    __tablename__ = "outgoing_mail"

    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(SUBJECT_LONGEST))
    body: Mapped[str] = mapped_column(Text)
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(String(500), default="")
    private: Mapped[bool] = mapped_column(default=False)


class MailEnclosure(Row):
    """A file that goes with a message."""

    __tablename__ = "outgoing_mail_enclosure"

    mail_id: Mapped[str] = mapped_column(Id, ForeignKey("outgoing_mail.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A small file to go with a message, such as a receipt; `media_type` like application/pdf."""

    name: str
    media_type: str
    content: bytes


def queue(
    db: Session,
    *,
    now: datetime,
    to: str,
    subject: text.Text,
    body: text.Text,
    enclosures: Sequence[Enclosure] = (),
    reader: User | None = None,
    key: str = "",
    hold: timedelta = timedelta(),
    private: bool = False,
) -> None:
    """Put a message into the outbox, in its reader's language; it exists exactly if the transaction commits.

    `reader` is the account of the address, where the caller has it at hand. A letter that waits for something
    to go with it has a `key` of the caller's (an id of ours) and goes at the latest after `hold`. A
    `private` one stands in no organiser's outbox. A subject is one line, whatever names stand in it.
    """
    with text.use_translations(reader_translations(db, to, reader)):
        mail = OutgoingMail(
            id=key or new_id(),
            recipient=to,
            subject=" ".join(str(subject).split())[:SUBJECT_LONGEST],
            body=str(body),
            queued_at=now,
            due_at=now + hold,
            private=private,
        )
    db.add(mail)
    if enclosures:
        db.flush()
    for each in enclosures:
        _add(db, mail.id, each)


def recipient_of_waiting(db: Session, key: str) -> str | None:
    """To whom the letter with this key will go; None if it has gone or there is none."""
    return db.scalar(
        select(OutgoingMail.recipient).where(OutgoingMail.id == key, OutgoingMail.sent_at.is_(None))
    )


def enclose(db: Session, *, now: datetime, key: str, enclosure: Enclosure) -> None:
    """Put a file to a letter that waits for it, and let it go; one that has gone stays as it was."""
    mail = db.scalar(select(OutgoingMail).where(OutgoingMail.id == key, OutgoingMail.sent_at.is_(None)))
    if mail is not None:
        _add(db, key, enclosure)
        mail.due_at = min(mail.due_at, now)


def _add(db: Session, mail_id: str, enclosure: Enclosure) -> None:
    db.add(
        MailEnclosure(
            id=new_id(),
            mail_id=mail_id,
            name=enclosure.name,
            media_type=enclosure.media_type,
            content=enclosure.content,
        )
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mailer sends."""

    id: str
    recipient: str
    subject: str
    body: str
    queued_at: datetime
    enclosures: tuple[Enclosure, ...] = ()

    def message(self, sender: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = sender
        message["To"] = self.recipient
        message["Subject"] = self.subject
        message["Date"] = format_datetime(self.queued_at)
        message["Message-ID"] = f"<{self.id}@{sender.rpartition('@')[2].rstrip('>') or 'localhost'}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.body)
        for each in self.enclosures:
            kind, _slash, subtype = each.media_type.partition("/")
            message.add_attachment(each.content, maintype=kind, subtype=subtype, filename=each.name)
        return message


class Mailer(Protocol):
    def send(self, letter: Letter) -> None:
        """Hand the letter over; raises OSError or smtplib.SMTPException when that failed."""
        ...


class FolderMailer:
    """Writes each letter as an .eml file: nothing leaves the machine."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, letter: Letter) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"{letter.id}.eml").write_bytes(letter.message(self._sender).as_bytes())


class SmtpMailer:
    """Sends through an SMTP server, with STARTTLS where `encrypted`, signed in where a user is given."""

    def __init__(
        self, host: str, port: int, sender: str, *, user: str = "", password: str = "", encrypted: bool = True
    ) -> None:
        self._address = (host, port)
        self._sender = sender
        self._user = user
        self._password = password
        self._encrypted = encrypted

    def send(self, letter: Letter) -> None:
        with smtplib.SMTP(*self._address, timeout=20) as server:
            if self._encrypted:
                server.starttls(context=ssl.create_default_context())
            if self._user:
                server.login(self._user, self._password)
            server.send_message(letter.message(self._sender))


def waiting(db: Session, now: datetime, limit: int = 20) -> list[Letter]:
    """Letters that are due and not given up, oldest first."""
    rows = db.scalars(
        select(OutgoingMail)
        .where(OutgoingMail.sent_at.is_(None), OutgoingMail.due_at <= now, OutgoingMail.attempts < ATTEMPTS)
        .order_by(OutgoingMail.due_at, OutgoingMail.id)
        .limit(limit)
    )
    return [
        Letter(row.id, row.recipient, row.subject, row.body, row.queued_at, _enclosures(db, row.id))
        for row in rows
    ]


def _enclosures(db: Session, mail_id: str) -> tuple[Enclosure, ...]:
    rows = db.scalars(
        select(MailEnclosure).where(MailEnclosure.mail_id == mail_id).order_by(MailEnclosure.id)
    )
    return tuple(Enclosure(row.name, row.media_type, row.content) for row in rows)


def deliver(database: Database, mailer: Mailer, now: datetime) -> int:
    """Send what waits, one transaction a letter; returns how many were sent.

    A letter may go twice when the process dies between sending and noting it: its Message-ID is the same.
    """
    with database.read() as db:
        letters = waiting(db, now)
    sent = 0
    for letter in letters:
        failure = ""
        try:
            mailer.send(letter)
        except Exception as error:  # also one that cannot be written: the others go
            log.exception("letter %s was not sent", letter.id)
            failure = f"{type(error).__name__}: {error}"[:500]
        with database.write() as db:
            row = db.get_one(OutgoingMail, letter.id)
            row.attempts += 1
            row.failure = failure
            row.due_at = now + timedelta(minutes=2**row.attempts)
            if not failure:
                row.sent_at = now
                sent += 1
    return sent
