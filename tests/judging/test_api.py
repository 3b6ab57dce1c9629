"""The JSON API of judging."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from foundation import people
from foundation.actor import Actor
from foundation.clock import FixedClock
from judging import service
from tests.judging.world import CLOSED, SCORING, World, assigned, award, mark, score, world
from tests.support.web import Visitor
from webapp.wiring import Product

BASE = "/api/v1/judging/reads"


class Caller:
    """A program with a personal token."""

    def __init__(self, product: Product, actor: Actor) -> None:
        with product.database.write() as db:
            user = people.user(db, actor.user_id)
        self._visitor = Visitor(product)
        self._headers = self._visitor.token(user)

    def __call__(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        return self._visitor.client.request(method, path, headers=self._headers, json=body)


def read_of(made: World, place: int = 0) -> str:
    return made.read_of(made.jurors[0], made.entries[place].case_id)


def test_a_juror_reads_marks_and_hands_in(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=2, titles=["第一农场党支部的做法", "乙"])
    call = Caller(sqlite_product, made.jurors[0])
    reads = call("GET", BASE).json()
    assert sorted(each["title"] for each in reads) == ["〔单位〕的做法", "乙"]
    assert [each["label"] for each in reads] == ["A01", "A02"]
    assert {each["status"] for each in reads} == {"todo"}
    path = f"{BASE}/{read_of(made)}"
    case = call("GET", path).json()
    assert case["title"] == "〔单位〕的做法"
    assert [each["key"] for each in case["criteria"]] == [each.key for each in made.call.rules.criteria]
    cards = [
        call("PUT", f"{path}/marks/{criterion['key']}", {"value": value})
        for criterion, value in zip(case["criteria"], ("90", "８５", "80", "75"), strict=True)
    ]
    assert [card.status_code for card in cards] == [200] * 4
    assert cards[-1].json() | {"saved_at": ""} == {
        "marks": {"authenticity": "90", "effectiveness": "85", "innovation": "80", "exemplarity": "75"},
        "total": "165/2",
        "shown": "82.50",
        "missing": [],
        "state": "open",
        "saved_at": "",
    }
    assert call("PUT", f"{path}/comments/author", {"words": "数据翔实"}).status_code == 204
    assert call("POST", f"{path}/hand-in").json()["state"] == "handed_in"
    late = call("PUT", f"{path}/marks/authenticity", {"value": "1"})
    assert (late.status_code, late.json()["detail"]) == (
        409,
        "这份评分表已经提交，如需修改，请先撤回并说明原因。",
    )
    assert call("POST", f"{path}/reopen", {"reason": "看错"}).json()["state"] == "open"
    assert call("PUT", f"{path}/marks/authenticity", {"value": None}).json()["missing"] == ["authenticity"]
    assert call("GET", path).json()["comment"] == "数据翔实"


def test_refusals_name_the_field(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=1)
    call = Caller(sqlite_product, made.jurors[0])
    path = f"{BASE}/{read_of(made)}"
    wrong = call("PUT", f"{path}/marks/authenticity", {"value": "101"})
    assert (wrong.status_code, wrong.json()["errors"]) == (
        422,
        [{"field": "authenticity", "message": "“真实性”的分数应在 0 到 100 之间。"}],
    )
    assert call("PUT", f"{path}/marks/authenticity", {"value": "many"}).status_code == 422
    assert call("PUT", f"{path}/marks/beauty", {"value": "1"}).status_code == 404
    assert call("PUT", f"{path}/comments/shout", {"words": "x"}).status_code == 404
    assert call("POST", f"{path}/hand-in").status_code == 422
    assert call("POST", f"{path}/recuse", {"reason": ""}).status_code == 422
    assert call("POST", f"{path}/recuse", {"reason": "同学"}).status_code == 204
    assert call("GET", BASE).json()[0]["status"] == "recused"


def test_nobody_reads_or_marks_for_somebody_else(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=1)
    path = f"{BASE}/{read_of(made)}"
    for other in (made.jurors[1], made.organiser):
        call = Caller(sqlite_product, other)
        assert call("GET", path).status_code == 404
        assert call("PUT", f"{path}/marks/authenticity", {"value": "1"}).status_code == 404
        assert call("POST", f"{path}/hand-in").status_code == 404
    assert Visitor(sqlite_product).client.get(path).status_code == 401


def test_standings_are_the_organisers_and_awards_are_public(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=2)
    path = f"/api/v1/calls/{made.call.slug}"
    organiser = Caller(sqlite_product, made.organiser)
    assert organiser("GET", f"{path}/standings").json()[0]["rank"] is None
    score(made, {0: (90, 90, 91), 1: (80, 80, 80)})
    assert Caller(sqlite_product, made.jurors[0])("GET", f"{path}/standings").status_code == 403
    rows = organiser("GET", f"{path}/standings").json()
    assert [(row["rank"], row["shown"], row["score"], row["spread"]) for row in rows] == [
        (1, "90.33", "271/3", "1.00"),
        (2, "80.00", "80", "0.00"),
    ]
    public = Visitor(sqlite_product).client
    assert public.get(f"{path}/awards").json() == []
    with sqlite_product.database.write(made.organiser) as db:
        service.close_round(db, actor=made.organiser, now=CLOSED, round_id=made.round.id)
    award(made, made.board().proposal.certain)
    assert [(each["rank"], each["prize"], each["title"]) for each in public.get(f"{path}/awards").json()] == [
        (1, "一等奖", made.entries[0].title),
        (2, "二等奖", made.entries[1].title),
    ]


def test_a_page_of_ours_may_call_it_with_its_token_only(sqlite_product: Product) -> None:
    """The score page saves through the API with the session's cookie; another site cannot."""
    made = assigned(sqlite_product.database, cases=1)
    juror = made.jurors[0]
    mark(made, juror, read_of(made), 70)
    with sqlite_product.database.write() as db:
        user = people.user(db, juror.user_id)
    who = Visitor(sqlite_product).sign_in(user)
    path = f"{BASE}/{read_of(made)}/marks/authenticity"
    body = {"value": "80"}
    assert who.client.put(path, json=body).status_code == 403
    accepted = who.client.put(path, json=body, headers={"X-CSRF-Token": who.csrf_token})
    assert accepted.json()["marks"]["authenticity"] == "80"
    assert SCORING.isoformat()[:10] in accepted.json()["saved_at"]
    clock = sqlite_product.clock
    assert isinstance(clock, FixedClock)
    for _hour in range(3):  # who only marks is not signed out meanwhile
        clock.advance(timedelta(hours=1, minutes=50))
        assert who.client.put(path, json=body, headers={"X-CSRF-Token": who.csrf_token}).status_code == 200


@pytest.mark.parametrize("reads", ["0", "x", "100001", "0000000019999999999", "9" * 5000])
def test_a_number_of_reads_is_a_small_number(sqlite_product: Product, reads: str) -> None:
    made = world(sqlite_product.database, cases=1, jurors=1)
    with sqlite_product.database.write() as db:
        user = people.user(db, made.organiser.user_id)
    who = Visitor(sqlite_product)
    answer = who.client.post(
        f"/api/v1/calls/{made.call.id}/judging/assignments/even",
        params={"reads": reads},
        headers=who.token(user),
    )
    assert answer.status_code == 422
