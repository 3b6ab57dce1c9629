"""The bank and challenges through the services, and the pages of leaders and participants."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from foundation.actor import Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.people import User
from search.teaching.quizzes.queries import bank as bank_queries
from search.teaching.quizzes.queries import challenges as queries
from search.teaching.quizzes.service import bank, challenges
from search.teaching.quizzes.values import BankQuestion, ChallengeProposal, Counting
from search.teaching.sessions.queries import series
from search.teaching.sessions.values import ParticipantView, Question, QuestionKind
from tests.search.teaching.sessions.world import World, made
from tests.support.factories import NOW, make_actor, make_submitter
from tests.support.web import Visitor

END = NOW + timedelta(days=3)


def entry(number: int) -> BankQuestion:
    words = f"第{number}题：哪一条是原文的做法？"
    return BankQuestion(Question(QuestionKind.SINGLE, words, ("甲", "乙"), ("1",), "见原文。"), topic="账目")


def proposal(**changes: Any) -> ChallengeProposal:
    values: dict[str, Any] = {
        "title": "三月挑战", "opens_at": NOW, "closes_at": END, "count": 3, "counting": Counting.BEST,
        "attempts": 2, "smallest": 1, **changes,
    }  # fmt: skip
    return ChallengeProposal(**values)


def published(world: World, **changes: Any) -> str:
    with world.database.write(world.trainer) as db:
        for number in range(4):
            bank.add_question(db, actor=world.trainer, now=NOW, entry=entry(number))
        return challenges.publish_challenge(
            db, actor=world.trainer, now=NOW, series_id=world.series_id, proposal=proposal(**changes)
        )


def take(db: Session, key: str, who: ParticipantView, right: int, *, shows: bool = False) -> None:
    challenges.start_attempt(db, now=NOW, challenge_id=key, who=who)
    drawn = queries.attempts(db, key, who.id)[-1].drawn
    given = {each: ("1" if place < right else "0",) for place, each in enumerate(drawn)}
    challenges.hand_in(db, now=NOW, challenge_id=key, who=who, given=given, shows_name=shows)


def test_a_bank_is_the_trainers_or_a_units(sqlite_database: Database) -> None:
    with sqlite_database.write() as db:
        trainer, other = make_actor(db, Role.TRAINER), make_actor(db, Role.TRAINER)
        branch, juror = make_submitter(db), make_actor(db, Role.JUROR)
    with sqlite_database.write(trainer) as db:
        key = bank.add_question(db, actor=trainer, now=NOW, entry=entry(1))
        with pytest.raises(Invalid):
            bank.add_question(db, actor=trainer, now=NOW, entry=entry(1))
        with pytest.raises(Forbidden):
            bank.add_question(db, actor=juror, now=NOW, entry=entry(2))
    with sqlite_database.write(branch) as db:
        bank.add_question(db, actor=branch, now=NOW, entry=entry(1))
    for actor, there in ((trainer, True), (other, True), (branch, False), (juror, False)):
        with sqlite_database.read(actor) as db:
            assert (key in [each.id for each in bank_queries.bank(db)]) is there


def test_a_challenge_from_publishing_to_standings(sqlite_database: Database) -> None:
    world = made(sqlite_database)
    with pytest.raises(Invalid):
        published(world, count=9)
    with world.database.write(world.trainer) as db:
        for each in bank_queries.bank(db):
            bank.retire(db, actor=world.trainer, question_id=each.id, wanted=True)
    key = published(world)
    with world.database.write() as db:
        zhang, zhao = world.join(db, "张三", world.first), world.join(db, "赵六", world.second)
        take(db, key, zhang, 1, shows=True)
        take(db, key, zhang, 3, shows=True)
        take(db, key, zhao, 2)
        with pytest.raises(Refused):
            challenges.start_attempt(db, now=NOW, challenge_id=key, who=zhang)
        with pytest.raises(Refused):
            challenges.start_attempt(db, now=END, challenge_id=key, who=zhao)
        found = queries.standings(db, key)
        assert [(each.name, each.rank, round(each.average, 2)) for each in found.units] == [
            ("第一党支部", 1, 1.0), ("第二党支部", 2, 0.67),
        ]  # fmt: skip
        assert [(each.name, each.right) for each in found.people] == [("张三", 3)]
        other = make_submitter(db, world.second)
    with world.database.read(other) as db:
        assert {each.participant_id for each in queries.attempts(db, key)} == {zhao.id}
    with world.database.write(other) as db, pytest.raises(Forbidden):
        challenges.withdraw_challenge(db, actor=other, now=NOW, challenge_id=key)


def test_an_attempt_begun_twice_at_once_is_one(database: Database) -> None:
    world = made(database)
    key = published(world)
    with world.database.write() as db:
        zhang = world.join(db, "张三", world.first)

    def begin(_press: int) -> str:
        with database.write() as db:
            return challenges.start_attempt(db, now=NOW, challenge_id=key, who=zhang)

    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(begin, range(3)))) == 1


def test_a_challenge_is_its_series_own(sqlite_database: Database) -> None:
    world = made(sqlite_database)
    key = published(world)
    with world.database.write() as db:
        zhang = world.join(db, "张三", world.first)
        stranger = ParticipantView(
            zhang.id, "another-series", zhang.unit_id, zhang.unit, zhang.name, zhang.joined_at
        )
        with pytest.raises(NotFound):
            challenges.start_attempt(db, now=NOW, challenge_id=key, who=stranger)


def test_questions_drawn_into_a_session_stay_as_they_were(sqlite_database: Database) -> None:
    world = made(sqlite_database)
    with world.database.write(world.trainer) as db:
        key = bank.add_question(db, actor=world.trainer, now=NOW, entry=entry(1))
        bank.draw_into_session(
            db, actor=world.trainer, now=NOW, session_id=world.session_id, question_ids=[key], must=True
        )
        bank.change_question(db, actor=world.trainer, question_id=key, entry=entry(2))
        last = series.steps(db, world.session_id)[-1]
        assert last.question == entry(1).question
        assert last.must
        assert bank_queries.question(db, key).used == 1


def test_the_pages_of_leaders_and_participants(product: Any) -> None:
    world = made(product.database)
    key = published(world)
    with product.database.write() as db:
        trainer = db.get_one(User, world.trainer.user_id)
    leader = Visitor(product).sign_in(trainer)
    home = f"/teaching/sessions/{world.series_id}"
    for path in (
        "/teaching/sessions", "/teaching/sessions/new", home, f"{home}/settings", f"{home}/people",
        f"{home}/attendance", f"{home}/attendance.xlsx", f"{home}/{world.session_id}", f"{home}/challenges",
        f"{home}/challenges/{key}", "/teaching/quizzes", f"/teaching/quizzes?session={world.session_id}",
        "/teaching/quizzes/new", "/teaching/quizzes/import", "/teaching/quizzes/questions.csv",
    ):  # fmt: skip
        assert leader.get(path).status_code == 200, path
    again = leader.post("/teaching/sessions/new", {"title": "", "at": "晚上", "first": "2026-03-01"})
    assert again.status_code == 422
    assert "请填写时间，例如 19:30" in again.text
    shown = leader.post(
        "/teaching/sessions/new", {"title": "早学", "at": "08:00", "first": "2026-03-01", "weekdays": "0"}
    )
    assert "早学" in shown.text
    assert "每周星期一 08:00" in shown.text
    table = "题型,题目,答案\n判断题,账要上墙。,对\n填空,？,\n".encode()
    checked = leader.post(
        "/teaching/quizzes/import", {"deed": "check"}, files={"file": ("q.csv", table, "text/csv")}
    )
    assert "第 3 行" in checked.text
    phone = Visitor(product).speak("zh")
    link = f"/study/{world.token}"
    assert phone.get(f"{link}/{world.session_id}").url.path == link
    assert phone.get(f"{link}/challenges/{key}").url.path == link
    assert phone.get(f"{link}/calendar.ics").text.count("BEGIN:VEVENT") == 7
    refused = phone.post(f"{link}/join", {"unit": "", "name": ""})
    assert refused.status_code == 422
    phone.post(f"{link}/join", {"unit": world.first.id, "name": "张三"})
    assert "进入学习" in phone.get(link).text
    assert "还没有开放签到" in phone.get(f"{link}/{world.session_id}").text
    begun = phone.post(f"{link}/challenges/{key}/begin").text
    boxes = dict.fromkeys(re.findall(r'name="(q-\w+)"', begun), "1")
    done = phone.post(f"{link}/challenges/{key}/hand-in", boxes).text
    assert "答对 3 / 3" in done
    assert "见原文" not in done
    stranger = Visitor(product)
    assert stranger.get(f"{link}/{world.session_id}/questions").status_code == 404
    assert stranger.get(f"{link}/{world.session_id}/stream").status_code == 404
    assert stranger.get("/study/desk/guess").status_code == 404
    assert stranger.get(home, follow_redirects=False).status_code in (302, 303, 401)
