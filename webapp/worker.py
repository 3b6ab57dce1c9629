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
PAUSE = 5.0
"""Seconds before the next try after a failure."""


class Worker:
    """Two loops, each in its thread: what is quick, and what is slow. `run_once` does both, for tests."""

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
        self._quick = Delivery(database, [each for each in subscriptions if not each.slow])
        self._slow = Delivery(database, [each for each in subscriptions if each.slow])
        self._chores = tuple(chores)
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def run_once(self) -> int:
        """Do everything that is due now; returns how many entries, letters and chores were handled."""
        return self._run_slow() + self._run_quick()

    def start(self) -> None:
        """Work until `stop`."""
        self._threads = [
            threading.Thread(target=self._loop, args=loop, name=name, daemon=True)
            for name, loop in (
                ("worker", (self._run_quick, self._until_committed)),
                ("worker-slow", (self._run_slow, self._a_while)),
            )
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._database.committed.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def _run_quick(self) -> int:
        now = self._clock.now()
        done = sum(chore(self._database, now) for chore in self._chores)
        return done + self._quick.run(now) + mail.deliver(self._database, self._mailer, now)

    def _run_slow(self) -> int:
        return self._slow.run(self._clock.now())

    def _loop(self, run: Callable[[], int], rest: Callable[[], None]) -> None:
        """A database that is away for a while stops nothing, nor does a chore that fails: this thread is the
        only one that keeps the index and the mail going."""
        while not self._stop.is_set():
            try:
                while run() and not self._stop.is_set():
                    pass
            except SQLAlchemyError:
                log.exception("the database did not answer; trying again")
                self._stop.wait(PAUSE)
            except Exception:
                log.exception("the worker failed; trying again")
                self._stop.wait(PAUSE)
            rest()

    def _until_committed(self) -> None:
        """Only the quick loop takes the signal back: with two who do, one would miss it."""
        self._database.committed.wait(PATIENCE)
        self._database.committed.clear()

    def _a_while(self) -> None:
        self._stop.wait(PATIENCE)
