"""What the awards do to a book that is under way: the editor's order and texts stay."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from casebook import queries, service
from casebook.values import Arrangement
from foundation import journal
from foundation.actor import SYSTEM, Role
from foundation.db import Database
from foundation.errors import Refused
from foundation.files import LocalFiles
from foundation.people import actor_of
from judging.events import AwardGranted
from judging.models import Award
from submissions.values import VersionView
from tests.casebook.world import LATER, Desk, awarded
from tests.judging import world as judging_world
from tests.support.factories import make_call, make_entry, make_user


def opened(database: Database, made: judging_world.World, **more: Any) -> Desk:
    with database.write() as db:
        user = make_user(db, Role.EDITOR, name="陈编辑")
    editor = actor_of(user)
    with database.write(editor) as db:
        edition_id = service.open_edition(db, actor=editor, now=LATER, call_id=made.call.id, **more)
    return Desk(database, made, user, edition_id)


def granted(
    database: Database, version: VersionView, key: str, name: str, rank: int, *, like: judging_world.World
) -> None:
    """What the end of a notice does for one line; how it comes to one is in the tests of judging."""
    with database.write() as db:
        decision = db.scalars(select(Award.decision_id).where(Award.call_id == like.call.id)).first()
        award = Award(
            call_id=version.call_id,
            decision_id=decision,
            case_id=version.case_id,
            version_id=version.id,
            prize_key=key,
            prize_name=name,
            prize_rank=rank,
            granted_at=LATER,
            granted_by="system",
        )
        db.add(award)
        db.flush()
        event = AwardGranted(
            award_id=award.id,
            call_id=award.call_id,
            case_id=award.case_id,
            version_id=award.version_id,
            prize_key=key,
        )
        journal.record(db, actor=SYSTEM, now=LATER, event=event)


def state(made: Desk) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    return [
        (chapter.title, [(e.title, e.prize_name, e.withdrawn_at is None) for e in chapter.entries])
        for chapter in made.chapters()
    ]


def test_a_revoked_a_changed_and_a_late_award(sqlite_database: Database, files: LocalFiles) -> None:
    """The first prize is revoked, the second moves up to it, a case without a prize gets the second."""
    judged = judging_world.awarded(sqlite_database)
    made = opened(sqlite_database, judged)
    keys: dict[str, Any] = {"actor": made.editor, "now": LATER, "edition_id": made.edition_id}
    (first, _one), (second, two) = queries.order_of(made.chapters())
    with sqlite_database.write(made.editor) as db:
        service.move_chapter(db, **keys, chapter_id=first, step=1)
        service.rename_chapter(db, **keys, chapter_id=second, title="卷首")
        text = queries.manuscript(db, two[0]).text
        service.write_manuscript(db, **keys, entry_id=two[0], base=1, text=replace(text, title="编辑改的题"))
    assert state(made) == [
        ("卷首", [("编辑改的题", "二等奖", True)]),
        ("一等奖", [("案例之一", "一等奖", True)]),
    ]
    made.revoke(0)
    made.revoke(0, "递补为一等奖")
    granted(sqlite_database, judged.entries[1], "first", "一等奖", 1, like=judged)
    granted(sqlite_database, judged.entries[2], "second", "二等奖", 2, like=judged)
    made.deliver(files)
    assert state(made) == [
        ("卷首", [("编辑改的题", "一等奖", True)]),
        ("一等奖", [("案例之一", "一等奖", False)]),
    ]
    with sqlite_database.write(made.editor) as db:
        offered = queries.new_awards(db, [judged.call.id], made.chapters())
        assert [each.case_id for each in offered] == [judged.entries[2].case_id]
        assert service.take_up_awards(db, **keys) == 1
    assert state(made) == [
        ("卷首", [("编辑改的题", "一等奖", True)]),
        ("一等奖", [("案例之一", "一等奖", False)]),
        ("二等奖", [("案例之三", "二等奖", True)]),
    ]


def test_a_book_of_two_calls_by_topic(sqlite_database: Database) -> None:
    judged = awarded(sqlite_database)
    topics = {judged.entries[0].case_id: ("治理",), judged.entries[1].case_id: ("治理", "队伍")}
    made = opened(
        sqlite_database,
        judged,
        arrangement=Arrangement.TOPIC,
        topics=lambda _db, ids: {i: topics.get(i, ()) for i in ids},
    )
    assert made.titles() == [("治理", ["案例之一", "案例之二"]), ("获奖案例", ["案例之三"])]
    with sqlite_database.write() as db:
        other = make_call(db, slug="another", title="另一次征集")
        version = make_entry(db, call=other)
    with pytest.raises(Refused), sqlite_database.write(made.editor) as db:
        service.add_call(db, actor=made.editor, now=LATER, edition_id=made.edition_id, call_id=other.id)
    granted(sqlite_database, version, "first", "一等奖", 1, like=judged)
    keys: dict[str, Any] = {"actor": made.editor, "now": LATER, "edition_id": made.edition_id}
    with sqlite_database.write(made.editor) as db:
        service.add_call(db, **keys, call_id=other.id)
        assert [each.id for each in queries.calls_of(db, made.edition_id)] == [judged.call.id, other.id]
        assert service.take_up_awards(db, **keys) == 1
    assert [len(entries) for _title, entries in made.titles()] == [2, 2]
