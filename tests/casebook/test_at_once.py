"""Two people change the same book in the same moment: the second decides on what the first has written."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from casebook import queries
from casebook.making.service import request_build
from casebook.reviewing import service as reviewing
from casebook.reviewing.values import Step
from casebook.service import save_draft
from foundation.actor import Actor
from foundation.db import Database
from foundation.errors import Problem
from tests.casebook.reviewing.world import OPINIONS, office
from tests.casebook.world import LATER

Deed = Callable[[Session, Actor], object]


def at_once(database: Database, first: Actor, second: Actor, deed: Deed) -> str:
    """Why the second was refused, who began before the first had ended; "" when he was not."""
    answers: list[str] = []

    def follow() -> None:
        try:
            with database.write(second) as db:
                deed(db, second)
            answers.append("")
        except Problem as refusal:
            answers.append(str(refusal.reason))

    thread = threading.Thread(target=follow)
    with database.write(first) as db:
        deed(db, first)
        thread.start()
        time.sleep(0.3)
    thread.join()
    return answers[0] if answers else "a server error"


def test_the_second_of_two_is_refused_and_nothing_is_lost(database: Database) -> None:
    made = office(database)
    entry = made.desk.entries()[0]
    digest = made.file(entry).subject.digest
    with database.read(made.actor(0)) as db:
        text = queries.manuscript(db, entry).text

    def sign(db: Session, actor: Actor) -> None:
        reviewing.sign(
            db,
            actor=actor,
            now=LATER,
            edition_id=made.edition_id,
            subject_id=entry,
            step=Step.FIRST,
            digest=digest,
            opinion=OPINIONS[Step.FIRST],
        )

    def save(db: Session, actor: Actor) -> None:
        save_draft(
            db,
            actor=actor,
            now=LATER,
            edition_id=made.edition_id,
            entry_id=entry,
            revision=0,
            text=replace(text, title=actor.name),
        )

    def build(db: Session, actor: Actor) -> None:
        request_build(db, actor=actor, now=LATER, edition_id=made.edition_id)

    def keep(db: Session, actor: Actor) -> None:
        where: dict[str, Any] = {"edition_id": made.edition_id, "subject_id": entry}
        reviewing.save_draft(db, actor=actor, now=LATER, **where, step=Step.FIRST, fields={})
        reviewing.mark_read(db, actor=actor, now=LATER, **where, digest=digest)

    people = made.actor(0), made.actor(1)
    assert at_once(database, people[0], people[0], keep) == ""
    assert "已经签过初审" in at_once(database, *people, sign)
    assert "在您编辑期间保存过" in at_once(database, *people, save)
    assert "正在生成" in at_once(database, *people, build)
