"""Builds through the services and the room's subscriptions, on real databases."""

from collections.abc import Iterable
from io import BytesIO

import pytest
from docx import Document

from casebook.docx.check import findings
from casebook.making import queries
from casebook.making.service import request_build
from casebook.making.values import BuildState, BuildView, BuiltFile, Output
from foundation.db import Database
from foundation.errors import Refused
from foundation.files import LocalFiles, StoredFile
from tests.casebook.world import LATER, Desk, desk


def latest(made: Desk) -> BuildView:
    with made.database.read(made.editor) as db:
        return queries.builds(db, made.edition_id)[0]


def request(made: Desk) -> int:
    with made.database.write(made.editor) as db:
        return request_build(db, actor=made.editor, now=LATER, edition_id=made.edition_id)


def word(made: Desk) -> BuiltFile:
    file = latest(made).file(Output.WORD)
    assert file is not None
    return file


def test_a_build_makes_a_sound_file(database: Database, files: LocalFiles) -> None:
    made = desk(database)
    assert request(made) == 1
    assert latest(made).state is BuildState.QUEUED
    with pytest.raises(Refused):
        request(made)
    made.deliver(files)
    build = latest(made)
    assert (build.state, build.progress, build.entries, build.log) == (BuildState.DONE, 100, 3, ())
    file = word(made)
    data = files.read(file.sha256)
    assert len(data) == file.size
    assert findings(BytesIO(data)) == ()
    titles = [p.text for p in Document(BytesIO(data)).paragraphs if p.style and p.style.name == "Heading 2"]
    assert titles == ["案例之一", "案例之三", "案例之二"]


def test_the_same_edition_gives_the_same_file(sqlite_database: Database, files: LocalFiles) -> None:
    made = desk(sqlite_database)
    hashes = []
    for _round in range(2):
        request(made)
        made.deliver(files)
        hashes.append(word(made).sha256)
    assert hashes[0] == hashes[1]


def test_a_failure_is_an_outcome_and_can_be_tried_again(sqlite_database: Database, files: LocalFiles) -> None:
    class Full(LocalFiles):
        def put(self, chunks: Iterable[bytes], *, limit: int | None = None) -> StoredFile:
            raise OSError("No space left on device")

    made = desk(sqlite_database)
    request(made)
    made.deliver(Full(files._folder))
    assert latest(made).state is BuildState.FAILED
    assert latest(made).log == ("OSError: No space left on device",)
    request(made)
    made.deliver(files)
    assert latest(made).state is BuildState.DONE


def test_a_revoked_award_leaves_the_book_and_voids_its_files(database: Database, files: LocalFiles) -> None:
    made = desk(database)
    request(made)
    made.deliver(files)
    award = made.revoke(0)
    made.deliver(files)
    assert latest(made).state is BuildState.WITHDRAWN
    assert not latest(made).downloadable
    entries = {e.case_id: e for chapter in made.chapters() for e in chapter.entries}
    assert entries[award.case_id].withdrawn_at == LATER
    request(made)
    made.deliver(files)
    build = latest(made)
    assert build.entries == 2
    assert award.id not in build.award_ids
    words = "".join(p.text for p in Document(BytesIO(files.read(word(made).sha256))).paragraphs)
    assert "案例之一" not in words
    made.deliver(files)
    assert latest(made).state is BuildState.DONE


def test_an_award_revoked_while_the_book_is_made_voids_it(
    sqlite_database: Database, files: LocalFiles
) -> None:
    class Meanwhile(LocalFiles):
        def put(self, chunks: Iterable[bytes], *, limit: int | None = None) -> StoredFile:
            made.revoke(0)
            return super().put(chunks, limit=limit)

    made = desk(sqlite_database)
    request(made)
    made.deliver(Meanwhile(files._folder))
    assert latest(made).state is BuildState.WITHDRAWN


def test_nothing_to_print_is_refused(sqlite_database: Database, files: LocalFiles) -> None:
    made = desk(sqlite_database)
    for _number in range(3):
        made.revoke(0)
    made.deliver(files)
    with pytest.raises(Refused):
        request(made)
