"""Services of the casebook on real databases."""

from dataclasses import replace
from typing import Any

import pytest

from casebook import queries, service
from casebook.values import Arrangement, EditionDetails
from foundation.actor import Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.journal import history
from tests.casebook.world import LATER, desk
from tests.support.factories import make_actor, make_call

# --- opening ---------------------------------------------------------------------------------------


def test_an_edition_is_opened_of_the_awards(database: Database) -> None:
    made = desk(database)
    assert made.titles() == [("一等奖", ["案例之一"]), ("二等奖", ["案例之三", "案例之二"])]
    with database.read(made.editor) as db:
        edition = queries.edition(db, made.edition_id)
        assert edition.title == "2026 年创新案例征集案例选编"
        assert [entry.action for entry in history(db, made.edition_id)] == ["edition.opened"]
        first = queries.manuscript(db, made.entries()[0])
    assert first.ordinal == 1
    assert first.text.body == made.judged.entries[0].body_html
    assert first.text.authors == ("李强（支部书记）",)


def test_a_call_without_awards_is_refused(sqlite_database: Database) -> None:
    with sqlite_database.write() as db:
        editor, call = make_actor(db, Role.EDITOR), make_call(db)
    with pytest.raises(Refused), sqlite_database.write(editor) as db:
        service.open_edition(db, actor=editor, now=LATER, call_id=call.id)


def test_only_editors_open_and_see(sqlite_database: Database) -> None:
    made = desk(sqlite_database)
    organiser = made.judged.organiser
    with pytest.raises(Forbidden), sqlite_database.write(organiser) as db:
        service.open_edition(db, actor=organiser, now=LATER, call_id=made.judged.call.id)
    with sqlite_database.read(organiser) as db:
        assert queries.editions(db) == []
        with pytest.raises(NotFound):
            queries.edition(db, made.edition_id)


# --- what the book says ----------------------------------------------------------------------------


def test_details_are_changed_once_a_revision(database: Database) -> None:
    made = desk(database)
    details = EditionDetails(title="基层实践", publisher="示范出版社", year=2026, blurb="一段")
    with database.write(made.editor) as db:
        service.change_details(
            db, actor=made.editor, now=LATER, edition_id=made.edition_id, revision=1, details=details
        )
    with database.read(made.editor) as db:
        edition = queries.edition(db, made.edition_id)
    assert edition.details == details
    assert edition.revision == 2
    with pytest.raises(Refused), database.write(made.editor) as db:
        service.change_details(
            db, actor=made.editor, now=LATER, edition_id=made.edition_id, revision=1, details=details
        )


def test_a_book_needs_a_title(sqlite_database: Database) -> None:
    made = desk(sqlite_database)
    with pytest.raises(Invalid), sqlite_database.write(made.editor) as db:
        service.change_details(
            db,
            actor=made.editor,
            now=LATER,
            edition_id=made.edition_id,
            revision=1,
            details=EditionDetails(title="", year=2026),
        )


# --- order -----------------------------------------------------------------------------------------


def test_order_by_dragging_and_buttons(database: Database) -> None:
    made = desk(database)
    (first, one), (second, two) = queries.order_of(made.chapters())
    with database.write(made.editor) as db:
        service.reorder(
            db,
            actor=made.editor,
            now=LATER,
            edition_id=made.edition_id,
            wanted=((second, (two[1],)), (first, (two[0], one[0]))),
        )
    assert made.titles() == [("二等奖", ["案例之二"]), ("一等奖", ["案例之三", "案例之一"])]
    with database.write(made.editor) as db:
        service.move_entry(
            db, actor=made.editor, now=LATER, edition_id=made.edition_id, entry_id=two[0], step=-1
        )
        service.move_chapter(
            db, actor=made.editor, now=LATER, edition_id=made.edition_id, chapter_id=first, step=-1
        )
    assert made.titles() == [("一等奖", ["案例之一"]), ("二等奖", ["案例之二", "案例之三"])]


def test_a_stale_order_is_refused(sqlite_database: Database) -> None:
    made = desk(sqlite_database)
    order = queries.order_of(made.chapters())
    with pytest.raises(Refused), sqlite_database.write(made.editor) as db:
        service.reorder(db, actor=made.editor, now=LATER, edition_id=made.edition_id, wanted=order[:1])


def test_chapters_are_added_renamed_and_removed(database: Database) -> None:
    made = desk(database)
    keys: dict[str, Any] = {"actor": made.editor, "now": LATER, "edition_id": made.edition_id}
    with database.write(made.editor) as db:
        chapter = service.add_chapter(db, **keys, title="附录")
        service.rename_chapter(db, **keys, chapter_id=chapter, title="余编")
    assert made.titles()[-1] == ("余编", [])
    with pytest.raises(Refused), database.write(made.editor) as db:
        service.remove_chapter(db, **keys, chapter_id=made.chapters()[0].id)
    with pytest.raises(Invalid), database.write(made.editor) as db:
        service.add_chapter(db, **keys, title="")
    with database.write(made.editor) as db:
        service.remove_chapter(db, **keys, chapter_id=chapter)
    assert [title for title, _entries in made.titles()] == ["一等奖", "二等奖"]


def test_regrouping_keeps_the_texts(database: Database) -> None:
    made = desk(database)
    before = set(made.entries())
    with database.write(made.editor) as db:
        service.regroup(db, actor=made.editor, now=LATER, edition_id=made.edition_id, by=Arrangement.NONE)
    assert made.titles() == [("获奖案例", ["案例之一", "案例之三", "案例之二"])]
    assert set(made.entries()) == before


def test_an_entry_is_removed_and_taken_in_again(database: Database) -> None:
    made = desk(database)
    entry = made.entries()[1]
    keys: dict[str, Any] = {"actor": made.editor, "now": LATER, "edition_id": made.edition_id}
    with database.write(made.editor) as db:
        service.remove_entry(db, **keys, entry_id=entry)
    assert made.titles()[1] == ("二等奖", ["案例之二"])
    with database.write(made.editor) as db:
        assert service.take_up_awards(db, **keys) == 1
    assert made.titles()[1] == ("二等奖", ["案例之二", "案例之三"])
    with pytest.raises(Refused), database.write(made.editor) as db:
        service.take_up_awards(db, **keys)


# --- manuscripts -----------------------------------------------------------------------------------


def test_a_manuscript_has_rounds_and_the_original_stays(database: Database) -> None:
    made = desk(database)
    entry = made.entries()[0]
    keys: dict[str, Any] = {
        "actor": made.editor,
        "now": LATER,
        "edition_id": made.edition_id,
        "entry_id": entry,
    }
    with database.write(made.editor) as db:
        text = queries.manuscript(db, entry).text
        changed = replace(text, title="书中的标题", body="<p>书中的文字。</p>")
        assert service.write_manuscript(db, **keys, base=1, text=changed, note="改题") == 2
        assert service.write_manuscript(db, **keys, base=2, text=changed) == 2
    with pytest.raises(Refused), database.write(made.editor) as db:
        service.write_manuscript(db, **keys, base=1, text=text)
    assert made.titles()[0] == ("一等奖", ["书中的标题"])
    with database.write(made.editor) as db:
        assert service.restore_round(db, **keys, base=2, ordinal=1) == 3
    with database.read(made.editor) as db:
        rounds = queries.rounds(db, entry)
        original = queries.awarded_version(db, made.judged.entries[0].id)
    assert [(each.ordinal, each.text.title, each.note) for each in rounds] == [
        (3, "案例之一", "恢复第 1 稿"),
        (2, "书中的标题", "改题"),
        (1, "案例之一", ""),
    ]
    assert original.title == "案例之一"


def test_foreign_pictures_and_empty_titles_are_refused(sqlite_database: Database) -> None:
    made = desk(sqlite_database)
    entry = made.entries()[0]
    with sqlite_database.read(made.editor) as db:
        text = queries.manuscript(db, entry).text
    bad = replace(text, title="", body='<figure><img src="attachment:other"></figure>')
    with pytest.raises(Invalid) as refused, sqlite_database.write(made.editor) as db:
        service.write_manuscript(
            db,
            actor=made.editor,
            now=LATER,
            edition_id=made.edition_id,
            entry_id=entry,
            base=1,
            text=bad,
        )
    assert [error.field for error in refused.value.errors] == ["title", "body"]
