"""Words selected in the editor become a claim with evidence, by keyboard alone; the ledger on a phone."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from submissions import queries
from tests.submissions.factories import World, text, write
from tests.submissions.test_in_browser import here, page, sign_in  # noqa: F401  # fixtures of the editor
from tests.support.eyes import Eyes

SAID = "半年化解积案23件"


def test_selected_words_are_linked_to_evidence(
    product: Any,
    here: World,  # noqa: F811  # the fixture
    served: str,
    page: Page,  # noqa: F811  # the fixture
    tmp_path: Path,
) -> None:
    body = f"<p>{SAID}</p><p>群众满意度由92%升至97%。</p>" + text().body_html
    case_id = write(product.database, here.branch, here.call, body_html=body)
    sign_in(product, page.context, served, here.branch)
    eyes = Eyes(page, tmp_path)
    page.goto(f"{served}/cases/{case_id}/edit")
    expect(page.locator("#claims")).to_contain_text("2 处还没有")
    page.click(".jodit-wysiwyg p >> nth=0")
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.press("Alt+Shift+KeyE")
    expect(page.locator("#claim-quote")).to_have_value(SAID)
    expect(page.locator("#claim-dialog [name=url]")).to_be_focused()
    page.keyboard.type("不是网址")
    page.keyboard.press("Enter")
    expect(page.locator("[data-claim-error]")).to_contain_text("网址应以")
    page.fill("#claim-dialog [name=url]", "www.example.cn/1")
    page.keyboard.press("Tab")
    page.keyboard.type("第 3 页")
    eyes.look("claims-dialog")
    page.keyboard.press("Enter")
    expect(page.locator("#claims")).to_contain_text("1 处有证据")
    with product.database.read(here.branch) as db:
        (claim,) = queries.claims(db, case_id)
    assert (claim.quote, claim.sources[0].url, claim.sources[0].note) == (
        SAID, "https://www.example.cn/1", "第 3 页",
    )  # fmt: skip
    page.goto(f"{served}/cases/{case_id}/claims")
    page.click("summary:has-text('链接证据')")
    eyes.look("claims-ledger")
    eyes.look_narrow("claims-ledger")
    eyes.look_narrow("claims-ledger", width=320)
    page.goto(f"{served}/cases/{case_id}/identity")
    eyes.look("identity")
    eyes.look_narrow("identity", width=320)
    assert eyes.faults == []
