"""The organiser's call in a real browser: set up by keyboard alone, sound to axe, on a phone as on a desk."""

from typing import Any

import pytest
from playwright.sync_api import Page

from foundation.clock import FixedClock
from submissions import queries, service
from submissions.values import Category
from tests.submissions.factories import CLOSES, DURING, World, proposal, rules, world
from tests.submissions.test_in_browser import axe, page, sign_in

__all__ = ["page"]


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    made = world(product.database, categories=(Category("rural", "农村"), Category("k", "社区", 2, CLOSES)))
    with product.database.write(made.organiser) as db:
        for question in ("可以合报吗？", "要原图吗？"):
            service.answer_question(
                db,
                actor=made.organiser,
                now=DURING,
                call_id=made.call.id,
                question=question,
                answer="可以。",
            )
        service.update_call(
            db,
            actor=made.organiser,
            now=DURING,
            call_id=made.call.id,
            revision=1,
            proposal=proposal(title="新标题", rules=made.call.rules),
            reason="标题写错了",
        )
    return made


def test_a_call_is_set_up_by_keyboard_from_the_template(
    product: Any, here: World, served: str, page: Page
) -> None:
    """Only the title is typed; a link leads to a folded part and opens it."""
    sign_in(product, page.context, served, here.organiser)
    page.goto(f"{served}/organise/calls/new/edit?from=standard")
    page.wait_for_selector("#preview .tiles")
    page.locator("#title").focus()
    page.keyboard.type("2027 年征集")
    page.locator(".form-steps a[href='#part-text']").focus()
    page.keyboard.press("Enter")
    assert page.locator("#part-text").evaluate("part => part.open") is True
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.locator("input[name=preview_as][value=public]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#preview #pv-title")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#preview .score >> text=权重 25%")
    page.locator(".savebar .btn-primary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=征集活动已保存，尚未发布")
    with product.database.read() as db:
        made = queries.call_by_slug(db, "2026-cases")
    assert (made.title, len(made.rules.parts)) == ("2027 年征集", len(rules().parts) + 4)


def test_the_pages_of_a_call_are_narrow_enough_and_sound(
    product: Any, here: World, served: str, page: Page
) -> None:
    sign_in(product, page.context, served, here.organiser)
    base, public = f"/organise/calls/{here.call.id}", f"/calls/{here.call.slug}"
    for address in (
        "/organise/calls/new/edit?from=blank",
        f"{base}/edit",
        f"{base}/preview?as=branch",
        f"{base}/preview?as=juror",
        f"{base}/faq",
        public,
        f"{public}/faq",
    ):
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(served + address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        page.set_viewport_size({"width": 1366, "height": 900})
        assert axe(page) == [], address
