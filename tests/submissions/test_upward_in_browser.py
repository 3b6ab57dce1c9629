"""Superiors and the formal check in a real browser, by the keyboard alone; axe looks at each page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from foundation.clock import FixedClock
from submissions import queries, service
from tests.submissions.factories import DURING, World, hand_in, start, world
from tests.submissions.test_in_browser import sign_in
from tests.support.eyes import Eyes


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database, cases_per_unit=9, needs_recommendation=True)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


def handed_in(product: Any, here: World, *titles: str) -> list[str]:
    return [hand_in(product.database, here.branch, here.call, title=title).case_id for title in titles]


def tab_to(page: Page, element_id: str) -> None:
    """With the Tab key alone."""
    for _press in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == element_id:
            return
    raise AssertionError(f"{element_id} cannot be reached")


def test_a_superior_orders_by_keyboard(
    product: Any, here: World, served: str, page: Page, tmp_path: Path
) -> None:
    cases = handed_in(product, here, "甲案", "乙案", "丙案")
    for case_id in cases:
        with product.database.write(here.superior) as db:
            service.recommend_case(db, actor=here.superior, now=DURING, case_id=case_id, opinion="可推广")
    start(product.database, here.neighbour, here.call)
    eyes = Eyes(page, tmp_path)
    sign_in(product, page.context, served, here.superior)
    for name, address in (
        ("overview", "/recommendations"),
        ("case", f"/cases/{cases[0]}"),
        ("forms", f"/recommendations/{here.call.id}/forms"),
        ("list", f"/recommendations/{here.call.id}"),
    ):
        page.goto(served + address, wait_until="load")
        eyes.look(name)
        eyes.look_narrow(name, width=320)

    def order() -> list[str]:
        return [str(each.get_attribute("data-entry")) for each in page.query_selector_all("[data-entry]")]

    def wait_for(wanted: list[str]) -> None:
        page.wait_for_function(
            "wanted => wanted === "
            "[...document.querySelectorAll('[data-entry]')].map(each => each.dataset.entry).join()",
            arg=",".join(wanted),
        )

    assert order() == cases
    one, two, three = cases
    tab_to(page, f"u-{three}")
    page.keyboard.press("Enter")
    wait_for([one, three, two])
    page.wait_for_function(f"document.activeElement.id === 'u-{three}'")
    page.keyboard.press("Alt+ArrowUp")
    wait_for([three, one, two])
    with product.database.read(here.superior) as db:
        stored = queries.recommended(db, here.call.id, here.superior.unit_id or "")
    assert [each.case_id for each in stored] == [three, one, two]
    assert eyes.faults == []


def test_the_formal_check_by_keyboard(
    product: Any, here: World, served: str, page: Page, tmp_path: Path
) -> None:
    handed_in(product, here, "甲案", "乙案", "丙案")
    start(product.database, here.neighbour, here.call)
    eyes = Eyes(page, tmp_path)
    sign_in(product, page.context, served, here.organiser)
    base = f"{served}/organise/calls/{here.call.id}"
    for name, address in (
        ("watch", base),
        ("remind", f"{base}/remind"),
        ("bulk", f"{base}/bulk?deed=return&scope=all"),
        ("check", f"{base}/check"),
    ):
        page.goto(address, wait_until="load")
        eyes.look(name)
        eyes.look_narrow(name, width=320)

    def press(key: str) -> None:
        before = page.url
        page.keyboard.press(key)
        page.wait_for_url(lambda url: url != before)
        page.wait_for_load_state("load")

    first = page.url
    press("j")
    press("k")
    assert page.url == first
    press("p")  # passed, and on to the next
    assert "已通过" in page.inner_text("[data-flash]")
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.type("p 不是快捷键")
    page.select_option("#reason_template", index=1)
    assert page.input_value("#reason").startswith("p 不是快捷键\n请补充")
    page.focus("button[value=return]")
    press("Enter")
    assert "已退回修改" in page.inner_text("[data-flash]")
    eyes.look("after")
    page.focus("nav button[value=undo]")
    press("Enter")
    with product.database.read(here.organiser) as db:
        found = sorted(case.status.value for case in queries.handed_in(db, here.call.id))
    assert found == ["checked", "submitted", "submitted"]
    assert eyes.faults == []
