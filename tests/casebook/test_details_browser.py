"""书籍信息与版式 in a real browser: the sketch follows the size, the kind hides what is not its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.casebook.world import desk
from tests.support.eyes import Eyes
from tests.support.web import Visitor


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_the_form_follows_what_is_chosen(
    product: Any, visitor: Visitor, served: str, page: Page, tmp_path: Path
) -> None:
    made = desk(product.database)
    visitor.sign_in(made.user).speak("zh")
    page.context.add_cookies(
        [{"name": each.name, "value": str(each.value), "url": served} for each in visitor.client.cookies.jar]
    )
    eyes = Eyes(page, tmp_path)
    page.goto(f"{served}/editions/{made.edition_id}/edit#isbn")
    expect(page.get_by_label("书号（ISBN）")).to_be_focused()
    eyes.look("details-whole")
    eyes.look_narrow("details-whole")
    expect(page.locator("#sketch")).to_contain_text("每行 38 字")
    page.get_by_label("16开（185×260 毫米）", exact=True).check()
    expect(page.locator("#sketch")).to_contain_text("每行 33 字")
    expect(page.get_by_label("准印证号")).to_be_hidden()
    page.get_by_label("内部资料").check()
    expect(page.get_by_label("书号（ISBN）")).to_be_hidden()
    page.get_by_label("准印证号").fill("（京）字第1号")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("书的信息已保存")
    expect(page.locator(".lacking")).to_contain_text("按“内部资料”还缺")
    page.locator(".lacking > summary").click()
    page.get_by_role("link", name="还没有填发送对象").click()
    expect(page.get_by_label("发送对象")).to_be_focused()
    page.get_by_role("button", name="把征集通知取来作附录").click()
    expect(page.get_by_label("标题", exact=True)).to_have_value(f"附录：{made.judged.call.title}")
    eyes.look("matter")
    page.goto(f"{served}/book-templates")
    eyes.look("templates")
    eyes.look_narrow("templates")
    assert eyes.faults == []
