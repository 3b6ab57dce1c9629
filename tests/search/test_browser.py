"""The library in a real browser: instant search, suggestions, filters, keys, a phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from foundation.clock import FixedClock
from tests.search.test_pages import Shelf, fill
from tests.support import databases
from tests.support.eyes import Eyes
from tests.support.factories import NOW
from tests.support.serving import serving
from webapp.settings import Settings
from webapp.wiring import build


@pytest.fixture(scope="module")
def library(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Shelf]]:
    """The address of a served product with three cases in its library."""
    folder = tmp_path_factory.mktemp("library")
    url = databases.copy_sqlite(sqlite_template, folder / "exemplar.sqlite")
    built = build(Settings(data_dir=folder / "var", database_url=url, secret_key="s" * 32), FixedClock(NOW))
    shelf = fill(built)
    with serving(built.app) as address:
        yield address, shelf
    built.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complained about: refused scripts and styles among it."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_search_while_typing_filter_and_walk_by_keys(
    library: tuple[str, Shelf], page: Page, complaints: list[str]
) -> None:
    address, _shelf = library
    page.goto(f"{address}/library")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("搶水 水賬")
    expect(page.locator("#count")).to_have_text("找到 1 个案例")
    expect(page).to_have_url(re.compile(r"/library\?q=%E6%90%B6"))
    expect(page.locator("mark").first).to_be_visible()
    page.fill("#q", "")
    expect(page.locator("#count")).to_have_text("共 3 个案例")
    page.locator("#f-year-2026").check()
    expect(page.locator("#count")).to_have_text("找到 2 个案例")
    expect(page).to_have_url(f"{address}/library?year=2026")
    expect(page.locator("#f-year-2026")).to_be_focused()
    page.locator("#results h2").last.click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("o")
    expect(page.locator("h1")).to_have_text("一本贴在泵房墙上的水账")
    page.go_back()
    expect(page.locator("#count")).to_have_text("找到 2 个案例")
    page.locator(".chip").click()
    expect(page.locator("#count")).to_have_text("共 3 个案例")
    assert complaints == []


def test_suggestions_by_pinyin(library: tuple[str, Shelf], page: Page, complaints: list[str]) -> None:
    address, _shelf = library
    page.goto(f"{address}/library")
    page.locator("#q").click()
    page.keyboard.type("bengfang")
    option = page.locator("#suggestions [role=option]").first
    expect(option).to_contain_text("泵房")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    page.fill("#q", "")
    page.keyboard.type("yibentie")
    expect(option).to_be_visible()
    expect(option).to_contain_text("一本贴在泵房墙上的水账")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("一本贴在泵房墙上的水账")
    assert complaints == []


def test_what_was_searched_why_a_hit_is_one_and_ways_on(
    library: tuple[str, Shelf], page: Page, complaints: list[str], tmp_path: Path
) -> None:
    address, _shelf = library
    page.goto(f"{address}/library")
    page.keyboard.press("/")
    page.keyboard.type("bengfang")
    expect(page.locator("#also")).to_contain_text("没有找到“bengfang”，已按拼音检索“泵房”")
    page.keyboard.press("Escape")
    why = page.locator(".why").first
    why.locator("summary").click()
    expect(why).to_contain_text("“泵房”：标题 1 处")
    page.locator("#facet-extras > summary").click()
    page.fill("#q", "泵房 水账")  # the same hit: what was opened stays open
    expect(why).to_contain_text("“水账”：标题 1 处")
    expect(page.locator("#also")).to_have_count(0)
    expect(page.locator("#facet-extras")).to_have_attribute("open", "")
    eyes = Eyes(page, tmp_path)
    eyes.look("search")
    eyes.look_narrow("search", width=320)
    assert eyes.faults == []

    # searches of this browser come back where the box is empty, and are forgotten when asked to
    page.keyboard.press("Enter")
    page.fill("#q", "")
    recent = page.locator("#suggestions:not([hidden]) [role=option]").first
    expect(recent).to_have_text("泵房 水账最近检索")
    page.keyboard.press("ArrowDown")
    expect(recent).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_have_value("泵房 水账")
    page.evaluate("localStorage.clear()")

    # only what was typed; nothing found, and a way on that finds something
    page.goto(f"{address}/library?q=bengfang&year=2026")
    page.get_by_role("link", name="只按输入的词检索").click()
    expect(page.locator("#count")).to_have_text("找到 0 个案例")
    page.get_by_role("link", name="去掉条件 只按输入的词").click()
    expect(page.locator("#count")).to_have_text("找到 1 个案例")
    page.goto(f"{address}/library?q=泵房&year=2025")
    page.get_by_role("link", name="去掉条件“年份：2025”").click()
    expect(page.locator("#count")).to_have_text("找到 1 个案例")
    assert complaints == []


def test_on_a_phone(library: tuple[str, Shelf], browser: Browser) -> None:
    address, shelf = library
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/library")
    expect(page.locator("#facets")).to_be_hidden()
    page.locator("[data-facets-toggle]").click()
    page.get_by_label("一等奖").check()
    expect(page.locator("#count")).to_have_text("找到 1 个案例")
    expect(page.locator("#facets")).to_be_visible()
    for path in ("/library", f"/library/{shelf.awards['ledger'].case_id}"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    context.close()


def test_without_scripts(library: tuple[str, Shelf], browser: Browser) -> None:
    """Search, filters and order are an ordinary form."""
    address, _shelf = library
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/library")
    page.locator("#f-year-2026").check()
    page.locator("#q").fill("水账")
    page.get_by_role("button", name="检索", exact=True).click()
    expect(page.locator("#count")).to_have_text("找到 1 个案例")
    context.close()
