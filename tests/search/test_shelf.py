"""The gate: which cases are on the shelf, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from foundation.actor import ANONYMOUS, SYSTEM, Actor, Role
from foundation.audience import Audience
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound
from foundation.journal import history
from search import shelf
from search.curation.service import placements
from submissions.values import VersionView
from tests.judging.world import revoke
from tests.search.factories import award
from tests.support.factories import NOW, ORGANISER, make_actor, make_call, make_entries

MEMBER = Actor("member-0000000001", "党员", frozenset({Role.SUBMITTER}))
TRAINER = Actor("trainer-000000001", "教师", frozenset({Role.TRAINER}))


@dataclass(frozen=True)
class Shelf:
    database: Database
    first: VersionView
    second: VersionView

    def place(self, audience: Audience | None, version: VersionView | None = None) -> int:
        with self.database.write(ORGANISER) as db:
            return placements.place_cases(
                db, actor=ORGANISER, now=NOW, case_ids=[(version or self.first).case_id], audience=audience
            )

    def read_by(self, actor: Actor) -> list[str]:
        with self.database.read(actor) as db:
            return [each.award.version_id for each in shelf.on_shelf(db)]


def filled(database: Database, **rules: Any) -> Shelf:
    with database.write() as db:
        call = make_call(db, **rules)
        first, second, _no_award = make_entries(db, call=call, titles=["甲", "乙", "丙"])
        award(db, first, key="first")
        award(db, second)
    return Shelf(database, first, second)


READERS = (ANONYMOUS, MEMBER, TRAINER, ORGANISER, SYSTEM)


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Audience.PUBLIC, READERS),
        (Audience.MEMBERS, READERS[1:]),
        (Audience.TRAINERS, READERS[2:]),
    ],
)
def test_a_case_is_for_its_audience(
    sqlite_database: Database, audience: Audience, readers: tuple[Actor, ...]
) -> None:
    made = filled(sqlite_database)
    made.place(audience)
    for actor in READERS:
        expected = [made.first.id, made.second.id] if actor in readers else [made.second.id]
        assert made.read_by(actor) == expected, actor.name


def test_the_calls_audience_holds_until_somebody_decides(database: Database) -> None:
    made = filled(database, library_audience=Audience.TRAINERS)
    assert made.read_by(MEMBER) == []
    assert made.place(Audience.PUBLIC) == 1
    assert made.read_by(ANONYMOUS) == [made.first.id]
    assert made.place(Audience.PUBLIC) == 0  # nothing changes, nothing is recorded
    assert made.place(None) == 1
    assert made.read_by(ANONYMOUS) == []


def test_off_the_shelf_for_everybody_and_back_for_whom_it_was(sqlite_database: Database) -> None:
    made = filled(sqlite_database)
    made.place(Audience.MEMBERS)
    case_id = made.first.case_id
    with sqlite_database.write(ORGANISER) as db:
        placements.take_off(db, actor=ORGANISER, now=NOW, case_ids=[case_id], reason="单位要求")
    assert made.read_by(SYSTEM) == [made.second.id]
    with sqlite_database.write(ORGANISER) as db:
        placements.put_back(db, actor=ORGANISER, now=NOW, case_ids=[case_id])
        told = [(each.action, each.detail.get("reason")) for each in history(db, case_id)][-3:]
    assert made.read_by(MEMBER) == [made.first.id, made.second.id]
    assert made.read_by(ANONYMOUS) == [made.second.id]
    assert told == [("case.placed", ""), ("case.taken_off", "单位要求"), ("case.put_back", "")]


def test_who_decides_and_about_what(sqlite_database: Database) -> None:
    made = filled(sqlite_database)
    with sqlite_database.write() as db:
        organiser = make_actor(db, Role.ORGANISER)
        stranger = make_actor(db, Role.TRAINER)
    both = [made.first.case_id, "no-such-case"]
    with sqlite_database.write(stranger) as db, pytest.raises(Forbidden):
        placements.take_off(db, actor=stranger, now=NOW, case_ids=both[:1], reason="不喜欢")
    with sqlite_database.write(organiser) as db, pytest.raises(Invalid):
        placements.take_off(db, actor=organiser, now=NOW, case_ids=both[:1], reason="")
    with sqlite_database.write(organiser) as db, pytest.raises(NotFound):
        placements.take_off(db, actor=organiser, now=NOW, case_ids=both, reason="单位要求")
    assert made.read_by(ANONYMOUS) == [made.first.id, made.second.id]


def test_hidden_and_missing_are_the_same_answer_after_the_same_statements(sqlite_database: Database) -> None:
    made = filled(sqlite_database)
    made.place(Audience.TRAINERS)
    with sqlite_database.write(ORGANISER) as db:
        placements.take_off(db, actor=ORGANISER, now=NOW, case_ids=[made.second.case_id], reason="版权")

    def asked(case_id: str) -> Callable[[Session], None]:
        def ask(db: Session) -> None:
            with pytest.raises(NotFound):
                shelf.place(db, case_id)

        return ask

    told = {
        tuple(_statements(sqlite_database, MEMBER, asked(each)))
        for each in (made.first.case_id, made.second.case_id, "no-such-case")
    }
    assert len(told) == 1


def _statements(database: Database, actor: Actor, work: Callable[[Session], None]) -> list[str]:
    found: list[str] = []
    with database.read(actor) as db:

        def note(_c: object, _k: object, statement: str, *_more: object) -> None:
            found.append(statement)

        event.listen(db.get_bind(), "before_cursor_execute", note)
        try:
            work(db)
        finally:
            event.remove(db.get_bind(), "before_cursor_execute", note)
    return found


def test_a_revoked_award_leaves_the_shelf(sqlite_database: Database) -> None:
    made = filled(sqlite_database)
    with sqlite_database.write() as db:
        found = shelf.place(db, made.first.case_id)
        revoke(db, found.award.id, "材料不实，经核查撤销。")
    assert made.read_by(SYSTEM) == [made.second.id]
