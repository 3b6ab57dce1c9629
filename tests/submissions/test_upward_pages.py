"""Pages of superiors and of the formal check, through a browser's client; the same by the API."""

import io
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from foundation.actor import Actor
from foundation.clock import FixedClock
from foundation.people import user
from judging.service import open_judging
from submissions import queries, service
from submissions.rules.lifecycle import Deed
from tests.submissions.factories import CLOSES, DURING, World, hand_in, start, submit, text, world
from tests.submissions.test_pages import sign_in, text_of
from tests.support.factories import make_call


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database, cases_per_unit=9, needs_recommendation=True)


def recommended(product: Any, here: World, *titles: str) -> list[str]:
    made = [hand_in(product.database, here.branch, here.call, title=title).case_id for title in titles]
    for case_id in made:
        with product.database.write(here.superior) as db:
            service.recommend_case(
                db, actor=here.superior, now=DURING, case_id=case_id, opinion="事实清楚，可推广"
            )
    return made


def order_of(page: Any) -> list[str]:
    return re.findall(r'data-entry="(\w+)"', page.text)


def test_the_list_is_put_in_order(visitor: Any, here: World, product: Any) -> None:
    one, two, three = recommended(product, here, "甲案", "乙案", "丙案")
    start(product.database, here.neighbour, here.call)
    sign_in(visitor, here.superior)
    overview = text_of(visitor.get("/recommendations"))
    assert ("收到 3 个案例" in overview, "已推荐 3 个" in overview) == (True, True)
    address = f"/recommendations/{here.call.id}"
    page = visitor.get(address)
    assert order_of(page) == [one, two, three]
    assert "草稿 1" in text_of(page)
    page = visitor.post(f"{address}/move/{three}", {"step": "up"})
    assert order_of(page) == [one, three, two]
    page = visitor.post(f"{address}/order", {"order": f"list:{two},{one},{three}"})
    assert order_of(page) == [two, one, three]
    page = visitor.post(f"{address}/order", {"order": f"list:{two}"})
    assert (page.status_code, "推荐名单刚刚有变化" in text_of(page)) == (409, True)
    sign_in(visitor, here.organiser)
    assert "第 2 位" in text_of(visitor.get(f"/organise/calls/{here.call.id}"))
    sign_in(visitor, here.branch)
    assert visitor.get(address).status_code == 403
    assert "第 2 位" not in text_of(visitor.get(f"/cases/{one}"))


def test_a_call_without_recommendation_stays_smooth(visitor: Any, product: Any, clock: FixedClock) -> None:
    clock.set(DURING)
    here = world(product.database)
    case_id = hand_in(product.database, here.branch, here.call).case_id
    sign_in(visitor, here.superior)
    assert "不要求上级推荐" in text_of(visitor.get("/recommendations"))
    page = text_of(visitor.get(f"/recommendations/{here.call.id}"))
    assert ("不要求上级推荐" in page, "缺盖章表" in page) == (True, False)
    assert visitor.get(f"/cases/{case_id}").status_code == 200
    assert visitor.get(f"/recommendations/{here.call.id}/forms").status_code == 404


def test_forms_on_paper_and_as_pdf(visitor: Any, here: World, product: Any) -> None:
    one, _two = recommended(product, here, "一本台账解开村里的老疙瘩", "第二件")
    sign_in(visitor, here.superior)
    with product.database.read() as db:
        version = queries.version(db, queries.case(db, one).version_id or "")
    page = visitor.get(f"/cases/{one}/recommendation")
    said = text_of(page)
    for words in (version.number, "青溪镇党委", "第 1 位，共 2 件", "事实清楚，可推广", "负责人签字"):
        assert words in said
    assert version.content_hash in said.replace(" ", "")
    assert "<svg" in page.text
    assert "style=" not in page.text.partition("<main")[2]
    for address, pages in (
        (f"/cases/{one}/recommendation.pdf", 1),
        (f"/recommendations/{here.call.id}/forms.pdf", 3),
    ):
        file = visitor.get(address)
        assert file.headers["content-type"] == "application/pdf"
        assert len(PdfReader(io.BytesIO(file.content)).pages) == pages
    for address in (f"/cases/{one}/recommendation", f"/recommendations/{here.call.id}/forms"):
        assert sign_in(visitor, here.branch).get(address).status_code == 403
    sign_in(visitor, here.other_superior)
    assert visitor.get(f"/cases/{one}/recommendation").status_code == 404
    assert visitor.get(f"/recommendations/{here.call.id}/forms").status_code == 404


def scan_of(visitor: Any, case_id: str) -> bytes:
    """The form's code as a scanner would give it: drawn from the page, put on a sheet, saved as PDF."""
    address = re.search(
        r'<svg[^>]*class="qr".*?</svg>', visitor.get(f"/cases/{case_id}/recommendation").text, re.S
    )
    assert address is not None
    drawn = _drawn(address[0])
    sheet = Image.new("L", (900, 1200), 250)
    sheet.paste(drawn, (80, 700))
    out = io.BytesIO()
    sheet.save(out, "PDF")
    return out.getvalue()


def _drawn(svg: str) -> Image.Image:
    """segno's path of horizontal strokes, as pixels."""
    strokes = re.findall(r' d="([^"]+)"', svg)[-1]  # the first path is the white ground
    side = re.search(r'viewBox="0 0 (\d+)', svg)
    assert side is not None
    picture = Image.new("L", (int(side[1]), int(side[1])), 255)
    x = y = 0.0
    for command, arguments in re.findall(r"([Mmh])([-\d. ]+)", strokes):
        numbers = [float(each) for each in re.findall(r"-?\d*\.?\d+", arguments)]
        if command == "M":
            x, y = numbers
        elif command == "m":
            x, y = x + numbers[0], y + numbers[1]
        else:
            for step in range(int(numbers[0])):
                picture.putpixel((int(x) + step, int(y)), 0)
            x += numbers[0]
    return picture.resize((picture.width * 5, picture.height * 5), Image.Resampling.NEAREST)


def bring(visitor: Any, case_id: str, content: bytes, name: str = "推荐表.pdf") -> Any:
    return visitor.post(f"/cases/{case_id}/scans", files={"scan": (name, content, "application/pdf")})


def test_the_stamped_scan_is_matched_by_its_code(visitor: Any, here: World, product: Any) -> None:
    one, two = recommended(product, here, "甲案", "乙案")
    sign_in(visitor, here.superior)
    scan = scan_of(visitor, one)
    assert "二维码与推荐的版本相符" in text_of(bring(visitor, one, scan))
    page = bring(visitor, two, scan)
    assert (page.status_code, "属于另一个案例" in text_of(page)) == (409, True)
    with product.database.write(here.branch) as db:
        service.save_draft(db, actor=here.branch, now=DURING, case_id=one, revision=2, text=text(title="新"))
    submit(product.database, here.branch, one, key="k2")
    said = text_of(visitor.get(f"/cases/{one}"))
    assert ("属于第 1 版，推荐需更新" in said, "贵单位推荐的是第 1 版" in said) == (True, True)
    assert "对第 1 版的推荐不再有效" in text_of(visitor.get(f"/recommendations/{here.call.id}"))
    link = re.search(rf"/cases/{one}/scans/\w+", visitor.get(f"/cases/{one}").text)
    assert link is not None
    assert sign_in(visitor, here.organiser).get(link[0]).content == scan
    assert sign_in(visitor, here.stranger).get(link[0]).status_code == 404


def test_a_scan_without_a_readable_code(visitor: Any, here: World, product: Any) -> None:
    (case_id,) = recommended(product, here, "甲案")
    sign_in(visitor, here.superior)
    blank = io.BytesIO()
    Image.new("L", (300, 400), 250).save(blank, "JPEG")
    page = bring(visitor, case_id, blank.getvalue(), "photo.jpg")
    assert (page.status_code, "没有读出二维码" in text_of(page)) == (422, True)
    kept = unescape(re.search(r'name="kept" value="([^"]+)"', page.text)[1])  # type: ignore[index]  # it is there
    page = visitor.post(f"/cases/{case_id}/scans", {"kept": kept, "hash_start": "00000000"})
    assert "与当前推荐的版本不符" in text_of(page)
    with product.database.read() as db:
        digest = queries.version(db, queries.case(db, case_id).version_id or "").content_hash
    page = visitor.post(f"/cases/{case_id}/scans", {"kept": kept, "hash_start": digest[:8]})
    assert "填写的校验值与推荐的版本相符" in text_of(page)
    assert visitor.post(f"/cases/{case_id}/scans", {"kept": kept[:-1] + "0"}).status_code == 409
    page = bring(visitor, case_id, b"text", "推荐表.txt")
    assert (page.status_code, "扫描件只能是 PDF 或照片" in text_of(page)) == (422, True)
    assert visitor.post(f"/cases/{case_id}/scans").status_code == 422


def test_a_comment_reaches_the_branch(visitor: Any, here: World, product: Any) -> None:
    case_id = hand_in(product.database, here.branch, here.call).case_id
    sign_in(visitor, here.superior)
    assert "请填写要告诉申报单位的话" in text_of(visitor.post(f"/cases/{case_id}/comment", {"comment": ""}))
    visitor.post(f"/cases/{case_id}/comment", {"comment": "请补充数据来源"})
    page = visitor.post(
        f"/cases/{case_id}/return", {"return_reason": "改", "return_due_at": "2026-05-01T10:00"}
    )
    assert "不能晚于征集截止时间" in text_of(page)
    visitor.post(f"/cases/{case_id}/return", {"return_reason": "改", "return_due_at": "2026-03-20T10:00"})
    said = text_of(sign_in(visitor, here.branch).get(f"/cases/{case_id}"))
    assert ("收到的意见： 请补充数据来源" in said, "请在 2026年3月20日 10:00" in said) == (True, True)


def check(visitor: Any, here: World, case_id: str, outcome: str, **fields: Any) -> Any:
    address = f"/organise/calls/{here.call.id}/check/{case_id}"
    return visitor.post(address, {"status": "submitted", "note": "", "outcome": outcome, **fields})


def test_one_case_after_the_other(visitor: Any, here: World, product: Any) -> None:
    cases = [hand_in(product.database, here.branch, here.call, title=f"案例{n}").case_id for n in "甲乙丙"]
    sign_in(visitor, here.organiser)
    first = visitor.get(f"/organise/calls/{here.call.id}/check")
    case_id = str(first.url).partition("/check/")[2].partition("?")[0]
    assert ("第 1 件，共 3 件" in text_of(first), case_id in cases) == (True, True)
    page = check(visitor, here, case_id, "reject", tick=["theme"], note="先看看")
    said = text_of(page)
    assert (page.status_code, "请写明不通过的理由" in said, "先看看" in said) == (422, True, True)
    assert re.search(r'value="theme" checked', page.text)
    page = check(visitor, here, case_id, "reject", reason_template="内容不属于本次征集的主题范围。")
    said = text_of(page)
    assert ("已判定不通过" in said, "第 1 件，共 2 件" in said, "撤销：形式审查不通过" in said) == (
        True,
        True,
        True,
    )
    page = check(visitor, here, case_id, "undo")
    assert ("已撤销上一个结论" in text_of(page), "第 1 件，共 3 件" in text_of(page)) == (True, True)
    page = check(visitor, here, case_id, "check", seen="an older version")
    assert (page.status_code, "又提交了新的版本" in text_of(page)) == (409, True)
    assert check(visitor, here, case_id, "nonsense").status_code == 422
    with product.database.write(here.organiser) as db:
        other = make_call(db)
    astray = f"/organise/calls/{other.id}/check/{case_id}"
    assert visitor.get(astray).status_code == 404
    assert visitor.post(astray, {"outcome": "check"}).status_code == 404
    for case in cases:
        page = check(visitor, here, case, "check")
    assert "没有等待审查的案例" in text_of(visitor.get(f"/organise/calls/{here.call.id}/check"))
    assert sign_in(visitor, here.superior).get(f"/organise/calls/{here.call.id}/check").status_code == 403


def test_undo_ends_when_judging_begins(visitor: Any, here: World, product: Any, clock: FixedClock) -> None:
    (case_id,) = recommended(product, here, "甲案")
    with product.database.write(here.organiser) as db:
        service.check_case(db, actor=here.organiser, now=DURING, case_id=case_id, outcome=Deed.CHECK)
    sign_in(visitor, here.organiser)
    address = f"/organise/calls/{here.call.id}/check/{case_id}"
    assert "撤销：形式审查通过" in text_of(visitor.get(address))
    clock.set(CLOSES + timedelta(days=1))
    sign_in(visitor, here.organiser)
    with product.database.write(here.organiser) as db:
        open_judging(db, actor=here.organiser, now=clock.now(), call_id=here.call.id)
    assert "撤销：" not in text_of(visitor.get(address))
    page = check(visitor, here, case_id, "undo")
    assert (page.status_code, "评审已经开始" in text_of(page)) == (409, True)


def test_many_at_once_are_shown_before(visitor: Any, here: World, product: Any) -> None:
    one, two, three = (
        hand_in(product.database, here.branch, here.call, title=f"案例{n}").case_id for n in "甲乙丙"
    )
    sign_in(visitor, here.organiser)
    check(visitor, here, three, "check")
    address = f"/organise/calls/{here.call.id}/bulk"
    page = visitor.get(address, params={"deed": "check", "case": [one, three]})
    said = text_of(page)
    assert ("将处理 1 个案例" in said, "1 个案例的状态不允许这样处理" in said) == (True, True)
    page = visitor.get(address, params={"deed": "return", "scope": "all", "status": "submitted"})
    assert "将处理 2 个案例" in text_of(page)
    chosen = re.findall(r'name="chosen" value="([^"]+)"', page.text)
    page = visitor.post(address, {"deed": "return", "chosen": chosen, "reason": ""})
    assert (page.status_code, "将处理 2 个案例" in text_of(page)) == (422, True)
    page = visitor.post(address, {"deed": "return", "chosen": [*chosen, "nothing:"], "reason": "请补充照片"})
    said = text_of(page)
    assert ("已退回 2 个案例" in said, "1 个案例没有处理" in said, "不属于这次征集" in said) == (
        True,
        True,
        True,
    )
    with product.database.read() as db:
        assert [queries.case(db, each).status.value for each in (one, two, three)] == [
            "returned",
            "returned",
            "checked",
        ]
    assert "没有选择案例" in text_of(visitor.get(address, params={"deed": "reject"}))
    assert sign_in(visitor, here.branch).get(address, params={"deed": "check"}).status_code == 403


def test_only_the_unfinished_are_written_to(visitor: Any, here: World, product: Any) -> None:
    hand_in(product.database, here.branch, here.call)
    start(product.database, here.neighbour, here.call)
    address = f"/organise/calls/{here.call.id}/remind"
    sign_in(visitor, here.organiser)
    said = text_of(visitor.get(address))
    assert ("将写给 1 个单位" in said, "下河村" in said, "上河村" in said) == (True, True, False)
    assert "已给 1 个单位发出提醒邮件" in text_of(visitor.post(address))
    page = visitor.post(address)
    assert (page.status_code, "24 小时之内已经提醒过" in text_of(page)) == (409, True)


def test_by_the_api(visitor: Any, here: World, product: Any) -> None:
    one, two = (hand_in(product.database, here.branch, here.call, title=t).case_id for t in "甲乙")

    def headers(actor: Actor) -> dict[str, str]:
        with product.database.read() as db:
            token: dict[str, str] = visitor.token(user(db, actor.user_id))
        return token

    superior, organiser, client = headers(here.superior), headers(here.organiser), visitor.client
    for case_id in (one, two):
        done = client.post(
            f"/api/v1/cases/{case_id}/recommendation", json={"opinion": "可推广"}, headers=superior
        )
        assert done.status_code == 200
    listed = f"/api/v1/calls/{here.call.id}/recommendations"
    ranked = client.put(listed, json={"case_ids": [two, one]}, headers=superior)
    assert [(each["case_id"], each["place"]) for each in ranked.json()] == [(two, 1), (one, 2)]
    assert client.get(listed, headers=organiser).json() == ranked.json()
    assert client.get(listed, headers=headers(here.branch)).status_code == 403
    found = client.get(f"/api/v1/cases/{one}/findings", headers=organiser).json()
    assert {each["key"] for each in found} >= {"length", "dates", "unit", "same_title", "near_text"}
    answer = client.post(
        f"/api/v1/calls/{here.call.id}/formal-check",
        json={"outcome": "check", "cases": [{"case_id": one}, {"case_id": "nothing"}]},
        headers=organiser,
    ).json()
    assert ([each["case_id"] for each in answer["left"]], len(answer["done"])) == (["nothing"], 1)
    single = f"/api/v1/cases/{one}/formal-check"
    assert client.post(single, json={"outcome": "undo"}, headers=organiser).json()["status"] == "submitted"
    returned = client.post(single, json={"outcome": "return", "reason": "改"}, headers=organiser)
    assert returned.json()["status"] == "returned"
    assert (
        client.post(single, json={"outcome": "return", "reason": "改"}, headers=superior).status_code == 403
    )
    assert client.post(single, json={"outcome": "maybe"}, headers=organiser).status_code == 422
