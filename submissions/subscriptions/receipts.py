"""The receipt's PDF goes with the letter that waits for it in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import NullTranslations

from sqlalchemy.orm import Session

from foundation import mail
from foundation.clock import Clock
from foundation.journal import Entry, Subscription
from foundation.languages import reader_translations
from foundation.text import use_translations
from submissions import queries
from submissions.events import CaseSubmitted
from submissions.receipt_paper import receipt_pdf
from submissions.rules.fingerprints import sign
from submissions.values import Receipt

STALE = timedelta(days=1)
"""A letter that has waited longer goes without: a backlog leaves no time for paper, and the PDF is on the
receipt's page."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    receipt: Receipt
    translations: NullTranslations
    at: datetime


class ReceiptPrinter:
    """Makes the PDF outside any transaction and lets the letter go with it."""

    def __init__(self, *, key: bytes, base_url: str, clock: Clock) -> None:
        self._key = key
        self._base_url = base_url
        self._clock = clock

    def load(self, db: Session, entry: Entry) -> _Wanted | None:
        """None where the letter has gone, or there is none."""
        version_id = str(entry.detail["version_id"])
        recipient = mail.recipient_of_waiting(db, version_id)
        if recipient is None or self._clock.now() - entry.at > STALE:
            return None
        receipt = sign(queries.receipt(db, version_id), self._key)
        return _Wanted(receipt, reader_translations(db, recipient), entry.at)

    def work(self, wanted: _Wanted | None) -> mail.Enclosure | None:
        if wanted is None:
            return None
        with use_translations(wanted.translations):
            content = receipt_pdf(wanted.receipt, base_url=self._base_url, now=wanted.at)
        return mail.Enclosure(f"{wanted.receipt.number}.pdf", "application/pdf", content)

    def save(self, db: Session, entry: Entry, enclosure: mail.Enclosure | None) -> None:
        if enclosure is not None:
            mail.enclose(db, now=self._clock.now(), key=str(entry.detail["version_id"]), enclosure=enclosure)


def subscriptions(*, key: bytes, base_url: str, clock: Clock) -> list[Subscription]:
    printer = ReceiptPrinter(key=key, base_url=base_url, clock=clock)
    return [
        Subscription(
            "submissions.receipts",
            frozenset({CaseSubmitted.action}),
            load=printer.load,
            work=printer.work,
            save=printer.save,
            slow=True,
        )
    ]
