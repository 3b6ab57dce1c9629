"""Co-authors see and write in one case and no other; presence comes and goes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from foundation import mail
from foundation.actor import Actor, Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound
from foundation.journal import JournalEntry
from foundation.people import add_user, user
from submissions import queries, service
from tests.submissions.factories import (
    BEFORE,
    DURING,
    PLEDGE,
    World,
    hand_in,
    start,
    submit,
    text,
    world,
    write,
)


@pytest.fixture
def here(sqlite_database: Database) -> World:
    return world(sqlite_database)


def email(database: Database, actor: Actor) -> str:
    with database.read() as db:
        return user(db, actor.user_id).email


def invite(database: Database, here: World, case_id: str, who: Actor) -> None:
    with database.write(here.branch) as db:
        service.invite_coauthor(
            db, actor=here.branch, now=DURING, case_id=case_id, email=email(database, who).upper()
        )


def test_a_coauthor_writes_in_this_case_only(sqlite_database: Database, here: World) -> None:
    shared = write(sqlite_database, here.branch, here.call)
    other = start(sqlite_database, here.branch, here.call)
    invite(sqlite_database, here, shared, here.neighbour)
    with sqlite_database.write(here.neighbour) as db:
        saved = service.save_draft(
            db, actor=here.neighbour, now=DURING, case_id=shared, revision=2, text=text(title="一起写的")
        )
        assert (saved.text.title, saved.saved_by) == ("一起写的", "陈晓")
        assert [each.id for each in queries.cases_shared_with(db, here.neighbour)] == [shared]
        assert [each.name for each in queries.coauthors(db, shared)] == ["陈晓"]
        with pytest.raises(NotFound):
            queries.draft(db, other)
        with pytest.raises(NotFound):
            queries.case(db, other)
    with sqlite_database.write(here.neighbour) as db, pytest.raises(Forbidden):
        service.submit_case(db, actor=here.neighbour, now=DURING, case_id=shared, key="k", pledge=PLEDGE)
    with sqlite_database.write(here.neighbour) as db, pytest.raises(Forbidden):
        service.discard_draft(db, actor=here.neighbour, now=DURING, case_id=shared)
    with sqlite_database.read(here.stranger) as db, pytest.raises(NotFound):
        queries.case(db, shared)
    submit(sqlite_database, here.branch, shared)
    with sqlite_database.read(here.neighbour) as db:
        assert [each.title for each in queries.versions(db, shared)] == ["一起写的"]


def test_an_invitation_is_told_once_and_can_be_taken_back(sqlite_database: Database, here: World) -> None:
    case_id = write(sqlite_database, here.branch, here.call)
    invite(sqlite_database, here, case_id, here.neighbour)
    invite(sqlite_database, here, case_id, here.neighbour)
    with sqlite_database.read() as db:
        told = db.scalars(select(JournalEntry).where(JournalEntry.action == "case.coauthor_invited")).all()
        letters = [each.recipient for each in mail.waiting(db, DURING)]
    assert (len(told), letters) == (1, ["hamlet@example.org"])
    with sqlite_database.write(here.neighbour) as db:
        service.note_presence(db, actor=here.neighbour, now=DURING, case_id=case_id)
    with sqlite_database.write(here.colleague) as db:
        service.remove_coauthor(
            db, actor=here.colleague, now=DURING, case_id=case_id, user_id=here.neighbour.user_id
        )
        assert queries.others_at(db, case_id, here.colleague, DURING) == []
    with sqlite_database.read(here.neighbour) as db, pytest.raises(NotFound):
        queries.draft(db, case_id)


def test_a_coauthor_may_leave_but_sends_nobody_away(sqlite_database: Database, here: World) -> None:
    case_id = write(sqlite_database, here.branch, here.call)
    invite(sqlite_database, here, case_id, here.neighbour)
    invite(sqlite_database, here, case_id, here.stranger)
    with sqlite_database.write(here.neighbour) as db, pytest.raises(Forbidden):
        service.remove_coauthor(
            db, actor=here.neighbour, now=DURING, case_id=case_id, user_id=here.stranger.user_id
        )
    with sqlite_database.write(here.neighbour) as db, pytest.raises(Forbidden):
        service.invite_coauthor(
            db, actor=here.neighbour, now=DURING, case_id=case_id, email="block@example.org"
        )
    with sqlite_database.write(here.neighbour) as db:
        service.remove_coauthor(
            db, actor=here.neighbour, now=DURING, case_id=case_id, user_id=here.neighbour.user_id
        )
    with sqlite_database.read(here.branch) as db:
        assert [each.name for each in queries.coauthors(db, case_id)] == ["孙丽"]


def test_who_cannot_be_invited_is_not_told_apart(sqlite_database: Database, here: World) -> None:
    case_id = write(sqlite_database, here.branch, here.call)
    with sqlite_database.write() as db:
        add_user(
            db,
            now=BEFORE,
            email="both@example.org",
            name="两职",
            roles=[Role.JUROR, Role.SUBMITTER],
            unit=user(db, here.neighbour.user_id).unit,
        )
    sentences = set()
    for address in ("nobody@example.org", "juror@example.org", "org@example.org", "both@example.org", ""):
        with sqlite_database.write(here.branch) as db, pytest.raises(Invalid) as refused:
            service.invite_coauthor(db, actor=here.branch, now=DURING, case_id=case_id, email=address)
        sentences.add(str(refused.value.errors[0].message))
    assert sentences == {"没有找到使用这个邮箱的申报人账号。请核对邮箱，或请对方先开通申报人账号。"}
    with sqlite_database.write(here.branch) as db, pytest.raises(Invalid) as refused:
        service.invite_coauthor(
            db, actor=here.branch, now=DURING, case_id=case_id, email="village2@example.org"
        )
    assert "不用邀请" in str(refused.value.errors[0].message)


def test_a_discarded_draft_takes_its_surroundings_along(sqlite_database: Database, here: World) -> None:
    case_id = write(sqlite_database, here.branch, here.call)
    invite(sqlite_database, here, case_id, here.neighbour)
    with sqlite_database.write(here.branch) as db:
        service.note_presence(db, actor=here.branch, now=DURING, case_id=case_id)
        service.announce_upload(db, actor=here.branch, now=DURING, case_id=case_id, name="a.jpg", size=5)
        service.discard_draft(db, actor=here.branch, now=DURING, case_id=case_id)
    with sqlite_database.read() as db:
        assert queries.coauthors(db, case_id) == []


def test_presence_lasts_while_it_is_reported(database: Database) -> None:
    here = world(database)
    case_id = hand_in(database, here.branch, here.call).case_id

    def report(actor: Actor, seconds: int) -> list[tuple[str, int]]:
        at = DURING + timedelta(seconds=seconds)
        with database.write(actor) as db:
            service.note_presence(db, actor=actor, now=at, case_id=case_id)
            others = queries.others_at(db, case_id, actor, at)
        return [(each.name, int((each.since - DURING).total_seconds())) for each in others]

    assert report(here.branch, 0) == []
    assert report(here.colleague, 10) == [("李秀英", 0)]
    assert report(here.branch, 15) == [("周明", 10)]
    assert report(here.branch, 30) == [("周明", 10)]
    assert report(here.colleague, 74) == [("李秀英", 0)]
    assert report(here.colleague, 76) == []
    assert report(here.branch, 200) == []
    with database.write(here.stranger) as db, pytest.raises(NotFound):
        service.note_presence(db, actor=here.stranger, now=DURING, case_id=case_id)


def test_who_wrote_is_known_to_judging(sqlite_database: Database, here: World) -> None:
    shared = write(sqlite_database, here.branch, here.call)
    invite(sqlite_database, here, shared, here.neighbour)
    submit(sqlite_database, here.branch, shared)
    with sqlite_database.read(here.organiser) as db:
        found = queries.wrote(db, [shared])
    assert found == {shared: {here.branch.user_id, here.neighbour.user_id}}
