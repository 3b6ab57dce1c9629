"""The same year through the JSON API alone, each with a personal token."""

import io
from datetime import UTC, datetime
from typing import Any

import docx
import pytest

from foundation import people
from foundation.actor import Role
from foundation.clock import FixedClock
from foundation.people import User
from tests.support.factories import BODY, make_user
from tests.support.web import Visitor
from webapp.wiring import Product

INSIDE = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
AFTER = datetime(2026, 3, 20, 10, 10, tzinfo=UTC)

CALL: dict[str, Any] = {
    "title": "2026 年度党支部创新案例征集",
    "theme": "党建引领基层治理",
    "slug": "2026-api",
    "notice_html": "<p>面向全体党支部征集案例。</p>",
    "opens_at": "2026-03-02T09:00:00+08:00",
    "closes_at": "2026-03-20T18:00",
    "timezone": "Asia/Shanghai",
    "categories": [{"key": "rural", "name": "农村"}, {"key": "community", "name": "社区"}],
    "criteria": [
        {"key": "authenticity", "name": "真实性", "weight": 40, "lowest": 0, "highest": 10},
        {"key": "effect", "name": "实效性", "weight": 60, "lowest": 0, "highest": 10},
    ],
    "prizes": [
        {"key": "first", "name": "一等奖", "quota": 1},
        {"key": "second", "name": "二等奖", "quota": 1},
    ],
    "words_lowest": 50,
    "reads_per_case": 3,
    "pledge_text": "本单位承诺所报案例真实。",
}
TITLES = ("屋场会：把话筒交给群众", "楼道里的议事厅", "把主题党日开到田间地头")


class Api:
    """A program that acts for one user."""

    def __init__(self, product: Product, user: User) -> None:
        visitor = Visitor(product)
        self.user = user
        self.client = visitor.client
        self.client.headers.update(visitor.token(user))

    def __call__(self, method: str, path: str, expected: int = 200, **options: Any) -> Any:
        reply = self.client.request(method, "/api/v1" + path, **options)
        assert (reply.status_code, reply.text[:500]) == (expected, reply.text[:500])
        return reply.json() if "json" in reply.headers.get("content-type", "") else reply.content


@pytest.fixture
def organiser(product: Product) -> Api:
    with product.database.write() as db:
        user = make_user(db, Role.ORGANISER, Role.EDITOR, name="周组织", now=product.clock.now())
    return Api(product, user)


def open_account(product: Product, organiser: Api, name: str, role: str, unit: str = "") -> Api:
    """What the organiser does by API: a unit, an account in it; the user then has a token."""
    unit_id = organiser("POST", "/units", 201, json={"name": unit})["id"] if unit else ""
    wanted = {"name": name, "email": f"{name}@example.org", "roles": [role], "unit_id": unit_id}
    user_id = organiser("POST", "/users", 201, json=wanted)["id"]
    with product.database.write() as db:
        user = people.user(db, user_id)
    return Api(product, user)


def test_a_year_by_api(product: Product, organiser: Api, clock: FixedClock) -> None:
    call = organiser("POST", "/calls", 201, json=CALL)
    organiser("POST", f"/calls/{call['id']}/publish")
    clock.set(INSIDE)
    receipts = []
    for number, title in enumerate(TITLES, 1):
        branch = open_account(product, organiser, f"支部{number}", "submitter", f"第{number}党支部")
        receipts.append(hand_in(branch, call, title))
    assert [receipt["title"] for receipt in receipts] == list(TITLES)
    handed_in = organiser("GET", f"/calls/{call['id']}/cases")
    assert sorted(each["title"] for each in handed_in) == sorted(TITLES)
    clock.set(AFTER)
    judge(product, organiser, call)
    awards = organiser("GET", f"/calls/{call['slug']}/awards")
    assert [each["prize"] for each in awards] == ["一等奖", "二等奖"]
    while product.worker.run_once():
        pass
    found = Visitor(product).get("/api/v1/library", params={"q": "羣衆 評議"}).json()
    assert {hit["id"] for hit in found["hits"]} == {each["case_id"] for each in awards}
    book = compile_book(product, organiser, call)
    assert [title for title in TITLES if title in book] == [each["title"] for each in awards[::-1]]


def hand_in(branch: Api, call: dict[str, Any], title: str) -> Any:
    """A branch writes, is told what is missing, completes, hands in twice with one key."""
    case = branch("POST", "/cases", 201, json={"call_id": call["id"]})
    path = f"/cases/{case['id']}"
    draft = branch("GET", f"{path}/draft")
    text = {"revision": draft["revision"], "title": title, "body": BODY, "category_key": "rural"}
    draft = branch("PUT", f"{path}/draft", json=text)
    missing = {finding["field"] for finding in branch("GET", f"{path}/check") if finding["blocking"]}
    assert "summary" in missing
    pledge = {"key": f"press-{case['id']}", "pledge": True, "pledge_name": branch.user.name}
    refused = branch("POST", f"{path}/submit", 422, json=pledge)
    assert refused["errors"]
    complete = {
        **text,
        "revision": draft["revision"],
        "summary": "党员认领实事，按月公开，群众评议。",
        "authors": [{"name": branch.user.name, "post": "支部书记"}],
        "practice_from": "2025-01-01",
    }
    branch("PUT", f"{path}/draft", json=complete)
    receipt = branch("POST", f"{path}/submit", json=pledge)
    assert branch("POST", f"{path}/submit", json=pledge) == receipt
    return receipt


def judge(product: Product, organiser: Api, call: dict[str, Any]) -> None:
    """Three jurors are invited, read blind, mark and hand in; the organiser decides by the proposal."""
    judging = f"/calls/{call['id']}/judging"
    organiser("POST", judging, 201, json={})
    jurors = [open_account(product, organiser, f"评委{number}", "juror") for number in (1, 2, 3)]
    for juror in jurors:
        organiser("POST", f"{judging}/jurors", 201, json={"user_id": juror.user.id})
        mine = juror("GET", "/judging/invitations")[0]
        address = f"/judging/rounds/{mine['round_id']}/answer"
        assert juror("POST", address, 422, json={"accept": True})["errors"][0]["field"] == "pledge"
        juror("POST", address, json={"accept": True, "pledge": True})
    plan = organiser("POST", f"{judging}/assignments/even")
    assert (len(plan["added"]), plan["shortfalls"]) == (9, [])
    for juror in jurors:
        for read in juror("GET", "/judging/reads"):
            mark(juror, read["id"])
    assert organiser("GET", judging)["handed_in"] == 9
    organiser("POST", f"{judging}/close", json={})
    proposal = organiser("GET", f"{judging}/prizes")
    decision = {"prizes": proposal["prizes"], "digest": proposal["digest"]}
    assert organiser("POST", f"{judging}/prizes", json=decision)["state"] == "decided"
    assert organiser("GET", f"/calls/{call['slug']}/awards") == []
    assert organiser("POST", f"{judging}/notice/publish", 201, json={})["final_at"]


def mark(juror: Api, read_id: str) -> None:
    """Marks by the text: the later title in the list is the better case, and no two are alike."""
    case = juror("GET", f"/judging/reads/{read_id}")
    value = str(7 + TITLES.index(case["title"]))
    for criterion in case["criteria"]:
        juror("PUT", f"/judging/reads/{read_id}/marks/{criterion['key']}", json={"value": value})
    card = juror("POST", f"/judging/reads/{read_id}/hand-in")
    assert (card["shown"], card["missing"]) == (f"{value}.00", [])


def compile_book(product: Product, editor: Api, call: dict[str, Any]) -> str:
    """The edition of the call, built in the background; returns the text of the Word file."""
    edition = editor("POST", "/editions", 201, json={"call_id": call["id"]})
    build = editor("POST", f"/editions/{edition['id']}/builds", 202)
    while product.worker.run_once():
        pass
    path = f"/editions/{edition['id']}/builds/{build['number']}"
    assert editor("GET", path)["state"] == "done"
    book = docx.Document(io.BytesIO(editor("GET", f"{path}/file")))
    return "\n".join(paragraph.text for paragraph in book.paragraphs)
