"""Mail: queued with the deed, sent later, once where possible; a folder and a real SMTP server."""

import email
import email.policy
import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from foundation import mail
from foundation.db import Database
from foundation.mail import FolderMailer, Letter, SmtpMailer
from foundation.text import verbatim

SENDER = "案例征集 <cases@example.org>"
SUBJECT = verbatim("提交回执 2026-ABCD")
BODY = verbatim("您的案例《把主题党日开到田间地头》已收到。\n\n此邮件由系统发出。\n")


def _queue(database: Database, now: datetime, to: str = "li@example.org") -> None:
    with database.write() as db:
        mail.queue(db, now=now, to=to, subject=SUBJECT, body=BODY)


def _waiting(database: Database, at: datetime) -> list[Letter]:
    with database.read() as db:
        return mail.waiting(db, at)


def _parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


class Failing:
    def __init__(self) -> None:
        self.tried = 0

    def send(self, letter: Letter) -> None:
        self.tried += 1
        raise ConnectionRefusedError("no server")


def test_a_letter_exists_exactly_if_the_deed_does(database: Database, now: datetime) -> None:
    def fail() -> None:
        with database.write() as db:
            mail.queue(db, now=now, to="li@example.org", subject=SUBJECT, body=BODY)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert _waiting(database, now) == []
    _queue(database, now)
    assert [letter.recipient for letter in _waiting(database, now)] == ["li@example.org"]


def test_a_folder_gets_readable_letters(database: Database, now: datetime, tmp_path: Path) -> None:
    _queue(database, now)
    sent = mail.deliver(database, FolderMailer(tmp_path / "mail", SENDER), now)
    (file,) = (tmp_path / "mail").glob("*.eml")
    message = _parsed(file.read_bytes())
    assert (sent, message["To"], message["Subject"], message["From"]) == (
        1,
        "li@example.org",
        str(SUBJECT),
        SENDER,
    )
    assert message.get_content().replace("\r\n", "\n") == str(BODY)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@example.org>")


def test_a_letter_is_sent_once(database: Database, now: datetime, tmp_path: Path) -> None:
    _queue(database, now)
    mailer = FolderMailer(tmp_path, SENDER)
    assert [mail.deliver(database, mailer, now), mail.deliver(database, mailer, now)] == [1, 0]
    assert _waiting(database, now) == []


def test_a_dead_server_loses_nothing_and_is_not_hammered(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    _queue(database, now)
    failing = Failing()
    for second in range(20):
        assert mail.deliver(database, failing, now + timedelta(seconds=second)) == 0
    assert failing.tried < 5
    assert mail.deliver(database, FolderMailer(tmp_path, SENDER), now + timedelta(hours=6)) == 1


def test_after_many_failures_a_letter_waits_for_a_person(database: Database, now: datetime) -> None:
    _queue(database, now)
    failing = Failing()
    for day in range(40):
        mail.deliver(database, failing, now + timedelta(days=day))
    assert (failing.tried, _waiting(database, now + timedelta(days=99))) == (mail.ATTEMPTS, [])


def test_one_bad_address_does_not_hold_up_the_others(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    class Picky(FolderMailer):
        def send(self, letter: Letter) -> None:
            if letter.recipient == "bad@example.org":
                raise smtplib.SMTPRecipientsRefused({})
            super().send(letter)

    for address in ("bad@example.org", "a@example.org", "b@example.org"):
        _queue(database, now, address)
    assert mail.deliver(database, Picky(tmp_path, SENDER), now) == 2


# --- a real server ---------------------------------------------------------------------------------


class Inbox:
    def __init__(self) -> None:
        self.letters: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


class _AnyPort(Controller):
    """aiosmtpd looks itself up under the port it was given; with port 0 the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]  # it is started
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd has no types


@pytest.fixture
def smtp() -> Iterator[tuple[Inbox, int]]:
    inbox = Inbox()

    def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"cases", b"secret")
        return AuthResult(success=right, handled=False)  # aiosmtpd itself says no

    controller = _AnyPort(
        inbox, hostname="127.0.0.1", port=0, authenticator=authenticate, auth_require_tls=False
    )
    controller.start()
    yield inbox, controller.port
    controller.stop()


def test_a_real_server_gets_the_letter(
    sqlite_database: Database, now: datetime, smtp: tuple[Inbox, int]
) -> None:
    inbox, port = smtp
    _queue(sqlite_database, now)
    mailer = SmtpMailer("127.0.0.1", port, SENDER, user="cases", password="secret", encrypted=False)
    assert mail.deliver(sqlite_database, mailer, now) == 1
    ((recipients, raw),) = inbox.letters
    message = _parsed(raw)
    assert (recipients, message["Subject"]) == (["li@example.org"], str(SUBJECT))
    assert message.get_content().replace("\r\n", "\n") == str(BODY)


def test_a_wrong_password_is_noted_and_tried_again(
    sqlite_database: Database, now: datetime, smtp: tuple[Inbox, int]
) -> None:
    inbox, port = smtp
    _queue(sqlite_database, now)
    wrong = SmtpMailer("127.0.0.1", port, SENDER, user="cases", password="wrong", encrypted=False)
    right = SmtpMailer("127.0.0.1", port, SENDER, user="cases", password="secret", encrypted=False)
    assert mail.deliver(sqlite_database, wrong, now) == 0
    assert mail.deliver(sqlite_database, right, now + timedelta(hours=1)) == 1
    assert len(inbox.letters) == 1


def test_a_server_without_encryption_is_refused_where_encryption_is_asked(
    sqlite_database: Database, now: datetime, smtp: tuple[Inbox, int]
) -> None:
    inbox, port = smtp
    _queue(sqlite_database, now)
    strict = SmtpMailer("127.0.0.1", port, SENDER, user="cases", password="secret", encrypted=True)
    assert (mail.deliver(sqlite_database, strict, now), inbox.letters) == (0, [])


def test_no_name_that_somebody_typed_stops_the_mail(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    _queue(database, now, to="li@example.org\nBcc: all@example.org")
    with database.write() as db:
        subject = verbatim("两行的\n\n名称\r\nBcc: all@example.org" + "长" * 400)
        mail.queue(db, now=now, to="wang@example.org", subject=subject, body=BODY)
    assert mail.deliver(database, FolderMailer(tmp_path, SENDER), now) == 1
    sent = [_parsed(each.read_bytes()) for each in tmp_path.glob("*.eml")]
    assert [each["To"] for each in sent] == ["wang@example.org"]
    assert sent[0]["Subject"].startswith("两行的 名称 Bcc: all@example.org长")
    assert sent[0]["Bcc"] is None
    assert len(_waiting(database, now + timedelta(hours=1))) == 1
