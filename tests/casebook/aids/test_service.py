"""What editors do with findings and terms: exactly there, never without them, never on what has changed."""

import pytest

from casebook import queries as core
from casebook import service as manuscripts
from casebook.aids import queries
from casebook.aids.service import findings, terms
from casebook.aids.values import Finding, Kind, Scope, Seriousness, TermKind, TermWish
from casebook.values import ManuscriptText
from foundation.actor import Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from tests.casebook.aids.reading import manuscript
from tests.casebook.world import LATER, Desk, desk
from tests.support.factories import make_actor

BODY = "<p>支部带头,群众参与。</p><p>党员带头,居民参与。</p>"


@pytest.fixture
def made(sqlite_database: Database) -> Desk:
    """A book whose first case has two half-width commas and nothing else to be found."""
    found = desk(sqlite_database)
    for entry in found.entries():
        write(found, entry, manuscript("<p>正文没有问题。</p>"))
    write(found, found.entries()[0], manuscript(BODY))
    return found


def write(made: Desk, entry_id: str, text: ManuscriptText) -> None:
    with made.database.write(made.editor) as db:
        manuscripts.write_manuscript(
            db,
            actor=made.editor,
            now=LATER,
            edition_id=made.edition_id,
            entry_id=entry_id,
            base=core.manuscript(db, entry_id).ordinal,
            text=text,
        )


def open_ones(made: Desk) -> list[Finding]:
    with made.database.read(made.editor) as db:
        return list(queries.checked(db, made.edition_id).open)


def body(made: Desk) -> str:
    with made.database.read(made.editor) as db:
        return core.manuscript(db, made.entries()[0]).text.body


def accept(made: Desk, key: str, words: str | None = None) -> None:
    with made.database.write(made.editor) as db:
        findings.accept(db, actor=made.editor, now=LATER, edition_id=made.edition_id, key=key, words=words)


def ignore(made: Desk, key: str, scope: Scope = Scope.PLACE, reason: str = "") -> str:
    with made.database.write(made.editor) as db:
        return findings.ignore(
            db, actor=made.editor, now=LATER, edition_id=made.edition_id, key=key, scope=scope, reason=reason
        )


def test_what_is_accepted_stands_there_in_a_new_round(made: Desk) -> None:
    first, second = open_ones(made)
    accept(made, first.key)
    assert body(made) == BODY.replace("支部带头,", "支部带头，")
    assert [each.key for each in open_ones(made)] == [second.key]
    accept(made, second.key, words="、")
    assert body(made) == "<p>支部带头，群众参与。</p><p>党员带头、居民参与。</p>"
    with made.database.read(made.editor) as db:
        last = core.manuscript(db, made.entries()[0])
    assert last.note == "编校检查：“,”改为“、”"
    assert last.writer_name == "陈编辑"


def test_what_was_changed_meanwhile_is_refused(made: Desk) -> None:
    first, _second = open_ones(made)
    write(made, made.entries()[0], manuscript("<p>全部改写过了。</p>"))
    with pytest.raises(Refused):
        accept(made, first.key)
    with pytest.raises(Refused):
        ignore(made, first.key)
    assert body(made) == "<p>全部改写过了。</p>"


def test_several_at_once_or_none(made: Desk) -> None:
    keys = [each.key for each in open_ones(made)]
    with made.database.write(made.editor) as db, pytest.raises(Refused):
        findings.accept_many(
            db, actor=made.editor, now=LATER, edition_id=made.edition_id, keys=[*keys, "gone"]
        )
    with made.database.write(made.editor) as db, pytest.raises(Refused):
        findings.accept_many(db, actor=made.editor, now=LATER, edition_id=made.edition_id, keys=[])
    assert body(made) == BODY
    with made.database.write(made.editor) as db:
        count = findings.accept_many(db, actor=made.editor, now=LATER, edition_id=made.edition_id, keys=keys)
    assert count == 2
    assert body(made) == BODY.replace(",", "，")
    with made.database.read(made.editor) as db:
        assert core.manuscript(db, made.entries()[0]).ordinal == 4  # one round for both


def test_a_finding_without_a_certain_correction_needs_the_editors_words(made: Desk) -> None:
    write(made, made.entries()[0], manuscript("<p>今年完成了改造。</p>"))
    (found,) = open_ones(made)
    with pytest.raises(Refused):
        accept(made, found.key)
    with pytest.raises(Invalid):
        accept(made, found.key, words="长" * 401)
    accept(made, found.key, words="2021年")
    assert body(made) == "<p>2021年完成了改造。</p>"


def test_an_ignoring_of_one_place(made: Desk) -> None:
    first, second = open_ones(made)
    said = ignore(made, first.key, reason="原文如此")
    assert [each.key for each in open_ones(made)] == [second.key]
    with pytest.raises(Refused):
        ignore(made, first.key)
    write(made, made.entries()[0], manuscript("<p>新的开头。</p>" + BODY))
    assert [each.passage + each.after for each in open_ones(made)] == [",居民参与。"]
    with made.database.write(made.editor) as db:
        findings.take_back(db, actor=made.editor, now=LATER, edition_id=made.edition_id, ignoring_id=said)
    assert len(open_ones(made)) == 2
    with made.database.write(made.editor) as db, pytest.raises(NotFound):
        findings.take_back(db, actor=made.editor, now=LATER, edition_id=made.edition_id, ignoring_id=said)


def test_an_ignoring_in_the_whole_book(made: Desk) -> None:
    write(made, made.entries()[1], manuscript("<p>这里也有一个,逗号。</p>"))
    first, *rest = open_ones(made)
    assert len(rest) == 2
    ignore(made, first.key, Scope.BOOK)
    assert open_ones(made) == []


def test_counts_for_the_print_check(made: Desk) -> None:
    with made.database.read(made.editor) as db:
        found = queries.open_findings(db, made.edition_id)
    assert found.total == found.of(Seriousness.MUST) == 2
    assert found.by_kind[Kind.PUNCTUATION][Seriousness.MUST] == 2
    assert found.by_entry == {made.entries()[0]: 2}
    made.revoke(0)  # whatever is not printed is not checked
    with made.database.read(made.editor) as db, pytest.raises(NotFound):
        queries.open_findings(db, "none")


def test_who_is_no_editor(made: Desk) -> None:
    with made.database.write() as db:
        trainer = make_actor(db, Role.TRAINER)
    (first, _second) = open_ones(made)
    with made.database.write(trainer) as db, pytest.raises(Forbidden):
        findings.accept(db, actor=trainer, now=LATER, edition_id=made.edition_id, key=first.key)
    with made.database.write(trainer) as db, pytest.raises(Forbidden):
        findings.ignore(db, actor=trainer, now=LATER, edition_id=made.edition_id, key=first.key)
    with made.database.write(trainer) as db, pytest.raises(Forbidden):
        terms.add_term(db, actor=trainer, now=LATER, wish=TermWish(written="支书", better="书记"))
    ignore(made, first.key)
    with made.database.write(made.editor) as db:
        terms.add_term(db, actor=made.editor, now=LATER, wish=TermWish(written="支书", better="书记"))
    with made.database.read(trainer) as db:
        assert queries.ignorings(db, made.edition_id) == []
        assert queries.deleted_terms(db) == []


# --- the house's list ------------------------------------------------------------------------------


def test_the_shipped_list_holds_until_it_is_changed(made: Desk) -> None:
    editor = made.editor
    with made.database.write(editor) as db:
        shipped = queries.terms(db)
        assert queries.revision(db) == 0
        terms.delete_term(db, actor=editor, now=LATER, term_id=shipped[0].id)
        assert len(queries.terms(db)) == len(shipped) - 1
        terms.restore_term(db, actor=editor, now=LATER, term_id=shipped[0].id)
        assert [each.wish for each in queries.terms(db)] == [each.wish for each in shipped]


def test_a_term_is_added_changed_and_counts_at_once(made: Desk) -> None:
    editor = made.editor
    wish = TermWish(written="群众参与", better="居民参与", why="本社规定")
    with made.database.write(editor) as db:
        term_id = terms.add_term(db, actor=editor, now=LATER, wish=wish)
    assert [each.slip.proposal for each in open_ones(made)] == ["，", "居民参与", "，"]
    with made.database.write(editor) as db:
        revision = queries.term(db, term_id).revision
        with pytest.raises(Invalid):
            terms.add_term(db, actor=editor, now=LATER, wish=wish)
        change = TermWish(written="群众参与", kind=TermKind.FORBID)
        terms.change_term(db, actor=editor, now=LATER, term_id=term_id, revision=revision, wish=change)
        with pytest.raises(Refused):
            terms.change_term(db, actor=editor, now=LATER, term_id=term_id, revision=revision, wish=wish)
    assert [each.slip.proposal for each in open_ones(made)] == ["，", None, "，"]


@pytest.mark.parametrize(
    "wish",
    [
        TermWish(written="字", better="文字"),
        TermWish(written="长" * 41, better="短"),
        TermWish(written="支书", better=""),
        TermWish(written="支书", better="支书"),
        TermWish(written="，。", better="。"),
    ],
)
def test_what_is_no_term(made: Desk, wish: TermWish) -> None:
    with made.database.write(made.editor) as db, pytest.raises(Invalid):
        terms.add_term(db, actor=made.editor, now=LATER, wish=wish)


def test_a_table_is_imported(made: Desk) -> None:
    editor = made.editor
    with made.database.write(editor) as db:
        known = queries.terms(db)
        lines = [
            (2, known[0].wish),
            (3, TermWish(written=known[1].written, better="别的写法")),
            (4, TermWish(written="新词", better="新词语")),
        ]
        done = terms.import_terms(db, actor=editor, now=LATER, lines=lines)
        assert [line.step.value for line in done] == ["same", "change", "add"]
        assert len(queries.terms(db)) == len(known) + 1
        with pytest.raises(Invalid):
            terms.import_terms(db, actor=editor, now=LATER, lines=[(2, TermWish(written="字"))])
