"""The page where names are ticked and the masked copy is confirmed, and the overview of a call."""

import pytest

from foundation.actor import Actor, Role
from foundation.files import StoredFile
from foundation.people import user
from submissions import queries, service
from tests.judging.world import OPEN, World, assigned
from tests.support.factories import (
    NOW,
    hand_in,
    make_actor,
    make_call,
    make_draft,
    make_entry,
    make_submitter,
    make_unit,
)
from tests.support.web import Visitor
from webapp.wiring import Product

BODY = "<p>柳林乡河湾村党支部书记王建国说，学习要到田间地头。</p>" * 6


def visit(product: Product, actor: Actor) -> Visitor:
    with product.database.write() as db:
        found = user(db, actor.user_id)
    return Visitor(product).sign_in(found)


@pytest.fixture
def made(sqlite_product: Product) -> World:
    return assigned(sqlite_product.database, cases=2, jurors=1, reads=1, text={"body_html": BODY})


def test_ticked_words_are_what_jurors_do_not_read(sqlite_product: Product, made: World) -> None:
    entry = made.entries[0]
    who = visit(sqlite_product, made.organiser)
    address = f"/cases/{entry.case_id}/identity"
    page = who.get(address).text
    for words in ("柳林乡", "河湾村", "王建国"):
        assert f'value="{words}" checked' in page
    form = {
        "seen": entry.content_hash,
        "found": ["柳林乡", "河湾村", "王建国"],
        "mask": ["柳林乡", "王建国"],
        "own": "田间地头\n",
        "do": "preview",
    }
    preview = who.post(address, form).text
    assert "〔地名〕河湾村党支部书记〔人名〕说，学习要到〔略〕" in preview
    assert "按当前勾选" in preview
    done = who.post(address, {**form, "do": "confirm"})
    assert "已确认。评委读到的就是下面的遮盖稿。" in done.text
    juror = visit(sqlite_product, made.jurors[0])
    read = juror.get(f"/judging/reads/{made.read_of(made.jurors[0], entry.case_id)}").text
    assert "〔地名〕河湾村党支部书记〔人名〕说，学习要到〔略〕" in read
    with sqlite_product.database.read(made.organiser) as db:
        assert queries.version(db, entry.id).body_html == entry.body_html
        assert queries.version(db, entry.id).content_hash == entry.content_hash


def test_a_refusal_keeps_what_was_ticked(sqlite_product: Product, made: World) -> None:
    entry = made.entries[0]
    who = visit(sqlite_product, made.organiser)
    form = {"seen": entry.content_hash, "found": ["柳林乡"], "mask": ["柳林乡"], "own": "村"}
    refused = who.post(f"/cases/{entry.case_id}/identity", form)
    assert refused.status_code == 422
    assert "只有一个字" in refused.text
    assert 'value="柳林乡" checked' in refused.text
    assert 'value="王建国">' in refused.text or 'value="王建国" aria' in refused.text
    stale = who.post(f"/cases/{entry.case_id}/identity", {**form, "seen": "0" * 64, "own": ""})
    assert stale.status_code == 409


def test_the_overview_leads_from_case_to_case(sqlite_product: Product, made: World) -> None:
    who = visit(sqlite_product, made.organiser)
    base = f"/organise/calls/{made.call.id}/judging/identity"
    page = who.get(base).text
    assert page.count('/identity">案例之') == 2
    assert "个词待定" in page
    for _turn in made.entries:
        landed = who.get(f"{base}/next")
        case_id = str(landed.url).split("/cases/")[1].split("/")[0]
        entry = next(each for each in made.entries if each.case_id == case_id)
        who.post(f"/cases/{case_id}/identity", {"seen": entry.content_hash})
    assert "所有案例的遮盖都已确认" in who.get(f"{base}/next").text
    assert visit(sqlite_product, made.jurors[0]).get(base).status_code == 403


def test_opening_the_judging_warns_of_what_nobody_has_confirmed(sqlite_product: Product) -> None:
    with sqlite_product.database.write() as db:
        call = make_call(db)
        author = make_submitter(db, unit=make_unit(db, "柳林乡河湾村党支部"))
        entry = make_entry(db, call=call, actor=author)
        organiser = make_actor(db, Role.ORGANISER)
    who = visit(sqlite_product, organiser)
    base = f"/organise/calls/{call.id}/judging"
    assert "有 1 个案例的遮盖稿还没有人确认" in who.get(base).text
    who.post(f"/cases/{entry.case_id}/identity", {"seen": entry.content_hash})
    assert "所有案例的遮盖稿都已确认" in who.get(base).text
    assert entry.received_at < OPEN


def test_the_api_lists_and_confirms(sqlite_product: Product, made: World) -> None:
    entry = made.entries[0]
    who = visit(sqlite_product, made.organiser)
    address = f"/api/v1/cases/{entry.case_id}/identity"
    found = who.get(address).json()
    assert (found["content_hash"], found["confirmed"]) == (entry.content_hash, False)
    proposed = {each["words"] for each in found["findings"] if each["proposed"] and not each["automatic"]}
    assert {"柳林乡", "河湾村", "王建国"} <= proposed
    headers = {"X-CSRF-Token": who.csrf_token}
    body = {"seen": entry.content_hash, "mask": ["柳林乡"], "own": ["田间地头"]}
    done = who.client.put(address, json=body, headers=headers).json()
    assert done["confirmed"]
    assert {each["words"] for each in done["findings"] if each["covered"] and not each["automatic"]} == {
        "柳林乡",
        "田间地头",
    }
    stale = who.client.put(address, json={**body, "seen": "0" * 64}, headers=headers)
    assert stale.status_code == 409
    assert visit(sqlite_product, made.jurors[0]).get(address).status_code == 404


def test_a_file_whose_properties_cannot_be_read_is_named(sqlite_product: Product) -> None:
    lost = service.NewFile(StoredFile("0" * 64, 10), "file", "名单.pdf", "application/pdf")
    sound = service.NewFile(sqlite_product.files.put([b"%PDF-"]), "file", "附表.pdf", "application/pdf")
    with sqlite_product.database.write() as db:
        call = make_call(db)
        author = make_submitter(db)
        case_id = make_draft(db, actor=author, call=call)
        for each in (lost, sound):
            service.attach_file(db, actor=author, now=NOW, case_id=case_id, file=each)
        hand_in(db, actor=author, case_id=case_id)
        organiser = make_actor(db, Role.ORGANISER)
    page = visit(sqlite_product, organiser).get(f"/cases/{case_id}/identity").text
    assert "属性未能读取，请人工查看" in page
    assert ("<li>名单.pdf</li>" in page, "<li>附表.pdf</li>" in page) == (True, False)
