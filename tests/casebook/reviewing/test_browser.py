"""Three reviews by three people in a browser, the refusal of the same person twice, a change afterwards."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from casebook.reviewing.values import Step
from tests.casebook.reviewing.world import REPORT, Office, at_work
from tests.support.eyes import Eyes
from tests.support.web import Visitor


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


def enter(page: Page, product: Any, served: str, made: Office, number: int) -> None:
    """Sit down as one of the three editors."""
    visitor = Visitor(product).sign_in(made.people[number]).speak("zh")
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": each.name, "value": str(each.value), "url": served} for each in visitor.client.cookies.jar]
    )


def test_three_people_sign_and_a_change_asks_again(
    page: Page, prepared: tuple[Path, Office], product: Any, served: str, tmp_path: Path
) -> None:
    made = at_work(prepared, product.database)
    eyes = Eyes(page, tmp_path)
    entry = made.desk.entries()[0]
    text = f"{served}/editions/{made.edition_id}/entries/{entry}/reviews"

    enter(page, product, served, made, 0)
    page.goto(text)
    for name, words in zip(
        ("价值", "政治导向", "事实与数据", "结构", "语言文字"), REPORT.items(), strict=False
    ):
        page.get_by_label(name, exact=True).fill(words[1])
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    page.reload()
    expect(page.get_by_label("价值", exact=True)).to_have_value(REPORT.value)
    page.get_by_label("采用", exact=True).check()
    eyes.look("first")
    page.get_by_role("button", name="签署初审").click()
    expect(page.locator("[data-flash]")).to_contain_text("初审已签署")
    page.goto(f"{text}?step=second")  # the same person does not do the second review
    expect(page.locator("#task")).to_contain_text("必须由另一个人来做")
    expect(page.get_by_role("button", name="签署复审")).to_have_count(0)

    enter(page, product, served, made, 1)
    page.goto(text)
    page.get_by_label("同意", exact=True).check()
    page.get_by_label("复审意见").fill("同意初审意见。")
    page.get_by_role("button", name="签署复审").click()
    expect(page.locator("[data-flash]")).to_contain_text("复审已签署")

    enter(page, product, served, made, 2)
    page.goto(text)
    page.get_by_label("采用", exact=True).check()
    page.get_by_label("终审意见").fill("导向正确，同意付印。")
    page.get_by_role("button", name="签署终审").click()
    expect(page.locator("[data-flash]")).to_contain_text("终审已签署")
    assert list(made.lines()) == [entry]

    made.write(0, entry, title="案例其一")
    assert made.lines() == {}
    enter(page, product, served, made, 0)
    page.goto(f"{served}/editions/{made.edition_id}/reviews")
    expect(page.locator("tr", has_text="案例其一").locator(".tag.err")).to_have_count(3)
    eyes.look("board")
    eyes.look_narrow("board")
    page.get_by_role("link", name="案例其一").click()
    expect(page.locator("#changed")).to_contain_text("案例之其一")
    eyes.look("changed")
    eyes.look_narrow("changed")
    page.get_by_role("button", name="签署初审").press("Enter")
    expect(page.locator("[data-flash]")).to_contain_text("初审已签署")
    assert made.states(entry)[:3] == "scc"
    for number, step in ((1, Step.SECOND), (2, Step.FINAL), (1, Step.PROOF1)):
        made.sign(number, entry, step)
    enter(page, product, served, made, 2)
    page.goto(f"{text}?step=proof2")
    expect(page.locator("#read-end")).to_contain_text("全文已读完")
    page.locator("#text-title").select_text()
    page.get_by_role("button", name="取选中的文字").click()
    expect(page.get_by_label("改为")).to_have_value("案例其一")
    page.keyboard.type("案例之一")
    page.get_by_role("button", name="记入勘误表").click()
    expect(page.locator("#errors .rows")).to_contain_text("案例其一")
    eyes.look("proof")
    eyes.look_narrow("proof")
    assert eyes.faults == []
