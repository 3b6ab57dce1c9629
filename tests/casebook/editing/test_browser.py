"""A text is edited, saved as it is typed, asked about and answered, in real browsers of two people."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from foundation.actor import Role
from foundation.people import User, unit
from tests.casebook.world import Desk, desk
from tests.support.eyes import Eyes
from tests.support.factories import make_user
from tests.support.web import Visitor

Enter = Callable[[User], Page]


@pytest.fixture
def enter(product: Any, served: str, browser: Browser) -> Iterator[Enter]:
    """A browser of one's own, signed in."""
    contexts = []

    def made(user: User) -> Page:
        visitor = Visitor(product).sign_in(user).speak("zh")
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="zh-CN", base_url=served
        )
        context.add_cookies(
            [
                {"name": each.name, "value": str(each.value), "url": served}
                for each in visitor.client.cookies.jar
            ]
        )
        contexts.append(context)
        return context.new_page()

    yield made
    for context in contexts:
        context.close()


def test_a_text_is_edited_asked_about_and_answered(product: Any, enter: Enter, tmp_path: Path) -> None:
    made: Desk = desk(product.database)
    entry = made.chapters()[0].entries[0]
    with product.database.write() as db:
        branch = make_user(db, Role.SUBMITTER, unit=unit(db, made.judged.entries[0].unit_id))
    base = f"/editions/{made.edition_id}/entries/{entry.id}"
    editor = enter(made.user)
    eyes = Eyes(editor, tmp_path)

    # what is typed is there after the tab was closed, and what is typed without a network is kept
    editor.goto(f"{base}/manuscript")
    editor.get_by_label("标题", exact=True).fill("改过的标题")
    expect(editor.locator("#saved")).to_contain_text("自动保存")
    editor.context.set_offline(True)
    editor.get_by_label("单位", exact=True).fill("改过的单位")
    expect(editor.locator("#saved")).to_contain_text("网络中断")
    editor.context.set_offline(False)
    eyes.faults.clear()  # the browser said that there is no network
    expect(editor.locator("#saved")).to_contain_text("自动保存")
    editor.close()
    editor = eyes.page = enter(made.user)
    editor.goto(f"{base}/manuscript")
    expect(editor.get_by_label("标题", exact=True)).to_have_value("改过的标题")
    expect(editor.get_by_label("单位", exact=True)).to_have_value("改过的单位")
    editor.get_by_label("标题", exact=True).fill("最后的标题")
    editor.get_by_role("button", name="保存为新的一稿").click()
    expect(editor.get_by_role("link", name="最后的标题")).to_be_visible()

    editor.goto(f"{base}/changes")
    eyes.look("changes")
    eyes.look_narrow("changes")
    expect(editor.locator("del").first).to_have_text("案例之一")

    editor.goto(f"{base}/queries")
    eyes.look("queries")
    summary = editor.locator("#the-text .labelled")
    summary.select_text()
    summary.dispatch_event("mouseup")
    quote = editor.locator("[data-quote]").first
    expect(quote).not_to_have_value("")
    editor.locator("[name=words]").first.fill("这里准确吗？")
    editor.get_by_role("button", name="发给单位").click()
    expect(editor.get_by_text("已发给单位")).to_be_visible()
    eyes.look_narrow("queries-sent")

    other = enter(branch)
    looking = Eyes(other, tmp_path)
    other.goto("/")
    other.get_by_role("link", name="最后的标题").click()
    other.wait_for_load_state()
    looking.look("unit")
    looking.look_narrow("unit")
    other.get_by_label("答复", exact=True).fill("不准确")
    other.get_by_label("建议改写为").fill("更准确的单位")
    other.get_by_role("button", name="发出答复").click()
    expect(other.get_by_text("答复已发给编辑")).to_be_visible()

    editor.goto(f"{base}/comments")
    eyes.look("comments")
    editor.goto(f"/editions/{made.edition_id}/letters")
    eyes.look("letters")
    editor.goto(f"{base}/queries")
    expect(editor.get_by_text("更准确的单位")).to_be_visible()
    assert eyes.faults == looking.faults == []
