"""The hall's screen follows the organiser's arrow keys, in a real browser and by real server-sent events."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from judging.service import live
from tests.judging.test_live import prepared
from tests.judging.test_pages import home
from tests.judging.test_score_page import sign_in
from tests.judging.world import CLOSED, judged
from tests.support.eyes import Eyes
from tests.support.serving import serving
from webapp.wiring import Product


def test_arrow_keys_move_the_screen_in_the_hall(
    sqlite_product: Product, browser: Browser, tmp_path: Path
) -> None:
    made = judged(sqlite_product.database)
    session_id = prepared(made, stages=("unit", "score"))
    with made.database.write(made.organiser) as db:
        live.start_live(db, actor=made.organiser, now=CLOSED, session_id=session_id)
    with serving(sqlite_product.app) as address:
        desk = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 900}).new_page()
        sign_in(desk, sqlite_product, address, made.organiser)
        desk.goto(f"{address}{home(made)}/live/{session_id}")
        hall = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 720}).new_page()
        hall.goto(address + str(desk.get_by_role("link", name="打开大屏幕").get_attribute("href")))
        eyes = [Eyes(page, tmp_path) for page in (desk, hall)]
        expect(hall.locator("h1")).to_have_text("案例之三")
        expect(hall.locator("body")).not_to_contain_text("第三农场")
        desk.keyboard.press("ArrowRight")
        expect(hall.locator(".hall-unit")).to_have_text("第三农场党支部")
        expect(desk.locator("#on")).to_contain_text("得分")
        desk.keyboard.press("ArrowRight")
        expect(hall.locator(".hall-results")).to_contain_text("72.00")
        expect(desk.locator("#on")).to_contain_text("案例之二")
        desk.keyboard.press("ArrowLeft")
        expect(hall.locator(".hall-results")).to_have_count(0)
        eyes[0].look("live-desk")
        eyes[1].look("live-hall")
        desk.context.close()
        hall.context.close()
    assert [fault for each in eyes for fault in each.faults] == []
