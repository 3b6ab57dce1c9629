"""The JSON API: the same deeds and refusals as the pages."""

from datetime import timedelta
from typing import Any

import pytest

from foundation.actor import Actor
from foundation.clock import FixedClock
from foundation.people import user
from tests.submissions import factories
from tests.submissions.factories import CLOSES, DURING, World, hand_in, world


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database)


def bearer(visitor: Any, actor: Actor) -> dict[str, str]:
    with visitor.product.database.read() as db:
        token: dict[str, str] = visitor.token(user(db, actor.user_id))
    return token


def draft(**changes: object) -> dict[str, object]:
    return {
        "revision": 1,
        "title": "一本台账解开村里的老疙瘩",
        "summary": "摘要",
        "body": factories.BODY,
        "category_key": "rural",
        "authors": [{"name": "李秀英", "post": "支部书记"}],
        "practice_from": "2025-05-01",
        **changes,
    }


def test_a_case_from_the_call_to_the_receipt(visitor: Any, here: World) -> None:
    client, mine = visitor.client, bearer(visitor, here.branch)
    (call,) = client.get("/api/v1/calls").json()
    assert (call["slug"], len(call["rules"]["categories"]), call["rules"]["criteria"][0]["weight"]) == (
        here.call.slug,
        9,
        25,
    )
    made = client.post("/api/v1/cases", json={"call_id": call["id"]}, headers=mine)
    assert made.status_code == 201
    case = f"/api/v1/cases/{made.json()['id']}"
    missing = client.get(f"{case}/check", headers=mine).json()
    assert [each["field"] for each in missing] == [
        "title",
        "category_key",
        "authors-0-name",
        "practice_from",
        "summary",
        "body",
    ]
    saved = client.put(f"{case}/draft", json=draft(), headers=mine).json()
    assert (saved["revision"], saved["authors"]) == (2, [{"name": "李秀英", "post": "支部书记"}])
    file = client.post(f"{case}/files", files={"file": ("表.pdf", b"%PDF-1.7")}, headers=mine)
    assert (file.status_code, file.json()["media_type"]) == (201, "application/pdf")
    sent = {"key": "k", "pledge": True, "pledge_name": "张建国"}
    receipt = client.post(f"{case}/submit", json=sent, headers=mine).json()
    assert receipt["received_at"].startswith("2026-03-10T08:00:00")
    assert [each["name"] for each in receipt["files"]] == ["表.pdf"]
    assert client.post(f"{case}/submit", json=sent, headers=mine).json() == receipt
    assert client.get(f"{case}/receipt", headers=mine).json() == receipt
    assert [each["status"] for each in client.get("/api/v1/cases", headers=mine).json()] == ["submitted"]
    gone = client.post(f"{case}/withdraw", json={"reason": "数据待核"}, headers=mine).json()
    assert gone["status"] == "withdrawn"


def test_refusals_are_problems_in_words(visitor: Any, here: World, clock: FixedClock) -> None:
    client, mine = visitor.client, bearer(visitor, here.branch)
    made = client.post("/api/v1/cases", json={"call_id": here.call.id}, headers=mine).json()
    case = f"/api/v1/cases/{made['id']}"
    stale = client.put(f"{case}/draft", json=draft(revision=7), headers=mine)
    assert (stale.status_code, stale.headers["content-type"]) == (409, "application/problem+json")
    empty = client.post(f"{case}/submit", json={"key": "k"}, headers=mine)
    assert empty.status_code == 422
    assert {each["field"] for each in empty.json()["errors"]} >= {"title", "pledge", "pledge_name"}
    client.put(f"{case}/draft", json=draft(), headers=mine)
    clock.set(CLOSES + timedelta(days=1))
    mine = bearer(visitor, here.branch)
    late = client.post(f"{case}/submit", json={"key": "k", "pledge": True, "pledge_name": "张"}, headers=mine)
    assert (late.status_code, late.json()["detail"].startswith("征集已于 2026年3月31日 18:00")) == (409, True)
    english = client.post(
        f"{case}/submit",
        json={"key": "k", "pledge": True, "pledge_name": "张"},
        headers={**mine, "Accept-Language": "en"},
    )
    assert english.json()["detail"].startswith("The collection closed at")


def test_calls_by_the_organiser(visitor: Any, here: World) -> None:
    client, mine = visitor.client, bearer(visitor, here.organiser)
    body = {
        "title": "2027",
        "slug": "2027",
        "notice_html": "<p>文</p>",
        "opens_at": "2027-01-01T00:00:00+08:00",
        "closes_at": "2027-02-01T00:00:00+08:00",
        "categories": [{"name": "农村"}, {"name": "社区", "quota": 1}],
        "criteria": [{"name": "真实性", "weight": 100}],
        "prizes": [{"name": "一等奖", "quota": 1}],
        "pledge_text": "承诺",
        "standing_rule": "trimmed_mean",
    }
    wrong = client.post("/api/v1/calls", json={**body, "prizes": []}, headers=mine)
    assert [each["field"] for each in wrong.json()["errors"]] == ["prizes-0-name"]
    made = client.post("/api/v1/calls", json=body, headers=mine)
    assert made.status_code == 201
    call = made.json()
    assert [each["key"] for each in call["rules"]["categories"]] == ["k1", "k2"]
    assert len(client.get("/api/v1/calls").json()) == 1
    changed = client.put(
        f"/api/v1/calls/{call['id']}", json={**body, "title": "改", "revision": 1}, headers=mine
    )
    assert changed.json()["title"] == "改"
    assert client.post(f"/api/v1/calls/{call['id']}/publish", headers=mine).status_code == 200
    assert len(client.get("/api/v1/calls").json()) == 2
    refused = client.post("/api/v1/calls", json=body, headers=bearer(visitor, here.branch))
    assert refused.status_code == 403


def test_lists_hold_what_one_may_see(visitor: Any, here: World, product: Any) -> None:
    hand_in(product.database, here.branch, here.call)
    hand_in(product.database, here.stranger, here.call, category_key="community")
    address = f"/api/v1/calls/{here.call.id}/cases"

    def units(actor: Actor, query: str = "") -> list[str]:
        found = visitor.client.get(address + query, headers=bearer(visitor, actor)).json()
        return sorted(each["unit_name"] for each in found)

    assert units(here.organiser) == ["东城街道和平社区党支部", "青溪镇上河村党支部"]
    assert units(here.organiser, "?category=community") == ["东城街道和平社区党支部"]
    assert units(here.superior) == ["青溪镇上河村党支部"]
    assert units(here.juror) == []
    assert visitor.client.get(address).status_code == 401


def test_writing_together(visitor: Any, here: World, product: Any) -> None:
    client, mine, theirs = visitor.client, bearer(visitor, here.branch), bearer(visitor, here.neighbour)
    case_id = factories.start(product.database, here.branch, here.call)
    address = f"/api/v1/cases/{case_id}"
    assert client.put(f"{address}/presence", headers=theirs).status_code == 404
    unknown = client.post(f"{address}/coauthors", json={"email": "nobody@example.org"}, headers=mine)
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "email")
    invited = client.post(f"{address}/coauthors", json={"email": "hamlet@example.org"}, headers=mine)
    assert (invited.status_code, invited.json()["name"]) == (201, "陈晓")
    assert client.put(f"{address}/presence", headers=theirs).json()["others"] == []
    here_now = client.put(f"{address}/presence", headers=mine).json()
    assert [each["name"] for each in here_now["others"]] == ["陈晓"]
    assert (here_now["revision"], here_now["saved_by"]) == (1, "李秀英")
    assert [each["name"] for each in client.get(f"{address}/coauthors", headers=theirs).json()] == ["陈晓"]
    assert client.put(f"{address}/files", json={"attachment_ids": []}, headers=theirs).json() == []
    gone = client.delete(f"{address}/coauthors/{here.neighbour.user_id}", headers=mine)
    assert gone.status_code == 204
    assert client.get(f"{address}/coauthors", headers=theirs).status_code == 404
