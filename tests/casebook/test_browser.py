"""The editorial desk in a real browser: order by drag, by buttons and by keys; the file as it comes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.casebook.world import Desk, desk
from tests.support.eyes import Eyes
from tests.support.web import Visitor


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="zh-CN", accept_downloads=True
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def made(product: Any, visitor: Visitor, served: str, page: Page) -> Desk:
    """The browser is signed in as the edition's editor and stands at its page."""
    found = desk(product.database)
    visitor.sign_in(found.user).speak("zh")
    page.context.add_cookies(
        [{"name": each.name, "value": str(each.value), "url": served} for each in visitor.client.cookies.jar]
    )
    page.goto(f"{served}/editions/{found.edition_id}")
    return found


def shown(page: Page) -> list[str]:
    return [str(each.get_attribute("data-entry")) for each in page.locator(".arrange > li").all()]


def test_order_by_buttons_keys_and_drag(page: Page, made: Desk, tmp_path: Path) -> None:
    eyes = Eyes(page, tmp_path)
    page.reload()
    eyes.look("edition")
    eyes.look_narrow("edition")
    first, second, third = made.entries()

    page.locator(f"#d-{first}").click()
    expect(page.locator("[data-list]").first.locator("li")).to_have_count(0)
    assert made.entries() == shown(page) == [first, second, third]
    expect(page.locator(f"#d-{first}")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".arrange > li").first).to_have_attribute("data-entry", second)
    assert made.entries() == [second, first, third]

    handle = page.locator(f"[data-entry='{third}'] [data-handle]")
    handle.drag_to(page.locator("[data-list]").first)
    expect(page.locator(".chapter").first).to_contain_text("1 篇")  # the server has answered
    assert made.titles()[0][1] == ["案例之二"]
    page.reload()
    assert shown(page) == made.entries() == [third, second, first]

    upper, lower = [each.id for each in made.chapters()]
    page.locator(f"#cd-{upper}").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-chapter]").first).to_have_attribute("data-chapter", lower)
    expect(page.locator(f"#cu-{upper}")).to_be_focused()  # the way down is closed at the end of the book
    assert [each.id for each in made.chapters()] == [lower, upper]
    handle = page.locator(f"[data-chapter='{upper}'] [data-chapter-handle]")
    handle.drag_to(page.locator("[data-chapter]").first, target_position={"x": 40, "y": 4})
    expect(page.locator(f"#cu-{upper}")).to_be_disabled()
    assert [each.id for each in made.chapters()] == [upper, lower]
    page.locator(f"#s-{first}").check()
    page.locator(f"#s-{second}").check()
    page.locator("#chapter").select_option(upper)
    page.locator("#gather-go").click()
    expect(page.locator("[data-list]").first.locator("li")).to_have_count(3)
    assert made.entries() == [third, second, first]
    assert made.titles()[1][1] == []
    assert eyes.faults == []


def test_a_manuscript_is_written(page: Page, made: Desk, tmp_path: Path) -> None:
    eyes = Eyes(page, tmp_path)
    page.get_by_role("link", name="案例之一").click()
    eyes.look("manuscript")
    page.get_by_label("标题", exact=True).fill("书中的标题")
    page.get_by_role("button", name="保存为新的一稿").click()
    expect(page.get_by_role("link", name="书中的标题")).to_be_visible()
    page.goto(page.url + "/edit")
    eyes.look("details")
    eyes.look_narrow("details")
    assert eyes.faults == []
