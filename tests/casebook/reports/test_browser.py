"""Research reports in a real browser: pages looked at, sections put in order, one written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.casebook.reports.world import QUOTE, Study, study
from tests.support.eyes import Eyes
from tests.support.web import Visitor


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def made(product: Any, visitor: Visitor, served: str, page: Page) -> Study:
    """The browser is signed in as the report's editor and stands at its figures."""
    found = study(product)
    visitor.sign_in(found.user).speak("zh")
    page.context.add_cookies(
        [{"name": each.name, "value": str(each.value), "url": served} for each in visitor.client.cookies.jar]
    )
    page.goto(f"{served}{found.url}")
    return found


def headings(made: Study) -> list[str]:
    return [each.heading for each in made.read().content.sections]


def test_a_report_is_looked_at_ordered_and_written(page: Page, made: Study, tmp_path: Path) -> None:
    eyes = Eyes(page, tmp_path)
    eyes.look("report")
    eyes.look_narrow("report")
    page.get_by_role("link", name="编写").click()
    page.wait_for_url("**/edit")
    eyes.look("report-edit")
    first, second, *rest = headings(made)
    page.get_by_role("link", name=first, exact=True).focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".arrange > li").first).to_contain_text(second)
    assert headings(made) == [second, first, *rest]
    with page.expect_response("**/order"):
        page.locator(".arrange > li").nth(1).locator("[data-handle]").drag_to(
            page.locator(".arrange > li").first, target_position={"x": 40, "y": 4}
        )
    assert headings(made) == [first, second, *rest]

    page.get_by_role("link", name=first, exact=True).click()
    page.wait_for_url("**/sections/*/edit")
    expect(page.locator(".jodit-wysiwyg")).to_be_visible()
    eyes.look("report-section")
    page.locator(".jodit-wysiwyg").fill("一共 {数:案例数} 个案例。")
    page.get_by_role("button", name="保存为新的一稿").click()
    expect(page.locator(".rp-preview")).to_contain_text("一共 3 个案例。")
    page.get_by_label("句子里的词").fill("实事")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="引用").first.click()
    expect(page.locator("#quotations")).to_contain_text(QUOTE)
