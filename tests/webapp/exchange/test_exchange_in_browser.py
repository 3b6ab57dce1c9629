"""Imports and exports in a real browser: by keyboard from the file to the units, sound to axe, on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Page

from foundation import people
from foundation.actor import Actor, Role
from foundation.clock import FixedClock
from foundation.people import actor_of
from submissions.values import CallView
from tests.submissions.factories import DURING
from tests.submissions.test_in_browser import axe, page, sign_in
from tests.support.factories import make_call, make_user
from tests.webapp.exchange.files import table

__all__ = ["page"]


@pytest.fixture
def administrator(product: Any, clock: FixedClock) -> Actor:
    clock.set(DURING)
    with product.database.write() as db:
        return actor_of(make_user(db, Role.ADMINISTRATOR, Role.ORGANISER, name="管理员"))


@pytest.fixture
def call(product: Any, administrator: Actor) -> CallView:
    with product.database.write() as db:
        return make_call(db)


def test_units_come_in_by_keyboard(product: Any, served: str, page: Page, administrator: Actor) -> None:
    """The dry run names the wrong row; the right file is confirmed and is there."""
    sign_in(product, page.context, served, administrator)
    wrong, right = (
        table(("单位全称", "上级单位"), ("甲党委", ""), ("乙党支部", above)) for above in ("丙党委", "甲党委")
    )
    for content, said in ((wrong, "系统和文件里都没有这个上级单位"), (right, "确认导入")):
        page.goto(f"{served}/admin/import/units")
        page.locator("main input[type=file]").set_input_files(
            {"name": "单位.csv", "mimeType": "text/csv", "buffer": content}
        )
        page.locator("main form button").first.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        product.worker.run_once()
        page.get_by_text(said).first.wait_for()
        assert axe(page) == []
    page.get_by_role("button", name="确认导入").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    product.worker.run_once()
    page.get_by_text("导入完成").first.wait_for()
    with product.database.read() as db:
        assert sorted(unit.name for unit in people.units(db)) == ["乙党支部", "甲党委"]


def test_the_pages_are_sound_and_narrow_enough(
    product: Any, served: str, page: Page, administrator: Actor, call: CallView
) -> None:
    sign_in(product, page.context, served, administrator)
    page.set_viewport_size({"width": 320, "height": 800})
    found = {}
    for address in (
        "/admin/import",
        "/admin/import/users",
        f"/organise/calls/{call.id}/import",
        f"/organise/calls/{call.id}/export",
    ):
        page.goto(served + address)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found[address] = (axe(page), over)
    assert set(map(str, found.values())) == {"([], 0)"}, found
