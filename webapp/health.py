"""What a supervisor asks: is the process alive, can it serve, and how much has it done."""

from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from prometheus_client.core import REGISTRY
from sqlalchemy import func, select
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from foundation.journal import FailedDelivery, JournalEntry
from foundation.mail import OutgoingMail
from foundation.web import Rq, get

_entries = Gauge("exemplar_journal_entries", "Entries of the journal")
_failed = Gauge("exemplar_failed_deliveries", "Journal entries that a subscriber could not take yet")
_waiting = Gauge("exemplar_waiting_mails", "Mails not sent yet")


def routes(*, metrics: bool) -> list[BaseRoute]:
    """`/live` and `/ready`, and `/metrics` where the settings allow it."""
    return [get("/live", _live), get("/ready", _ready), *([get("/metrics", _metrics)] if metrics else [])]


def _live(_rq: Rq) -> Response:
    return PlainTextResponse("alive")


def _ready(rq: Rq) -> Response:
    """Answers 200 only if the database answers."""
    rq.db.scalar(select(func.count()).select_from(JournalEntry).where(JournalEntry.seq < 0))
    return PlainTextResponse("ready")


def _metrics(rq: Rq) -> Response:
    _entries.set(rq.db.scalar(select(func.max(JournalEntry.seq))) or 0)
    _failed.set(rq.db.scalar(select(func.count()).select_from(FailedDelivery)) or 0)
    _waiting.set(
        rq.db.scalar(select(func.count()).select_from(OutgoingMail).where(OutgoingMail.sent_at.is_(None)))
        or 0
    )
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)
