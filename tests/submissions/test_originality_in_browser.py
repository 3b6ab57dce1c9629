"""Two texts side by side in a real browser: by keyboard, on a phone, for everybody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from foundation.clock import FixedClock
from submissions.queries import originality as found
from tests.submissions.factories import DURING, World, hand_in, world
from tests.submissions.service.test_originality import LIFTED, OTHER, OWN
from tests.submissions.test_in_browser import sign_in
from tests.submissions.test_originality_pages import deliver
from tests.support.eyes import Eyes


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database, words_lowest=0, parts=())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 700}, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_from_passage_to_passage_by_keyboard(
    product: Any, here: World, served: str, page: Page, tmp_path: Path
) -> None:
    filler = OTHER * 12
    hand_in(product.database, here.branch, here.call, body_html=f"{OWN}<p>{LIFTED}</p>")
    case = hand_in(product.database, here.stranger, here.call, body_html=f"{filler}<p>{LIFTED}</p>")
    deliver(product)
    with product.database.read() as db:
        source = found.sources(db, case.version_id)[0]
    sign_in(product, page.context, served, here.organiser)
    eyes = Eyes(page, tmp_path)
    page.goto(f"{served}/cases/{case.case_id}/originality/{source.id}")
    page.focus("#b1")
    page.keyboard.press("Enter")
    page.wait_for_url("**#a1")
    page.wait_for_function(
        "() => { const at = document.querySelector('#a1').getBoundingClientRect();"
        " return at.top >= 0 && at.bottom <= innerHeight; }"
    )
    eyes.look("pair")
    eyes.look_narrow("pair", width=320)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(
        "document.querySelector('#b1').getBoundingClientRect().top"
        " > document.querySelector('#a1').getBoundingClientRect().top"
    ), "stacked on a phone"
    page.set_viewport_size({"width": 1366, "height": 700})
    for name, path in (
        ("list", f"/organise/calls/{here.call.id}/originality"),
        ("report", f"/cases/{case.case_id}/originality"),
        ("phrases", f"/organise/calls/{here.call.id}/set-phrases"),
        ("references", "/organise/references"),
        ("concreteness", f"/cases/{case.case_id}/concreteness"),
    ):
        page.goto(served + path)
        eyes.look(name)
        eyes.look_narrow(name, width=320)
        if name in ("report", "concreteness"):  # where colours carry meaning
            page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
            eyes.look(f"{name}-dark")
    assert eyes.faults == []
