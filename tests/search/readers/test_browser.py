"""A trainer in a real browser: keeps hits by a key, orders the list by buttons, looks at the pages."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from foundation.actor import Role
from tests.search.readers.shelf import stock
from tests.support.eyes import Eyes
from tests.support.factories import make_user
from tests.support.web import Visitor


def test_keeping_by_a_key_and_ordering_by_buttons(
    product: Any, served: str, browser: Browser, tmp_path: Path
) -> None:
    stock(product)
    with product.database.write() as db:
        trainer = make_user(db, Role.TRAINER)
    cookies = Visitor(product).sign_in(trainer).client.cookies.jar
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.add_cookies([{"name": each.name, "value": each.value or "", "url": served} for each in cookies])
    page = context.new_page()
    eyes = Eyes(page, tmp_path)
    page.goto(f"{served}/library?q=水账")
    for _hit in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
        focused = page.locator("[data-hit]:focus-within")
        expect(focused.locator("[data-keep]")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{served}/library/lists")
    eyes.look("lists")
    page.get_by_role("link", name="我的阅读清单").click()
    page.wait_for_load_state()
    titles = page.locator(".list-entries h2")
    before = titles.all_text_contents()
    page.locator("[value=down]").first.click()
    expect(titles).to_have_text(list(reversed(before)))
    expect(page.locator("[data-entry]").last.locator("[value=up]")).to_be_focused()
    page.get_by_role("button", name="生成分享链接").click()
    expect(page.locator("#share-link")).to_have_value(re.compile("/library/lists/shared/"))
    eyes.look("list")
    eyes.look_narrow("list")
    assert eyes.faults == []
    context.close()
