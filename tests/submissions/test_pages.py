"""The pages through a browser's client: every refusal is a sentence, with what was typed kept."""

import io
import re
from datetime import timedelta
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image
from sqlalchemy import text

from foundation.actor import Actor
from foundation.clock import FixedClock
from foundation.people import user
from submissions import queries, service
from tests.submissions import factories
from tests.submissions.factories import CLOSES, DURING, World, hand_in, start, world, write


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database)


def sign_in(visitor: Any, actor: Actor) -> Any:
    with visitor.product.database.read() as db:
        return visitor.sign_in(user(db, actor.user_id))


def text_of(page: Any) -> str:
    """What a page says, without its markup."""
    without = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", without)))


def value_of(page: Any, name: str) -> str:
    """What a field of the page holds."""
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', page.text, re.DOTALL)
    if area:
        return unescape(area[1])
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page.text)
    assert field is not None, name
    value = re.search(r'value="([^"]*)"', field[0])
    return unescape(value[1]) if value else ""


def draft_fields(**changes: str) -> dict[str, str]:
    fields = {
        "revision": "2",
        "title": "一本台账解开村里的老疙瘩",
        "category_key": "rural",
        "practice_from": "2025-05-01",
        "practice_to": "",
        "summary": "摘要",
        "body": factories.BODY,
        "authors-0-name": "李秀英",
        "authors-0-post": "支部书记",
    }
    return {**fields, **changes}


# --- public --------------------------------------------------------------------------------------------


def test_everybody_reads_the_calls(visitor: Any, here: World) -> None:
    page = visitor.get("/calls")
    assert (page.status_code, "全国党支部工作创新案例征集" in page.text) == (200, True)
    page = visitor.get(f"/calls/{here.call.slug}")
    said = text_of(page)
    for sentence in (
        "2026年3月31日 18:00（北京时间）",
        "流动党员",
        "真实性 25%",
        "一等奖 10 名",
        "登录后申报",
    ):
        assert sentence in said
    assert f'data-countdown="{CLOSES.isoformat()}"' in page.text


def test_an_unpublished_call_is_for_the_organiser_alone(
    visitor: Any, product: Any, clock: FixedClock
) -> None:
    here = world(product.database, published=False)
    assert visitor.get(f"/calls/{here.call.slug}").status_code == 404
    assert here.call.title not in visitor.get("/calls").text
    assert sign_in(visitor, here.organiser).get(f"/calls/{here.call.slug}").status_code == 200


def test_a_missing_call_looks_like_a_hidden_one(visitor: Any, product: Any) -> None:
    here = world(product.database, published=False)
    hidden, missing = visitor.get(f"/calls/{here.call.slug}"), visitor.get("/calls/no-such-call")
    assert hidden.status_code == missing.status_code == 404
    assert text_of(hidden).replace(here.call.slug, "") == text_of(missing).replace("no-such-call", "")


def test_the_dates_go_into_a_calendar(visitor: Any, here: World) -> None:
    page = visitor.get(f"/calls/{here.call.slug}/calendar.ics")
    assert page.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = page.text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert "DTSTART:20260301T000000Z" in lines
    assert "DTSTART:20260331T100000Z" in lines
    unfolded = page.text.replace("\r\n ", "")
    assert "SUMMARY:征集截止：全国党支部工作创新案例征集\r\n" in unfolded


def test_the_calls_are_a_feed(visitor: Any, here: World) -> None:
    page = visitor.get("/calls/feed.atom")
    assert page.headers["content-type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(page.content)
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert [each.text for each in root.findall("a:entry/a:title", names)] == [here.call.title]


# --- the organiser's form --------------------------------------------------------------------------------


def call_fields(**changes: Any) -> dict[str, Any]:
    fields = {
        "title": "2027 年征集",
        "slug": "2027",
        "notice_html": "<h2>一、内容</h2><p>写小写实</p>",
        "opens_at": "2027-01-01T00:00",
        "closes_at": "2027-02-01T00:00",
        "timezone": "Asia/Shanghai",
        "categories-0-name": "农村",
        "criteria-0-name": "真实性",
        "criteria-0-weight": "100",
        "criteria-0-highest": "100",
        "prizes-0-name": "一等奖",
        "prizes-0-quota": "3",
        "standing_rule": "mean",
        "words_lowest": "800",
        "words_highest": "3000",
        "pledge_text": "承诺属实",
    }
    return {**fields, **changes}


def test_a_call_from_the_template_to_the_public(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    form = visitor.get("/organise/calls/new/edit?from=standard")
    assert value_of(form, "categories-8-name") == "流动党员"
    assert (value_of(form, "slug"), value_of(form, "parts-3-name")) == ("2026-cases", "启示")
    page = visitor.post("/organise/calls/new/edit", call_fields())
    assert "征集活动已保存，尚未发布" in text_of(page)
    call_id = page.url.path.rsplit("/", 1)[-1]
    page = visitor.post(f"/organise/calls/{call_id}/publish")
    assert "征集活动已发布" in text_of(page)
    said = text_of(visitor.get("/calls/2027"))
    assert "2027年1月1日 00:00（北京时间）" in said
    assert "写小写实" in said


def test_what_is_wrong_with_a_call_is_said_and_the_input_kept(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    wrong = call_fields(title="", **{"criteria-0-weight": "90", "words_lowest": "很多"})
    page = visitor.post("/organise/calls/new/edit", wrong)
    assert page.status_code == 422
    assert "请填写整数" in text_of(page)
    assert value_of(page, "words_lowest") == "很多"
    page = visitor.post("/organise/calls/new/edit", {**wrong, "words_lowest": "800"})
    said = text_of(page)
    assert "请填写征集活动的标题。" in said
    assert "权重之和必须是 100%，现在是 90%。" in said
    assert value_of(page, "pledge_text") == "承诺属实"
    assert 'href="#criteria-0-weight"' in page.text
    assert 'id="criteria-0-weight"' in page.text


def test_rows_are_added_and_removed_without_script(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    page = visitor.post("/organise/calls/new/edit", call_fields(rows="categories+"))
    assert (page.status_code, value_of(page, "categories-0-name"), value_of(page, "categories-1-name")) == (
        200,
        "农村",
        "",
    )
    page = visitor.post(
        "/organise/calls/new/edit", call_fields(**{"categories-1-name": "社区", "rows": "categories-0"})
    )
    assert value_of(page, "categories-0-name") == "社区"
    assert 'name="categories-1-name"' not in page.text
    foreign = visitor.post("/organise/calls/new/edit", call_fields(rows="authors+"))
    assert foreign.status_code == 200  # rows of another form: nothing to add
    with visitor.product.database.read() as db:
        assert len(queries.calls(db)) == 1


def test_the_preview_reads_as_the_page_will(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    page = visitor.post("/organise/calls/preview", call_fields(notice_html="<p>好<script>x()</script></p>"))
    said = text_of(page)
    assert "2027 年征集" in said
    assert "2027年1月1日 00:00" in said
    assert "x()" not in page.text
    assert "一处填写无法识别" in text_of(visitor.post("/organise/calls/preview", call_fields(opens_at="?")))


def test_only_the_wording_changes_after_the_window_opened(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    address = f"/organise/calls/{here.call.id}/edit"
    page = visitor.get(address)
    assert 'name="closes_at"' not in page.text
    anew = call_fields(title="改了标题", revision=value_of(page, "revision"))
    page = visitor.post(address, anew)
    assert page.status_code == 422
    assert "请写明修改的理由" in text_of(page)
    assert value_of(page, "title") == "改了标题"
    page = visitor.post(address, {**anew, "change_reason": "标题写错了"})
    assert "修改已保存" in text_of(page)
    said = text_of(visitor.get(f"/calls/{here.call.slug}"))
    assert "变更记录" in said
    assert "理由：标题写错了" in said
    assert "改动前 全国党支部工作创新案例征集 改动后 改了标题" in said
    assert "理由：标题写错了" in visitor.get("/calls/feed.atom").text
    with visitor.product.database.read() as db:
        changed = queries.call(db, here.call.id)
    assert (changed.title, changed.rules, changed.closes_at) == ("改了标题", here.call.rules, CLOSES)


def test_two_organisers_do_not_overwrite_each_other(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    address = f"/organise/calls/{here.call.id}/edit"
    page = visitor.post(address, call_fields(title="旧页面里的标题", revision="0"))
    assert page.status_code == 409
    assert "已被其他人修改" in text_of(page)
    assert value_of(page, "title") == "旧页面里的标题"


def test_an_extension_is_granted_and_on_record(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    address = f"/organise/calls/{here.call.id}/extend"
    page = visitor.post(address, {"extension_closes_at": "2026-04-02T18:00", "extension_reason": ""})
    assert "请写明延长的理由" in text_of(page)
    page = visitor.post(
        address,
        {
            "extension_unit": here.branch.unit_id or "",
            "extension_closes_at": "2026-04-02T18:00",
            "extension_reason": "汛期停电",
        },
    )
    assert "青溪镇上河村党支部 至 2026年4月2日 18:00" in text_of(page)
    said = text_of(sign_in(visitor, here.branch).get(f"/calls/{here.call.slug}"))
    assert "2026年4月2日 18:00（北京时间）" in said
    assert "2026年4月2日" not in text_of(sign_in(visitor, here.neighbour).get(f"/calls/{here.call.slug}"))


@pytest.mark.parametrize("who", ["branch", "superior", "juror"])
def test_the_organisers_pages_are_for_organisers(visitor: Any, here: World, who: str) -> None:
    sign_in(visitor, getattr(here, who))
    for page in (
        visitor.get("/organise"),
        visitor.get(f"/organise/calls/{here.call.id}"),
        visitor.get(f"/organise/calls/{here.call.id}/cases.csv"),
        visitor.post("/organise/calls/new/edit", call_fields()),
        visitor.post(f"/organise/calls/{here.call.id}/extend", {}),
    ):
        assert page.status_code == 403
        assert "只有组织单位的工作人员可以管理征集活动" in text_of(page)


def test_the_list_can_be_taken_along_as_csv(visitor: Any, here: World, product: Any) -> None:
    hand_in(product.database, here.branch, here.call, title='=危险("公式")')
    sign_in(visitor, here.organiser)
    page = visitor.get(f"/organise/calls/{here.call.id}/cases.csv")
    assert page.headers["content-type"].startswith("text/csv")
    assert '"\'=危险(""公式"")"' in page.text


# --- writing ---------------------------------------------------------------------------------------------


def test_a_case_from_the_call_to_the_receipt(visitor: Any, here: World, product: Any) -> None:
    sign_in(visitor, here.branch)
    page = visitor.post(f"/calls/{here.call.slug}/start")
    assert page.url.path.endswith("/edit")
    case = page.url.path.removesuffix("/edit")
    page = visitor.post(f"{case}/edit", draft_fields(revision="1", then="check"))
    assert page.url.path == f"{case}/check"
    key = value_of(page, "key")
    page = visitor.post(f"{case}/submit", {"key": key, "pledge": "yes", "pledge_name": "张建国"})
    assert "提交成功" in text_of(page)
    assert "2026年3月10日 16:00:00（北京时间）" in text_of(page)
    again = visitor.post(f"{case}/submit", {"key": key, "pledge": "yes", "pledge_name": "张建国"})
    assert again.url.path == page.url.path
    with product.database.read() as db:
        assert len(queries.entries(db, here.call.id)) == 1
    assert product.worker.run_once() >= 1


def test_a_draft_may_be_unfinished(visitor: Any, here: World, product: Any) -> None:
    case_id = start(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    page = visitor.post(f"/cases/{case_id}/edit", {"revision": "1", "title": "只有题目", "then": "stay"})
    assert "已保存" in text_of(page)
    said = text_of(visitor.get(f"/cases/{case_id}/check"))
    assert "提交前还有 5 处需要修改" in said


def test_a_text_of_nothing_but_tags_is_not_taken(visitor: Any, here: World, product: Any) -> None:
    case_id = write(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    page = visitor.post(f"/cases/{case_id}/edit", draft_fields(body="<p>" * 20_001))
    assert page.status_code == 422
    assert "正文的格式标记超过 20000 个，没有保存。" in text_of(page)


def test_the_check_page_links_each_lack_to_its_field(visitor: Any, here: World, product: Any) -> None:
    case_id = start(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    check = visitor.get(f"/cases/{case_id}/check")
    edit = visitor.get(f"/cases/{case_id}/edit")
    links = re.findall(rf'href="/cases/{case_id}/edit#([^"]+)"', check.text)
    assert links == ["title", "category_key", "authors-0-name", "practice_from", "summary", "body"]
    assert [f'id="{each}"' in edit.text for each in links] == [True] * 6


def refused_submit(visitor: Any, case_id: str, **fields: str) -> tuple[int, str]:
    page = visitor.post(
        f"/cases/{case_id}/submit", {"key": "k", "pledge": "yes", "pledge_name": "张建国", **fields}
    )
    return page.status_code, text_of(page)


def test_refused_without_the_pledge(visitor: Any, here: World, product: Any) -> None:
    case_id = write(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    page = visitor.post(f"/cases/{case_id}/submit", {"key": "k7", "pledge_name": "张建国的名字"})
    assert page.status_code == 422
    assert "请阅读并勾选真实性承诺，未作承诺的案例不能提交。" in text_of(page)
    assert (value_of(page, "pledge_name"), value_of(page, "key")) == ("张建国的名字", "k7")
    assert 'href="#pledge"' in page.text


def test_what_changed_after_the_check_is_not_handed_in_unseen(
    visitor: Any, here: World, product: Any
) -> None:
    """A colleague saves while the check page is open: the pledge was for what was on it."""
    case_id = write(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    checked = visitor.get(f"/cases/{case_id}/check")
    with product.database.write(here.colleague) as db:
        service.save_draft(
            db,
            actor=here.colleague,
            now=DURING,
            case_id=case_id,
            revision=2,
            text=factories.text(title="另一个标题"),
        )
    pledge = {"key": "k8", "pledge": "true", "pledge_name": "张建国"}
    refused = visitor.post(f"/cases/{case_id}/submit", {**pledge, "seen": value_of(checked, "seen")})
    assert refused.status_code == 409
    assert "您核对之后，这份草稿又被修改过" in text_of(refused)
    assert "另一个标题" in text_of(refused)
    again = visitor.post(f"/cases/{case_id}/submit", {**pledge, "seen": value_of(refused, "seen")})
    assert again.status_code == 200
    assert "另一个标题" in text_of(again)


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (CLOSES + timedelta(seconds=6), "征集已于 2026年3月31日 18:00（北京时间） 截止，不能再提交。"),
        (
            factories.OPENS - timedelta(seconds=1),
            "征集将于 2026年3月1日 08:00（北京时间） 开始，届时才能提交。",
        ),
    ],
)
def test_refused_outside_the_window(
    visitor: Any, here: World, product: Any, clock: FixedClock, at: Any, sentence: str
) -> None:
    case_id = write(product.database, here.branch, here.call)
    clock.set(at)
    sign_in(visitor, here.branch)
    status, said = refused_submit(visitor, case_id)
    assert status == 409
    assert sentence in said


def test_refused_too_short_and_too_long(visitor: Any, here: World, product: Any) -> None:
    short = write(product.database, here.branch, here.call, body_html="<p>太短了</p>")
    long = write(product.database, here.branch, here.call, title="题" * 61)
    sign_in(visitor, here.branch)
    assert "正文至少要 800 字，现在是 3 字。" in refused_submit(visitor, short)[1]
    assert "案例标题不能超过 60 个字，现在是 61 个字。" in refused_submit(visitor, long)[1]


def test_refused_in_an_unknown_category(visitor: Any, here: World, product: Any) -> None:
    case_id = write(product.database, here.branch, here.call, category_key="moon")
    sign_in(visitor, here.branch)
    assert "本次征集没有所选的类别，请重新选择。" in refused_submit(visitor, case_id)[1]


def test_refused_beyond_the_units_limit(visitor: Any, product: Any, clock: FixedClock) -> None:
    clock.set(DURING)
    here = world(product.database, cases_per_unit=1)
    hand_in(product.database, here.branch, here.call)
    case_id = write(product.database, here.branch, here.call, title="第二个")
    sign_in(visitor, here.branch)
    assert "每个单位最多提交 1 个案例，贵单位已提交 1 个。" in refused_submit(visitor, case_id)[1]


def test_refused_in_the_wrong_role(visitor: Any, here: World, product: Any) -> None:
    receipt = hand_in(product.database, here.branch, here.call)
    for who in (here.organiser, here.superior):
        sign_in(visitor, who)
        status, said = refused_submit(visitor, receipt.case_id)
        assert (status, "只有申报单位的申报人可以修改、提交或撤回这个案例" in said) == (403, True)
    sign_in(visitor, here.juror)
    assert visitor.post(f"/calls/{here.call.slug}/start").status_code == 403


def test_a_conflict_keeps_what_was_typed(visitor: Any, here: World, product: Any) -> None:
    case_id = write(product.database, here.branch, here.call)
    with product.database.write(here.colleague) as db:
        service.save_draft(
            db,
            actor=here.colleague,
            now=DURING,
            case_id=case_id,
            revision=2,
            text=factories.text(title="周明的题目"),
        )
    sign_in(visitor, here.branch)
    page = visitor.post(f"/cases/{case_id}/edit", draft_fields(title="李秀英的题目", summary="她的摘要"))
    assert page.status_code == 409
    assert "周明 在您编辑期间保存过这份草稿" in text_of(page)
    assert (value_of(page, "title"), value_of(page, "summary")) == ("李秀英的题目", "她的摘要")
    page = visitor.post(
        f"/cases/{case_id}/edit", draft_fields(title="李秀英的题目", revision=value_of(page, "revision"))
    )
    assert "已保存" in text_of(page)


def test_without_a_session_the_form_leads_to_the_sign_in(visitor: Any, here: World, product: Any) -> None:
    case_id = write(product.database, here.branch, here.call)
    for address in ("/cases", f"/cases/{case_id}", f"/cases/{case_id}/edit", "/organise", "/recommendations"):
        assert "/sign-in" in str(visitor.get(address).url)


# --- files -----------------------------------------------------------------------------------------------


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return out.getvalue()


def test_photos_are_drawn_anew_and_served_from_the_case(visitor: Any, here: World, product: Any) -> None:
    case_id = start(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    page = visitor.post(
        f"/cases/{case_id}/files", files=[("file", ("现场.JPG", jpeg())), ("file", ("表.pdf", b"%PDF-1.7"))]
    )
    assert "文件已上传" in text_of(page)
    with product.database.read() as db:
        photo, paper = queries.attachments(db, case_id)
    assert (photo.name, photo.media_type, photo.width, paper.name) == ("现场.jpg", "image/jpeg", 60, "表.pdf")
    shown = visitor.get(f"/cases/{case_id}/files/{photo.id}")
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["content-disposition"].startswith("inline")
    sent = visitor.get(f"/cases/{case_id}/files/{paper.id}")
    assert sent.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in sent.headers["content-security-policy"]
    for other in (here.neighbour, here.organiser, here.juror):
        sign_in(visitor, other)
        assert visitor.get(f"/cases/{case_id}/files/{photo.id}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("工具.exe", b"MZ", "不能上传“工具.exe”这种文件。"),
        ("网页.html", b"<script>", "不能上传“网页.html”这种文件。"),
        ("空.pdf", b"", "文件“空.pdf”是空的"),
        ("假.pdf", b"MZ\x90", "文件“假.pdf”的内容与扩展名不符"),
        ("坏.jpg", b"nonsense", "照片“坏.jpg”："),
    ],
)
def test_files_that_are_not_taken(
    visitor: Any, here: World, product: Any, name: str, content: bytes, sentence: str
) -> None:
    case_id = start(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    page = visitor.post(f"/cases/{case_id}/files", files={"file": (name, content)})
    assert page.status_code in (409, 422)
    assert sentence in text_of(page)


def test_a_form_without_a_file(visitor: Any, here: World, product: Any) -> None:
    case_id = start(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    assert "请先选择要上传的文件。" in text_of(visitor.post(f"/cases/{case_id}/files"))
    assert "请先选择一个 Word 文件" in text_of(visitor.post(f"/cases/{case_id}/word"))


def test_captions_order_and_removal_by_buttons(visitor: Any, here: World, product: Any) -> None:
    case_id = start(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    visitor.post(
        f"/cases/{case_id}/files", files=[("file", ("1.pdf", b"%PDF-")), ("file", ("2.pdf", b"%PDF-"))]
    )

    def files() -> list[Any]:
        with product.database.read() as db:
            return [*queries.attachments(db, case_id)]

    first, second = files()
    address = f"/cases/{case_id}/files"
    visitor.post(f"{address}/{first.id}", {"do": "caption", f"caption-{first.id}": "证明"})
    visitor.post(f"{address}/{second.id}", {"do": "up"})
    assert [(each.name, each.caption) for each in files()] == [("2.pdf", ""), ("1.pdf", "证明")]
    visitor.post(f"{address}/{second.id}", {"do": "remove"})
    assert [each.name for each in files()] == ["1.pdf"]
    page = visitor.post(f"{address}/{first.id}", {"do": "caption", f"caption-{first.id}": "长" * 201})
    assert "说明文字不能超过 200 个字，现在是 201 个字。" in text_of(page)


# --- a Word file -------------------------------------------------------------------------------------------


def test_a_text_file_fills_the_draft_after_a_look(visitor: Any, here: World, product: Any) -> None:
    case_id = start(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    body = "夜校直播间\n\n一、背景\n村里年轻人都在外地。\n\n二、做法\n每周四晚上线上见面。\n"
    page = visitor.post(f"/cases/{case_id}/word", files={"word": ("案例.txt", body.encode())})
    assert page.status_code == 200
    assert "核对识别结果" in text_of(page)
    with product.database.read() as db:
        assert queries.draft(db, case_id).text.body_html == ""
    accept = {"word_token": value_of(page, "word_token"), "revision": value_of(page, "revision")}
    page = visitor.post(f"/cases/{case_id}/word/accept", accept)
    assert "Word 文件的内容已填入草稿" in text_of(page)
    with product.database.read() as db:
        text = queries.draft(db, case_id).text
    assert text.title == "夜校直播间"
    assert "每周四晚上线上见面。" in text.body_html


def test_what_is_not_a_word_file(visitor: Any, here: World, product: Any) -> None:
    case_id = start(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    page = visitor.post(f"/cases/{case_id}/word", files={"word": ("案例.docx", jpeg())})
    assert page.status_code == 409
    assert "err-sum" in page.text
    page = visitor.post(f"/cases/{case_id}/word/accept", {"word_token": "ab.cd.ef"})
    assert "预览已失效，请重新上传 Word 文件。" in text_of(page)


# --- deciding ----------------------------------------------------------------------------------------------


def test_the_superior_recommends_within_its_quota(visitor: Any, product: Any, clock: FixedClock) -> None:
    clock.set(DURING)
    here = world(product.database, recommendations_per_unit=1)
    one = hand_in(product.database, here.branch, here.call)
    two = hand_in(product.database, here.neighbour, here.call)
    foreign = hand_in(product.database, here.stranger, here.call)
    sign_in(visitor, here.superior)
    said = text_of(visitor.get("/recommendations"))
    assert "已推荐 0 个，名额 1 个" in said
    assert "东城街道" not in said
    page = visitor.post(f"/cases/{one.case_id}/recommend", {"opinion": ""})
    assert "请填写推荐意见。" in text_of(page)
    assert "已推荐" in text_of(visitor.post(f"/cases/{one.case_id}/recommend", {"opinion": "可推广"}))
    page = visitor.post(f"/cases/{two.case_id}/recommend", {"opinion": "也不错"})
    assert "贵单位最多推荐 1 个案例，名额已用完" in text_of(page)
    assert value_of(page, "opinion") == "也不错"
    assert visitor.get(f"/cases/{foreign.case_id}").status_code == 404
    assert "推荐已撤销" in text_of(visitor.post(f"/cases/{one.case_id}/unrecommend"))


def test_a_returned_case_comes_back_as_a_new_version(visitor: Any, here: World, product: Any) -> None:
    receipt = hand_in(product.database, here.branch, here.call)
    sign_in(visitor, here.superior)
    page = visitor.post(f"/cases/{receipt.case_id}/return", {"return_reason": ""})
    assert "请写明退回的理由" in text_of(page)
    visitor.post(f"/cases/{receipt.case_id}/return", {"return_reason": "补充数据来源"})
    sign_in(visitor, here.branch)
    assert "补充数据来源" in text_of(visitor.get(f"/cases/{receipt.case_id}"))
    visitor.post(f"/cases/{receipt.case_id}/edit", draft_fields(title="补充后的题目", then="stay"))
    status, said = refused_submit(visitor, receipt.case_id, key="second")
    assert (status, "第 2 版" in said) == (200, True)


def test_the_formal_check(visitor: Any, here: World, product: Any) -> None:
    receipt = hand_in(product.database, here.branch, here.call)
    address = f"/cases/{receipt.case_id}/formal-check"
    sign_in(visitor, here.organiser)
    assert "请写明不通过的理由" in text_of(visitor.post(address, {"outcome": "reject"}))
    assert "请选择审查结论" in text_of(visitor.post(address, {"outcome": "discard"}))
    visitor.post(address, {"outcome": "reject", "check_reason": "不在征集范围"})
    assert "不在征集范围" in text_of(sign_in(visitor, here.branch).get(f"/cases/{receipt.case_id}"))
    sign_in(visitor, here.organiser)
    visitor.post(address, {"outcome": "reopen"})
    assert "审查通过" in text_of(visitor.post(address, {"outcome": "check"}))
    sign_in(visitor, here.superior)
    assert visitor.post(address, {"outcome": "check"}).status_code == 403


def test_withdrawing_and_discarding(visitor: Any, here: World, product: Any, clock: FixedClock) -> None:
    receipt = hand_in(product.database, here.branch, here.call)
    other = start(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    address = f"/cases/{receipt.case_id}"
    assert "请写明撤回的理由" in text_of(visitor.post(f"{address}/withdraw", {"withdraw_reason": ""}))
    assert "已撤回" in text_of(visitor.post(f"{address}/withdraw", {"withdraw_reason": "数据待核"}))
    assert "提交过的案例不能删除" in text_of(visitor.post(f"{address}/discard"))
    assert "草稿已删除" in text_of(visitor.post(f"/cases/{other}/discard"))


def test_a_late_arrival_waits_for_the_organiser(
    visitor: Any, here: World, product: Any, clock: FixedClock
) -> None:
    case_id = write(product.database, here.branch, here.call)
    clock.set(CLOSES + timedelta(seconds=2))
    sign_in(visitor, here.branch)
    assert "已暂存，等待裁定" in refused_submit(visitor, case_id)[1]
    sign_in(visitor, here.organiser)
    assert "迟到待裁定" in text_of(visitor.get(f"/organise/calls/{here.call.id}"))
    page = visitor.post(f"/cases/{case_id}/late", {"late_reason": "网络拥堵"})
    assert "请选择接收或不接收。" in text_of(page)  # nothing said is no refusal
    page = visitor.post(f"/cases/{case_id}/late", {"ruling": "accept", "late_reason": ""})
    assert "请写明裁定的理由" in text_of(page)
    page = visitor.post(f"/cases/{case_id}/late", {"ruling": "accept", "late_reason": "网络拥堵"})
    assert "迟到的版本已裁定接收" in text_of(page)


def test_a_receipt_can_be_verified_by_anybody(visitor: Any, here: World, product: Any) -> None:
    receipt = hand_in(product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    page = visitor.get(f"/cases/{receipt.case_id}/receipt")
    code = re.search(r'id="code">([0-9a-f]{32})<', page.text)
    assert code is not None
    visitor.client.cookies.clear()
    said = text_of(visitor.get(f"/receipts/verify?number={receipt.number}&code={code[1]}"))
    assert "回执属实" in said
    assert "老疙瘩" not in said
    with product.database.write() as db:  # its title may be worded anew, and receipts stay what they are
        db.execute(text("UPDATE call SET title = '征集活动（更正）' WHERE id = :id"), {"id": here.call.id})
    again = text_of(visitor.get(f"/receipts/verify?number={receipt.number}&code={code[1]}"))
    assert "回执属实" in again
    for number, wrong in ((receipt.number, code[1][:15]), (receipt.number, "0" * 32), ("2026-X-1", code[1])):
        assert "编号与核验码不符" in text_of(visitor.get(f"/receipts/verify?number={number}&code={wrong}"))


# --- what nobody may learn ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["branch", "superior", "juror", "stranger"])
def test_a_strangers_draft_changes_nothing_in_my_pages(
    visitor: Any, here: World, product: Any, who: str
) -> None:
    """Two worlds that differ in a secret must look the same: status, headers and bytes."""
    hand_in(product.database, here.branch, here.call)
    sign_in(visitor, getattr(here, who))
    addresses = [
        "/",
        "/calls",
        f"/calls/{here.call.slug}",
        "/cases",
        "/recommendations",
        "/api/v1/calls",
        "/api/v1/cases",
        f"/api/v1/calls/{here.call.id}/cases",
    ]

    def seen() -> list[tuple[int, bytes]]:
        pages = [visitor.get(each) for each in addresses]
        return [(page.status_code, page.content) for page in pages]

    before = seen()
    secret = start(product.database, here.neighbour, here.call)
    with product.database.write(here.neighbour) as db:
        service.save_draft(
            db, actor=here.neighbour, now=DURING, case_id=secret, revision=1, text=factories.text()
        )
    assert seen() == before
    missing = [visitor.get(f"/cases/{each}{end}") for each in (secret, "0" * 16) for end in ("", "/edit")]
    assert {page.status_code for page in missing} == {404}
