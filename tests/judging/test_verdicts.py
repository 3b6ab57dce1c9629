"""Claims held against their evidence: saved, seen by whom, and never a mark."""

import pytest

from foundation.actor import Actor
from foundation.errors import Invalid, NotFound
from foundation.people import user
from judging import queries, service
from judging.errors import ScoringOver
from judging.values import Verdict
from judging.views import ClaimTally, VerdictView
from submissions.values import Source
from tests.judging.world import SCORING, World, assigned, close, mark
from tests.support.web import Visitor
from webapp.wiring import Product

CLAIMS = [
    ("党支部把每月的主题党日开到田间地头", Source(url="https://www.example.cn/1", note="第 3 页")),
    ("党员认领了三十六件实事", Source(url="https://www.example.cn/2")),
]


@pytest.fixture
def made(sqlite_product: Product) -> World:
    return assigned(sqlite_product.database, cases=2, text={"claims": CLAIMS})


def say(made: World, juror: Actor, claim: int, verdict: Verdict | None, remark: str = "") -> None:
    read = made.read_of(juror, made.entries[0].case_id)
    with made.database.write(juror) as db:
        service.save_verdict(
            db, actor=juror, now=SCORING, assignment_id=read, claim=claim, verdict=verdict, remark=remark
        )


def own(made: World, juror: Actor) -> dict[int, VerdictView]:
    with made.database.read(juror) as db:
        desk = queries.desk(db, juror, made.read_of(juror, made.entries[0].case_id), SCORING)
        return dict(desk.verdicts)


def tallies(made: World, actor: Actor) -> list[ClaimTally]:
    with made.database.read(actor) as db:
        return queries.tallies(db, made.round.id, made.entries[0])


def test_the_last_word_counts_and_can_be_taken_back(made: World) -> None:
    juror = made.jurors[0]
    say(made, juror, 1, Verdict.VERIFIED)
    say(made, juror, 1, Verdict.DOUBTFUL, "页码不对")
    say(made, juror, 2, Verdict.UNSUPPORTED)
    say(made, juror, 2, None)
    assert own(made, juror) == {
        1: VerdictView(1, Verdict.DOUBTFUL, "页码不对"),
        2: VerdictView(2, None, ""),
    }


def test_a_claim_that_is_not_there_and_a_remark_that_is_too_long(made: World) -> None:
    for number in (0, 3):
        with pytest.raises(NotFound):
            say(made, made.jurors[0], number, Verdict.VERIFIED)
    with pytest.raises(Invalid):
        say(made, made.jurors[0], 1, Verdict.VERIFIED, "长" * 501)


def hand_in(made: World, juror: Actor) -> None:
    for entry in made.entries:
        mark(made, juror, made.read_of(juror, entry.case_id), 80)
    with made.database.write(juror) as db:
        service.hand_in_all(db, actor=juror, now=SCORING, round_id=made.round.id)


def test_the_organiser_sees_what_is_handed_in_other_jurors_nothing(made: World) -> None:
    first, second = made.jurors[0], made.jurors[1]
    say(made, first, 1, Verdict.VERIFIED, "与第 3 页一致")
    say(made, second, 1, Verdict.DOUBTFUL)
    assert [each.counts[Verdict.VERIFIED] for each in tallies(made, made.organiser)] == [0, 0]
    hand_in(made, first)
    seen = tallies(made, made.organiser)[0]
    assert (seen.counts[Verdict.VERIFIED], seen.counts[Verdict.DOUBTFUL]) == (1, 0)
    assert [(each.remark, each.juror_name) for each in seen.remarks] == [("与第 3 页一致", first.name)]
    assert own(made, second) == {1: VerdictView(1, Verdict.DOUBTFUL, "")}
    with pytest.raises(ScoringOver):
        say(made, first, 2, Verdict.VERIFIED)


def test_verdicts_never_enter_the_standings(made: World) -> None:
    for juror in made.jurors:
        hand_in(made, juror)
    close(made)
    before = made.board().rows
    with made.database.write(made.organiser) as db:
        service.reopen_round(db, actor=made.organiser, now=SCORING, round_id=made.round.id, reason="补核对")
        for juror in made.jurors:
            service.return_scorecard(
                db,
                actor=made.organiser,
                now=SCORING,
                round_id=made.round.id,
                assignment_id=made.read_of(juror, made.entries[0].case_id),
                reason="补核对",
            )
    for juror in made.jurors:
        say(made, juror, 1, Verdict.UNSUPPORTED, "没有证据")
        with made.database.write(juror) as db:
            service.hand_in_all(db, actor=juror, now=SCORING, round_id=made.round.id)
    close(made)
    assert made.board().rows == before


def visit(product: Product, actor: Actor) -> Visitor:
    with product.database.write() as db:
        found = user(db, actor.user_id)
    return Visitor(product).sign_in(found)


def test_the_score_page_saves_verdicts_without_script(sqlite_product: Product, made: World) -> None:
    juror = made.jurors[0]
    who = visit(sqlite_product, juror)
    address = f"/judging/reads/{made.read_of(juror, made.entries[0].case_id)}"
    page = who.get(address).text
    assert "主张与证据" in page
    assert "example.cn" not in page
    typed = {
        "command": "save",
        "claim-1": "verified",
        "claim-1-remark": "一致",
        "claim-2": "",
        "claim-2-remark": "",
    }
    assert "已保存" in who.post(address, typed).text
    assert own(made, juror) == {1: VerdictView(1, Verdict.VERIFIED, "一致")}
    refused = who.post(address, {**typed, "claim-2-remark": "长" * 501})
    assert refused.status_code == 422
    assert "不能超过 500 个字" in refused.text
    assert "长" * 501 in refused.text
    close(made, "提前结束")
    late = who.post(address, {**typed, "claim-1": "doubtful"})
    assert late.status_code == 409


def test_the_api_gives_claims_and_takes_verdicts(sqlite_product: Product, made: World) -> None:
    juror = made.jurors[0]
    who = visit(sqlite_product, juror)
    address = f"/api/v1/judging/reads/{made.read_of(juror, made.entries[0].case_id)}"
    headers = {"X-CSRF-Token": who.csrf_token}
    put = who.client.put(
        f"{address}/claims/2", json={"verdict": "doubtful", "remark": "缺页"}, headers=headers
    )
    assert put.status_code == 204
    assert who.client.put(f"{address}/claims/9", json={"verdict": None}, headers=headers).status_code == 404
    assert who.get(address).json()["claims"] == [
        {
            "number": 1,
            "words": CLAIMS[0][0],
            "sources": [{"kind": "link", "note": "第 3 页", "url": None}],
            "verdict": None,
            "remark": "",
        },
        {
            "number": 2,
            "words": CLAIMS[1][0],
            "sources": [{"kind": "link", "note": "", "url": None}],
            "verdict": "doubtful",
            "remark": "缺页",
        },
    ]


def test_the_organisers_case_page_shows_the_counts(sqlite_product: Product, made: World) -> None:
    say(made, made.jurors[0], 1, Verdict.UNSUPPORTED, "查不到")
    hand_in(made, made.jurors[0])
    who = visit(sqlite_product, made.organiser)
    address = f"/organise/calls/{made.call.id}/judging/cases/{made.entries[0].case_id}/claims"
    assert address in who.get(f"/cases/{made.entries[0].case_id}").text
    page = who.get(address).text
    assert "证据不支持 1" in page
    assert "查不到" in page
    assert visit(sqlite_product, made.jurors[1]).get(address).status_code in (403, 404)
