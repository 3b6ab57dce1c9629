"""Building a pack in a real browser: by keys, by drag, with the connection away; then taking it along."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from foundation.clock import FixedClock
from search.teaching.packs import queries
from tests.search.teaching.packs.world import World, make_world, started
from tests.support.eyes import Eyes
from tests.support.factories import NOW
from tests.support.serving import serving
from webapp.accounts import service as accounts
from webapp.settings import Settings
from webapp.wiring import Product, build


@pytest.fixture
def built(sqlite_url: str, tmp_path: Path) -> Iterator[tuple[str, Product, World, str]]:
    settings = Settings(data_dir=tmp_path / "var", database_url=sqlite_url, secret_key="s" * 32)
    product = build(settings, FixedClock(NOW))
    with product.database.write() as db:
        world = make_world(db)
    with product.database.write(world.trainer) as db:
        pack = started(db, world)
    product.worker.run_once()
    with serving(product.app) as address:
        yield address, product, world, pack
    product.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1366, "height": 900}, locale="zh-CN", accept_downloads=True
    )
    yield context.new_page()
    context.close()


def sign_in(page: Page, product: Product, world: World, address: str) -> None:
    with product.database.write() as db:
        token = accounts.start_session(db, user=world.user, now=NOW, browser="tests", address="127.0.0.1")
    page.context.add_cookies([{"name": accounts.cookie_name(False), "value": token, "url": address}])


def lines(page: Page, name: str) -> Locator:
    return page.locator(f'[data-list="{name}"] > [data-item]')


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")


def test_a_pack_is_built_by_keys_and_drag_and_taken_along(
    built: tuple[str, Product, World, str], page: Page, tmp_path: Path
) -> None:
    address, product, world, pack = built
    sign_in(page, product, world, address)
    eyes = Eyes(page, tmp_path)
    page.goto(f"{address}/teaching/packs/{pack}/edit")

    # by keys: a new aim below the first, moved to the top
    first = lines(page, "aims").first.locator("textarea")
    before = first.input_value()
    first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("会算一笔明白账")
    page.keyboard.press("Alt+ArrowUp")
    expect(lines(page, "aims").nth(0).locator("textarea")).to_have_value("会算一笔明白账")
    expect(lines(page, "aims").nth(1).locator("textarea")).to_have_value(before)
    saved(page)

    # time is counted while it is typed
    lines(page, "steps").first.locator('[data-field="minutes"]').fill("20")
    expect(page.locator("#spare")).to_have_text("超出 12 分钟")

    # a case found inside the page, a sentence of the other quoted by the button
    page.locator("#find").fill("夜校")
    page.locator(f'[data-take="{world.school.case_id}"]').click()
    expect(lines(page, "cases")).to_have_count(2)
    page.locator(".pk-material summary").first.click()
    page.get_by_text("1 句可引").first.click()
    page.locator("[data-quote-to]").nth(1).click()
    page.locator("#move").get_by_role("button", name="讲评要点", exact=True).click()
    quoted = lines(page, "key_points").last
    expect(quoted.locator("textarea")).to_have_value("“渠水不够，三年打了 7 场架。”（一、背景）")
    expect(quoted.locator(".pk-source")).to_have_text("引自《一本水账》")
    saved(page)
    eyes.look("pack-edit")

    # by drag: the first question below the second; away from the network nothing is lost
    page.context.set_offline(True)
    questions = lines(page, "questions")
    asked = questions.nth(0).locator("> .pk-block-head textarea").input_value()
    questions.nth(0).locator("> .pk-block-head [data-handle]").drag_to(
        questions.nth(1).locator("> .pk-block-head textarea")
    )
    expect(questions.nth(1).locator("> .pk-block-head textarea")).to_have_value(asked)
    expect(page.locator("#saved")).to_have_attribute("data-state", "offline")
    page.context.set_offline(False)
    saved(page)
    with product.database.read(world.trainer) as db:
        content = queries.pack(db, pack).content
    assert content.aims[0].text == "会算一笔明白账"
    assert content.case_ids == (world.case, world.school.case_id)
    assert content.questions[1].text == asked
    assert content.key_points[-1].source == world.case

    # taken along
    page.goto(f"{address}/teaching/packs/{pack}")
    eyes.look("pack")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="教师用书（Word）").click()
    assert downloading.value.suggested_filename == "一本水账（教师用书）.docx"
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/teaching/packs/{pack}/edit")
    expect(lines(page, "aims")).to_have_count(len(content.aims))
    eyes.look("pack-edit-phone", axe=False)
    assert [fault for fault in eyes.faults if "ERR_INTERNET_DISCONNECTED" not in fault] == []
