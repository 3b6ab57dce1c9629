"""The database: what it loses (nothing), what it refuses, what it gives back; on SQLite and PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from foundation import people
from foundation.db import Database
from foundation.ids import new_id
from foundation.people import Unit, User
from tests.support import unsynced

THREADS = 8
ROUNDS = 25


def test_eight_threads_of_read_modify_write_lose_nothing(database: Database) -> None:
    with database.write() as db:
        unit = people.add_unit(db, name="计数支部", short_name="0")

    def add_one() -> None:
        for _round in range(ROUNDS):
            with database.write() as db:
                found = db.execute(select(Unit).where(Unit.id == unit.id).with_for_update()).scalar_one()
                found.short_name = str(int(found.short_name) + 1)

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(add_one) for _thread in range(THREADS)]:
            done.result()
    with database.read() as db:
        assert db.get_one(Unit, unit.id).short_name == str(THREADS * ROUNDS)


def test_two_programs_of_read_modify_write_lose_nothing_on_sqlite(sqlite_url: str) -> None:
    """Two `Database`s of one file share no lock in memory: BEGIN IMMEDIATE alone must do."""
    programs = [Database(sqlite_url), Database(sqlite_url)]
    with programs[0].write() as db:
        unit = people.add_unit(db, name="计数支部", short_name="0")

    def add_one(program: Database) -> None:
        for _round in range(ROUNDS):
            with program.write() as db:
                found = db.get_one(Unit, unit.id)
                found.short_name = str(int(found.short_name) + 1)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(add_one, programs[number % 2]) for number in range(4)]:
            done.result()
    with programs[0].read() as db:
        assert db.get_one(Unit, unit.id).short_name == str(4 * ROUNDS)
    for program in programs:
        program.close()


def test_raising_rolls_back(database: Database) -> None:
    def write_and_fail() -> None:
        with database.write() as db:
            people.add_unit(db, name="没有的支部")
            raise LookupError

    with pytest.raises(LookupError):
        write_and_fail()
    with database.read() as db:
        assert db.scalars(select(Unit)).all() == []


def test_a_reading_changes_nothing(database: Database) -> None:
    with database.read() as db:
        people.add_unit(db, name="只读时写下的支部")
    with database.read() as db:
        assert db.scalars(select(Unit)).all() == []


def test_a_reading_does_not_wait_for_a_writing(database: Database) -> None:
    inside, leave = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with database.write() as db:
            people.add_unit(db, name="正在写入的支部")
            inside.set()
            leave.wait(10)

    writer = threading.Thread(target=write_slowly)
    writer.start()
    assert inside.wait(10)
    with database.read() as db:
        seen = db.scalars(select(Unit.name)).all()
    leave.set()
    writer.join()
    assert seen == []


def test_a_reading_is_one_moment(database: Database) -> None:
    with database.read() as reading:
        before = reading.scalars(select(Unit.name)).all()
        with database.write() as db:
            people.add_unit(db, name="中途成立的支部")
        after = reading.scalars(select(Unit.name)).all()
    assert (before, after) == ([], [])


def test_instants_come_back_aware_and_in_utc(database: Database, now: datetime) -> None:
    beijing = timezone(timedelta(hours=8))
    local = now.astimezone(beijing) + timedelta(microseconds=123456)
    with database.write() as db:
        user = people.add_user(db, now=local, email="a@example.org", name="甲", roles=[])
    with database.read() as db:
        found = db.get_one(User, user.id).created_at
    assert (found, found.utcoffset()) == (local, timedelta(0))


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 3, 1, 8, 0)  # noqa: DTZ001  # the very thing that must be refused
    with pytest.raises(StatementError, match="an instant needs a time zone"), database.write() as db:
        people.add_user(db, now=naive, email="a@example.org", name="甲", roles=[])


def test_foreign_keys_are_enforced(database: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError), database.write() as db:
        db.add(User(email="a@example.org", name="甲", unit_id=new_id(), created_at=now))


def test_unique_values_are_enforced(database: Database) -> None:
    with database.write() as db:
        people.add_unit(db, name="同名支部")
    with pytest.raises(IntegrityError), database.write() as db:
        people.add_unit(db, name="同名支部")


def test_sqlite_is_set_up_so_that_a_commit_survives_a_power_cut(tmp_path: Path) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
    database = Database(f"sqlite:///{tmp_path}/exemplar.sqlite")
    with unsynced.in_life(), closing(database), database.read() as db:
        found = {name: db.execute(text(f"PRAGMA {name}")).scalar() for name in pragmas}
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10000,
        "trusted_schema": 0,
    }
