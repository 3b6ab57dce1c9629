"""The editor in a real browser: nothing that was typed is lost, nobody is overwritten, twice is once."""

import hashlib
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, expect

from foundation.actor import Actor
from foundation.clock import FixedClock
from foundation.people import user
from submissions import queries, service
from submissions.values import DraftView
from tests.submissions import clipboards
from tests.submissions.factories import (
    DURING,
    World,
    start,
    stored_photo,
    submit,
    text,
    world,
    write,
)
from tests.support.eyes import AXE
from webapp.accounts import service as accounts

SAVED = "#saved[data-state=saved]"


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def draft_of(product: Any, here: World) -> Callable[[str], DraftView]:
    """The working copy as the server has it."""

    def read(case_id: str) -> DraftView:
        with product.database.read(here.branch) as db:
            return queries.draft(db, case_id)

    return read


def sign_in(product: Any, context: BrowserContext, served: str, actor: Actor) -> None:
    with product.database.write() as db:
        token = accounts.start_session(
            db, user=user(db, actor.user_id), now=DURING, browser="tests", address="127.0.0.1"
        )
    context.add_cookies([{"name": accounts.cookie_name(False), "value": token, "url": served}])


def axe(page: Page) -> list[str]:
    """Ids of what axe-core finds wrong with the page as it is."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        "async () => (await axe.run({resultTypes: ['violations']})).violations.map(one => one.id)"
    )
    return found


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return out.getvalue()


def test_what_is_typed_is_saved_by_itself(
    product: Any, here: World, served: str, page: Page, draft_of: Callable[[str], DraftView]
) -> None:
    case_id = start(product.database, here.branch, here.call)
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/edit")
    page.fill("#title", "夜校直播间")
    page.click("[data-add-row]")
    page.fill("#authors-2-name", "李秀英")
    page.click(".jodit-wysiwyg")
    page.keyboard.type("化解矛盾 23 件")
    page.wait_for_selector(SAVED)
    saved = draft_of(case_id)
    assert (saved.text.title, saved.text.body_html) == ("夜校直播间", "<p>化解矛盾 23 件</p>")
    assert [each.name for each in saved.text.authors] == ["李秀英"]
    assert page.inner_text("#words").startswith("6 字")
    assert "自动保存" in page.inner_text("#saved")


def test_the_page_counts_as_the_server_does(product: Any, here: World, served: str, page: Page) -> None:
    body = (
        "<h2>一、背景</h2><p>台账 Excel<br>第 2 版</p><ol><li>建立<ol><li>登记</li></ol></li></ol>"
        "<table><tbody><tr><th>指标</th><th>2024</th></tr><tr><td>92%</td><td>97%</td></tr></tbody></table>"
        "<blockquote><p>it's done</p></blockquote>"
    )
    case_id = write(product.database, here.branch, here.call, body_html=body)
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/edit")
    with product.database.read() as db:
        words = queries.draft(db, case_id).word_count
    page.wait_for_selector(".jodit-wysiwyg")
    assert page.inner_text("#words").split(" ")[0] == str(words)


def test_a_button_pressed_while_a_save_is_under_way(
    product: Any, here: World, served: str, page: Page, draft_of: Callable[[str], DraftView]
) -> None:
    case_id = write(product.database, here.branch, here.call)
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/edit")
    page.fill("#title", "先自动保存")
    page.wait_for_selector("#saved[data-state=saving], #saved[data-state=saved]")
    page.fill("#title", "再按按钮")
    page.keyboard.press("Control+s")
    page.click("button[name=then][value=check]")
    page.wait_for_url("**/check")
    assert draft_of(case_id).text.title == "再按按钮"


def test_a_lost_connection_loses_nothing(
    product: Any, here: World, served: str, page: Page, draft_of: Callable[[str], DraftView]
) -> None:
    case_id = write(product.database, here.branch, here.call)
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/edit")
    page.context.set_offline(True)
    page.fill("#title", "断网时写的题目")
    page.wait_for_selector("#saved[data-state=offline]")
    page.context.set_offline(False)
    page.wait_for_selector(SAVED)
    assert draft_of(case_id).text.title == "断网时写的题目"
    page.context.set_offline(True)
    page.fill("#summary", "断网时写的摘要")
    page.wait_for_selector("#saved[data-state=offline]")
    again = page.context.new_page()  # the browser was closed and the page opened again
    page.wait_for_timeout(500)  # what the page keeps has left its process: closing here is a kill
    page.close()
    again.context.set_offline(False)
    again.goto(f"{served}/cases/{case_id}/edit")
    again.wait_for_selector(SAVED)
    assert "已恢复这台电脑上" in again.inner_text("#local-copy")
    assert draft_of(case_id).text.summary == "断网时写的摘要"


@pytest.fixture
def colleague(product: Any, here: World, served: str, browser: Browser) -> Iterator[Page]:
    """Another browser, of somebody of the same unit."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    sign_in(product, context, served, here.colleague)
    yield context.new_page()
    context.close()


def test_two_editors_see_each_other_and_choose_what_stays(
    product: Any,
    here: World,
    served: str,
    page: Page,
    colleague: Page,
    draft_of: Callable[[str], DraftView],
) -> None:
    case_id = write(product.database, here.branch, here.call)
    sign_in(product, page.context, served, here.branch)
    colleague.goto(f"{served}/cases/{case_id}/edit")
    colleague.wait_for_selector(".jodit-wysiwyg")
    page.goto(f"{served}/cases/{case_id}/edit")
    page.wait_for_selector("#together:not([hidden])")
    assert page.inner_text("#together").startswith("周明 也在编辑")
    colleague.fill("#title", "周明的题目")
    colleague.wait_for_selector(SAVED)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # the next report, without waiting
    page.wait_for_selector("#news:not([hidden])")
    assert "周明" in page.inner_text("#news")
    assert axe(page) == []
    page.fill("#title", "李秀英的题目")
    page.wait_for_selector("#clash[open]")
    assert "周明" in page.inner_text("[data-clash-text]")
    assert page.inner_text("[data-field=title] mark >> nth=0") == "李秀英"
    assert draft_of(case_id).text.title == "周明的题目"
    assert axe(page) == []
    page.keyboard.press("Escape")  # to think about it: nothing is saved meanwhile
    page.fill("#summary", "想一想")
    assert draft_of(case_id).text.title == "周明的题目"
    page.click("#clash-open")
    page.click("[data-clash-apply]")
    page.wait_for_selector(SAVED)
    assert draft_of(case_id).text.title == "李秀英的题目"
    assert draft_of(case_id).text.summary == "想一想"


def test_a_button_that_meets_another_save_overwrites_nothing(
    product: Any, here: World, served: str, page: Page, draft_of: Callable[[str], DraftView]
) -> None:
    case_id = write(product.database, here.branch, here.call)
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/edit")
    page.wait_for_selector(".jodit-wysiwyg")
    with product.database.write(here.colleague) as db:
        theirs = text(summary="周明写的摘要")
        service.save_draft(db, actor=here.colleague, now=DURING, case_id=case_id, revision=2, text=theirs)
    page.route("**/api/v1/cases/*/draft", lambda route: route.abort())  # only the button gets through
    page.fill("#title", "李秀英的题目")
    with page.expect_navigation():
        page.click(".savebar button[value=stay]")
    assert draft_of(case_id).text.summary == "周明写的摘要"
    page.unroute("**/api/v1/cases/*/draft")
    page.keyboard.press("Control+s")
    page.wait_for_selector("#clash[open]")
    page.check("[data-field=title] input[value=mine]")
    page.check("[data-field=summary] input[value=theirs]")
    page.click("[data-clash-apply]")
    page.wait_for_selector(SAVED)
    saved = draft_of(case_id).text
    assert (saved.title, saved.summary) == ("李秀英的题目", "周明写的摘要")


def test_after_a_lost_connection_both_peoples_work_comes_together(
    product: Any,
    here: World,
    served: str,
    page: Page,
    colleague: Page,
    draft_of: Callable[[str], DraftView],
) -> None:
    body = "<p>第一段写背景。</p><p>第二段写做法。</p>"
    case_id = write(product.database, here.branch, here.call, body_html=body)
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/edit")
    page.wait_for_selector(".jodit-wysiwyg")
    page.context.set_offline(True)
    page.click(".jodit-wysiwyg p >> nth=0")
    page.keyboard.press("End")
    page.keyboard.type("断网时补充。")
    page.wait_for_selector("#saved[data-state=offline]")
    colleague.goto(f"{served}/cases/{case_id}/edit")
    colleague.fill("#title", "周明改的题目")
    colleague.click(".jodit-wysiwyg p >> nth=1")
    colleague.keyboard.press("End")
    colleague.keyboard.type("周明补充。")
    colleague.wait_for_selector(SAVED)
    page.context.set_offline(False)
    page.wait_for_selector("#clash[open]")
    page.click("[data-clash-apply]")
    page.wait_for_selector(SAVED)
    merged = draft_of(case_id).text
    assert merged.title == "周明改的题目"
    assert merged.body_html == "<p>第一段写背景。断网时补充。</p><p>第二段写做法。周明补充。</p>"


def test_a_lost_reply_is_no_conflict_with_oneself(
    product: Any, here: World, served: str, page: Page, draft_of: Callable[[str], DraftView]
) -> None:
    case_id = write(product.database, here.branch, here.call)
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/edit")
    lost: list[str] = []

    def lose_the_first_reply(route: Route) -> None:
        if route.request.method == "PUT" and not lost:
            lost.append(route.request.url)
            route.fetch()  # the server has it
            route.abort()  # the browser never learns
        else:
            route.continue_()

    page.route("**/draft", lose_the_first_reply)
    page.fill("#title", "回音丢了")
    page.wait_for_selector("#saved[data-state=offline]")
    page.fill("#title", "回音丢了之后又改")
    page.wait_for_selector(SAVED)
    assert page.query_selector("#clash[open]") is None
    assert draft_of(case_id).text.title == "回音丢了之后又改"


def test_a_file_goes_on_where_the_connection_broke(
    product: Any, here: World, served: str, page: Page, draft_of: Callable[[str], DraftView]
) -> None:
    case_id = start(product.database, here.branch, here.call)
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/edit")
    offsets: list[str] = []

    def break_the_second_piece(route: Route) -> None:
        offsets.append(route.request.headers.get("upload-offset", ""))
        if len(offsets) == 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/uploads/*", break_the_second_piece)
    whole = b"%PDF-1.7" + bytes(2_500_000)
    page.set_input_files("#file", {"name": "台账.pdf", "mimeType": "application/pdf", "buffer": whole})
    page.wait_for_selector("#file-list .upload-row")
    (attached,) = draft_of(case_id).attachments
    assert (attached.name, attached.size) == ("台账.pdf", len(whole))
    assert attached.sha256 == hashlib.sha256(whole).hexdigest()
    piece = 2 * 1024 * 1024
    assert offsets == ["0", str(piece), "", str(piece)]  # "": it asked how far it had come


def test_files_are_ordered_by_dragging_and_by_buttons(
    product: Any, here: World, served: str, page: Page, draft_of: Callable[[str], DraftView]
) -> None:
    case_id = start(product.database, here.branch, here.call)
    with product.database.write(here.branch) as db:
        for name in ("甲.jpg", "乙.jpg", "丙.jpg"):
            service.attach_file(
                db, actor=here.branch, now=DURING, case_id=case_id, file=stored_photo(name, "说明")
            )
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/edit")

    def names() -> list[str]:
        return [each.name for each in draft_of(case_id).attachments]

    page.locator("#file-list .grip").nth(2).scroll_into_view_if_needed()
    with page.expect_response("**/files/order"):
        page.drag_and_drop(
            "#file-list .upload-row:nth-child(3) .grip",
            "#file-list .upload-row:nth-child(1)",
            target_position={"x": 30, "y": 4},
        )
    assert names() == ["丙.jpg", "甲.jpg", "乙.jpg"]
    expect(page.get_by_label("上移“丙.jpg”")).to_be_disabled()  # the list is drawn anew: it stands first
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        page.get_by_label("下移“丙.jpg”").press("Enter")
    assert names() == ["甲.jpg", "丙.jpg", "乙.jpg"]


def test_the_whole_path_on_a_telephone_by_keyboard_alone(
    product: Any, here: World, served: str, page: Page, draft_of: Callable[[str], DraftView]
) -> None:
    case_id = write(product.database, here.branch, here.call, title="", practice_to=None)
    sign_in(product, page.context, served, here.branch)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{served}/cases/{case_id}/edit")

    def tab_to(selector: str) -> None:
        for _step in range(90):
            page.keyboard.press("Tab")
            if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"the keyboard does not reach {selector}")

    tab_to("#title")
    page.keyboard.type("键盘写的题目")
    tab_to(".jodit-wysiwyg")
    page.wait_for_function("document.querySelector('.jodit-wysiwyg').contains(getSelection().anchorNode)")
    page.keyboard.press("Control+End")
    page.keyboard.type("键盘写的话。")
    tab_to("button[name=then][value=check]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check")
    saved = draft_of(case_id).text
    assert (saved.title, "键盘写的话。" in saved.body_html) == ("键盘写的题目", True)
    tab_to("#pledge")
    page.keyboard.press("Space")
    tab_to("form[action$='/submit'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".receipt-number")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(page) == []


def test_files_go_up_with_a_reason_when_they_cannot(
    product: Any, here: World, served: str, page: Page, draft_of: Callable[[str], DraftView]
) -> None:
    case_id = start(product.database, here.branch, here.call)
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/edit")
    chosen: list[FilePayload] = [
        {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": jpeg()},
        {"name": "工具.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"},
    ]
    page.set_input_files("#file", chosen)
    page.wait_for_selector("#uploading .emsg")
    assert "不能上传“工具.exe”这种文件" in page.inner_text("#uploading")
    page.wait_for_selector("#file-list .upload-row")
    assert [each.name for each in draft_of(case_id).attachments] == ["现场.jpg"]
    page.click("[data-insert]")
    page.wait_for_selector(SAVED)
    assert f'src="attachment:{draft_of(case_id).attachments[0].id}"' in draft_of(case_id).text.body_html


@pytest.mark.parametrize("source", ["WORD", "WORD_2019", "WPS"])
def test_a_paste_from_word_keeps_its_structure(
    product: Any,
    here: World,
    served: str,
    page: Page,
    draft_of: Callable[[str], DraftView],
    source: str,
) -> None:
    case_id = start(product.database, here.branch, here.call)
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/edit")
    page.click(".jodit-wysiwyg")
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.querySelector(".jodit-wysiwyg").dispatchEvent(paste);
        }""",
        getattr(clipboards, source),
    )
    page.wait_for_selector(SAVED)
    assert draft_of(case_id).text.body_html == getattr(clipboards, f"{source}_READ")


def test_a_double_click_hands_in_once_and_back_changes_nothing(
    product: Any, here: World, served: str, page: Page
) -> None:
    case_id = write(product.database, here.branch, here.call)
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/check")
    page.check("#pledge")
    page.dblclick("text=提交案例")
    page.wait_for_selector(".receipt-number")
    number = page.inner_text(".receipt-number strong")
    page.go_back()
    page.check("#pledge")
    page.click("form[action$='/submit'] button")
    page.wait_for_selector(".receipt-number")
    assert page.inner_text(".receipt-number strong") == number
    with product.database.read() as db:
        assert [each.ordinal for each in queries.versions(db, case_id)] == [1]


def test_a_call_is_seen_while_it_is_typed(product: Any, here: World, served: str, page: Page) -> None:
    sign_in(product, page.context, served, here.organiser)
    page.goto(f"{served}/organise/calls/new/edit?from=standard")
    page.fill("#title", "2027 年征集")
    page.click(".jodit-wysiwyg")
    page.keyboard.type("请各单位踊跃参加。")
    page.wait_for_selector("#preview >> text=2027 年征集")
    page.wait_for_selector("#preview >> text=请各单位踊跃参加。")
    page.click("#part-categories > summary")
    page.click("button[value='categories+']")
    page.wait_for_selector("#categories-9-name")
    page.fill("#categories-9-name", "两新组织")
    page.wait_for_selector("#preview >> text=两新组织")
    page.click("button[value='categories-0']")
    page.wait_for_selector("#categories-9-name", state="detached")
    assert page.input_value("#categories-0-name") == "社区"
    assert page.input_value("#title") == "2027 年征集"
    assert page.url.endswith("/organise/calls/new/edit?from=standard")


@pytest.mark.parametrize("width", [320, 390, 1366])
def test_no_page_is_wider_than_the_screen(
    product: Any, here: World, served: str, page: Page, width: int
) -> None:
    case_id = write(product.database, here.branch, here.call)
    submit(product.database, here.branch, case_id)
    with product.database.write(here.branch) as db:
        other = text(title="一本台账解开村里的新疙瘩")
        service.save_draft(db, actor=here.branch, now=DURING, case_id=case_id, revision=2, text=other)
    submit(product.database, here.branch, case_id, key="k2")
    sign_in(product, page.context, served, here.branch)
    page.set_viewport_size({"width": width, "height": 800})
    for address in (
        "/calls",
        f"/calls/{here.call.slug}",
        "/cases",
        f"/cases/{case_id}",
        f"/cases/{case_id}/edit",
        f"/cases/{case_id}/check",
        f"/cases/{case_id}/word",
        f"/cases/{case_id}/compare",
        f"/cases/{case_id}/receipt",
    ):
        page.goto(served + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        if address.endswith(("compare", "receipt")):
            assert axe(page) == [], address
