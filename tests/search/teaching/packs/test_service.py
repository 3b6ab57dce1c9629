"""Packs in the database: saving, sharing, copying, classes; who sees what of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from foundation.actor import ANONYMOUS, Actor, Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.journal import history as journal
from search.teaching.packs import queries
from search.teaching.packs.errors import ChangedMeanwhile
from search.teaching.packs.service.reporting import answer_use, hide_use, report_use
from search.teaching.packs.service.sharing import open_handout, share_pack
from search.teaching.packs.service.writing import (
    add_case,
    copy_pack,
    discard_pack,
    name_version,
    restore_version,
    save_pack,
    start_pack,
)
from search.teaching.packs.values import Again, Answer, Content, Line, PackView, Report, Sharing, Tally
from tests.search.teaching.packs.world import World, make_world, started, taken_back
from tests.support.factories import NOW

LATER = NOW + timedelta(minutes=5)
REPORT = Report(
    date(2026, 2, 28), "第三期支部书记班", 32, "分组讨论很热", "时间不够", Again.CHANGED, shown=True
)


@pytest.fixture
def world(sqlite_database: Database) -> World:
    with sqlite_database.write() as db:
        return make_world(db)


@pytest.fixture
def pack(sqlite_database: Database, world: World) -> str:
    with sqlite_database.write(world.trainer) as db:
        return started(db, world)


def share(database: Database, world: World, pack: str, sharing: Sharing = Sharing.TRAINERS) -> None:
    with database.write(world.trainer) as db:
        share_pack(db, actor=world.trainer, now=NOW, pack_id=pack, sharing=sharing)


def change(
    db: Session, world: World, pack: str, revision: int = 0, prefer: str = "", **fields: object
) -> PackView:
    """Save the pack with these fields, as its owner does who began with `revision` (0: the newest)."""
    before = queries.pack_at(db, pack, revision) if revision else queries.pack(db, pack)
    content = replace(before.content, **fields)  # type: ignore[arg-type]  # a test names its fields
    return save_pack(
        db, actor=world.trainer, now=LATER, pack_id=pack, revision=before.shown_revision, content=content,
        prefer=prefer,  # type: ignore[arg-type]  # one of three
    ).pack  # fmt: skip


def test_a_pack_begins_with_its_kind_of_class_and_what_its_case_says(
    sqlite_database: Database, world: World, pack: str
) -> None:
    with sqlite_database.read(world.trainer) as db:
        view = queries.pack(db, pack)
        assert (view.revision, view.sharing, view.content.minutes) == (1, Sharing.PRIVATE, 90)
        assert view.content.case_ids == (world.case,)
        hints = [hint.text for question in view.content.questions for hint in question.hints]
        assert "“渠水不够，三年打了 7 场架。”（一、背景）" in hints
        assert queries.shown(db, view).title == "一本水账"


def test_only_cases_that_the_trainer_may_read_come_in(sqlite_database: Database, world: World) -> None:
    with sqlite_database.write() as db:
        taken_back(db, world)
    with sqlite_database.write(world.trainer) as db:
        with pytest.raises(NotFound):
            add_case(db, actor=world.trainer, now=NOW, pack_id=started(db, world), case_id=world.case)
        assert queries.own_packs(db, world.trainer.user_id)[0].content.case_ids == ()


def test_each_change_is_a_version_and_no_change_is_none(
    sqlite_database: Database, world: World, pack: str
) -> None:
    with sqlite_database.write(world.trainer) as db:
        assert change(db, world, pack, title="水账课").revision == 2
        assert change(db, world, pack, title="水账课").revision == 2
        add_case(db, actor=world.trainer, now=LATER, pack_id=pack, case_id=world.school.case_id)
        add_case(db, actor=world.trainer, now=LATER, pack_id=pack, case_id=world.school.case_id)
        assert [each.revision for each in queries.history(db, pack)] == [3, 2, 1]
        name_version(db, actor=world.trainer, now=LATER, pack_id=pack, revision=1, name="初稿")
        restore_version(db, actor=world.trainer, now=LATER, pack_id=pack, revision=1)
        found = queries.history(db, pack)
        assert [(each.revision, each.name) for each in found] == [(4, ""), (3, ""), (2, ""), (1, "初稿")]
        assert queries.pack(db, pack).content == queries.pack_at(db, pack, 1).content


def test_a_second_window_is_merged_or_asked(sqlite_database: Database, world: World, pack: str) -> None:
    with sqlite_database.write(world.trainer) as db:
        change(db, world, pack, title="甲")
        merged = change(db, world, pack, revision=1, minutes=60)
        assert (merged.content.title, merged.content.minutes, merged.revision) == ("甲", 60, 3)
        with pytest.raises(ChangedMeanwhile) as caught:
            change(db, world, pack, revision=1, title="乙")
        assert caught.value.clashes == ("title",)
        assert change(db, world, pack, revision=1, title="乙", prefer="mine").content.title == "乙"
        kept = change(db, world, pack, revision=1, title="丙", prefer="theirs")
        assert kept.content.title == "乙"
        titles = [
            queries.pack_at(db, pack, each.revision).content.title for each in queries.history(db, pack)
        ]
        assert "丙" in titles  # what gave way is in the history


def test_others_see_what_was_shared_and_not_what_is_written_since(
    sqlite_database: Database, world: World, pack: str
) -> None:
    with sqlite_database.read(world.other) as db, pytest.raises(NotFound):
        queries.pack(db, pack)
    share(sqlite_database, world, pack)
    with sqlite_database.write(world.trainer) as db:
        change(db, world, pack, title="还没写好")
        assert queries.pack(db, pack).behind
    with sqlite_database.read(world.other) as db:
        assert queries.pack(db, pack).content.title == ""
        assert [each.revision for each in queries.history(db, pack)] == [1]
        assert [each.id for each in queries.shared_packs(db, case_id=world.case)] == [pack]
        assert queries.shared_packs(db, case_id=world.school.case_id) == []
        assert queries.packs_of_cases(db) == {world.case}
        with pytest.raises(NotFound):
            queries.pack_at(db, pack, 2)
    share(sqlite_database, world, pack, Sharing.PRIVATE)
    with sqlite_database.read(world.other) as db:
        assert queries.shared_packs(db) == []
        assert queries.packs_of_cases(db) == frozenset()
    with sqlite_database.read() as db:
        actions = [each.action for each in journal(db, subject_id=pack)]
        assert actions == ["pack.started", "pack.shared", "pack.withdrawn"]


def test_a_pack_shared_by_link_is_found_by_its_link_alone(
    sqlite_database: Database, world: World, pack: str
) -> None:
    with sqlite_database.read(world.trainer) as db:
        key = queries.pack(db, pack).link_key
    with sqlite_database.read(ANONYMOUS) as db, pytest.raises(NotFound):
        queries.pack_by_link(db, key)
    share(sqlite_database, world, pack, Sharing.LINK)
    with sqlite_database.read(ANONYMOUS) as db:
        assert queries.pack_by_link(db, key).id == pack
        with pytest.raises(NotFound):
            queries.pack(db, pack)
    with sqlite_database.read(world.other) as db:
        assert queries.shared_packs(db) == []
        assert queries.packs_of_cases(db) == frozenset()


def test_an_empty_pack_is_not_shared(sqlite_database: Database, world: World) -> None:
    with sqlite_database.write(world.trainer) as db:
        empty = start_pack(db, actor=world.trainer, now=NOW, kind="blank", case_ids=[], propose=False)
        with pytest.raises(Refused):
            share_pack(db, actor=world.trainer, now=NOW, pack_id=empty, sharing=Sharing.TRAINERS)


def test_a_copy_belongs_to_the_copier_and_says_where_it_comes_from(
    sqlite_database: Database, world: World, pack: str
) -> None:
    share(sqlite_database, world, pack)
    with sqlite_database.write(world.other) as db:
        copied = copy_pack(db, actor=world.other, now=NOW, view=queries.pack(db, pack))
        view = queries.pack(db, copied)
        assert (view.owner_name, view.adapted_from, view.adapted_revision) == ("林教员", pack, 1)
        assert view.content == queries.pack(db, pack).content


Deed = Callable[[Session, Actor, str], object]


@pytest.mark.parametrize(
    "deed",
    [
        lambda db, actor, pack: save_pack(
            db, actor=actor, now=NOW, pack_id=pack, revision=1, content=Content()
        ),
        lambda db, actor, pack: share_pack(db, actor=actor, now=NOW, pack_id=pack, sharing=Sharing.PRIVATE),
        lambda db, actor, pack: open_handout(db, actor=actor, now=NOW, pack_id=pack, opened=True),
        lambda db, actor, pack: name_version(db, actor=actor, now=NOW, pack_id=pack, revision=1, name="x"),
        lambda db, actor, pack: restore_version(db, actor=actor, now=NOW, pack_id=pack, revision=1),
        lambda db, actor, pack: discard_pack(db, actor=actor, now=NOW, pack_id=pack),
    ],
)
def test_only_the_owner_changes_a_pack(
    sqlite_database: Database, world: World, pack: str, deed: Deed
) -> None:
    share(sqlite_database, world, pack)
    with sqlite_database.write(world.other) as db, pytest.raises(Forbidden):
        deed(db, world.other, pack)


def test_who_does_not_teach_makes_no_pack(sqlite_database: Database, world: World) -> None:
    writer = Actor("somebody-0000001", "申报人", frozenset({Role.SUBMITTER}))
    with sqlite_database.write(writer) as db, pytest.raises(Forbidden):
        start_pack(db, actor=writer, now=NOW, kind="class", case_ids=[], propose=False)


def test_when_a_case_goes_its_words_go_and_the_pack_stays(
    sqlite_database: Database, world: World, pack: str
) -> None:
    with sqlite_database.write() as db:
        taken_back(db, world)
    with sqlite_database.read(world.trainer) as db:
        shown = queries.shown(db, queries.pack(db, pack))
        assert (shown.missing, shown.cases, shown.title) == (1, {}, "")
        words = str(shown.content)
        assert "渠水" not in words
        assert "一本水账" not in words
        assert len(shown.content.questions) >= 4
        assert all(question.hints == () for question in shown.content.questions)


def test_a_class_is_reported_counted_and_read_as_far_as_its_trainer_agrees(
    sqlite_database: Database, world: World, pack: str
) -> None:
    share(sqlite_database, world, pack)
    with sqlite_database.write(world.other) as db:
        view = queries.pack(db, pack)
        use = report_use(db, actor=world.other, now=NOW, view=view, report=REPORT, ask=True)
        hidden = replace(REPORT, people=8, again=Again.NO, shown=False)
        report_use(db, actor=world.other, now=NOW, view=view, report=hidden, ask=False)
    with sqlite_database.read(ANONYMOUS) as db:
        assert queries.tally_of_case(db, world.case) == Tally(2, 40, 1)
        assert queries.tally_of_case(db, world.school.case_id) == Tally()
        assert [each.report for each in queries.voices(db, world.case)] == [REPORT]
        assert queries.uses(db, pack) == []
    with sqlite_database.read(world.trainer) as db:
        assert len(queries.uses(db, pack)) == 2  # the author of the pack reads all
        assert queries.answers(db, use) == []
    with sqlite_database.read() as db:
        used = [each for each in journal(db, subject_id=pack) if each.action == "pack.used"]
        assert [each.detail["case_ids"] for each in used] == [[world.case]] * 2
    with sqlite_database.write(world.other) as db:
        hide_use(db, actor=world.other, now=NOW, use_id=use)
        assert queries.voices(db, world.case) == []
    with sqlite_database.write(world.trainer) as db, pytest.raises(NotFound):
        hide_use(db, actor=world.trainer, now=NOW, use_id=use)
    share(sqlite_database, world, pack, Sharing.PRIVATE)
    with sqlite_database.write(world.trainer) as db, pytest.raises(Refused):
        discard_pack(db, actor=world.trainer, now=NOW, pack_id=pack)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"used_on": date(2026, 3, 9)}, "used_on"),
        ({"with_whom": ""}, "with_whom"),
        ({"people": 0}, "people"),
        ({"worked": "长" * 2001}, "worked"),
    ],
)
def test_a_report_that_cannot_be_is_refused(
    sqlite_database: Database, world: World, pack: str, changes: dict[str, object], field: str
) -> None:
    with sqlite_database.write(world.trainer) as db:
        report = replace(REPORT, **changes)  # type: ignore[arg-type]  # a test names its fields
        with pytest.raises(Invalid) as caught:
            report_use(
                db, actor=world.trainer, now=NOW, view=queries.pack(db, pack), report=report, ask=False
            )
        assert [each.field for each in caught.value.errors] == [field]


def test_participants_answer_once_a_browser_and_only_their_trainer_reads_it(
    sqlite_database: Database, world: World, pack: str
) -> None:
    with sqlite_database.write(world.trainer) as db:
        view = queries.pack(db, pack)
        use = report_use(db, actor=world.trainer, now=NOW, view=view, report=REPORT, ask=True)
        key = queries.use(db, use).answer_key
    answer = Answer("账要贴在墙上", "水表谁来换", 5)
    with sqlite_database.write(ANONYMOUS) as db:
        answer_use(db, now=NOW, key=key, browser="b1", answer=answer)
        answer_use(db, now=NOW, key=key, browser="b2", answer=answer)
        with pytest.raises(Refused):
            answer_use(db, now=NOW, key=key, browser="b1", answer=answer)
        with pytest.raises(Invalid):
            answer_use(db, now=NOW, key=key, browser="b3", answer=Answer("", "", 3))
        with pytest.raises(NotFound):
            answer_use(db, now=NOW, key="none", browser="b3", answer=answer)
        assert queries.answers(db, use) == []
    with sqlite_database.read(world.other) as db:
        assert queries.answers(db, use) == []
    with sqlite_database.read(world.trainer) as db:
        assert queries.answers(db, use) == [answer, answer]


def test_a_pack_nobody_used_can_be_thrown_away(sqlite_database: Database, world: World, pack: str) -> None:
    with sqlite_database.write(world.trainer) as db:
        discard_pack(db, actor=world.trainer, now=NOW, pack_id=pack)
        assert queries.own_packs(db, world.trainer.user_id) == []


def test_a_question_without_its_case_still_needs_a_case_to_be_shared(
    sqlite_database: Database, world: World, pack: str
) -> None:
    with sqlite_database.write(world.trainer) as db:
        change(db, world, pack, cases=(), aims=(Line("目标"),))
        with pytest.raises(Refused):
            share_pack(db, actor=world.trainer, now=NOW, pack_id=pack, sharing=Sharing.TRAINERS)
