"""The way in: codes cannot be guessed, one browser is one person, doubles are merged or taken off."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import ANONYMOUS
from foundation.db import Database
from foundation.errors import Refused, TooMany
from foundation.people import User
from search.teaching.quizzes.models import QuizAttempt, QuizChallenge
from search.teaching.sessions.models import StudyParticipant
from search.teaching.sessions.queries import people
from search.teaching.sessions.service import joining, taking_part
from search.teaching.sessions.service import series as service
from tests.search.teaching.sessions.world import World, made
from tests.support.factories import NOW
from tests.support.web import Visitor


def with_code(world: World) -> None:
    with world.database.write(world.trainer) as db:
        service.set_code(
            db, actor=world.trainer, now=NOW, series_id=world.series_id, unit_id=world.first.id, code="4711"
        )


def challenge(db: Session, world: World) -> str:
    row = QuizChallenge(
        series_id=world.series_id, title="三月", opens_at=NOW, closes_at=NOW, count=1, counting="first",
        attempts=1, smallest=1, pool={}, seed="0", created_at=NOW,
    )  # fmt: skip
    db.add(row)
    db.flush()
    return row.id


def count(world: World) -> int:
    with world.database.read() as db:
        return db.scalar(select(func.count(StudyParticipant.id))) or 0


def test_a_code_cannot_be_guessed_from_one_browser_and_the_form_stays(product: Any) -> None:
    world = made(product.database)
    with_code(world)
    link = f"/study/{world.token}/join"
    guesser, member = Visitor(product).speak("zh"), Visitor(product).speak("zh")
    for number in range(joining.WRONG_CODES_A_DEVICE):
        wrong = guesser.post(link, {"unit": world.first.id, "name": "张三", "code": f"{number:04}"})
        assert wrong.status_code == 422
        assert 'value="张三"' in wrong.text
    refused = guesser.post(link, {"unit": world.first.id, "name": "张三", "code": "4711"})
    assert refused.status_code == 429
    assert "加入口令错的次数太多，请 15 分钟后再试" in refused.text
    assert guesser.post(link, {"unit": world.second.id, "name": "张三"}).url.path == f"/study/{world.token}"
    assert member.post(link, {"unit": world.first.id, "name": "李四", "code": "4711"}).status_code == 200
    assert count(world) == 2


@pytest.mark.parametrize(
    ("tries", "device", "address"),
    [
        (joining.WRONG_CODES_AN_ADDRESS, "new {}", "10.0.0.1"),
        (joining.WRONG_CODES_A_UNIT, "new {}", "10.0.{}.1"),
    ],
)
def test_neither_new_cookies_nor_new_addresses_help(
    sqlite_database: Database, tries: int, device: str, address: str
) -> None:
    world = made(sqlite_database)
    with_code(world)

    def attempt(number: int, code: str, now: Any = NOW) -> str:
        with sqlite_database.write() as db:
            known = {"device": device.format(number), "address": address.format(number)}
            try:
                return joining.join(
                    db, actor=ANONYMOUS, now=now, token=world.token, unit_id=world.first.id, name="张三",
                    code=code, **known,
                )  # fmt: skip
            except joining.WrongCode:
                joining.note_wrong_code(db, now=now, token=world.token, unit_id=world.first.id, **known)
                return "wrong"

    assert {attempt(number, f"{number:04}") for number in range(tries)} == {"wrong"}
    with pytest.raises(TooMany):
        attempt(tries, "4711")
    assert attempt(tries, "4711", NOW + timedelta(minutes=16)) != "wrong"


def test_two_presses_of_one_browser_are_one_participant(product: Any) -> None:
    world = made(product.database)
    phone = Visitor(product).speak("zh")
    phone.get(f"/study/{world.token}")
    cookie = phone.client.cookies["study"]
    for name in ("张三", "张 三"):
        phone.client.cookies.set("study", cookie)
        phone.post(f"/study/{world.token}/join", {"unit": world.first.id, "name": name})
    assert count(world) == 1


def test_the_leader_merges_namesakes_and_takes_off_who_did_nothing(product: Any) -> None:
    world = made(product.database)
    with product.database.write() as db:
        first = world.join(db, "张三", world.first)
        joining.join(
            db, actor=ANONYMOUS, now=NOW + timedelta(hours=1), token=world.token, device="other",
            unit_id=world.first.id, name="张三",
        )  # fmt: skip
        again = people.who(db, world.series_id, actor=ANONYMOUS, device="other")
        world.join(db, "李四", world.second)
        trainer = db.get_one(User, world.trainer.user_id)
    assert again is not None
    leader = Visitor(product).sign_in(trainer, language="zh")
    here = f"/teaching/sessions/{world.series_id}/people"
    assert "同一单位里同名的人" in leader.get(here).text
    with product.database.write() as db:
        key = challenge(db, world)
        for who in (first, again):
            db.add(
                QuizAttempt(
                    challenge_id=key, participant_id=who.id, number=1, drawn=[], answers={},
                    started_at=NOW, handed_in_at=None,
                )
            )  # fmt: skip
    assert "不能移出" in leader.post(f"{here}/{again.id}/drop").text
    merged = leader.post(f"{here}/{again.id}/merge", {"into": first.id})
    assert merged.status_code == 200
    assert "同一单位里同名的人" not in merged.text
    with product.database.read() as db:
        assert list(db.scalars(select(QuizAttempt.participant_id))) == [first.id]
        assert db.scalar(select(func.count(StudyParticipant.id))) == 2


def test_who_was_there_is_not_taken_off(sqlite_database: Database) -> None:
    world = made(sqlite_database)
    with sqlite_database.write() as db:
        zhang, li = world.join(db, "张三", world.first), world.join(db, "李四", world.first)
        world.open(db)
        taking_part.check_in(db, now=NOW, session_id=world.session_id, who=zhang)
    with sqlite_database.write(world.trainer) as db:
        form: dict[str, Any] = {"actor": world.trainer, "now": NOW, "series_id": world.series_id}
        joining.drop(db, participant_id=li.id, **form)
        with pytest.raises(Refused):
            joining.drop(db, participant_id=zhang.id, **form)
        assert [each.name for each in people.participants(db, world.series_id)] == ["张三"]
