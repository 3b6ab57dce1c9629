"""编校检查 in a real browser: by keys alone, on the book's page and beside the text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.casebook.aids.reading import manuscript
from tests.casebook.aids.test_service import BODY, open_ones, write
from tests.casebook.world import Desk, desk
from tests.support.eyes import Eyes
from tests.support.web import Visitor


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def made(product: Any, visitor: Visitor, served: str, page: Page) -> Desk:
    """The browser is signed in as the edition's editor; the first case has three places."""
    found = desk(product.database)
    for entry in found.entries():
        write(found, entry, manuscript("<p>正文没有问题。</p>"))
    write(found, found.entries()[0], manuscript(BODY + "<p>今年又有新的进展。</p>"))
    visitor.sign_in(found.user).speak("zh")
    page.context.add_cookies(
        [{"name": each.name, "value": str(each.value), "url": served} for each in visitor.client.cookies.jar]
    )
    return found


def test_findings_are_decided_by_keys(page: Page, made: Desk, served: str, tmp_path: Path) -> None:
    eyes = Eyes(page, tmp_path)
    page.goto(f"{served}/editions/{made.edition_id}/findings")
    eyes.look("findings-book")
    eyes.look_narrow("findings-book")
    items = page.locator("[data-item]")
    expect(items).to_have_count(3)
    page.keyboard.press("j")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("a")
    expect(items).to_have_count(2)
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("i")
    expect(items).to_have_count(1)
    assert [each.passage for each in open_ones(made)] == [","]

    page.goto(f"{served}/editions/{made.edition_id}/entries/{made.entries()[0]}/findings")
    eyes.look("findings-entry")
    eyes.look_narrow("findings-entry")
    page.locator("mark[data-finding]").click()
    expect(page.locator("[data-item].current")).to_be_focused()
    page.keyboard.press("e")
    field = page.get_by_label("改成")
    expect(field).to_be_focused()
    field.fill("、")
    field.press("Enter")
    expect(page.locator("article")).to_contain_text("党员带头、居民参与")
    assert open_ones(made) == []
    page.goto(f"{served}/house-terms?q=党费")
    eyes.look("house-terms")
    eyes.look_narrow("house-terms")
    assert "\n".join(eyes.faults) == ""
