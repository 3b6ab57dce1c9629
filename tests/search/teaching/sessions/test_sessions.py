"""Series and sessions through the services: who may, what is planned, what is answered, who sees it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select

from foundation.actor import ANONYMOUS, Role
from foundation.audience import Audience
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused, TooMany
from foundation.mail import OutgoingMail
from foundation.visibility import as_system
from search.curation.service import placements
from search.teaching.sessions.models import StudyAnswer, StudyContribution, StudyParticipant
from search.teaching.sessions.queries import live, material, people, results, series
from search.teaching.sessions.service import chores, joining, planning, preparing, running, taking_part
from search.teaching.sessions.service import series as service
from search.teaching.sessions.values import ParticipantView, SessionState
from tests.search.teaching.sessions.world import THURSDAYS, World, made, proposal
from tests.support.factories import NOW, make_actor, make_submitter, make_unit

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return made(sqlite_database)


def test_a_branch_leads_its_own_series_and_no_stranger_sees_it(sqlite_database: Database) -> None:
    with sqlite_database.write() as db:
        branch = make_unit(db, "机关支部")
        below = make_unit(db, "机关青年小组", parent=branch)
        stranger = make_unit(db, "外单位支部")
        leader, colleague = make_submitter(db, branch), make_submitter(db, branch)
        other, reader = make_submitter(db, stranger), make_actor(db, Role.JUROR)
    with sqlite_database.write(leader) as db:
        key = service.create_series(db, actor=leader, now=NOW, proposal=proposal())
        service.add_unit(db, actor=leader, now=NOW, series_id=key, named=below.name)
        with pytest.raises(Forbidden):
            service.add_unit(db, actor=leader, now=NOW, series_id=key, named=stranger.name)
        with pytest.raises(Forbidden):
            service.create_series(db, actor=reader, now=NOW, proposal=proposal())
    for actor, count in ((leader, 1), (colleague, 1), (other, 0), (reader, 0), (ANONYMOUS, 0)):
        with sqlite_database.read(actor) as db:
            assert len(series.all_series(db)) == count
            assert [each.name for each in series.units(db, key)] == (
                ["机关支部", "机关青年小组"] if count else []
            )


def test_dates_are_planned_and_follow_the_roster(world: World) -> None:
    with world.database.write(world.trainer) as db:
        planning.add_presenter(db, actor=world.trainer, now=NOW, series_id=world.series_id, name="王芳")
        wang = series.roster(db, world.series_id)[1]
        names = [each.presenter for each in series.sessions(db, world.series_id)]
        assert names == ["李强", "王芳", "李强", "王芳", "李强", "王芳", "李强"]
        planning.set_away(
            db, actor=world.trainer, now=NOW, series_id=world.series_id, presenter_id=wang.id,
            first=date(2026, 3, 5), last=date(2026, 3, 5),
        )  # fmt: skip
        assert [each.presenter for each in series.sessions(db, world.series_id)][:4] == [
            "李强",
            "李强",
            "王芳",
            "李强",
        ]
        second, third = series.sessions(db, world.series_id)[1:3]
        planning.swap(db, actor=world.trainer, now=NOW, session_id=second.id, other_id=third.id)
        assert [each.presenter for each in series.sessions(db, world.series_id)][1:3] == ["王芳", "李强"]
        planning.cancel_session(db, actor=world.trainer, now=NOW, session_id=third.id)
        rule = replace(THURSDAYS, skipped=(date(2026, 3, 19),))
        service.change_series(
            db, actor=world.trainer, now=NOW, series_id=world.series_id, proposal=proposal(rhythm=rule)
        )
        found = series.sessions(db, world.series_id)
        planned = [f"{each.starts_at:%m-%d}" for each in found if each.state is SessionState.PLANNED]
        assert planned == ["03-01", "03-05", "03-26", "04-02", "04-09", "04-16"]


def test_a_presenter_is_reminded_once_by_a_private_letter(world: World) -> None:
    with world.database.write() as db:
        assert chores.work_due(db, NOW)
        assert chores.do_due(db, now=NOW, base_url="https://x.example") == 1
        assert not chores.work_due(db, NOW)
        letter = db.scalars(select(OutgoingMail).where(OutgoingMail.recipient == "li@example.org")).one()
        assert letter.private
        assert f"https://x.example/study/desk/{world.session(db).desk_key}" in letter.body


def test_a_series_goes_on_planning_by_the_clock(world: World) -> None:
    after = NOW + timedelta(days=30)
    with world.database.write() as db:
        before = len(series.sessions(db, world.series_id))
        chores.do_due(db, now=after, base_url="")
        assert len(series.sessions(db, world.series_id)) > before


def test_one_joins_once_and_is_known_by_the_device(world: World) -> None:
    with world.database.write() as db:
        service.set_code(
            db, actor=world.trainer, now=NOW, series_id=world.series_id, unit_id=world.second.id, code="红旗"
        )
    with world.database.write(ANONYMOUS) as db:
        zhang = world.join(db, "张三", world.first)
        assert world.join(db, "张三", world.first).id == zhang.id
        for changes, field in (
            ({"unit_id": world.second.id}, "code"),
            ({"unit_id": "nowhere"}, "unit"),
            ({"name": "   "}, "name"),
            ({"name": "长" * 21}, "name"),
        ):
            form = {"unit_id": world.first.id, "name": "李四", **changes}
            with pytest.raises(Invalid) as refused:
                joining.join(db, actor=ANONYMOUS, now=NOW, token=world.token, device="d2", **form)
            assert [each.field for each in refused.value.errors] == [field]
        assert people.who(db, world.series_id, actor=ANONYMOUS, device="guessed") is None
        with as_system(db):
            assert db.scalar(select(func.count(StudyParticipant.id))) == 1


def test_who_is_signed_in_joins_for_his_own_unit(world: World) -> None:
    with world.database.write() as db:
        member = make_submitter(db, world.second, name="赵六")
    with world.database.write(member) as db:
        joining.join(
            db, actor=member, now=NOW, token=world.token, device="d", unit_id=world.first.id, name="别人"
        )
        found = people.who(db, world.series_id, actor=member, device="")
        assert found is not None
        assert (found.name, found.unit_id) == ("赵六", world.second.id)


def answers(world: World, db: object, *given: str) -> dict[str, tuple[str, ...]]:
    steps = [each for each in world.steps(db) if each.question]  # type: ignore[arg-type]  # a session
    return {step.id: (value,) for step, value in zip(steps, given, strict=False)}


def test_a_session_from_lobby_to_making_up(world: World) -> None:
    with world.database.write() as db:
        zhang, li, zhao = (
            world.join(db, "张三", world.first), world.join(db, "李四", world.first),
            world.join(db, "赵六", world.second),
        )  # fmt: skip
        with pytest.raises(Refused):
            taking_part.check_in(db, now=NOW, session_id=world.session_id, who=zhang)
        key = world.open(db)
        taking_part.check_in(db, now=NOW, session_id=world.session_id, who=zhang)
        steps = world.steps(db)
        asking = next(place for place, step in enumerate(steps) if step.question)
        with pytest.raises(Refused):
            taking_part.answer(
                db, now=NOW, session_id=world.session_id, who=zhang, given=answers(world, db, "1")
            )
        world.go(db, 0)
        with pytest.raises(Refused):
            running.move(db, actor=ANONYMOUS, now=NOW, key=key, to=1, version=-1)
        world.go(db, asking)
        for who, given in ((zhang, ("0", "0", "公示！")), (zhang, ("1",)), (zhao, ("0", "1"))):
            taking_part.answer(
                db, now=NOW, session_id=world.session_id, who=who, given=answers(world, db, *given)
            )
        running.close_session(db, actor=ANONYMOUS, now=LATER, key=key)
        with pytest.raises(Refused):
            taking_part.say(db, now=LATER, session_id=world.session_id, who=zhang, words="晚了")
        taking_part.answer(
            db, now=LATER, session_id=world.session_id, who=li, given=answers(world, db, "1", "0", "公开")
        )
        with pytest.raises(Refused):
            taking_part.answer(
                db, now=LATER, session_id=world.session_id, who=li, given=answers(world, db, "0")
            )
        with pytest.raises(Refused):  # he has answered some in time and seen what is right of the rest
            taking_part.answer(
                db, now=LATER, session_id=world.session_id, who=zhao,
                given={world.steps(db)[-1].id: ("公开",)},
            )  # fmt: skip
        with pytest.raises(Refused):
            taking_part.answer(
                db, now=LATER + timedelta(hours=24), session_id=world.session_id, who=zhao,
                given=answers(world, db, "", "", "公开"),
            )  # fmt: skip
    with world.database.read(world.trainer) as db:
        found = results.of_session(db, world.session_id)
        lines = [(u.people, u.present, u.makeup, u.complete, u.right, u.marked) for u in found.units]
        assert lines == [(2, 1, 1, 2, 6, 6), (1, 1, 0, 0, 0, 2)]
        assert [[bar.count for bar in each.bars] for each in found.questions] == [[1, 2, 0], [2, 1], []]
        matrix = results.of_series(db, world.series_id)
        assert matrix.of_unit(world.first.id, world.session_id) == (2, 1, 1)


def test_a_units_leader_sees_his_own_people_alone(world: World) -> None:
    with world.database.write() as db:
        own = make_submitter(db, world.first)
        stranger = make_submitter(db)
        zhang, zhao = world.join(db, "张三", world.first), world.join(db, "赵六", world.second)
        key = world.open(db)
        for who in (zhang, zhao):
            taking_part.check_in(db, now=NOW, session_id=world.session_id, who=who)
            taking_part.say(db, now=NOW, session_id=world.session_id, who=who, words="到")
        running.close_session(db, actor=ANONYMOUS, now=LATER, key=key)
    with world.database.read(own) as db:
        found = results.of_session(db, world.session_id)
        assert [each.person.name for each in found.people] == ["张三"]
        assert [each.name for each in found.units] == ["第一党支部"]
        assert [each.name for each in people.said(db, world.session_id)] == ["张三"]
    with world.database.read(stranger) as db:
        with pytest.raises(NotFound):
            results.of_session(db, world.session_id)
        assert people.participants(db, world.series_id) == []


def test_nothing_right_is_shown_before_the_end(world: World) -> None:
    with world.database.write() as db:
        world.open(db)
        world.go(db, len(world.steps(db)) - 3)
        shown = repr(live.shown(db, world.session(db)))
    assert "水账贴在哪里" in shown
    assert "原文“做法”第一句" not in shown
    assert "right" not in shown


def test_a_units_leader_learns_no_right_answer_by_the_figures(world: World) -> None:
    with world.database.write() as db:
        own = make_submitter(db, world.first)
        zhang = world.join(db, "张三", world.first)
        key = world.open(db)
        world.go(db, len(world.steps(db)) - 3)
        taking_part.answer(db, now=NOW, session_id=world.session_id, who=zhang, given=answers(world, db, "1"))
    with world.database.read(own) as db, pytest.raises(NotFound):
        results.of_session(db, world.session_id)
    with world.database.write() as db:
        running.close_session(db, actor=ANONYMOUS, now=LATER, key=key)
    with world.database.read(own) as db:
        assert results.of_session(db, world.session_id).units[0].right == 1


def test_the_screen_names_nothing_of_a_case_that_is_kept_back(world: World) -> None:
    with world.database.write() as db:
        organiser = make_actor(db, Role.ORGANISER)
        world.open(db)
        world.go(db, 2)
        assert "成效" in repr(live.shown(db, world.session(db)))
    with world.database.write(organiser) as db:
        placements.place_cases(
            db, actor=organiser, now=NOW, case_ids=[world.case_id], audience=Audience.TRAINERS
        )
    with world.database.read() as db:
        shown = live.shown(db, world.session(db))
        assert shown["now"][0]["gone"]
        assert "成效" not in repr(shown)
        readable = live.readable_steps(db, world.steps(db), members=True)
        assert "成效" not in repr(readable)


def test_a_case_is_shown_as_far_as_its_readers_go(world: World) -> None:
    with world.database.write() as db:
        organiser = make_actor(db, Role.ORGANISER)
    for audience, readers in (
        (Audience.PUBLIC, (True, True)),
        (Audience.MEMBERS, (False, True)),
        (Audience.TRAINERS, (False, False)),
    ):
        with world.database.write(organiser) as db:
            placements.place_cases(db, actor=organiser, now=NOW, case_ids=[world.case_id], audience=audience)
        with world.database.read() as db:
            found = [material.shown(db, world.case_id, members=members) for members in (False, True)]
            assert tuple(each is not None for each in found) == readers


def test_the_same_person_twice_becomes_one(world: World) -> None:
    with world.database.write() as db:
        first, again = world.join(db, "张三", world.first), world.join(db, "张三丰", world.first)
        world.open(db)
        world.go(db, len(world.steps(db)) - 3)
        for who, value in ((first, "1"), (again, "0")):
            taking_part.answer(
                db, now=NOW, session_id=world.session_id, who=who, given=answers(world, db, value)
            )
        taking_part.say(db, now=NOW, session_id=world.session_id, who=again, words="到")
    with world.database.write(world.trainer) as db:
        joining.merge(
            db,
            actor=world.trainer,
            now=NOW,
            series_id=world.series_id,
            participant_id=again.id,
            into=first.id,
        )
        assert [each.name for each in people.participants(db, world.series_id)] == ["张三"]
        assert [each.answer for each in people.given(db, world.session_id)] == [("1",)]
        assert [each.name for each in people.said(db, world.session_id)] == ["张三"]
        found = people.who(db, world.series_id, actor=ANONYMOUS, device="device-张三丰")
        assert found is not None
        assert found.id == first.id


def test_data_are_deleted_on_wish_and_when_their_time_is_over(world: World) -> None:
    with world.database.write() as db:
        zhang, zhao = world.join(db, "张三", world.first), world.join(db, "赵六", world.second)
        world.open(db)
        for who in (zhang, zhao):
            taking_part.say(db, now=NOW, session_id=world.session_id, who=who, words="到")
        joining.leave(db, actor=ANONYMOUS, now=NOW, participant=zhang)
        assert people.who(db, world.series_id, actor=ANONYMOUS, device="device-张三") is None
        assert [each.words for each in people.said(db, world.session_id)] == ["到"]
        service_end(world, db)
        chores.do_due(db, now=NOW + timedelta(days=364), base_url="")
        assert [each.name for each in people.participants(db, world.series_id)] == ["", "赵六"]
        chores.do_due(db, now=NOW + timedelta(days=367), base_url="")
        assert [each.name for each in people.participants(db, world.series_id)] == ["", ""]
        assert db.scalar(select(func.count(StudyContribution.id))) == 0


def test_data_of_a_series_that_nobody_ended_are_deleted_too(world: World) -> None:
    with world.database.write() as db:
        world.join(db, "张三", world.first)
        key = world.open(db)
        running.close_session(db, actor=ANONYMOUS, now=LATER, key=key)
        for days, name in ((360, "张三"), (370, "")):  # the worker goes on planning dates that nobody holds
            chores.do_due(db, now=NOW + timedelta(days=days), base_url="")
            assert series.sessions(db, world.series_id)[-1].starts_at > NOW + timedelta(days=days)
            assert [each.name for each in people.participants(db, world.series_id)] == [name]


def service_end(world: World, db: object) -> None:
    found = world.session(db)  # type: ignore[arg-type]  # a session
    running.close_session(db, actor=ANONYMOUS, now=LATER, key=found.desk_key)  # type: ignore[arg-type]  # a session
    service.end_series(db, actor=world.trainer, now=LATER, series_id=world.series_id)  # type: ignore[arg-type]  # a session


def test_the_discussion_is_moderated_and_not_flooded(world: World) -> None:
    with world.database.write() as db:
        zhang = world.join(db, "张三", world.first)
        key = world.open(db)
        taking_part.say(db, now=NOW, session_id=world.session_id, who=zhang, words="第一条")
        with pytest.raises(TooMany):
            taking_part.say(db, now=NOW, session_id=world.session_id, who=zhang, words="第二条")
        taking_part.say(
            db, now=NOW + timedelta(seconds=6), session_id=world.session_id, who=zhang, words="第二条"
        )
        second, first = people.said(db, world.session_id)
        running.moderate(db, actor=ANONYMOUS, now=NOW, key=key, contribution_id=first.id, pinned=True)
        running.moderate(db, actor=ANONYMOUS, now=NOW, key=key, contribution_id=second.id, hidden=True)
        assert [(each.words, each.pinned) for each in people.said(db, world.session_id)] == [("第一条", True)]
        with pytest.raises(NotFound):
            running.moderate(db, actor=ANONYMOUS, now=NOW, key="guess", contribution_id=first.id, hidden=True)


def test_all_check_in_at_the_same_moment(database: Database) -> None:
    world = made(database)
    with database.write() as db:
        people_there = [world.join(db, f"第{number}人", world.first) for number in range(6)]
        world.open(db)

    def check_in(who: ParticipantView) -> None:
        with database.write() as db:
            taking_part.check_in(db, now=NOW, session_id=world.session_id, who=who)

    def join(_press: int) -> str:
        with database.write(ANONYMOUS) as db:
            return world.join(db, "孙七", world.second).id

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(check_in, people_there))
        assert len(set(pool.map(join, range(3)))) == 1
    with database.read(world.trainer) as db:
        assert len(people.present(db, [world.session_id])[world.session_id]) == 6


def test_many_names_of_cases_read_the_titles_once(world: World) -> None:
    """A bank of 500 questions names its cases by title."""
    asked: list[str] = []
    with world.database.read() as db:
        named = material.naming(db)
        assert named(f"https://x.example/library/{world.case_id}/") == world.case_id
        event.listen(db.get_bind(), "before_cursor_execute", lambda *given: asked.append(given[2]))
        assert [named("一本贴在泵房墙上的水账") for _ in range(500)] == [world.case_id] * 500
    assert asked == []


def test_an_agenda_is_fixed_once_the_session_runs(world: World) -> None:
    with world.database.write() as db:
        steps = world.steps(db)
        assert [step.kind.value for step in steps][:2] == ["section", "section"]
        preparing.order_steps(
            db, actor=world.trainer, session_id=world.session_id, order=[steps[1].id, steps[0].id]
        )
        assert [step.id for step in world.steps(db)][:2] == [steps[1].id, steps[0].id]
        world.open(db)
        world.go(db, 0)
        with pytest.raises(Refused):
            preparing.remove_step(db, actor=world.trainer, session_id=world.session_id, step_id=steps[0].id)
        with pytest.raises(Invalid):
            preparing.add_material(
                db,
                actor=world.trainer,
                session_id=world.session_id,
                recording_url="http://x.example",
                notes="",
            )
        assert db.scalar(select(func.count(StudyAnswer.id))) == 0
