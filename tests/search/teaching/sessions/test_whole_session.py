"""A whole study session in the browser: a presenter's desk and three telephones of two units, from joining by
the link to the results and the replay."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from foundation.people import User
from tests.search.teaching.sessions.world import made
from tests.support.eyes import Eyes
from tests.support.serving import serving
from webapp.accounts import service as accounts


def test_a_presenter_and_three_telephones(product: Any, browser: Browser, tmp_path: Path) -> None:
    world = made(product.database)
    with product.database.read() as db:
        desk_key = world.session(db).desk_key
    with serving(product.app) as address:
        desk = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 900}).new_page()
        desk.goto(f"{address}/study/desk/{desk_key}")
        eyes = [Eyes(desk, tmp_path)]
        desk.click("#open")
        expect(desk.locator("#on")).to_be_focused()  # by keyboard one goes on where one was
        with desk.expect_popup() as opened:
            desk.keyboard.press("Home")
            desk.focus("#screen-link")
            desk.keyboard.press("Enter")
        screen = opened.value
        eyes.append(Eyes(screen, tmp_path))
        expect(screen.get_by_text("请扫码签到")).to_be_visible()
        phones: dict[str, Page] = {}
        for name, unit in (("张三", world.first), ("李四", world.first), ("赵六", world.second)):
            context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 800})
            page = phones[name] = context.new_page()
            eyes.append(Eyes(page, tmp_path))
            page.goto(f"{address}/study/{world.token}")
            page.select_option("#unit", label=unit.name)
            page.fill("#name", name)
            page.get_by_role("button", name="加入", exact=True).click()
            page.get_by_role("link", name="进入学习").click()
            page.click("#check-in")
            expect(page.get_by_text("您已签到")).to_be_visible()
        zhang, li, zhao = phones.values()
        eyes[2].look("phone-lobby")
        expect(screen.locator(".screen-there")).to_contain_text("第一党支部 2")
        eyes[1].look("screen-lobby")
        expect(desk.locator(".study-there")).to_contain_text("第一党支部 2")

        desk.click("#on")
        for page in phones.values():
            expect(page.locator(".study-stage")).to_contain_text("先看账")
        zhang.fill("#words", "我们支部也可以贴。")
        zhang.get_by_role("button", name="发出").click()
        expect(li.locator(".study-board")).to_contain_text("张三 · 第一党支部")
        expect(zhao.locator(".study-board")).to_contain_text("我们支部也可以贴。")
        assert "张三" not in zhao.locator(".study-board").inner_text()
        zhao.fill("#words", "没写完的话")
        desk.get_by_role("button", name="置顶").click()
        expect(zhao.locator(".study-board .pinned")).to_have_count(1)
        eyes[2].look("phone-running")
        expect(screen.locator(".screen-board")).to_contain_text("我们支部也可以贴。")
        assert "张三" not in screen.content()

        desk.locator("#to-4").click()
        expect(zhao.locator(".study-question")).to_have_count(3)
        assert zhao.input_value("#words") == "没写完的话"
        for page, choice in ((zhang, "B. 泵房墙上"), (li, "A. 村部"), (zhao, "B. 泵房墙上")):
            page.get_by_label(choice).check()
            page.get_by_label("A. 正确").check()
            page.locator(".study-question textarea").fill("公开")
        eyes[4].look("phone-questions")
        zhang.get_by_role("button", name="提交答案").click()
        expect(zhang.get_by_text("必答题 3 / 3")).to_be_visible()
        for page in (li, zhao):
            page.get_by_role("button", name="提交答案").click()
            expect(page.get_by_text("必答题 3 / 3")).to_be_visible()
        expect(desk.locator("progress.done")).to_have_count(3)
        eyes[0].look("desk")
        expect(screen.get_by_text("3 / 3 人已答")).to_have_count(3)
        screen.keyboard.press("f")
        screen.wait_for_function("!!document.fullscreenElement")
        eyes[1].look("screen-question")

        desk.get_by_text("结束学习", exact=True).click()
        desk.get_by_role("button", name="确定结束").click()
        expect(zhang.get_by_role("link", name="看回放、讲评和补学")).to_be_visible()
        zhang.get_by_role("link", name="看回放、讲评和补学").click()
        expect(zhang.get_by_text("您答对了").first).to_be_attached()
        eyes[2].look("phone-replay")
        expect(screen.locator("tr.right").first).to_contain_text("泵房墙上")
        eyes[1].look("screen-results")

        _sign_in(desk, product, address, world.trainer.user_id)
        desk.goto(f"{address}/teaching/sessions/{world.series_id}/{world.session_id}/results")
        expect(desk.locator("#units ~ table tbody tr").first).to_contain_text(re.compile("第一党支部.*100%"))
        expect(desk.locator(".study-legend").first).to_contain_text("泵房墙上")
        eyes[0].look("results")
        for each in (*phones.values(), desk):
            each.context.close()
    assert [fault for each in eyes for fault in each.faults] == []


def _sign_in(page: Page, product: Any, address: str, user_id: str) -> None:
    with product.database.write() as db:
        user = db.get_one(User, user_id)
        token = accounts.start_session(
            db, user=user, now=product.clock.now(), browser="tests", address="127.0.0.1"
        )
    page.context.add_cookies([{"name": accounts.cookie_name(secure=False), "value": token, "url": address}])
