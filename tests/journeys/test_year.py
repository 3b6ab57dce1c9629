"""A whole award year in a real browser, in Chinese, as each of those who take part.

Set EXEMPLAR_SCREENSHOTS to a folder to keep the pictures.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, expect

from foundation.actor import Role
from foundation.clock import FixedClock
from foundation.people import User
from tests.support.factories import make_unit, make_user
from tests.support.persona import PASSWORD, Persona, give_password
from webapp.wiring import Product

WINDOW = ("2026-03-02T09:00", "2026-03-20T18:00")  # Beijing time, as typed
INSIDE = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
AFTER = datetime(2026, 3, 20, 10, 10, tzinfo=UTC)
TITLES = ("屋场会：把话筒交给群众", "云上组织生活室：流动党员不断线")
JURORS = (
    ("juror1@example.org", "钱评委"),
    ("juror2@example.org", "孙评委"),
    ("juror3@example.org", "吴评委"),
)
MARKS = (("85908075", "70727470"), ("88868482", "75757575"), ("90878583", "80706578"))
"""What each juror types on the first and on the second case: four marks of two digits each."""

WORD_CASE = (
    ("Heading 1", "一、背景"),
    (
        None,
        "村里外出务工的党员有四十三名，支部大会常常凑不齐人，学习材料送不到手上，流动党员成了断线的风筝。",
    ),
    ("Heading 1", "二、做法"),
    (
        None,
        "支部建起云上组织生活室，每月十五日晚八点开会，外地党员用手机接入，发言、表决、签到都有记录。",
    ),
    ("List Bullet", "一人一册：每名流动党员有一本电子联系册，由一名在村党员结对。"),
    ("List Bullet", "一月一会：组织生活按时开，缺席的在三天内补学并写下心得。"),
    (None, "返乡时，流动党员认领村里的实事，两年里修了三段水渠，办了七场就业说明会，带回十二个岗位。"),
    ("Heading 1", "三、成效"),
    (None, "流动党员参加组织生活的比例由百分之三十一提高到百分之九十四，党费按月收齐，没有一人失联。"),
)


@pytest.fixture
def year(product: Product, served: str, browser: Browser, tmp_path: Path) -> Iterator["Year"]:
    walked = Year(product, served, browser, tmp_path / "screenshots")
    yield walked
    walked.close()


class Year:
    """Those who take part, made when first asked for."""

    def __init__(self, product: Product, address: str, browser: Browser, folder: Path) -> None:
        self.product = product
        self._address, self._browser, self._folder = address, browser, folder
        self._personas: dict[str, Persona] = {}

    def person(self, email: str) -> Persona:
        """Somebody who has just signed in."""
        return self.newcomer(email).enter()

    def newcomer(self, email: str) -> Persona:
        """Somebody at the site who has not signed in."""
        if email not in self._personas:
            self._personas[email] = Persona(self._browser, self._address, email, self._folder)
        return self._personas[email]

    def account(self, email: str, name: str, *roles: Role, unit: str = "") -> User:
        with self.product.database.write() as db:
            at = make_unit(db, unit, category_key="mobile") if unit else None
            user = make_user(db, *roles, name=name, email=email, unit=at, now=self.product.clock.now())
        give_password(self.product, user)
        return user

    @property
    def faults(self) -> list[str]:
        return [fault for persona in self._personas.values() for fault in persona.eyes.faults]

    def close(self) -> None:
        for persona in self._personas.values():
            persona.close()


def word_file(folder: Path) -> Path:
    """A case as a branch writes it in Word."""
    document = docx.Document()
    document.add_heading(TITLES[1], 0)
    for style, text in WORD_CASE:
        document.add_paragraph(text, style=style)
    table = document.add_table(rows=2, cols=3, style="Table Grid")
    for cell, text in zip(table._cells, ("年份", "应到", "实到", "2025", "43", "40"), strict=True):
        cell.text = text
    path = folder / "云上组织生活室.docx"
    document.save(str(path))
    return path


def test_a_year(year: Year, clock: FixedClock, tmp_path: Path) -> None:
    organiser = _first_run(year)
    _create_call(organiser)
    clock.set(INSIDE)
    number = _write_by_hand(year)
    assert re.fullmatch(r"2026-\w+-1", number)
    _hand_in_a_word_file(year, word_file(tmp_path))
    clock.set(AFTER)
    judging = _open_judging(year)
    for email, _name in JURORS:
        _accept(year, email)
    _assign_evenly(organiser, judging)
    for (email, _name), keys in zip(JURORS, MARKS, strict=True):
        _score_by_keyboard(year, email, keys)
    _decide(organiser, judging)
    while year.product.worker.run_once():
        pass
    _find_in_the_library(year)
    book = _compile(year, tmp_path)
    assert [text for text in TITLES if text in book] == list(TITLES)
    assert year.faults == []


def _first_run(year: Year) -> Persona:
    """The first person becomes administrator and organiser, and opens accounts for others."""
    organiser = year.newcomer("organiser@example.org")
    organiser.go("/")
    organiser.eyes.look("01-setup")
    page = organiser.page
    page.get_by_label("姓名").fill("周组织")
    page.get_by_label("邮箱").fill("organiser@example.org")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输入一次密码").fill(PASSWORD)
    organiser.press("建立账号并登录")
    organiser.says("周组织，您好")
    organiser.eyes.look("02-home-organiser")
    organiser.go("/admin/units")
    page.get_by_label("单位全称").fill("青山县委组织部")
    organiser.press("添加", exact=True)
    organiser.says("已添加单位")
    organiser.eyes.look("03-units")
    return organiser


def _create_call(organiser: Persona) -> None:
    """From the standard template: dates, a lower word limit, publish; the public page is there."""
    page = organiser.page
    organiser.go("/organise")
    organiser.eyes.look("04-organise-empty")
    organiser.go("/organise/calls/new")
    organiser.eyes.look("05-call-template")
    organiser.press("标准模板")
    page.get_by_label("标题", exact=True).fill("2026 年度党支部创新案例征集")
    page.get_by_label("主题").fill("党建引领基层治理")
    assert page.get_by_label("网址名称").input_value() == "2026-cases"
    page.get_by_label("开始时间").fill(WINDOW[0])
    page.get_by_label("截止时间").fill(WINDOW[1])
    organiser.press("全部展开")
    page.get_by_label("正文最少字数").fill("100")
    for _row in range(4):  # the year's cases are told without the four parts
        page.locator("button[value='parts-0']").click()
        page.locator(f"#parts-{3 - _row}-name").wait_for(state="detached")
    page.get_by_label("版权条款").fill("")
    page.get_by_label("每个案例的评阅人数").fill("3")
    page.get_by_label("获奖名单公示几个工作日").fill("")  # awards are final as soon as they are decided
    for row in ("0", "1"):
        page.locator(f"#prizes-{row}-quota").fill("1")
    page.locator("#preview").get_by_text("党建引领基层治理").wait_for()
    organiser.eyes.look("06-call-form")
    organiser.press("保存", exact=True)
    organiser.says("征集活动已保存，尚未发布")
    page.locator("summary", has_text="发布").click()
    organiser.press("确定发布")
    organiser.says("征集活动已发布")
    organiser.eyes.look("07-call-watch")
    organiser.go("/calls/2026-cases")
    organiser.eyes.look("08-call-public")
    organiser.eyes.look_narrow("08-call-public")


def _write_by_hand(year: Year) -> str:
    """A branch writes in the editor, is told what is missing, submits and gets a receipt."""
    year.account("branch@example.org", "李秀兰", Role.SUBMITTER, unit="青山县云岭村党支部")
    branch = year.person("branch@example.org")
    page = branch.page
    branch.eyes.look("10-home-branch")
    branch.go("/calls/2026-cases")
    branch.press("新建案例")
    page.get_by_label("案例标题").fill(TITLES[0])
    page.locator(".jodit-wysiwyg").click()
    page.keyboard.type("村里的事怎么办，屋场会上大家说。支部每季度到一个院落开屋场会，党员不坐主席台。")
    page.locator("#saved", has_text="自动保存").wait_for()
    branch.eyes.look("11-edit")
    branch.press("检查并提交")
    branch.says("提交前还有")
    branch.eyes.look("12-check-missing")
    branch.go(page.url.replace("/check", "/edit"))
    assert page.get_by_label("案例标题").input_value() == TITLES[0]
    page.get_by_label("类别").select_option(label="农村")
    page.get_by_label("实践开始日期").fill("2025-03-01")
    page.get_by_label("内容摘要").fill("每季度一次屋场会，群众点题，支部答题，办结情况张榜公布。")
    page.get_by_label("姓名").first.fill("李秀兰")
    page.get_by_label("单位职务").first.fill("云岭村党支部书记")
    page.locator(".jodit-wysiwyg").click()
    page.keyboard.press("Control+End")
    for _ in range(3):
        page.keyboard.press("Enter")
        page.keyboard.insert_text(
            "会前由党员入户收集议题，会上逐条商量，会后七天内张榜答复，办不了的说明原因，群众可以追问。"
        )
    page.locator("#saved", has_text="自动保存").wait_for()
    branch.eyes.look_narrow("13-edit")
    branch.press("检查并提交")
    page.get_by_label("我已阅读并作出以上承诺").check()
    branch.eyes.look("14-check")
    branch.press("提交案例")
    branch.says("提交成功")
    branch.eyes.look("15-receipt")
    branch.eyes.look_narrow("15-receipt")
    return page.locator(".receipt-number strong").inner_text()


def _hand_in_a_word_file(year: Year, word: Path) -> None:
    """Another branch uploads a Word file and completes what the file does not say."""
    year.account("word@example.org", "赵建国", Role.SUBMITTER, unit="青山县流动党员党支部")
    branch = year.person("word@example.org")
    page = branch.page
    branch.go("/calls/2026-cases")
    branch.press("新建案例")
    branch.press("上传 Word 文件自动填入")
    page.locator("#word").set_input_files(word)
    branch.press("上传并查看识别结果")
    branch.says("核对识别结果")
    branch.eyes.look("20-word-preview")
    branch.press("填入草稿")
    page.get_by_label("类别").select_option(label="流动党员")
    page.get_by_label("实践开始日期").fill("2024-01-01")
    page.get_by_label("内容摘要").fill("用云上组织生活室把外出党员连在一起。")
    page.get_by_label("姓名").first.fill("赵建国")
    page.get_by_label("单位职务").first.fill("流动党员党支部书记")
    branch.press("检查并提交")
    page.get_by_label("我已阅读并作出以上承诺").check()
    branch.press("提交案例")
    branch.says("提交成功")


def _open_judging(year: Year) -> str:
    """After the deadline the organiser opens the judging and invites three jurors; returns its address."""
    for email, name in JURORS:
        year.account(email, name, Role.JUROR)
    organiser = year.person("organiser@example.org")
    organiser.eyes.look("30-home-organiser")
    organiser.go("/organise")
    organiser.press("2026 年度党支部创新案例征集")
    organiser.press("评审", exact=True)
    organiser.eyes.look("31-judging-open")
    organiser.press("开始评审")
    organiser.says("下一步：邀请评委")
    organiser.press("从评委库选择")
    for _email, name in JURORS:
        organiser.page.get_by_label(name).check()
    organiser.press("核对名单")
    organiser.press("发出邀请")
    organiser.says("已邀请 3 位评委")
    organiser.eyes.look("32-jury")
    return organiser.page.url.removesuffix("/jury")


def _accept(year: Year, email: str) -> None:
    """A juror finds the invitation, pledges and accepts."""
    juror = year.person(email)
    juror.says("邀请您担任评委")
    juror.go("/judging")
    juror.eyes.look("33-invitation")
    juror.page.get_by_label("我已阅读并同意以上承诺").check()
    juror.press("接受邀请")
    juror.says("谢谢您接受邀请")


def _assign_evenly(organiser: Persona, judging: str) -> None:
    """One button, looked at before it acts."""
    organiser.go(f"{judging}/assignment")
    organiser.press("平均分配…")
    organiser.says("全部要求都能满足")
    organiser.eyes.look("34-even")
    organiser.press("按此分配")
    organiser.says("钱评委")
    organiser.eyes.look("35-assignment")
    organiser.go(judging)
    organiser.eyes.look("36-progress")


def _score_by_keyboard(year: Year, email: str, marks: tuple[str, ...]) -> None:
    """A juror types the marks of each case, goes on by keyboard, hands all in."""
    juror = year.person(email)
    page = juror.page
    juror.go("/judging")
    juror.press("2026 年度党支部创新案例征集")
    is_first = email == JURORS[0][0]  # the pages of the others are the same
    if is_first:
        juror.eyes.look("40-queue")
    juror.press("评分：")
    for place, keys in enumerate(marks):
        page.locator("#score").wait_for()
        page.wait_for_load_state()  # the keys are listened to
        assert "云岭村" not in page.locator("#case").inner_text()
        here = page.url
        page.keyboard.type(keys, delay=30)
        expect(page.locator("#total")).not_to_have_text("—")
        if is_first and place == 0:
            juror.eyes.look("41-read")
            juror.eyes.look_narrow("41-read")
            page.keyboard.press("?")
            page.get_by_text("写给作者的评语；按 Esc 回到打分").wait_for()
            page.keyboard.press("Escape")
        page.keyboard.press("Control+Enter")
        expect(page).not_to_have_url(here)
    juror.go("/judging")
    juror.press("2026 年度党支部创新案例征集")
    page.locator("summary", has_text="提交已评完的 2 份").click()
    juror.press("确定提交 2 份")
    juror.says("已评完 2 份，其中已提交 2 份")


def _decide(organiser: Persona, judging: str) -> None:
    """The organiser looks at the standings, closes, checks the prizes and decides."""
    organiser.enter().eyes.look("50-home-organiser")
    organiser.go(f"{judging}/standings")
    organiser.eyes.look("51-standings")
    organiser.go(judging)
    organiser.page.locator("summary", has_text="结束评审").click()
    organiser.press("确定结束评审")
    organiser.go(f"{judging}/prizes")
    organiser.eyes.look("52-prizes")
    organiser.press("核对后评定…")
    organiser.says("确认评定 2 个奖项")
    organiser.eyes.look("53-confirm")
    organiser.press("确认评定 2 个奖项")
    organiser.says("待公示的评定")
    organiser.eyes.look("53-notice")
    organiser.press("公布结果")
    organiser.go("/calls/2026-cases/results")
    for title in TITLES:
        organiser.says(title)
    organiser.eyes.look("54-results")
    organiser.eyes.look_narrow("54-results")


def _find_in_the_library(year: Year) -> None:
    """A trainer finds the case by simplified and by traditional characters, and reads it."""
    year.account("trainer@example.org", "郑老师", Role.TRAINER)
    trainer = year.person("trainer@example.org")
    page = trainer.page
    trainer.eyes.look("60-home-trainer")
    for words in ("流动党员 断线", "流動黨員 斷線", "党费"):
        trainer.go("/library")
        page.locator("#q").fill(words)
        page.locator("#results mark").first.wait_for()
        page.locator("#results").get_by_role("link", name=re.compile("云上组织生活室")).first.wait_for()
    trainer.eyes.look("61-library")
    trainer.eyes.look_narrow("61-library")
    page.locator("#results").get_by_role("link", name=re.compile("云上组织生活室")).first.click()
    trainer.says("一人一册")
    trainer.eyes.look("62-case")
    trainer.eyes.look_narrow("62-case", width=320)


def _compile(year: Year, folder: Path) -> str:
    """An editor opens an edition, moves an entry, builds the book and downloads it; returns its text."""
    year.account("editor@example.org", "冯编辑", Role.EDITOR)
    editor = year.person("editor@example.org")
    page = editor.page
    editor.go("/editions")
    editor.eyes.look("70-editions")
    editor.press("建立选编")
    editor.says("第 1 章")
    editor.eyes.look("71-edition")
    editor.eyes.look_narrow("71-edition")
    editor.press(TITLES[0])
    editor.eyes.look("72-manuscript")
    page.go_back()
    editor.press("校样与付印")
    for name in ("印刷用 PDF", "阅读用 PDF", "电子书（EPUB）", "单篇 Word（压缩包）"):
        page.get_by_label(name).uncheck()
    editor.press("开始生成")
    while year.product.worker.run_once():
        pass
    download_link = page.locator("#build-1").get_by_role("link", name="Word 文件")
    page.reload()
    download_link.wait_for()
    editor.eyes.look("73-built")
    with page.expect_download() as waiting:
        download_link.click()
    path = folder / "book.docx"
    waiting.value.save_as(path)
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
