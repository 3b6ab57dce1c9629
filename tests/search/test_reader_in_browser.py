"""The page of a case in a real browser: contents, photos by keys, the way through a search, zoom, paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from foundation.clock import FixedClock
from tests.search.reading import Rich, fill
from tests.support import databases
from tests.support.eyes import Eyes
from tests.support.factories import NOW
from tests.support.serving import serving
from webapp.settings import Settings
from webapp.wiring import build

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def library(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Rich]]:
    folder = tmp_path_factory.mktemp("reading")
    url = databases.copy_sqlite(sqlite_template, folder / "exemplar.sqlite")
    built = build(Settings(data_dir=folder / "var", database_url=url, secret_key="s" * 32), FixedClock(NOW))
    rich = fill(built)
    with serving(built.app) as address:
        yield address, rich
    built.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 800}, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_a_case_is_read_from_a_search_to_paper(library: tuple[str, Rich], page: Page, tmp_path: Path) -> None:
    address, rich = library
    eyes = Eyes(page, tmp_path)
    page.goto(f"{address}/library?q=泵房")
    page.locator(f'[data-hit] h3 a[href^="/library/{rich.case_id}"]').click()
    expect(page.locator("h1")).to_have_text("一本贴在泵房墙上的水账")
    eyes.look("case")

    # contents: a link leads to its part, and the part one reads is marked
    page.locator(".toc a", has_text="二、成效").click()
    expect(page.locator(".toc [aria-current]")).to_have_text("二、成效")
    assert page.evaluate("document.querySelector('[data-progress]').getBoundingClientRect().width") > 300
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(".toc [aria-current]")).to_have_count(0)

    # photos by keys alone: enlarged, the next, closed, the focus where it was left
    photos = page.locator("[data-enlarge]")
    photos.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-lightbox-caption]")).to_have_text("村民在泵房前开会")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-lightbox-caption]")).to_have_text("泵房墙上的旬水账")
    expect(page.locator("[data-lightbox-place]")).to_have_text("2 / 3")
    page.keyboard.press("Escape")
    expect(photos.nth(1)).to_be_focused()

    # the text at double size: one column, nothing to scroll sideways, kept on the next page
    width = page.locator(".case-body > p").first.evaluate("(p) => parseFloat(getComputedStyle(p).fontSize)")
    page.locator(".size-200").click()
    size = "(p) => parseFloat(getComputedStyle(p).fontSize)"
    assert page.locator(".case-body > p").first.evaluate(size) == 2 * width
    assert page.evaluate(TOO_WIDE) == 0
    page.locator("#main").focus()
    page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text("泵房墙上的第二本账")
    expect(page.locator("html")).to_have_class("z200")
    page.locator("body").press("k")
    expect(page.locator("h1")).to_have_text("一本贴在泵房墙上的水账")

    # on paper: title, address and code, no controls, the text at its usual size
    page.emulate_media(media="print")
    for shown in (".print-code svg", "h1", ".case-body", ".sign-off"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (".top", ".nav2", ".case-actions", ".case-contents", ".case-more", ".walk"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.locator(".case-body > p").first.evaluate(size) < 16
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    assert eyes.faults == []


def test_on_a_small_phone_the_contents_are_folded_and_only_tables_scroll(
    library: tuple[str, Rich], browser: Browser, tmp_path: Path
) -> None:
    address, rich = library
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="zh-CN")
    page = context.new_page()
    eyes = Eyes(page, tmp_path)
    page.goto(f"{address}/library/{rich.case_id}")
    expect(page.locator("[data-contents]")).not_to_have_attribute("open", "")
    table = page.locator(".table-box")
    assert table.evaluate("(box) => box.scrollWidth > box.clientWidth && box.tabIndex === 0")
    eyes.look("case on a phone", axe=False)
    page.locator("summary", has_text="分享").click()
    expect(page.locator("#share-address")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.locator(".size-200").click()
    assert page.evaluate(TOO_WIDE) == 0
    assert eyes.faults == []
    context.close()
