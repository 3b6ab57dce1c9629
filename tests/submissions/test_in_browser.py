"""The editor in a real browser: nothing that was typed is lost, nobody is overwritten, twice is once."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page

from foundation.actor import Actor
from foundation.clock import FixedClock
from foundation.people import user
from submissions import queries
from submissions.values import DraftView
from tests.submissions.factories import DURING, World, start, world, write
from webapp.accounts import service as accounts

SAVED = "#saved[data-state=saved]"
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>'
    '<h1 class=MsoNormal style="mso-outline-level:1">一、背景</h1>'
    '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><![if !supportLists]>'
    '<span style="mso-list:Ignore">1.</span><![endif]>建立台账</p>'
    '<p class=MsoListParagraph style="mso-list:l0 level2 lfo1"><![if !supportLists]>'
    '<span style="mso-list:Ignore">a)</span><![endif]>逐户登记</p>'
    '<p class=MsoNormal><span style="font-family:宋体;color:red">当月<b>办结</b><o:p></o:p></span></p>'
    "</body></html>"
)


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
    page.close()
    again.context.set_offline(False)
    again.goto(f"{served}/cases/{case_id}/edit")
    again.wait_for_selector(SAVED)
    assert "已恢复这台电脑上" in again.inner_text("#local-copy")
    assert draft_of(case_id).text.summary == "断网时写的摘要"


def test_two_editors_choose_what_stays(
    product: Any, here: World, served: str, page: Page, browser: Browser, draft_of: Callable[[str], DraftView]
) -> None:
    case_id = write(product.database, here.branch, here.call)
    sign_in(product, page.context, served, here.branch)
    page.goto(f"{served}/cases/{case_id}/edit")
    other = browser.new_context(locale="zh-CN")
    sign_in(product, other, served, here.colleague)
    theirs = other.new_page()
    theirs.goto(f"{served}/cases/{case_id}/edit")
    theirs.fill("#title", "周明的题目")
    theirs.wait_for_selector(SAVED)
    page.fill("#title", "李秀英的题目")
    page.wait_for_selector("#clash[open]")
    assert "周明" in page.inner_text("[data-clash-text]")
    assert page.inner_text("[data-clash-fields] ins").strip() == "李秀英的题目"
    assert draft_of(case_id).text.title == "周明的题目"
    page.click("[data-clash-mine]")
    page.wait_for_selector(SAVED)
    assert draft_of(case_id).text.title == "李秀英的题目"
    other.close()


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


def test_a_paste_from_word_keeps_its_structure(
    product: Any, here: World, served: str, page: Page, draft_of: Callable[[str], DraftView]
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
        WORD,
    )
    page.wait_for_selector(SAVED)
    assert draft_of(case_id).text.body_html == (
        "<h2>一、背景</h2><ol><li>建立台账<ol><li>逐户登记</li></ol></li></ol><p>当月<strong>办结</strong></p>"
    )


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
    ):
        page.goto(served + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
