"""What is printed is what was signed: also what was changed between the page and the press."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from casebook import queries as editions
from casebook import service
from casebook.making import queries
from casebook.making.service import UNCLEARED, delete_build, request_build
from casebook.making.values import BuildKind, BuildState
from casebook.reviewing import service as reviewing
from casebook.reviewing.values import Opinion, Step
from foundation.db import Database
from foundation.errors import Refused
from foundation.files import LocalFiles
from tests.casebook.making.press import cleared
from tests.casebook.reviewing.world import Office, office, refused


def test_a_text_changed_after_the_request_is_not_printed(
    sqlite_database: Database, files: LocalFiles
) -> None:
    made = cleared(sqlite_database)
    with sqlite_database.write(made.actor(0)) as db:
        request_build(
            db, actor=made.actor(0), now=made.now(), edition_id=made.edition_id, kind=BuildKind.FINAL
        )
    made.write(0, made.desk.entries()[0], body="<p>没有人审过的话。</p>")
    made.desk.deliver(files)
    with sqlite_database.read(made.actor(0)) as db:
        build = queries.builds(db, made.edition_id)[0]
    assert (build.state, build.files, build.step) == (BuildState.FAILED, (), UNCLEARED.msgid)


def rename_chapter(db: Session, made: Office) -> None:
    chapter = editions.chapters(db, made.edition_id)[0].id
    service.rename_chapter(
        db,
        actor=made.actor(0),
        now=made.now(),
        edition_id=made.edition_id,
        chapter_id=chapter,
        title="没审过的章名",
    )


def change_year(db: Session, made: Office) -> None:
    edition = editions.edition(db, made.edition_id)
    service.change_details(
        db,
        actor=made.actor(0),
        now=made.now(),
        edition_id=edition.id,
        revision=edition.details_revision,
        details=replace(edition.details, year=1999),
    )


@pytest.mark.parametrize("change", [rename_chapter, change_year])
def test_all_words_of_the_book_are_signed(
    sqlite_database: Database, change: Callable[[Session, Office], None]
) -> None:
    made = cleared(sqlite_database)
    assert made.cleared().cleared
    with sqlite_database.write(made.actor(0)) as db:
        change(db, made)
    assert not made.cleared().cleared


def test_a_proof_that_somebody_signed_stays(sqlite_database: Database, files: LocalFiles) -> None:
    made = office(sqlite_database)
    keys: dict[str, Any] = {"actor": made.actor(0), "edition_id": made.edition_id}
    with sqlite_database.write(made.actor(0)) as db:
        number = request_build(db, now=made.now(), **keys)
    made.desk.deliver(files)
    made.review(made.edition_id)
    digest = made.file(made.edition_id).subject.digest
    with sqlite_database.write(made.actor(1)) as db:
        reviewing.sign(
            db,
            actor=made.actor(1),
            now=made.now(),
            edition_id=made.edition_id,
            subject_id=made.edition_id,
            step=Step.PROOF1,
            digest=digest,
            opinion=Opinion(),
            build=number,
        )
    with refused(Refused, "签过字"), sqlite_database.write(made.actor(0)) as db:
        delete_build(db, now=made.now(), number=number, **keys)
