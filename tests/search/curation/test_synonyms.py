"""Keeping the list of synonyms: service, journal, who may."""

import pytest

from foundation import journal
from foundation.actor import Actor, Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from search.curation.queries.synonyms import SynonymBook, deleted_groups, group, groups, revision
from search.curation.rules.starting_synonyms import starting_groups
from search.curation.service.synonyms import (
    add_synonyms,
    change_synonyms,
    delete_synonyms,
    import_synonyms,
    restore_synonyms,
)
from search.curation.values.synonyms import Direction, Step, Words
from tests.support.factories import NOW, ORGANISER

LEDGER = Words(words=("水账", "账本"))
TRAINER = Actor("trainer-00000001", "教师", frozenset({Role.TRAINER}))


def test_the_shipped_list_counts_until_the_first_change_and_can_then_be_changed(
    sqlite_database: Database,
) -> None:
    book = SynonymBook()
    with sqlite_database.read() as db:
        assert (revision(db), len(groups(db))) == (0, len(starting_groups()))
        assert book(db).others["党建"] == ("党的建设",)
    with sqlite_database.write() as db:
        shipped = next(each for each in groups(db) if each.words[0] == "党建")
        delete_synonyms(db, actor=ORGANISER, now=NOW, group_id=shipped.id)
    with sqlite_database.read() as db:
        assert len(groups(db)) == len(starting_groups()) - 1
        assert "党建" not in book(db).others
        assert [each.id for each in deleted_groups(db)] == [shipped.id]
    with sqlite_database.write() as db:
        restore_synonyms(db, actor=ORGANISER, now=NOW, group_id=shipped.id)
    with sqlite_database.read() as db:
        assert book(db).others["党建"] == ("党的建设",)


def test_every_change_is_seen_by_every_process_at_once_and_is_in_the_journal(database: Database) -> None:
    books = SynonymBook(), SynonymBook()
    with database.write() as db:
        identity = add_synonyms(db, actor=ORGANISER, now=NOW, wish=LEDGER)
    with database.read() as db:
        assert [book(db).others["水账"] for book in books] == [("账本",)] * 2
        kept = group(db, identity)
    with database.write() as db:
        wish = Words(words=("水账", "流水账"), direction=Direction.ONE_WAY, note="方言")
        change_synonyms(db, actor=ORGANISER, now=NOW, group_id=identity, revision=kept.revision, wish=wish)
    with database.read() as db:
        assert [book(db).others.get(word) for book in books for word in ("水账", "流水账")] == [
            ("流水账",), None, ("流水账",), None,
        ]  # fmt: skip
        assert [(entry.action, entry.detail["words"]) for entry in journal.history(db, identity)] == [
            ("synonyms.added", "水账、账本"),
            ("synonyms.changed", "水账、流水账"),
        ]


def test_who_may_and_what_is_refused(sqlite_database: Database) -> None:
    with sqlite_database.write(TRAINER) as db, pytest.raises(Forbidden):
        add_synonyms(db, actor=TRAINER, now=NOW, wish=LEDGER)
    with sqlite_database.write(ORGANISER) as db:
        identity = add_synonyms(db, actor=ORGANISER, now=NOW, wish=LEDGER)
        read = group(db, identity).revision
        with pytest.raises(Invalid):
            add_synonyms(db, actor=ORGANISER, now=NOW, wish=Words(words=("賬本", "水賬")))
        change_synonyms(
            db, actor=ORGANISER, now=NOW, group_id=identity, revision=read, wish=Words(words=("水账", "记账"))
        )
        with pytest.raises(Refused):
            change_synonyms(db, actor=ORGANISER, now=NOW, group_id=identity, revision=read, wish=LEDGER)
        delete_synonyms(db, actor=ORGANISER, now=NOW, group_id=identity)
        for gone in (identity, "nothing"):
            with pytest.raises(NotFound):
                delete_synonyms(db, actor=ORGANISER, now=NOW, group_id=gone)
        add_synonyms(db, actor=ORGANISER, now=NOW, wish=Words(words=("记账", "水账")))
        with pytest.raises(Invalid):  # the same again
            restore_synonyms(db, actor=ORGANISER, now=NOW, group_id=identity)
    with sqlite_database.read(TRAINER) as db:
        assert deleted_groups(db) == []
        assert "水账" in SynonymBook()(db).others


def test_importing_writes_what_was_planned(sqlite_database: Database) -> None:
    lines = [(2, Words(words=("党建", "党的建设", "支部建设"))), (3, LEDGER), (4, Words(words=("夜校",)))]
    with sqlite_database.write() as db:
        with pytest.raises(Invalid):
            import_synonyms(db, actor=ORGANISER, now=NOW, lines=lines)
        assert revision(db) == 0
        done = import_synonyms(db, actor=ORGANISER, now=NOW, lines=lines[:2])
        assert [line.step for line in done] == [Step.CHANGE, Step.ADD]
        again = import_synonyms(db, actor=ORGANISER, now=NOW, lines=lines[:2])
        assert {line.step for line in again} == {Step.SAME}
    with sqlite_database.read() as db:
        assert SynonymBook()(db).others["党建"] == ("党的建设", "支部建设")
        assert len(groups(db)) == len(starting_groups()) + 1
