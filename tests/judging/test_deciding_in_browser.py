"""Two organisers decide on the prizes at the same time, each in a browser of his own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from foundation import people
from foundation.actor import Actor, Role
from judging.models import Decision
from tests.judging.world import DECIDED, World, judged
from tests.support.factories import make_user
from tests.support.serving import serving
from webapp.accounts import service as accounts
from webapp.wiring import Product


@pytest.fixture
def address(sqlite_product: Product) -> Iterator[str]:
    with serving(sqlite_product.app) as url:
        yield url


def desk(browser: Browser, product: Product, made: World, address: str, actor: Actor) -> Page:
    """The organiser's browser on the page that asks for a last look before the prizes are decided."""
    with product.database.write() as db:
        token = accounts.start_session(
            db, user=people.user(db, actor.user_id), now=DECIDED, browser="tests", address="127.0.0.1"
        )
    context = browser.new_context(locale="zh-CN", base_url=address)
    context.add_cookies([{"name": accounts.cookie_name(False), "value": token, "url": address}])
    page = context.new_page()
    page.goto(f"/organise/calls/{made.call.id}/judging/prizes")
    page.get_by_role("button", name="核对后评定").click()
    page.get_by_role("heading", name="确认评定").wait_for()
    return page


def test_the_second_of_two_organisers_is_told_who_was_first(
    sqlite_product: Product, address: str, browser: Browser
) -> None:
    made = judged(sqlite_product.database)
    with sqlite_product.database.write() as db:
        other = people.actor_of(make_user(db, Role.ORGANISER, name="第二位组织者"))
    first, second = (desk(browser, sqlite_product, made, address, actor) for actor in (made.organiser, other))
    first.get_by_role("button", name="确认评定").click()
    expect(first.get_by_text("已评定").first).to_be_visible()
    second.get_by_role("button", name="确认评定").click()
    expect(second.get_by_text("奖项已经由其他工作人员评定").first).to_be_visible()
    with sqlite_product.database.read() as db:
        assert db.scalar(select(func.count()).select_from(Decision)) == 1
    for page in (first, second):
        page.context.close()
