"""The journal: an audit trail that shows tampering, an outbox that loses nothing and retries alone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from foundation import journal, people
from foundation.actor import SYSTEM, Actor
from foundation.db import Database
from foundation.journal import (
    ATTEMPTS,
    GENESIS,
    Delivery,
    Entry,
    Event,
    FailedDelivery,
    JournalEntry,
    Subscription,
    Verification,
)
from foundation.people import Unit

ORGANISER = Actor("organiser-1", "王芳")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSubmitted(Event):
    action: ClassVar[str] = "test.submitted"
    case_id: str
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn(Event):
    action: ClassVar[str] = "test.withdrawn"
    case_id: str
    reason: str = ""


def _record(database: Database, now: datetime, *events: Event) -> None:
    for event in events:
        with database.write() as db:
            journal.record(db, actor=ORGANISER, now=now, event=event)


# --- audit -----------------------------------------------------------------------------------------


def test_an_entry_says_who_did_what_to_what(database: Database, now: datetime) -> None:
    _record(
        database, now, CaseSubmitted(case_id="case-1"), CaseWithdrawn(case_id="case-1", reason="重复提交")
    )
    with database.read() as db:
        assert journal.history(db, "case-1") == [
            Entry(1, now, "organiser-1", "test.submitted", "case-1", {"case_id": "case-1", "version": 1}),
            Entry(
                2, now, "organiser-1", "test.withdrawn", "case-1", {"case_id": "case-1", "reason": "重复提交"}
            ),
        ]


def test_the_newest_entries_come_first_and_in_pages(database: Database, now: datetime) -> None:
    _record(database, now, *[CaseSubmitted(case_id=f"case-{number}") for number in range(5)])
    with database.read() as db:
        first = [entry.seq for entry in journal.latest(db, limit=2)]
        second = [entry.seq for entry in journal.latest(db, before=first[-1], limit=2)]
    assert (first, second) == ([5, 4], [3, 2])


def test_an_intact_chain_verifies(database: Database, now: datetime) -> None:
    with database.read() as db:
        assert journal.verify(db) == Verification(0, GENESIS, None)
    _record(database, now + timedelta(microseconds=7), *[CaseSubmitted(case_id=str(n)) for n in range(3)])
    with database.read() as db:
        head = db.scalars(select(JournalEntry.hash).order_by(JournalEntry.seq.desc()).limit(1)).one()
        assert journal.verify(db) == Verification(3, head, None)


def test_the_chain_holds_whatever_zone_the_clock_is_in(database: Database, now: datetime) -> None:
    _record(database, now.astimezone(ZoneInfo("Asia/Shanghai")), CaseSubmitted(case_id="c1"))
    with database.read() as db:
        assert journal.verify(db).broken_at is None


def test_nothing_is_recorded_when_the_change_is_rolled_back(database: Database, now: datetime) -> None:
    def fail() -> None:
        with database.write() as db:
            journal.record(db, actor=ORGANISER, now=now, event=CaseSubmitted(case_id="case-1"))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with database.read() as db:
        assert journal.latest(db) == []


def test_many_writers_make_one_chain(database: Database, now: datetime) -> None:
    with ThreadPoolExecutor(8) as pool:
        for done in [
            pool.submit(_record, database, now, *[CaseSubmitted(case_id=f"{thread}-{n}") for n in range(10)])
            for thread in range(8)
        ]:
            done.result()
    with database.read() as db:
        verified = journal.verify(db)
    assert (verified.entries, verified.broken_at) == (80, None)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE journal SET actor_id = 'somebody' WHERE seq = 3",
        'UPDATE journal SET detail = \'{"case_id": "another", "version": 1}\' WHERE seq = 3',
        "UPDATE journal SET at = '2020-01-01 00:00:00.000000' WHERE seq = 3",
        "UPDATE journal SET action = 'test.withdrawn' WHERE seq = 3",
    ],
)
def test_an_altered_entry_shows(database: Database, now: datetime, tampering: str) -> None:
    _record(database, now, *[CaseSubmitted(case_id=str(n)) for n in range(5)])
    _tamper(database, tampering)
    with database.read() as db:
        assert journal.verify(db).broken_at == 3


def test_a_missing_entry_shows_at_the_next(database: Database, now: datetime) -> None:
    _record(database, now, *[CaseSubmitted(case_id=str(n)) for n in range(5)])
    _tamper(database, "DELETE FROM journal WHERE seq = 3")
    with database.read() as db:
        assert journal.verify(db).broken_at == 4


def _tamper(database: Database, statement: str) -> None:
    """As somebody with the database's password would: the triggers are switched off first."""
    with database.write() as db:
        if database.is_sqlite:
            db.execute(text("DROP TRIGGER journal_no_update"))
            db.execute(text("DROP TRIGGER journal_no_delete"))
        else:
            db.execute(text("ALTER TABLE journal DISABLE TRIGGER ALL"))
        db.execute(text(statement))


@pytest.mark.parametrize("statement", ["UPDATE journal SET actor_id = 'x'", "DELETE FROM journal"])
def test_the_program_itself_cannot_change_the_past(database: Database, now: datetime, statement: str) -> None:
    _record(database, now, CaseSubmitted(case_id="case-1"))

    def change() -> None:
        with database.write() as db:
            db.execute(text(statement))

    with pytest.raises(DBAPIError, match="append only"):
        change()
    with database.read() as db:
        assert journal.verify(db).broken_at is None


# --- outbox ----------------------------------------------------------------------------------------


class Listener:
    """Notes what it is told; fails on the cases named in `broken`."""

    def __init__(self, *, broken: frozenset[str] = frozenset()) -> None:
        self.broken = set(broken)
        self.worked: list[str] = []

    def subscription(self, name: str = "listener", save: Callable[..., None] | None = None) -> Subscription:
        return Subscription(
            name=name,
            actions=frozenset({"test.submitted"}),
            load=lambda _db, entry: entry.subject_id,
            work=self.work,
            save=save or _save_unit,
        )

    def work(self, case_id: str) -> str:
        self.worked.append(case_id)
        if case_id in self.broken:
            raise ConnectionError(f"no way to {case_id}")
        return case_id


def _save_unit(db: Session, _entry: Entry, result: Any) -> None:
    people.add_unit(db, name=f"unit of {result}")


def _units(database: Database) -> list[str]:
    with database.read() as db:
        return list(db.scalars(select(Unit.name).order_by(Unit.name)))


def test_each_subscription_hears_its_actions_once_and_in_order(database: Database, now: datetime) -> None:
    listener = Listener()
    delivery = Delivery(database, [listener.subscription()])
    _record(database, now, CaseSubmitted(case_id="a"), CaseWithdrawn(case_id="a"), CaseSubmitted(case_id="b"))
    first = delivery.run(now)
    again = delivery.run(now)
    assert (first, again, listener.worked) == (2, 0, ["a", "b"])
    assert _units(database) == ["unit of a", "unit of b"]


def test_a_new_subscription_hears_the_whole_past(database: Database, now: datetime) -> None:
    _record(database, now, *[CaseSubmitted(case_id=f"{n:03}") for n in range(250)])
    listener = Listener()
    Delivery(database, [listener.subscription()]).run(now)
    assert listener.worked == [f"{n:03}" for n in range(250)]


def test_a_failure_holds_up_nobody_and_is_retried_alone(
    database: Database, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    listener = Listener(broken=frozenset({"b"}))
    other = Listener()
    delivery = Delivery(database, [listener.subscription("one"), other.subscription("two", _save_nothing)])
    _record(database, now, *[CaseSubmitted(case_id=case) for case in "abc"])
    delivery.run(now)
    assert (listener.worked, other.worked) == (["a", "b", "c"], ["a", "b", "c"])
    assert _units(database) == ["unit of a", "unit of c"]

    listener.broken.clear()
    listener.worked.clear()
    delivery.run(now + timedelta(minutes=5))
    assert (listener.worked, other.worked) == (["b"], ["a", "b", "c"])
    assert _units(database) == ["unit of a", "unit of b", "unit of c"]
    assert _failed(database) == []


def _save_nothing(_db: Session, _entry: Entry, _result: Any) -> None:
    pass


def _failed(database: Database) -> list[tuple[int, int, str]]:
    with database.read() as db:
        return [(row.seq, row.attempts, row.error) for row in db.scalars(select(FailedDelivery))]


def test_a_failing_delivery_waits_longer_each_time_and_ends(
    database: Database, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    listener = Listener(broken=frozenset({"a"}))
    delivery = Delivery(database, [listener.subscription()])
    _record(database, now, CaseSubmitted(case_id="a"))
    delivery.run(now)
    delivery.run(now + timedelta(seconds=1))  # not due yet
    assert _failed(database) == [(1, 1, "ConnectionError: no way to a")]
    at = now
    for _attempt in range(30):
        at += timedelta(hours=1)
        delivery.run(at)
    assert _failed(database) == [(1, ATTEMPTS, "ConnectionError: no way to a")]
    assert len(listener.worked) == ATTEMPTS


def test_a_result_that_cannot_be_saved_leaves_nothing_half_done(
    database: Database, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    def save_half(db: Session, _entry: Entry, result: Any) -> None:
        people.add_unit(db, name=f"half of {result}")
        raise ConnectionError("disk full")

    delivery = Delivery(database, [Listener().subscription(save=save_half)])
    _record(database, now, CaseSubmitted(case_id="a"))
    delivery.run(now)
    assert _units(database) == []
    assert _failed(database) == [(1, 1, "ConnectionError: disk full")]


def test_death_between_working_and_saving_means_twice_not_never(database: Database, now: datetime) -> None:
    class Killed(BaseException):
        pass

    killed = [True]

    def save(db: Session, entry: Entry, result: Any) -> None:
        if killed:
            killed.clear()
            raise Killed
        _save_unit(db, entry, result)

    listener = Listener()
    delivery = Delivery(database, [listener.subscription(save=save)])
    _record(database, now, CaseSubmitted(case_id="a"))
    with pytest.raises(Killed):
        delivery.run(now)
    delivery.run(now)
    assert listener.worked == ["a", "a"]
    assert _units(database) == ["unit of a"]


def test_two_workers_save_each_result_once(database: Database, now: datetime) -> None:
    _record(database, now, *[CaseSubmitted(case_id=f"{n:02}") for n in range(20)])
    workers = [Delivery(database, [Listener().subscription()]) for _worker in range(3)]
    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(worker.run, now) for worker in workers]:
            done.result()
    assert _units(database) == [f"unit of {n:02}" for n in range(20)]
    assert _failed(database) == []


def test_work_runs_outside_every_transaction(sqlite_database: Database, now: datetime) -> None:
    """On SQLite a write inside `work` would wait for ever if the delivery held the writer's lock."""

    def work(case_id: str) -> str:
        with sqlite_database.write(SYSTEM) as db:
            people.add_unit(db, name=f"made while working on {case_id}")
        return case_id

    subscription = Subscription(
        "worker", frozenset({"test.submitted"}), lambda _db, entry: entry.subject_id, work, _save_nothing
    )
    _record(sqlite_database, now, CaseSubmitted(case_id="a"))
    Delivery(sqlite_database, [subscription]).run(now)
    assert _units(sqlite_database) == ["made while working on a"]


def test_counting_is_cheap_when_nothing_is_new(sqlite_database: Database, now: datetime) -> None:
    _record(sqlite_database, now, *[CaseWithdrawn(case_id=str(n)) for n in range(3)])
    delivery = Delivery(sqlite_database, [Listener().subscription()])
    delivery.run(now)
    with sqlite_database.read() as db:
        assert db.scalar(select(func.max(journal.SubscriptionCursor.seq))) == 3
