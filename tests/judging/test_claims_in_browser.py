"""Claims beside their evidence in a real browser: marked in the text, checked by keyboard."""

from pathlib import Path

from playwright.sync_api import Page, expect

from judging import queries
from judging.values import Verdict
from judging.views import VerdictView
from submissions.values import Source
from tests.judging.test_score_page import address, page, sign_in  # noqa: F401  # fixtures of the score page
from tests.judging.world import SCORING, assigned
from tests.support.eyes import Eyes
from webapp.wiring import Product

CLAIM = "党员认领了三十六件实事"
BODY = "<p>党支部把每月的主题党日开到田间地头。</p>" * 5 + "<p>党员<strong>认领了</strong>三十六件实事。</p>"


def test_a_claim_is_checked_by_keyboard(
    sqlite_product: Product,
    address: str,  # noqa: F811  # the fixture
    page: Page,  # noqa: F811  # the fixture
    tmp_path: Path,
) -> None:
    source = Source(url="https://www.example.cn/1", note="第 3 页")
    made = assigned(
        sqlite_product.database,
        cases=1,
        jurors=1,
        reads=1,
        text={"body_html": BODY, "claims": [(CLAIM, source)]},
    )
    juror, entry = made.jurors[0], made.entries[0]
    sign_in(page, sqlite_product, address, juror)
    eyes = Eyes(page, tmp_path)
    page.goto(f"{address}/judging/reads/{made.read_of(juror, entry.case_id)}")
    page.wait_for_load_state("load")
    expect(page.locator("mark.claimed").last).to_contain_text("三十六件实事")
    page.focus("#claim-1")
    page.keyboard.press("ArrowRight")  # from verified to doubtful
    expect(page.locator("#score-status")).to_contain_text("已保存")
    page.keyboard.press("Tab")
    page.keyboard.type("页码不对 7")
    page.locator("#claim-1-remark").blur()

    def kept() -> VerdictView | None:
        with made.database.read(juror) as db:
            read = made.read_of(juror, entry.case_id)
            return queries.desk(db, juror, read, SCORING).verdicts.get(1)

    for _turn in range(50):
        if kept() == VerdictView(1, Verdict.DOUBTFUL, "页码不对 7"):
            break
        page.wait_for_timeout(100)
    assert kept() == VerdictView(1, Verdict.DOUBTFUL, "页码不对 7")
    page.locator("#claims").scroll_into_view_if_needed()
    eyes.look("claims-score")
    eyes.look_narrow("claims-score")
    eyes.look_narrow("claims-score", width=320)
    assert eyes.faults == []
