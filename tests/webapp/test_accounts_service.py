from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from foundation import people
from foundation.actor import SYSTEM, Role
from foundation.db import Database
from foundation.errors import Invalid, NotFound, Refused, TooMany
from foundation.people import actor_of
from webapp.accounts import passwords
from webapp.accounts import service as accounts
from webapp.accounts.models import PersonalToken, UserSession

PASSWORD = "一句够长的密码就好了"
HASH = passwords.hash_password(PASSWORD)


def add_user(database: Database, now: datetime, email: str = "a@example.org") -> str:
    with database.write() as db:
        user = people.add_user(db, now=now, email=email, name="张三", roles=[Role.SUBMITTER])
        accounts.set_password(db, actor=SYSTEM, now=now, user=user, password_hash=HASH)
        return user.id


def check(database: Database, now: datetime, email: str, password: str) -> str | None:
    with database.read() as db:
        return accounts.check_password(db, now=now, email=email, password=password, address="10.0.0.1")


def test_the_right_password_finds_the_user_however_the_address_is_written(
    database: Database, now: datetime
) -> None:
    user_id = add_user(database, now)
    assert check(database, now, " A@Example.org ", PASSWORD) == user_id
    assert check(database, now, "a@example.org", "wrong") is None
    assert check(database, now, "nobody@example.org", PASSWORD) is None


def test_a_deactivated_account_signs_nobody_in(database: Database, now: datetime) -> None:
    user_id = add_user(database, now)
    with database.write() as db:
        people.user(db, user_id).active = False
    assert check(database, now, "a@example.org", PASSWORD) is None


def test_ten_failures_stop_the_account_for_a_quarter_of_an_hour(database: Database, now: datetime) -> None:
    add_user(database, now)
    for _attempt in range(10):
        with database.write() as db:
            accounts.note_failure(db, now=now, email="a@example.org", address="10.0.0.1")
    with pytest.raises(TooMany) as refused:
        check(database, now, "a@example.org", PASSWORD)
    assert refused.value.retry_after == 900
    assert check(database, now + timedelta(minutes=16), "a@example.org", PASSWORD) is not None


def test_sessions_are_kept_as_hashes_and_ended(database: Database, now: datetime) -> None:
    user_id = add_user(database, now)
    with database.write() as db:
        user = people.user(db, user_id)
        tokens = [
            accounts.start_session(db, user=user, now=now, browser="b", address="a") for _one in range(3)
        ]
    with database.write() as db:
        stored = set(db.scalars(select(UserSession.token_hash)))
        assert stored == {accounts.digest(token) for token in tokens}
        accounts.end_session(db, tokens[0])
        accounts.end_sessions(db, user_id=user_id, but_token=tokens[1])
    with database.read() as db:
        left = accounts.sessions_of(db, user_id, now)
        assert [row.token_hash for row in left] == [accounts.digest(tokens[1])]
        assert accounts.sessions_of(db, user_id, now + accounts.IDLE) == []


def test_a_one_time_link_works_once_and_for_a_day(database: Database, now: datetime) -> None:
    user_id = add_user(database, now)
    with database.write() as db:
        user = people.user(db, user_id)
        first = accounts.create_link(db, now=now, user=user)
        second = accounts.create_link(db, now=now, user=user)
    with database.write() as db, pytest.raises(Refused):
        accounts.use_link(db, now=now + accounts.LINK_LIFE, token=first, password_hash=HASH)
    with database.write() as db:
        assert accounts.use_link(db, now=now, token=first, password_hash=HASH).id == user_id
    for token in (first, second):  # the password is set: links mailed before set no other one
        with database.write() as db, pytest.raises(Refused):
            accounts.use_link(db, now=now, token=token, password_hash=HASH)


def test_a_token_is_revoked_by_its_owner_alone(database: Database, now: datetime) -> None:
    owner_id, other_id = add_user(database, now), add_user(database, now, "b@example.org")
    with database.write() as db:
        owner, other = actor_of(people.user(db, owner_id)), actor_of(people.user(db, other_id))
        token = accounts.create_token(db, actor=owner, now=now, name="脚本")
        assert token.startswith("exm_")
    with database.read() as db:
        token_id = accounts.tokens_of(db, owner_id)[0].id
    with database.write() as db, pytest.raises(NotFound):
        accounts.revoke_token(db, actor=other, token_id=token_id)
    with database.write() as db:
        accounts.revoke_token(db, actor=owner, token_id=token_id)
    with database.read() as db:
        assert db.scalars(select(PersonalToken)).all() == []


@pytest.mark.parametrize("password", ["short", "x" * 201])
def test_a_password_needs_length_and_nothing_else(password: str) -> None:
    accounts.check_new_password("一二三四五六七八九十")
    with pytest.raises(Invalid):
        accounts.check_new_password(password)
