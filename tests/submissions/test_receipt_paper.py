"""The receipt as a PDF: what it says, what its code leads to, and that it goes with the letter."""

import email
import io
from datetime import timedelta
from email.policy import default
from pathlib import Path
from typing import Any

import pypdf
import pytest
from sqlalchemy import select

from foundation.clock import FixedClock
from foundation.mail import MailEnclosure, OutgoingMail
from foundation.people import user
from submissions import queries
from submissions.receipt_paper import verification_path
from submissions.rules.fingerprints import sign
from tests.submissions.factories import DURING, World, hand_in, world
from tests.support.web import Visitor


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database)


def letters(product: Any) -> list[Any]:
    folder: Path = product.settings.data_dir / "mail"
    found = [email.message_from_bytes(each.read_bytes(), policy=default) for each in folder.glob("*.eml")]
    return [each for each in found if "回执" in each["subject"]]


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    # pypdf reads the two bytes of each character of such a font as two characters
    return "".join("".join(page.extract_text() for page in pages).replace("\0", "").split())


def test_the_letter_waits_for_its_pdf(product: Any, here: World) -> None:
    receipt = hand_in(product.database, here.branch, here.call)
    assert product.worker.run_once() > 0
    (letter,) = letters(product)
    (pdf,) = list(letter.iter_attachments())
    assert (pdf.get_filename(), pdf.get_content_type()) == (f"{receipt.number}.pdf", "application/pdf")
    said = text_of(pdf.get_content())
    assert receipt.number in said
    assert receipt.content_hash in said
    assert "2026年3月10日16:00:00（北京时间）" in said
    product.worker.run_once()
    assert len(letters(product)) == 1


def test_the_letter_goes_without_it_when_that_takes_too_long(
    product: Any, here: World, clock: FixedClock
) -> None:
    hand_in(product.database, here.branch, here.call)
    clock.set(DURING + timedelta(days=2))
    product.worker.run_once()
    (letter,) = letters(product)
    assert list(letter.iter_attachments()) == []
    with product.database.read() as db:
        assert db.scalars(select(OutgoingMail.sent_at)).all() == [DURING + timedelta(days=2)]
        assert db.scalars(select(MailEnclosure.id)).all() == []


def test_the_code_on_the_page_and_the_pdf_proves_the_receipt(product: Any, here: World) -> None:
    made = hand_in(product.database, here.branch, here.call)
    with product.database.read() as db:
        receipt = sign(queries.receipt(db, made.version_id), product.edge.secret)
        visitor = Visitor(product).sign_in(user(db, here.branch.user_id))
        other = Visitor(product).sign_in(user(db, here.stranger.user_id))
    page = visitor.get(f"/cases/{made.case_id}/receipt")
    assert 'class="qr"' in page.text
    got = visitor.get(f"/cases/{made.case_id}/receipts/1/pdf")
    assert (got.status_code, got.headers["content-type"]) == (200, "application/pdf")
    assert receipt.signature[:32] in text_of(got.content)
    proof = Visitor(product).get(verification_path(receipt))
    assert "回执属实" in proof.text
    assert made.title not in proof.text
    assert made.unit_name not in proof.text
    wrong = verification_path(receipt)[:-1] + ("0" if receipt.signature[31] != "0" else "1")
    assert "不符" in Visitor(product).get(wrong).text
    assert other.get(f"/cases/{made.case_id}/receipts/1/pdf").status_code == 404
    assert visitor.get(f"/cases/{made.case_id}/receipts/2/pdf").status_code == 404
