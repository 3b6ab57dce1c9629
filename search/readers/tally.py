"""Counting who looks, without knowing who: numbers in memory, written in one go every half minute.

Nothing about a person is stored. So that a reload counts once, a visitor is a hash under a random key that
lives in this process for a day: it cannot be turned back, and it is written nowhere. Another process does not
know it; the same visitor there is another one. What was counted in the last half minute is lost when a
process is killed; one that is stopped writes it first.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from foundation.db import Database
from foundation.web import Rq
from search.holdings import Shelved
from search.readers.rules.usage import is_new, is_reader
from search.readers.service.usage import add_up
from search.readers.values.usage import Counted, Use

log = logging.getLogger(__name__)

PAUSE = 30.0
"""Seconds between two writings."""
MOST_REMEMBERED = 50_000
"""Looks that are remembered; after more the oldest are forgotten and may count twice."""


class Tally:
    """The counter of one process."""

    def __init__(self, database: Database, zone: str) -> None:
        self._database = database
        self._zone = ZoneInfo(zone)
        self._guard = threading.Lock()
        self._counts: Counter[Counted] = Counter()
        self._looks: dict[bytes, datetime] = {}
        self._key = b""
        self._key_day: date | None = None
        self._timer: threading.Timer | None = None
        self._closed = False

    def day(self, now: datetime) -> date:
        """The day on the site's own calendar."""
        return now.astimezone(self._zone).date()

    def note(self, rq: Rq, case: Shelved, use: Use) -> None:
        """Count that a reader looks at a case, or takes it with him."""
        if rq.request.method != "GET" or not is_reader(rq.request.headers):
            return
        day = self.day(rq.now)
        with self._guard:
            look = self._look(rq, day, case.id, use)
            if not is_new(self._looks.pop(look, None), rq.now):
                self._looks[look] = rq.now
                return
            self._looks[look] = rq.now
            while len(self._looks) > MOST_REMEMBERED:
                del self._looks[next(iter(self._looks))]
            self._counts[Counted(case.id, case.version.unit_id, day, use)] += 1
            self._wake()

    def flush(self) -> int:
        """Write what was counted; returns how many numbers. What cannot be written now stays for later."""
        with self._guard:
            counts, self._counts = self._counts, Counter()
            self._timer = None
        if not counts:
            return 0
        try:
            with self._database.write() as db:
                add_up(db, counts)
        except SQLAlchemyError:
            log.exception("figures of use could not be written; they are kept for the next time")
            with self._guard:
                self._counts.update(counts)
                self._wake()
            return 0
        return len(counts)

    def close(self) -> None:
        """Write the rest and stop."""
        with self._guard:
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()
        self.flush()

    def _wake(self) -> None:
        """Have the numbers written in a while, unless that is under way."""
        if self._timer is None and not self._closed:
            self._timer = threading.Timer(PAUSE, self.flush)
            self._timer.daemon = True
            self._timer.start()

    def _look(self, rq: Rq, day: date, case_id: str, use: Use) -> bytes:
        if day != self._key_day:
            self._key, self._key_day, self._looks = secrets.token_bytes(32), day, {}
        client = rq.request.client.host if rq.request.client else ""
        who = rq.actor.user_id or f"{client} {rq.request.headers.get('user-agent', '')}"
        return hashlib.blake2b(f"{who}\n{case_id}\n{use}".encode(), key=self._key, digest_size=12).digest()
