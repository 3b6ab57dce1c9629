"""The public notice and objections through their pages, and in a browser from objection to revocation."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from foundation import people
from foundation.actor import Actor, Role
from foundation.clock import FixedClock
from foundation.people import actor_of, unit
from judging import queries
from judging.values import LineState
from tests.judging.test_notices import WITHIN, Court, published
from tests.support.eyes import Eyes
from tests.support.factories import make_user
from tests.support.serving import serving
from tests.support.web import Visitor
from webapp.accounts import service as accounts
from webapp.wiring import Product

PDF = b"%PDF-1.4 evidence"


def at(product: Product, court: Court) -> None:
    assert isinstance(product.clock, FixedClock)
    product.clock.set(WITHIN)


def visitor(product: Product, actor: Actor) -> Visitor:
    with product.database.read() as db:
        return Visitor(product).sign_in(people.user(db, actor.user_id))


def said(page: str) -> str:
    found = re.search(r"data-flash>.*?<div>(.*?)</div>", page, re.S)
    return found.group(1) if found else ""


@pytest.fixture
def court(sqlite_product: Product) -> Court:
    found = published(sqlite_product.database)
    at(sqlite_product, found)
    return found


def desk(court: Court) -> str:
    return f"/organise/calls/{court.made.call.id}/judging/notice"


def objected(product: Product, court: Court, **more: str) -> str:
    """A stranger objects; returns the page that answers."""
    stranger = Visitor(product)
    form = {
        "line_id": court.line(0),
        "name": "赵实名",
        "email": "zhao@example.org",
        "matter": "受益户数与台账不符。",
        **more,
    }
    path = f"/calls/{court.made.call.slug}/notice"
    return stranger.post(path, form, files=[("files", ("台账.pdf", PDF, "application/pdf"))]).text


def test_a_stranger_objects_by_name_and_confirms_by_the_letter(sqlite_product: Product, court: Court) -> None:
    anonymous = objected(sqlite_product, court, name="匿名")
    assert "异议须实名提出" in anonymous
    assert "受益户数与台账不符。</textarea>" in anonymous  # what was typed is kept
    sent = objected(sqlite_product, court)
    assert "还差一步：确认邮箱" in sent
    assert court.notices()[0].objections == 0
    (letter,) = court.letters("zhao@example.org")
    path = re.findall(r"/objections/link/\S+", letter)[0]
    stranger = Visitor(sqlite_product)
    assert "确认异议" in stranger.get(path).text
    done = stranger.post(path)
    assert "异议已受理" in said(done.text)
    assert "台账.pdf" in done.text
    public = Visitor(sqlite_product).get(f"/calls/{court.made.call.slug}/notice").text
    assert "收到实名异议 1 件" in public
    assert "赵实名" not in public
    assert stranger.get("/objections/link/another").status_code == 404


def test_the_organiser_asks_the_unit_and_the_unit_answers(sqlite_product: Product, court: Court) -> None:
    with sqlite_product.database.write() as db:
        trainer = make_user(db, Role.TRAINER, name="孙异议")
        home = unit(db, court.made.entries[0].unit_id)
        writer = make_user(db, Role.SUBMITTER, unit=home, name="写作人")
    made = court.object(actor=actor_of(trainer))
    organiser = visitor(sqlite_product, court.made.organiser)
    page = f"{desk(court)}/objections/{made.id}"
    shown = organiser.get(page).text
    assert "孙异议" in shown
    refused = organiser.post(f"{page}/ask", {"matter": "孙异议说户数不符", "due_on": "2026-12-31"})
    assert refused.status_code == 422
    assert "不能出现异议人的信息：孙异议" in refused.text
    asked = organiser.post(f"{page}/ask", {"matter": "有人说户数不符", "due_on": "2026-12-31"})
    assert said(asked.text) == "已请案例所属单位作出说明。"
    author = Visitor(sqlite_product).sign_in(writer)
    link = re.findall(r"/objections/statements/\w+", author.get("/").text)[0]
    question = author.get(link).text
    assert "有人说户数不符" in question
    assert "孙异议" not in question
    given = author.post(link, {"words": "台账附后"}, files=[("files", ("台账.pdf", PDF, "application/pdf"))])
    assert said(given.text) == "说明已提交给组织单位。"
    answered = organiser.get(page).text
    assert "台账附后" in answered
    file = re.findall(r"/objections/files/\w+", answered)[0]
    assert organiser.get(file).content == PDF
    assert Visitor(sqlite_product).sign_in(trainer).get(file).status_code == 404
    assert Visitor(sqlite_product).sign_in(trainer).get(link).status_code == 404
    assert visitor(sqlite_product, court.made.jurors[0]).get(page).status_code == 403


def test_a_revoked_place_is_filled_through_the_page(sqlite_product: Product, court: Court) -> None:
    first = visitor(sqlite_product, court.made.organiser)
    second = visitor(sqlite_product, court.second)
    path = f"{desk(court)}/lines/{court.line(0)}/revoke"
    assert first.post(path, {f"reason-{court.line(0)}": ""}).status_code == 422
    proposed = first.post(path, {f"reason-{court.line(0)}": "材料不实"})
    assert "您提出的意见，要由另一位组织工作人员复核。" in proposed.text
    ruling = re.findall(r"/notice/rulings/\w+", second.get(desk(court)).text)[0].rpartition("/")[2]
    assert first.post(f"{desk(court)}/rulings/{ruling}", {"confirm": "yes"}).status_code == 403
    confirmed = second.post(f"{desk(court)}/rulings/{ruling}", {"confirm": "yes"})
    assert said(confirmed.text) == "裁定已生效。"
    fields = dict(re.findall(r'name="(fill-\w+)" value="(\w+)"', confirmed.text))
    assert fields == {f"fill-{court.case(1)}": "first", f"fill-{court.case(3)}": "second"}
    assert first.post(f"{desk(court)}/fill", {**fields, "fill_reason": ""}).status_code == 422
    filled = first.post(f"{desk(court)}/fill", {**fields, "fill_reason": "按排名递补"})
    decision = re.findall(r'name="decision_id" value="(\w+)"', filled.text)[0]
    done = first.post(f"{desk(court)}/publish", {"decision_id": decision, "days": "2"})
    assert said(done.text) == "公示已发布。"
    public = Visitor(sqlite_product).get(f"/calls/{court.made.call.slug}/notice").text
    assert "递补公示" in public
    assert '<s class="title">' in public


def test_programs_publish_and_read_notices(sqlite_product: Product, court: Court) -> None:
    with sqlite_product.database.write() as db:
        user = people.user(db, court.made.organiser.user_id)
    who = Visitor(sqlite_product)
    headers = who.token(user)
    path = f"/api/v1/calls/{court.made.call.id}/judging/notice"
    assert who.client.post(f"{path}/publish", json={}, headers=headers).status_code == 409
    (notice,) = Visitor(sqlite_product).client.get(f"/api/v1/calls/{court.made.call.slug}/notices").json()
    assert (notice["days"], notice["final_at"], len(notice["lines"])) == (5, None, 3)
    base = f"/api/v1/calls/{court.made.call.id}/judging"
    assert who.client.get(f"{base}/objections", headers=headers).json() == []
    wish = {"line_id": notice["lines"][0]["id"], "outcome": "revoked", "reason": "材料不实"}
    proposed = who.client.post(f"{base}/rulings", json=wish, headers=headers)
    assert (proposed.status_code, proposed.json()["state"]) == (201, "proposed")
    own = f"{base}/rulings/{proposed.json()['id']}/answer"
    assert who.client.post(own, json={"confirm": True}, headers=headers).status_code == 403
    with sqlite_product.database.write() as db:
        second = people.user(db, court.second.user_id)
    answered = who.client.post(own, json={"confirm": True}, headers=who.token(second))
    assert answered.json()["state"] == "confirmed"
    file = Visitor(sqlite_product).get(f"/calls/{court.made.call.slug}/notice/{notice['id']}.json")
    assert file.headers["content-disposition"].startswith("attachment")


def test_the_calendar_is_imported_and_changed(sqlite_product: Product, court: Court) -> None:
    who = visitor(sqlite_product, court.made.organiser)
    table = "日期,安排,名称\n2027-01-01,放假,元旦\n2027/1/3,调休上班,\n"
    done = who.post("/organise/calendar/import", files={"file": ("2027.csv", table.encode(), "text/csv")})
    assert said(done.text) == "更新了 2 天。"
    assert "2027-01-03" in done.text
    bad = who.post(
        "/organise/calendar/import", files={"file": ("x.csv", "2027-01-01,休息\n".encode(), "text/csv")}
    )
    assert "第 1 行看不懂" in bad.text
    exported = who.get("/organise/calendar/days.csv")
    assert '"2027-01-01","放假","元旦"' in exported.text
    again = who.post("/organise/calendar/import", files={"file": ("a.csv", exported.content, "text/csv")})
    assert said(again.text).startswith("更新了")
    forgotten = who.post("/organise/calendar/2027-01-03/forget")
    assert "2027-01-03" not in forgotten.text
    assert visitor(sqlite_product, court.made.jurors[0]).get("/organise/calendar").status_code == 403


# --- in a browser -----------------------------------------------------------------------------------


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def address(sqlite_product: Product) -> Iterator[str]:
    with serving(sqlite_product.app) as url:
        yield url


def become(page: Page, product: Product, address: str, actor: Actor) -> None:
    with product.database.write() as db:
        token = accounts.start_session(
            db, user=people.user(db, actor.user_id), now=WITHIN, browser="tests", address="127.0.0.1"
        )
    page.context.clear_cookies()
    page.context.add_cookies([{"name": accounts.cookie_name(False), "value": token, "url": address}])


def test_from_objection_to_revocation(
    sqlite_product: Product, court: Court, address: str, page: Page, tmp_path: Path
) -> None:
    with sqlite_product.database.write() as db:
        objector = actor_of(make_user(db, Role.TRAINER, name="孙异议"))
    eyes, title = Eyes(page, tmp_path), court.made.entries[0].title
    become(page, sqlite_product, address, objector)
    page.goto(f"{address}/calls/{court.made.call.slug}/notice")
    eyes.look("notice")
    eyes.look_narrow("notice", width=320)
    page.get_by_label("对哪个案例").select_option(court.line(0))
    page.get_by_label("事实和理由").fill("受益户数与台账不符。")
    page.get_by_role("button", name="提交异议").click()
    expect(page.locator("[data-flash]")).to_contain_text("异议已受理")
    become(page, sqlite_product, address, court.made.organiser)
    page.goto(address + desk(court))
    page.get_by_role("link", name=re.compile("-Y001")).click()
    page.wait_for_load_state("load")
    page.get_by_label("异议成立，奖项撤销").check()
    page.get_by_label("理由").fill("台账核实不符。")
    eyes.look("objection")
    eyes.look_narrow("objection")
    page.get_by_role("button", name="提出裁定意见").click()
    expect(page.get_by_text("您提出的意见，要由另一位组织工作人员复核。")).to_be_visible()
    become(page, sqlite_product, address, court.second)
    page.goto(address + desk(court))
    eyes.look("board")
    eyes.look_narrow("board")
    page.get_by_role("button", name="同意，裁定生效").click()
    expect(page.locator("[data-flash]")).to_contain_text("裁定已生效")
    page.goto(f"{address}/calls/{court.made.call.slug}/notice")
    expect(page.locator("s.title")).to_have_text(title)
    expect(page.get_by_text("1 件成立，奖项撤销")).to_be_visible()
    assert court.notices()[0].lines[0].state is LineState.REVOKED
    court.end(court.notices()[0].ends_at + timedelta(days=1))
    with court.database.read() as db:
        assert court.case(0) not in {each.case_id for each in queries.awards(db)}
    assert eyes.faults == []
