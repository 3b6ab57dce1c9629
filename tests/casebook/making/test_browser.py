"""成书 in a real browser: build, watch, cancel, build, look at the pages, download, revoke, build again."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from casebook.pagination import LibreOffice, installed_paginator
from tests.casebook.making.press import cleared
from tests.casebook.reviewing.world import Office
from tests.conftest import lacking
from tests.support.eyes import Eyes
from tests.support.web import Visitor


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1366, "height": 900}, locale="zh-CN", accept_downloads=True
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def office() -> LibreOffice:
    found = installed_paginator()
    if found is None:
        lacking("books are laid out by LibreOffice: `apt install libreoffice-writer`")
    assert found is not None
    return found


@pytest.fixture
def made(product: Any, visitor: Visitor, served: str, page: Page) -> Office:
    """The browser is signed in as the edition's editor and stands at its page of builds."""
    found = cleared(product.database)
    visitor.sign_in(found.people[0]).speak("zh")
    page.context.add_cookies(
        [{"name": each.name, "value": str(each.value), "url": served} for each in visitor.client.cookies.jar]
    )
    page.goto(f"{served}/editions/{found.edition_id}/builds")
    return found


def test_from_a_proof_to_the_library(
    product: Any, made: Office, office: LibreOffice, page: Page, served: str, tmp_path: Path
) -> None:
    eyes = Eyes(page, tmp_path)

    def deliver() -> None:
        made.desk.deliver(product.files, product.books, office)

    page.get_by_role("button", name="开始生成").click()
    expect(page.locator("#working")).to_contain_text("排队等待")
    eyes.look("building")
    page.get_by_role("button", name="取消生成").click()
    expect(page.locator("#build-1")).to_contain_text("已取消")

    page.get_by_label("付印文件", exact=False).check()
    for each in ("印刷用 PDF", "单篇 Word（压缩包）", "封面展开图"):
        page.get_by_label(each).uncheck()
    page.get_by_role("button", name="开始生成").click()
    expect(page.locator("#working")).to_contain_text("正在生成付印文件（第 2 次）")
    deliver()
    expect(page.locator("#build-2")).to_contain_text("就是现在的样子", timeout=10_000)
    eyes.look("builds")
    eyes.look_narrow("builds")
    with page.expect_download() as download:
        page.locator("#build-2").get_by_role("link", name="阅读用 PDF").click()
    pdf = pypdf.PdfReader(BytesIO(Path(str(download.value.path())).read_bytes()))
    assert "案例之一" in [str(each.title) for each in _flat(pdf.outline)]  # bookmarks

    page.locator("#build-2").get_by_role("link", name="看页面").click()
    page.wait_for_load_state()
    expect(page.get_by_alt_text("第 1 页", exact=True)).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_alt_text("第 2 页", exact=True)).to_be_visible()
    expect(page.get_by_alt_text("第 3 页", exact=True)).to_be_visible()
    page.keyboard.press("End")
    last = len(pdf.pages)
    expect(page.get_by_alt_text(f"第 {last} 页", exact=True)).to_be_visible()
    page.wait_for_load_state("networkidle")
    eyes.look("viewer")
    eyes.look_narrow("viewer")

    page.goto(f"{served}/editions/{made.edition_id}/builds")
    page.get_by_text("发布网页版到案例库").click()
    page.get_by_label("网址 /books/").fill("casebook-2026")
    page.locator("#build-2").get_by_label("阅读用 PDF").check()
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("网页版已发布到案例库")).to_be_visible()
    page.goto(f"{served}/books/casebook-2026")
    eyes.look("book")
    eyes.look_narrow("book")
    expect(page.get_by_role("link", name="案例之一")).to_be_visible()
    expect(page.get_by_role("link", name="PDF")).to_be_visible()

    made.desk.revoke(0)
    deliver()
    page.goto(f"{served}/books/casebook-2026")
    expect(page.get_by_role("link", name="案例之一")).to_have_count(0)
    page.goto(f"{served}/editions/{made.edition_id}/builds")
    expect(page.locator("#build-2")).to_contain_text("已作废")
    page.get_by_label("阅读用 PDF").uncheck()
    page.get_by_label("印刷用 PDF").uncheck()
    page.get_by_role("button", name="开始生成").click()
    expect(page.locator("#working")).to_contain_text("正在生成校样（第 3 次）")
    deliver()
    expect(page.locator("#build-3")).to_contain_text("2 篇", timeout=10_000)
    assert eyes.faults == []


def _flat(outline: Any) -> Iterator[Any]:
    for each in outline:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each
