"""The score page in a real browser: by keyboard alone, on a phone, without a connection."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from foundation import people
from foundation.actor import Actor
from judging import queries
from judging.values import AssignmentState
from submissions.call_templates import CRITERIA
from submissions.values import Criterion, JudgingRules, Level
from tests.judging.world import SCORING, World, assigned, score
from tests.support.eyes import Eyes
from tests.support.serving import serving
from webapp.accounts import service as accounts
from webapp.wiring import Product

TEN = tuple(
    replace(each, lowest=1, highest=10, levels=(), rubric="9-10 分：具体\n1-8 分：一般") for each in CRITERIA
)

GRADES = (
    Level(Decimal(60), "差"),
    Level(Decimal(70), "中"),
    Level(Decimal(85), "良"),
    Level(Decimal(90), "优"),
)
MIXED = (
    CRITERIA[0],
    replace(CRITERIA[1], graded=True, levels=GRADES),
    replace(CRITERIA[2], lowest=1, highest=10, step=Decimal("0.5"), levels=()),
    CRITERIA[3],
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def address(sqlite_product: Product) -> Iterator[str]:
    with serving(sqlite_product.app) as url:
        yield url


def sign_in(page: Page, product: Product, address: str, actor: Actor) -> None:
    with product.database.write() as db:
        token = accounts.start_session(
            db, user=people.user(db, actor.user_id), now=SCORING, browser="tests", address="127.0.0.1"
        )
    page.context.add_cookies([{"name": accounts.cookie_name(False), "value": token, "url": address}])


def judged(
    product: Product, criteria: tuple[Criterion, ...] = CRITERIA, cases: int = 5, **rules: Any
) -> World:
    return assigned(product.database, cases=cases, jurors=1, reads=1, criteria=criteria, **rules)


def marks(made: World) -> dict[str, list[Decimal]]:
    """Label -> the juror's marks in the criteria's order."""
    juror = made.jurors[0]
    with made.database.read(juror) as db:
        _view, lines = queries.queue(db, juror, made.round.id)
        cards = {line.label: queries.desk(db, juror, line.id, SCORING).scorecard for line in lines}
    keys = [criterion.key for criterion in made.call.rules.criteria]
    return {
        label: [card.marks[key] for key in keys if key in card.marks] for label, card in sorted(cards.items())
    }


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on something that says these words."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")


def at(page: Page, number: str) -> None:
    """Wait for the case with this number, its script included: keys pressed earlier would be lost."""
    expect(page.locator("h1")).to_have_text(number)
    page.wait_for_load_state("load")


def test_twelve_cases_by_keyboard_alone(sqlite_product: Product, address: str, page: Page) -> None:
    """Numbers, grades, half points, a comment to the author and one that an extreme mark needs, a recusal in
    the middle, and everything handed in: no mouse."""
    made = judged(sqlite_product, MIXED, cases=12, judging=JudgingRules(extremes_need_comment=True))
    sign_in(page, sqlite_product, address, made.jurors[0])
    page.goto(f"{address}/judging/rounds/{made.round.id}")
    tab_to(page, "开始评分")
    page.keyboard.press("Enter")
    for number in range(1, 13):
        at(page, f"A{number:02d}")
        if number == 7:
            tab_to(page, "申请回避")
            page.keyboard.press("Enter")
            page.keyboard.press("Tab")
            page.keyboard.type("曾在该单位工作")
            tab_to(page, "确定回避")
            page.keyboard.press("Enter")
            continue
        page.keyboard.type("99" if number == 3 else f"{70 + number}")  # each moves on by itself
        page.keyboard.press("c" if number % 2 else "2")  # a grade by its letter or its place
        page.keyboard.type("7.5")
        page.keyboard.type("80")
        if number == 3:
            expect(page.locator("#jury")).to_be_focused()  # 99 wants a word
            page.keyboard.type("台账逐条核对过")
            page.keyboard.press("Control+Enter")
        elif number == 2:
            expect(page.locator("#next-button")).to_be_focused()
            page.keyboard.press("c")
            page.keyboard.type("数据翔实")
            page.keyboard.press("Control+Enter")
        else:
            expect(page.locator("#next-button")).to_be_focused()
            page.keyboard.press("Enter")
    at(page, "我的评审任务")
    found = marks(made)
    assert found["A02"] == [Decimal(72), Decimal(85), Decimal("7.5"), Decimal(80)]
    assert found["A03"] == [Decimal(99), Decimal(70), Decimal("7.5"), Decimal(80)]
    assert found["A07"] == []
    assert [len(each) for each in found.values()].count(4) == 11
    tab_to(page, "提交已评完的 11 份")
    page.keyboard.press("Enter")
    tab_to(page, "确定提交 11 份")
    page.keyboard.press("Enter")
    expect(page.locator("[data-flash]")).to_contain_text("已提交 11 份评分表。")
    with made.database.read(made.jurors[0]) as db:
        _view, lines = queries.queue(db, made.jurors[0], made.round.id)
        desks = {line.label: queries.desk(db, made.jurors[0], line.id, SCORING) for line in lines}
    assert [line.state for line in lines] == [AssignmentState.HANDED_IN] * 11 + [AssignmentState.RECUSED]
    assert (desks["A02"].comment, desks["A03"].to_jury) == ("数据翔实", "台账逐条核对过")


def test_buttons_arrows_letters_and_help(sqlite_product: Product, address: str, page: Page) -> None:
    made = judged(sqlite_product, TEN, cases=3)
    sign_in(page, sqlite_product, address, made.jurors[0])
    page.goto(f"{address}/judging/rounds/{made.round.id}")
    page.get_by_role("link", name="开始评分：A01").click()
    at(page, "A01")
    page.keyboard.type("9078")  # 0 is ten
    expect(page.locator("#total")).to_have_text("8.50")
    expect(page.locator("fieldset.crit").first.locator(".rubric-now")).to_have_text("9–10 具体")
    page.keyboard.press("j")
    at(page, "A02")
    page.keyboard.press("k")
    at(page, "A01")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Space")  # the switch has the focus
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.reload()
    page.keyboard.press("j")
    at(page, "A01")  # switched off, and remembered
    page.locator("[data-opens=keys]").click()
    page.locator("#keys-switch").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    at(page, "A02")
    page.keyboard.press("s")
    at(page, "A03")
    assert marks(made)["A01"] == [Decimal(9), Decimal(10), Decimal(7), Decimal(8)]


def test_a_wrong_mark_is_refused_beside_its_criterion(
    sqlite_product: Product, address: str, page: Page
) -> None:
    made = judged(sqlite_product, cases=1)
    sign_in(page, sqlite_product, address, made.jurors[0])
    page.goto(f"{address}/judging/rounds/{made.round.id}")
    page.get_by_role("link", name="开始评分：A01").click()
    at(page, "A01")
    box = page.get_by_label("真实性，0 到 100 分")
    box.fill("101")
    box.press("Enter")
    expect(page.locator("fieldset.crit").first.locator(".crit-note")).to_have_text(
        "“真实性”的分数应在 0 到 100 之间。"
    )
    expect(box).to_have_attribute("aria-invalid", "true")
    box.fill("10")
    box.press("Enter")
    expect(page.locator("fieldset.crit").first.locator(".crit-note")).to_be_hidden()
    expect(page.locator("#score-status")).to_contain_text("已保存")
    assert marks(made) == {"A01": [Decimal(10)]}


def test_marks_given_without_a_connection_are_kept_and_sent(
    sqlite_product: Product, address: str, page: Page
) -> None:
    made = judged(sqlite_product, cases=1)
    sign_in(page, sqlite_product, address, made.jurors[0])
    page.goto(f"{address}/judging/rounds/{made.round.id}")
    page.get_by_role("link", name="开始评分：A01").click()
    at(page, "A01")
    page.route("**/api/v1/**", lambda route: route.abort())
    page.keyboard.type("8877")
    expect(page.locator("#score-status")).to_contain_text("网络不通")
    assert marks(made) == {"A01": []}
    page.unroute("**/api/v1/**")
    page.reload()  # the browser remembers what the server does not have
    expect(page.locator("#score-status")).to_contain_text("已保存")
    expect(page.get_by_label("实效性，0 到 100 分")).to_have_value("77")
    expect(page.locator("#score-status")).not_to_contain_text("正在保存")
    page.wait_for_function("!Object.keys(localStorage).some(k => k.startsWith('exemplar.marks'))")
    assert marks(made) == {"A01": [Decimal(88), Decimal(77)]}


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone(sqlite_product: Product, address: str, page: Page, width: int) -> None:
    made = judged(sqlite_product, cases=2)
    sign_in(page, sqlite_product, address, made.jurors[0])
    page.set_viewport_size({"width": width, "height": 844})
    for path in ("/judging", f"/judging/rounds/{made.round.id}"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    page.get_by_role("link", name=re.compile("开始评分")).click()
    page.wait_for_url("**/judging/reads/**")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.locator(".score-bar a").first.click()
    expect(page.locator("#score-title")).to_be_in_viewport()
    page.get_by_label("真实性加一档").click()
    page.get_by_label("真实性加一档").click()
    expect(page.get_by_label("真实性，0 到 100 分")).to_have_value("51")
    for name, value in (("实效性", "80"), ("创新性", "70"), ("示范性", "60")):
        page.get_by_label(f"{name}，0 到 100 分").fill(value)
    expect(page.locator("#bar-total")).to_have_text("65.25")
    page.locator(".score-bar a").last.click()
    at(page, "A02")
    assert marks(made)["A01"] == [Decimal(51), Decimal(80), Decimal(70), Decimal(60)]


def test_every_page_is_accessible_and_fits_a_phone(
    sqlite_product: Product, address: str, page: Page, tmp_path: Path
) -> None:
    """axe finds nothing serious in either theme, nothing is wider than 320 px, the console is silent."""
    made = assigned(sqlite_product.database, cases=4)
    score(made, {0: (90, 90, 90), 1: (80, 80, 80), 2: (70, 80, 90), 3: (80, 80, 80)})
    eyes = Eyes(page, tmp_path)
    read = made.read_of(made.jurors[0], made.entries[0].case_id)
    base = f"/organise/calls/{made.call.id}/judging"
    sign_in(page, sqlite_product, address, made.jurors[0])
    for name, path in (
        ("judging-invitations", "/judging"),
        ("judging-queue", f"/judging/rounds/{made.round.id}"),
        ("judging-read", f"/judging/reads/{read}"),
    ):
        _look(eyes, address, name, path)
    eyes.page.goto(f"{address}/judging/rounds/{made.round.id}/offline")
    eyes.look("judging-offline")
    eyes.look_narrow("judging-offline", width=320)
    page.context.clear_cookies()
    sign_in(page, sqlite_product, address, made.organiser)
    for name in ("", "/jury", "/conflicts", "/assignment", "/assignment/even", "/standings", "/prizes"):
        _look(eyes, address, f"judging-organiser{name.replace('/', '-')}", base + name)
    _look(eyes, address, "judging-results", f"/calls/{made.call.slug}/results")
    page.goto(address + base + "/assignment")
    page.locator("details.adjust > summary").first.click()
    eyes.look("judging-assignment-open")
    assert eyes.faults == []


def _look(eyes: Eyes, address: str, name: str, path: str) -> None:
    eyes.page.goto(address + path)
    eyes.look(name)
    eyes.look_narrow(name, width=320)
    eyes.page.context.add_cookies([{"name": "theme", "value": "dark", "url": address}])
    eyes.page.goto(address + path)
    eyes.look(f"{name}-dark")
    eyes.page.context.add_cookies([{"name": "theme", "value": "light", "url": address}])
