"""The worker: delivers the journal and sends the mail, inside `serve` or as its own process."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from foundation import mail
from foundation.clock import Clock
from foundation.db import Database
from foundation.journal import Delivery, Subscription
from foundation.mail import Mailer

log = logging.getLogger(__name__)

Chore = Callable[[Database, datetime], int]
"""Work that is due by the clock and not by an event; returns how much it did."""

PATIENCE = 1.0
"""Seconds between looks when nothing of this process was committed (another process may have)."""


class Worker:
    """A loop in one thread; `run_once` is the loop's body, for tests and commands."""

    def __init__(
        self,
        database: Database,
        mailer: Mailer,
        clock: Clock,
        subscriptions: Sequence[Subscription],
        chores: Sequence[Chore] = (),
    ) -> None:
        self._database = database
        self._mailer = mailer
        self._clock = clock
        self._delivery = Delivery(database, subscriptions)
        self._chores = tuple(chores)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def run_once(self) -> int:
        """Do everything that is due now; returns how many entries, letters and chores were handled."""
        now = self._clock.now()
        done = sum(chore(self._database, now) for chore in self._chores)
        return done + self._delivery.run(now) + mail.deliver(self._database, self._mailer, now)

    def run(self) -> None:
        """Work until `stop`. A database that is away for a while stops nothing."""
        while not self._stop.is_set():
            self._database.committed.clear()
            try:
                while self.run_once() and not self._stop.is_set():
                    pass
            except SQLAlchemyError:
                log.exception("the database did not answer; trying again")
                self._stop.wait(5)
            self._database.committed.wait(PATIENCE)

    def start(self) -> None:
        self._thread = threading.Thread(target=self.run, name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._database.committed.set()
        if self._thread is not None:
            self._thread.join(timeout=10)
