"""Saved searches: saving, what comes up, letters, and that nobody hears of what he may not read."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from foundation.actor import Role
from foundation.audience import Audience
from foundation.clock import FixedClock
from foundation.mail import OutgoingMail
from foundation.people import User, actor_of
from judging import queries as judging
from search.readers.rules.searches import MOST
from search.readers.service import searches as service
from search.readers.values.searches import Rhythm
from tests.judging.world import revoke
from tests.search.harvest.shelf import settle
from tests.search.readers.shelf import Shelf, arrive, follow, stock
from tests.support.factories import make_user
from tests.support.web import Visitor


@pytest.fixture
def shelf(product: Any) -> Shelf:
    return stock(product)


def user(product: Any, *roles: Role) -> User:
    with product.database.write() as db:
        found: User = make_user(db, *roles)
    return found


def save(product: Any, owner: User, query: str = "q=水账", rhythm: Rhythm = Rhythm.AT_ONCE) -> str:
    with product.database.write(actor_of(owner)) as db:
        return service.save_search(
            db, actor=actor_of(owner), now=product.clock.now(), name="水账", query=query, rhythm=rhythm
        )


def letters(product: Any, owner: User) -> list[str]:
    with product.database.read() as db:
        return list(db.scalars(select(OutgoingMail.body).where(OutgoingMail.recipient == owner.email)))


def test_what_was_there_before_is_no_news(product: Any, shelf: Shelf) -> None:
    owner = user(product, Role.SUBMITTER)
    save(product, owner)
    follow(product)
    assert letters(product, owner) == []


def test_a_new_case_is_told_once_and_only_what_holds_every_word(product: Any, shelf: Shelf) -> None:
    owner = user(product, Role.SUBMITTER)
    save(product, owner, "q=水账 泵房")
    arrive(product, "泵房里的水账")
    arrive(product, "只有水账")
    follow(product)
    follow(product)
    (letter,) = letters(product, owner)
    assert "泵房里的水账" in letter
    assert "只有水账" not in letter
    assert "https://cases.example.org/library?q=%E6%B0%B4%E8%B4%A6+%E6%B3%B5%E6%88%BF" in letter


def test_nobody_hears_of_a_case_that_is_not_for_him(product: Any, shelf: Shelf, clock: FixedClock) -> None:
    member, trainer = user(product, Role.SUBMITTER), user(product, Role.TRAINER)
    save(product, member)
    save(product, trainer)
    clock.advance(timedelta(minutes=1))
    arrive(product, "教师用的新水账", Audience.TRAINERS)
    arrive(product, "内部的新水账", Audience.MEMBERS)
    follow(product)
    (to_member,) = letters(product, member)
    (to_trainer,) = letters(product, trainer)
    assert "教师用的新水账" not in to_member
    assert "内部的新水账" in to_member
    assert "教师用的新水账" in to_trainer
    page = Visitor(product).sign_in(member).speak("zh").get("/library/searches").text
    assert "1 个新案例" in page


def test_a_case_that_went_before_the_letter_is_not_in_it(
    product: Any, shelf: Shelf, clock: FixedClock
) -> None:
    owner = user(product, Role.SUBMITTER)
    save(product, owner, rhythm=Rhythm.DAILY)
    case_id = arrive(product, "一天就走的水账")
    follow(product)
    assert letters(product, owner) == []
    with product.database.write() as db:
        revoke(db, judging.awards_of(db, [case_id])[0].id, "造假", at=clock.now())
    settle(product)
    clock.advance(timedelta(days=1))
    follow(product)
    assert letters(product, owner) == []
    assert "个新案例" not in Visitor(product).sign_in(owner).speak("zh").get("/library/searches").text


def test_who_turns_letters_on_is_not_told_what_came_before(product: Any, shelf: Shelf) -> None:
    owner = user(product, Role.SUBMITTER)
    search_id = save(product, owner, rhythm=Rhythm.NEVER)
    arrive(product, "早先的水账")
    follow(product)
    own = Visitor(product).sign_in(owner).speak("zh")
    own.post(f"/library/searches/{search_id}", {"name": "新名字", "rhythm": "at_once"})
    arrive(product, "后来的水账")
    follow(product)
    (letter,) = letters(product, owner)
    assert "早先的水账" not in letter
    assert "后来的水账" in letter
    assert "新名字" in letter


def test_the_link_in_a_letter_stops_them_without_signing_in(product: Any, shelf: Shelf) -> None:
    owner = user(product, Role.SUBMITTER)
    save(product, owner)
    arrive(product, "第二本水账")
    follow(product)
    found = re.search(r"/library/searches/stop/\S+", letters(product, owner)[0])
    assert found is not None
    somebody = Visitor(product).speak("zh")
    assert somebody.get(found[0]).status_code == 200
    arrive(product, "第三本水账")
    follow(product)
    assert len(letters(product, owner)) == 2
    assert "已停止" in somebody.post(found[0]).text
    arrive(product, "第四本水账")
    follow(product)
    assert len(letters(product, owner)) == 2
    assert somebody.get(found[0] + "x").status_code == 404


def test_saving_from_the_page_and_looking_again(product: Any, shelf: Shelf, clock: FixedClock) -> None:
    owner = user(product, Role.TRAINER)
    own = Visitor(product).sign_in(owner).speak("zh")
    done = own.post(
        "/library/searches", {"name": "", "query": "sort=prize&q=水账&year=2026&page=3", "rhythm": "weekly"}
    )
    assert "已保存" in done.text
    assert (
        "这次检索已经保存过" in own.post("/library/searches", {"query": "q=水账&year=2026&sort=prize"}).text
    )
    assert own.post("/library/searches", {"query": "page=2"}).status_code == 409
    assert own.post("/library/searches", {"query": "q=x", "rhythm": "hourly"}).status_code == 422
    clock.advance(timedelta(minutes=1))
    arrive(product, "新来的水账")
    follow(product)
    page = own.get("/library/searches").text
    assert "1 个新案例" in page
    assert "检索词：水账" in page
    (search_id,) = re.findall(r'action="/library/searches/(\w+)/open"', page)
    assert own.post(f"/library/searches/{search_id}/open").url.params["year"] == "2026"
    assert "1 个新案例" not in own.get("/library/searches").text
    stranger = Visitor(product).sign_in(user(product, Role.TRAINER))
    for path in ("open", "delete"):
        assert stranger.post(f"/library/searches/{search_id}/{path}").status_code == 404
    assert "还没有保存的检索" in own.post(f"/library/searches/{search_id}/delete").text


def test_there_is_a_limit(product: Any) -> None:
    owner = user(product)
    for number in range(MOST):
        save(product, owner, f"q=词{number}")
    page = Visitor(product).sign_in(owner).speak("zh").post("/library/searches", {"query": "q=再来一个"})
    assert page.status_code == 409
    assert f"最多保存 {MOST} 个检索" in page.text


def test_a_visitor_is_led_to_the_sign_in(product: Any) -> None:
    user(product)
    assert Visitor(product).get("/library/searches").url.path == "/sign-in"
