"""An edition and the people who review and proofread it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from casebook import queries as casebook
from casebook.reviewing import queries, service
from casebook.reviewing.values import REVIEWS, Clearance, File, Opinion, Report, State, Step, Verdict
from casebook.service import write_manuscript
from foundation.actor import Actor, Role
from foundation.db import Database
from foundation.errors import Problem
from foundation.people import User, actor_of
from tests.casebook.world import LATER, Desk, desk
from tests.support.factories import make_user

REPORT = Report(
    value="做法具体，别处可以学。",
    politics="提法、机构名称核对过，没有问题。",
    facts="数据与证明材料逐项核对，一致。",
    structure="层次清楚，不必调整。",
    language="标点、数字用法已统一。",
    changes="改了标题。",
)
OPINIONS: Mapping[Step, Opinion] = {
    Step.FIRST: Opinion(verdict=Verdict.ACCEPT, report=REPORT),
    Step.SECOND: Opinion(statement="同意初审意见。", agrees=True),
    Step.FINAL: Opinion(statement="导向正确，同意付印。", verdict=Verdict.ACCEPT),
}


@dataclass(slots=True)
class Office:
    """`people` are three editors: the one who opened the edition, and two more; `at` goes on by itself."""

    desk: Desk
    people: tuple[User, User, User]
    at: datetime = LATER

    @property
    def database(self) -> Database:
        return self.desk.database

    @property
    def edition_id(self) -> str:
        return self.desk.edition_id

    def actor(self, number: int) -> Actor:
        return actor_of(self.people[number])

    def now(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def file(self, subject_id: str) -> File:
        with self.database.read(self.actor(0)) as db:
            return queries.file(db, self.edition_id, subject_id)

    def states(self, subject_id: str) -> str:
        """Seven letters, one a step: n(ot yet) o(pen) s(igned) c(hanged) r(eturned)."""
        return "".join(state.state.value[0] for state in self.file(subject_id).states.values())

    def sign(self, number: int, subject_id: str, step: Step, opinion: Opinion | None = None) -> str:
        actor = self.actor(number)
        digest = self.file(subject_id).subject.digest
        with self.database.write(actor) as db:
            return service.sign(
                db,
                actor=actor,
                now=self.now(),
                edition_id=self.edition_id,
                subject_id=subject_id,
                step=step,
                digest=digest,
                opinion=opinion or OPINIONS.get(step, Opinion()),
            )

    def give_back(self, number: int, subject_id: str, step: Step, reasons: str = "数据前后不一致。") -> str:
        actor = self.actor(number)
        with self.database.write(actor) as db:
            return service.return_text(
                db,
                actor=actor,
                now=self.now(),
                edition_id=self.edition_id,
                subject_id=subject_id,
                step=step,
                reasons=reasons,
            )

    def review(self, subject_id: str) -> None:
        """All three reviews, each by one of the three."""
        for number, step in enumerate(REVIEWS):
            if self.file(subject_id).states[step].state is not State.SIGNED:
                self.sign(number, subject_id, step)

    def find(
        self, number: int, subject_id: str, step: Step, before: str, after: str, fault: str = "character"
    ) -> str:
        actor = self.actor(number)
        with self.database.write(actor) as db:
            return service.list_error(
                db,
                actor=actor,
                now=self.now(),
                edition_id=self.edition_id,
                subject_id=subject_id,
                step=step,
                fault=fault,
                before=before,
                after=after,
            )

    def correct(self, number: int, subject_id: str, *error_ids: str) -> tuple[int, int]:
        actor = self.actor(number)
        with self.database.write(actor) as db:
            return service.correct_errors(
                db,
                actor=actor,
                now=self.now(),
                edition_id=self.edition_id,
                subject_id=subject_id,
                error_ids=error_ids,
            )

    def verify(self, number: int, error_id: str) -> None:
        actor = self.actor(number)
        with self.database.write(actor) as db:
            service.verify_error(
                db, actor=actor, now=self.now(), edition_id=self.edition_id, error_id=error_id
            )

    def assign(self, people: Mapping[Step, int], subject_id: str = "") -> None:
        with self.database.write(self.actor(0)) as db:
            service.assign(
                db,
                actor=self.actor(0),
                now=self.now(),
                edition_id=self.edition_id,
                subject_id=subject_id,
                people={step: self.people[number].id for step, number in people.items()},
            )

    def write(self, number: int, entry_id: str, **changes: str) -> int:
        """A new round with these fields otherwise."""
        actor = self.actor(number)
        with self.database.write(actor) as db:
            current = casebook.manuscript(db, entry_id)
            return write_manuscript(
                db,
                actor=actor,
                now=self.now(),
                edition_id=self.edition_id,
                entry_id=entry_id,
                base=current.ordinal,
                text=replace(current.text, **changes),  # type: ignore[arg-type]  # fields of one line
            )

    def lines(self) -> dict[str, str]:
        with self.database.read(self.actor(0)) as db:
            return queries.signoff_lines(db, self.edition_id)

    def cleared(self) -> Clearance:
        with self.database.read(self.actor(0)) as db:
            return queries.cleared(db, self.edition_id)


@contextmanager
def refused(kind: type[Problem], words: str) -> Iterator[None]:
    """The block is refused with a sentence that says this."""
    with pytest.raises(kind) as answer:
        yield
    assert words in str(answer.value.reason)


def at_work(prepared: tuple[Path, Office], database: Database) -> Office:
    """The people of a prepared database file at a copy of it."""
    found = prepared[1]
    return replace(found, desk=replace(found.desk, database=database))


def office(database: Database) -> Office:
    made = desk(database)
    with database.write() as db:
        second = make_user(db, Role.EDITOR, name="复审人")
        third = make_user(db, Role.EDITOR, name="终审人")
    return Office(made, (made.user, second, third))
