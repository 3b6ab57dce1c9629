"""Builds through the services and the room's subscriptions, on real databases."""

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from casebook import queries as editions
from casebook import service
from casebook.docx.check import findings
from casebook.making import building, manifest, queries
from casebook.making.manifest import Change
from casebook.making.service import (
    begin_build,
    build_again,
    cancel_build,
    note_progress,
    request_build,
)
from casebook.making.values import BuildKind, BuildState, BuildView, BuiltFile, Output
from foundation.db import Database
from foundation.errors import Refused
from foundation.files import LocalFiles, StoredFile
from foundation.text import Text
from tests.casebook.world import LATER, Desk, desk


def latest(made: Desk) -> BuildView:
    with made.database.read(made.editor) as db:
        return queries.builds(db, made.edition_id)[0]


def request(made: Desk, *wanted: Output) -> int:
    with made.database.write(made.editor) as db:
        return request_build(db, actor=made.editor, now=LATER, edition_id=made.edition_id, wanted=wanted)


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


def test_a_build_is_made_again_from_its_manifest(sqlite_database: Database, files: LocalFiles) -> None:
    """After an edit, a new order and a text that is gone: the same bytes of every file."""
    made = desk(sqlite_database)
    request(made, Output.EPUB, Output.CASES)
    made.deliver(files)
    first = latest(made)
    keys: dict[str, Any] = {"actor": made.editor, "now": LATER, "edition_id": made.edition_id}
    entries = made.entries()
    with sqlite_database.write(made.editor) as db:
        text = replace(editions.manuscript(db, entries[0]).text, title="书中的标题", body="<p>改过。</p>")
        service.write_manuscript(db, **keys, entry_id=entries[0], base=1, text=text)
        service.move_entry(db, **keys, entry_id=entries[1], step=-1)
        service.remove_entry(db, **keys, entry_id=entries[2])
    request(made, Output.EPUB, Output.CASES)
    made.deliver(files)
    changed = latest(made)
    with sqlite_database.write(made.editor) as db:
        assert build_again(db, **keys, number=1) == 3
    made.deliver(files)
    third = latest(made)
    assert (third.state, third.again_of, third.edition_revision) == (
        BuildState.DONE,
        1,
        first.edition_revision,
    )
    assert {f.output: f.sha256 for f in third.files} == {f.output: f.sha256 for f in first.files}
    assert {f.output for f in first.files} == {
        Output.WORD,
        Output.EPUB,
        Output.CASES,
        Output.BOOK,
        Output.MANIFEST,
    }
    kept = [manifest.read(files.read(each.file(Output.MANIFEST).sha256)) for each in (first, changed)]  # type: ignore[union-attr]  # both are done
    found = manifest.difference(*kept)
    assert [(each.change, each.entry.title, each.before, each.after) for each in found.entries] == [
        (Change.EDITED, "书中的标题", 1, 2),
        (Change.MOVED, "案例之三", 1, 1),
        (Change.REMOVED, "案例之二", 1, 0),
    ]


def test_a_final_file_needs_the_reviews(sqlite_database: Database) -> None:
    made = desk(sqlite_database)
    with pytest.raises(Refused, match="还不能生成付印文件"), sqlite_database.write(made.editor) as db:
        request_build(db, actor=made.editor, now=LATER, edition_id=made.edition_id, kind=BuildKind.FINAL)


def test_a_build_that_is_cancelled_while_it_is_made_stops(
    sqlite_database: Database, files: LocalFiles
) -> None:
    class Meanwhile(LocalFiles):
        def put(self, chunks: Iterable[bytes], *, limit: int | None = None) -> StoredFile:
            with sqlite_database.write(made.editor) as db:
                if latest(made).active:
                    cancel_build(db, actor=made.editor, now=LATER, edition_id=made.edition_id, number=1)
            return super().put(chunks, limit=limit)

    made = desk(sqlite_database)
    request(made, Output.EPUB)
    made.deliver(files, Meanwhile(files._folder))
    assert (latest(made).state, latest(made).files) == (BuildState.CANCELLED, ())
    request(made)
    made.deliver(files)
    assert latest(made).state is BuildState.DONE


def test_a_build_that_ends_the_process_each_time_is_given_up(
    sqlite_database: Database, files: LocalFiles
) -> None:
    made = desk(sqlite_database)
    request(made)
    with sqlite_database.read() as db:
        build_id = queries.builds(db, made.edition_id)[0].id
    for _time in range(3):  # begun, and the process died
        with sqlite_database.write() as db:
            assert begin_build(db, build_id=build_id)
            assert note_progress(db, build_id=build_id, share=10, step=Text("计算页码：排版全书"))
    made.deliver(files)
    assert latest(made).state is BuildState.FAILED
    assert latest(made).log == (building.GIVEN_UP,)


def test_a_failure_is_an_outcome_and_can_be_tried_again(sqlite_database: Database, files: LocalFiles) -> None:
    class Full(LocalFiles):
        def put(self, chunks: Iterable[bytes], *, limit: int | None = None) -> StoredFile:
            raise OSError("No space left on device")

    made = desk(sqlite_database)
    request(made)
    made.deliver(files, Full(files._folder))
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
    made.deliver(files, Meanwhile(files._folder))
    assert latest(made).state is BuildState.WITHDRAWN


def test_nothing_to_print_is_refused(sqlite_database: Database, files: LocalFiles) -> None:
    made = desk(sqlite_database)
    for _number in range(3):
        made.revoke(0)
    made.deliver(files)
    with pytest.raises(Refused):
        request(made)
