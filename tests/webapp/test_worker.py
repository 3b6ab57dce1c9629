"""The worker's two loops: nothing quick waits for what is slow."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import pytest

from foundation import mail
from foundation.actor import SYSTEM
from foundation.clock import FixedClock
from foundation.db import Database
from foundation.journal import Event, Subscription, record
from foundation.mail import FolderMailer
from foundation.text import verbatim
from webapp.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAsked(Event):
    action: ClassVar[str] = "test.book_asked"
    book_id: str


def test_a_chore_that_fails_does_not_end_the_worker(
    sqlite_database: Database, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.worker.PAUSE", 0.01)
    tries: list[int] = []

    def fail_once(_database: Database, _now: datetime) -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("what somebody typed")
        return 0

    worker = Worker(sqlite_database, FolderMailer(tmp_path, "a@example.org"), clock, [], [fail_once])
    worker.start()
    try:
        assert _until(lambda: len(tries) > 1)
    finally:
        worker.stop()


def test_a_letter_does_not_wait_for_a_book(
    sqlite_database: Database, tmp_path: Path, now: datetime, clock: FixedClock
) -> None:
    letters = tmp_path / "letters"
    begun, finish, saved = threading.Event(), threading.Event(), threading.Event()

    def compile_slowly(_loaded: None) -> None:
        begun.set()
        assert finish.wait(30)

    book = Subscription(
        "test.book",
        frozenset({BookAsked.action}),
        load=lambda _db, _entry: None,
        work=compile_slowly,
        save=lambda _db, _entry, _result: saved.set(),
        slow=True,
    )
    worker = Worker(sqlite_database, FolderMailer(letters, "a@example.org"), clock, [book])
    with sqlite_database.write() as db:
        record(db, actor=SYSTEM, now=now, event=BookAsked(book_id="b1"))
    worker.start()
    try:
        assert begun.wait(30)
        with sqlite_database.write() as db:
            text = verbatim("已收到")
            mail.queue(db, now=now, to="li@example.org", subject=text, body=text)
        assert _until(lambda: list(letters.glob("*.eml")) != [])
        assert not saved.is_set()
        finish.set()
        assert saved.wait(30)
    finally:
        finish.set()
        worker.stop()


def _until(happened: Callable[[], bool]) -> bool:
    waiting = threading.Event()
    return any(happened() or waiting.wait(0.05) for _ in range(600))
