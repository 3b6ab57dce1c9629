"""The ledger's pages without script, and the same by the API."""

import io
from typing import Any

import pytest
from PIL import Image

from foundation.actor import Actor
from foundation.clock import FixedClock
from foundation.people import user
from submissions import queries
from submissions.values import Claim
from tests.submissions.factories import DURING, World, submit, text, world, write
from tests.support.web import Visitor

SAID = "半年化解积案23件"
BODY = f"<p>{SAID}，群众都知道。</p><p>群众满意度由92%升至97%。</p>" + text().body_html


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database)


@pytest.fixture
def case_id(product: Any, here: World) -> str:
    return write(product.database, here.branch, here.call, body_html=BODY)


def visit(product: Any, actor: Actor) -> Visitor:
    with product.database.write() as db:
        found = user(db, actor.user_id)
    return Visitor(product).sign_in(found)


def claims(product: Any, here: World, case_id: str) -> tuple[Claim, ...]:
    with product.database.read(here.branch) as db:
        return queries.claims(db, case_id)


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return out.getvalue()


def test_from_a_proposal_to_a_claim_with_an_uploaded_photo(product: Any, here: World, case_id: str) -> None:
    who = visit(product, here.branch)
    page = who.get(f"/cases/{case_id}/claims").text
    assert "半年化解积案<mark>23件</mark>" in page
    assert "<mark>由92%升至97%</mark>" in page
    sent = {"form_key": "p0", "quote": SAID, "url": "www.example.cn/1", "note": "第 3 页"}
    done = who.post(f"/cases/{case_id}/claims", sent, files={"upload": ("台账.jpg", jpeg(), "image/jpeg")})
    assert "已标注。" in done.text
    (claim,) = claims(product, here, case_id)
    assert [(bool(each.attachment_id), each.url, each.note) for each in claim.sources] == [
        (True, "", "第 3 页"),
        (False, "https://www.example.cn/1", "第 3 页"),
    ]
    address = f"/cases/{case_id}/claims/{claim.id}"
    assert "已取消链接" in who.post(address, {"do": "unlink:1"}).text
    assert "已移除标注" in who.post(address, {"do": "remove"}).text
    assert who.post(address, {"do": "remove"}).status_code == 404
    assert who.post(address, {"do": "nonsense"}).status_code == 404


def test_a_refusal_opens_its_form_with_what_was_typed(product: Any, here: World, case_id: str) -> None:
    who = visit(product, here.branch)
    sent = {
        "form_key": "own",
        "quote": "正文里没有的话",
        "url": "https://www.example.cn/1",
        "note": "第 3 页",
    }
    refused = who.post(f"/cases/{case_id}/claims", sent)
    assert refused.status_code == 422
    assert 'href="#quote"' in refused.text
    assert "正文里没有找到这段话" in refused.text
    for typed in ("正文里没有的话", 'value="https://www.example.cn/1"', 'value="第 3 页"'):
        assert typed in refused.text


def test_needless_passages_are_not_proposed_again(product: Any, here: World, case_id: str) -> None:
    who = visit(product, here.branch)
    before = who.get(f"/cases/{case_id}/check").text
    assert "有 2 处数据或荣誉还没有注明证据" in before
    who.post(f"/cases/{case_id}/claims", {"quote": SAID + "，群众都知道", "needless": "true"})
    assert "有 1 处数据或荣誉还没有注明证据" in who.get(f"/cases/{case_id}/check").text
    assert "不再提示的 1 处" in who.get(f"/cases/{case_id}/claims").text


def test_the_version_and_its_receipt_name_the_claims(product: Any, here: World, case_id: str) -> None:
    who = visit(product, here.branch)
    who.post(f"/cases/{case_id}/claims", {"quote": SAID, "url": "https://www.example.cn/1"})
    submit(product.database, here.branch, case_id)
    assert "1 处，已计入内容校验值" in who.get(f"/cases/{case_id}/receipt").text
    for reader in (here.branch, here.organiser, here.superior):
        page = visit(product, reader).get(f"/cases/{case_id}/versions/1").text
        assert f"<blockquote>{SAID}</blockquote>" in page


def test_others_do_not_find_the_ledger(product: Any, here: World, case_id: str) -> None:
    for other in (here.neighbour, here.superior, here.organiser):
        assert visit(product, other).get(f"/cases/{case_id}/claims").status_code in (403, 404)


def test_the_api_lists_marks_and_takes_back(product: Any, here: World, case_id: str) -> None:
    who = visit(product, here.branch)
    address = f"/api/v1/cases/{case_id}/claims"
    headers = {"X-CSRF-Token": who.csrf_token}
    listed = who.get(address).json()
    assert [(each["state"], each["quote"]) for each in listed] == [
        ("proposed", f"{SAID}，群众都知道"),
        ("proposed", "群众满意度由92%升至97%"),
    ]
    made = who.client.post(address, json={"quote": SAID, "url": "https://a.cn/1"}, headers=headers)
    assert (made.status_code, made.json()["sources"][0]["url"]) == (201, "https://a.cn/1")
    refused = who.client.post(address, json={"quote": SAID, "url": "ftp://a.cn"}, headers=headers)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "url")
    taken = who.client.delete(f"{address}/{made.json()['id']}", headers=headers)
    assert taken.status_code == 204
    assert claims(product, here, case_id) == ()
