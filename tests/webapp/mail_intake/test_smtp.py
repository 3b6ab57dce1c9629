"""Real SMTP to a real server: what is taken, what is answered, what is refused and how little that tells."""

import smtplib
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from sqlalchemy import select

from foundation import people
from foundation.actor import Role
from foundation.mail import OutgoingMail
from foundation.people import User
from foundation.visibility import as_system
from submissions import queries
from submissions.queries.mailed import mailed_waiting
from submissions.values import CallView
from tests.submissions.intake import documents
from tests.support.factories import make_call, make_unit, make_user
from tests.support.web import Visitor
from tests.webapp.exchange.test_importing import photo, word, words
from webapp.mail_intake import taking
from webapp.mail_intake.server import Server
from webapp.mail_intake.taking import Intake
from webapp.wiring import Product

DOMAIN = "cases.example"
LIMIT = 1_000_000
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def call(product: Product) -> CallView:
    with product.database.write() as db:
        village = make_unit(db, "青溪镇上河村党支部")
        make_user(db, Role.SUBMITTER, unit=village, name="李秀英", email="li@example.org")
        make_user(db, Role.JUROR, name="吴评", email="juror@example.org")
        make_user(db, Role.SUBMITTER, unit=make_unit(db), name="孙丽", email="sun@example.org")
        return make_call(db, slug="year-2026")


@pytest.fixture
def port(product: Product, call: CallView) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    intake = Intake(
        product.database,
        product.files,
        product.clock,
        domain=DOMAIN,
        base_url="https://cases.example/",
        own_sender="exemplar@cases.example",
    )
    server = Server(intake, host="127.0.0.1", port=free, limit=LIMIT)
    server.start()
    yield free
    server.stop()


def message(
    sender: str = "li@example.org", *, number: str = "1", document: bytes | None = None
) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = f"李秀英 <{sender}>", f"year-2026@{DOMAIN}"
    made["Subject"], made["Message-ID"] = "投稿", f"<{number}@example.org>"
    made.set_content("见附件")
    content = word() if document is None else document
    if content:
        made.add_attachment(content, maintype="application", subtype=WORD, filename="案例.docx")
    return made


def send(
    port: int,
    made: EmailMessage,
    *,
    sender: str = "li@example.org",
    to: tuple[str, ...] = (f"year-2026@{DOMAIN}",),
) -> tuple[int, str]:
    """The last reply of the server."""
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.ehlo()
        for reply in (client.mail(sender), *(client.rcpt(address) for address in to)):
            if reply[0] != 250:
                return reply[0], reply[1].decode()
        code, text = client.data(made.as_bytes(policy=SMTP))
        return code, text.decode()


def user(product: Product, email: str) -> User:
    with product.database.write() as db:
        found = people.user_by_email(db, email)
    assert found is not None
    return found


def letters(product: Product) -> list[tuple[str, str]]:
    with product.database.read() as db:
        return [
            (row.recipient, row.body) for row in db.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
        ]


def waiting(product: Product) -> list[Any]:
    with product.database.read() as db, as_system(db):
        units = list(people.units(db))
        return [each for unit in units for each in mailed_waiting(db, unit.id)]


def test_a_case_by_mail_becomes_a_draft_only_when_its_unit_says_so(
    product: Product, visitor: Visitor, call: CallView, port: int
) -> None:
    made = message()
    made.add_attachment(photo(), maintype="image", subtype="jpeg", filename="现场.jpg")
    assert send(port, made)[0] == 250
    assert send(port, made)[0] == 250  # a server that got no answer sends it again
    (kept,) = waiting(product)
    ((recipient, body),) = letters(product)
    assert recipient == "li@example.org"
    assert f"https://cases.example/cases/mailed/{kept.id}" in body
    assert "一本台账解开老疙瘩" in body
    assert "青溪镇上河村" not in body  # whoever forged the sender must learn nothing of the unit
    with product.database.read() as db:
        unit = people.units(db)[0]
        assert queries.cases_of_unit(db, unit.id) == []
    li, sun = user(product, "li@example.org"), user(product, "sun@example.org")
    stranger = Visitor(product).sign_in(sun)
    assert stranger.get(f"/cases/mailed/{kept.id}").status_code == 404
    assert stranger.post(f"/cases/mailed/{kept.id}/accept").status_code == 404
    visitor.sign_in(li)
    assert "来自邮件，未确认" in words(visitor.get("/cases"))
    page = words(visitor.get(f"/cases/mailed/{kept.id}"))
    assert "这封邮件是贵单位发的吗" in page
    assert "li@example.org" in page
    accepted = visitor.post(f"/cases/mailed/{kept.id}/accept")
    assert accepted.url.path.endswith("/edit")
    case_id = accepted.url.path.split("/")[2]
    with product.database.read() as db, as_system(db):
        draft = queries.draft(db, case_id)
        assert (draft.text.title, queries.case(db, case_id).status.value) == ("一本台账解开老疙瘩", "draft")
        assert [each.name for each in draft.attachments] == ["现场.jpg"]
    visitor.post(f"/cases/mailed/{kept.id}/accept")
    with product.database.read() as db, as_system(db):
        assert len(queries.cases_of_unit(db, li.unit_id or "")) == 1


def test_a_message_that_is_not_ours_is_thrown_away(
    product: Product, visitor: Visitor, call: CallView, port: int
) -> None:
    send(port, message())
    (kept,) = waiting(product)
    li = user(product, "li@example.org")
    assert "已经放弃" in words(visitor.sign_in(li).post(f"/cases/mailed/{kept.id}/discard"))
    visitor.post(f"/cases/mailed/{kept.id}/accept")
    with product.database.read() as db, as_system(db):
        assert (waiting(product), queries.cases_of_unit(db, kept.unit_id)) == ([], [])


def test_what_cannot_be_used_is_answered_with_a_sentence(product: Product, call: CallView, port: int) -> None:
    nothing = message(number="2", document=b"")
    two = message(number="3")
    two.add_attachment(word(), maintype="application", subtype=WORD, filename="二.docx")
    old = message(number="4", document=b"")
    old.add_attachment(b"\xd0\xcf", maintype="application", subtype="msword", filename="旧.doc")
    broken = message(number="5", document=b"PK\x03\x04 broken")
    for made in (nothing, two, old, broken):
        assert send(port, made)[0] == 250
    bodies = [body for _recipient, body in letters(product)]
    for body, part in zip(bodies, ("没有 Word 文件", "有 2 个 Word 文件", "旧格式", "已损坏"), strict=True):
        assert part in body
    assert waiting(product) == []


def test_refusals_tell_nothing(product: Product, call: CallView, port: int) -> None:
    automatic = message(number="9")
    automatic["Auto-Submitted"] = "auto-replied"
    listed = message(number="10")
    listed["List-Id"] = "<news.example.org>"
    sun = user(product, "sun@example.org")
    with product.database.write() as db:
        people.user(db, sun.id).active = False
    refused = {
        send(port, made)
        for made in (
            message("nobody@example.org"),
            message("juror@example.org"),
            message("sun@example.org"),
            message("exemplar@cases.example"),
            automatic,
            listed,
        )
    }
    assert refused == {(550, "5.7.1 Message not accepted")}
    assert send(port, message(), sender="") == (550, "5.7.1 Message not accepted")
    assert (letters(product), waiting(product)) == ([], [])


def test_a_letter_of_ours_that_comes_back_is_refused(product: Product, call: CallView, port: int) -> None:
    send(port, message(number="1"))
    with product.database.read() as db:
        own = db.scalars(select(OutgoingMail)).one().id
    back = message(number="2")
    del back["Message-ID"]
    back["Message-ID"] = f"<{own}@cases.example>"
    assert send(port, back)[0] == 550
    assert len(letters(product)) == 1


def test_only_one_open_call_is_an_address(port: int) -> None:
    for to in ("nowhere@cases.example", "year-2026@elsewhere.example", "li@example.org"):
        assert send(port, message(), to=(to,)) == (550, "5.1.1 No such mailbox")
    assert send(port, message(), to=(f"year-2026@{DOMAIN}",) * 2) == (550, "5.5.3 One address a message")


def test_an_unpublished_call_has_no_address(product: Product, port: int) -> None:
    with product.database.write() as db:
        make_call(db, slug="secret", published=False)
    assert send(port, message(), to=(f"secret@{DOMAIN}",)) == (550, "5.1.1 No such mailbox")


def test_large_messages_are_refused(product: Product, port: int) -> None:
    made = message()
    made.add_attachment(b"x" * LIMIT, maintype="image", subtype="jpeg", filename="a.jpg")
    assert send(port, made)[0] == 552
    assert waiting(product) == []


def test_floods_are_held_back(
    product: Product, call: CallView, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(taking.PER_SENDER):
        assert send(port, message(number=f"n{number}", document=b""))[0] == 250
    assert send(port, message(number="last", document=b""))[0] == 451
    assert len(letters(product)) == taking.PER_SENDER


def test_after_many_refusals_a_server_is_told_to_come_later(
    product: Product, call: CallView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "REFUSED_PER_PEER", 3)
    intake = Intake(
        product.database,
        product.files,
        product.clock,
        domain=DOMAIN,
        base_url="",
        own_sender="x@cases.example",
    )
    raw = message("nobody@example.org").as_bytes()
    said = [intake.take(peer="192.0.2.1", recipient=f"year-2026@{DOMAIN}", raw=raw)[:3] for _n in range(5)]
    assert said == ["550", "550", "550", "451", "451"]
    good = message(document=documents.package("<w:p/>")).as_bytes()
    assert intake.take(peer="192.0.2.2", recipient=f"year-2026@{DOMAIN}", raw=good)[:3] == "250"
