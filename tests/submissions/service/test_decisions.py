"""What superiors and the organiser decide; on SQLite and PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from foundation.actor import Actor
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.mail import OutgoingMail
from submissions import queries, service
from submissions.errors import NoPlaceLeft, WindowClosed
from submissions.rules.lifecycle import Deed
from submissions.values import CaseStatus
from tests.submissions.factories import CLOSES, DURING, World, hand_in, submit, text, world


def recommend(database: Database, actor: Actor, case_id: str, opinion: str = "可推广") -> None:
    with database.write(actor) as db:
        service.recommend_case(db, actor=actor, now=DURING, case_id=case_id, opinion=opinion)


def check(database: Database, actor: Actor, case_id: str, outcome: Deed, reason: str = "") -> None:
    with database.write(actor) as db:
        service.check_case(db, actor=actor, now=DURING, case_id=case_id, outcome=outcome, reason=reason)


def give_back(
    database: Database, actor: Actor, case_id: str, *, now: datetime = DURING, due_at: datetime | None = None
) -> None:
    with database.write(actor) as db:
        service.return_case(db, actor=actor, now=now, case_id=case_id, reason="补充来源", due_at=due_at)


def entries(database: Database, here: World) -> list[str]:
    with database.read(here.organiser) as db:
        return sorted(each.case_id for each in queries.entries(db, here.call.id))


def test_only_recommended_versions_go_on_where_the_call_says_so(database: Database) -> None:
    here = world(database, needs_recommendation=True)
    receipt = hand_in(database, here.branch, here.call)
    assert entries(database, here) == []
    recommend(database, here.superior, receipt.case_id)
    assert entries(database, here) == [receipt.case_id]
    with database.write(here.branch) as db:
        service.save_draft(
            db, actor=here.branch, now=DURING, case_id=receipt.case_id, revision=2, text=text(title="新")
        )
    submit(database, here.branch, receipt.case_id, key="k2")
    assert entries(database, here) == []  # the opinion was on the version before
    recommend(database, here.superior, receipt.case_id)
    with database.write(here.superior) as db:
        service.withdraw_recommendation(db, actor=here.superior, now=DURING, case_id=receipt.case_id)
    assert entries(database, here) == []


def test_only_checked_cases_go_on_where_the_call_says_so(database: Database) -> None:
    here = world(database, needs_check=True)
    receipt = hand_in(database, here.branch, here.call)
    assert entries(database, here) == []
    check(database, here.organiser, receipt.case_id, Deed.CHECK)
    assert entries(database, here) == [receipt.case_id]
    check(database, here.organiser, receipt.case_id, Deed.REJECT, "不在范围")
    assert entries(database, here) == []


def test_the_quota_of_a_superior_holds_in_a_race(database: Database) -> None:
    here = world(database, recommendations_per_unit=1, cases_per_unit=9)
    cases = [hand_in(database, here.branch, here.call, title=f"案例 {n}").case_id for n in range(5)]

    def press(case_id: str) -> str:
        try:
            recommend(database, here.superior, case_id)
        except NoPlaceLeft:
            return "no place"
        return "recommended"

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(press, cases)) == ["no place"] * 4 + ["recommended"]


def test_recommending_is_refused(database: Database) -> None:
    here = world(database)
    receipt = hand_in(database, here.branch, here.call)
    with pytest.raises(NotFound):
        recommend(database, here.other_superior, receipt.case_id)
    with pytest.raises(Forbidden):
        recommend(database, here.organiser, receipt.case_id)
    with pytest.raises(Invalid):
        recommend(database, here.superior, receipt.case_id, "")
    with pytest.raises(Invalid):
        recommend(database, here.superior, receipt.case_id, "长" * 1001)
    recommend(database, here.superior, receipt.case_id)
    with pytest.raises(Refused):
        recommend(database, here.superior, receipt.case_id)


def test_a_superior_returns_before_the_deadline_only(database: Database) -> None:
    here = world(database)
    receipt = hand_in(database, here.branch, here.call)
    with pytest.raises(WindowClosed):
        give_back(database, here.superior, receipt.case_id, now=CLOSES)
    give_back(database, here.superior, receipt.case_id)
    assert entries(database, here) == []
    again = submit(database, here.branch, receipt.case_id, key="k2")
    assert again.ordinal == 2
    assert entries(database, here) == [receipt.case_id]


def test_the_organiser_returns_after_the_deadline_with_a_time(database: Database) -> None:
    here = world(database)
    receipt = hand_in(database, here.branch, here.call)
    later = CLOSES + timedelta(days=2)
    with pytest.raises(Invalid):
        give_back(database, here.organiser, receipt.case_id, now=CLOSES)
    with pytest.raises(Invalid):
        give_back(database, here.organiser, receipt.case_id, now=CLOSES, due_at=CLOSES)
    give_back(database, here.organiser, receipt.case_id, now=CLOSES, due_at=later)
    with pytest.raises(WindowClosed):
        submit(database, here.branch, receipt.case_id, key="k2", now=later + timedelta(seconds=6))
    assert (
        submit(database, here.branch, receipt.case_id, key="k3", now=CLOSES + timedelta(days=1)).ordinal == 2
    )


def test_every_decision_tells_who_handed_in(database: Database) -> None:
    here = world(database)
    receipt = hand_in(database, here.branch, here.call)
    give_back(database, here.organiser, receipt.case_id)
    submit(database, here.colleague, receipt.case_id, key="k2")
    check(database, here.organiser, receipt.case_id, Deed.REJECT, "不在范围")
    with database.read() as db:
        sent = [
            (each.recipient, each.subject.split(" ")[0].split("：")[0])
            for each in db.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
        ]
    assert sorted(sent) == sorted(
        [
            ("village@example.org", "提交回执"),
            ("village@example.org", "案例退回修改"),
            ("village2@example.org", "提交回执"),
            ("village2@example.org", "案例未通过形式审查"),
        ]
    )


def test_the_formal_check_can_be_undone(database: Database) -> None:
    here = world(database)
    receipt = hand_in(database, here.branch, here.call)
    for outcome, reason, status in (
        (Deed.CHECK, "", CaseStatus.CHECKED),
        (Deed.REOPEN, "", CaseStatus.SUBMITTED),
        (Deed.REJECT, "不在范围", CaseStatus.REJECTED),
        (Deed.REOPEN, "", CaseStatus.SUBMITTED),
    ):
        check(database, here.organiser, receipt.case_id, outcome, reason)
        with database.read(here.branch) as db:
            assert queries.case(db, receipt.case_id).status == status
    with pytest.raises(Refused):
        check(database, here.organiser, receipt.case_id, Deed.REOPEN)
    with pytest.raises(Forbidden):
        check(database, here.branch, receipt.case_id, Deed.CHECK)


def test_a_rejected_case_stays_as_it_is(database: Database) -> None:
    here = world(database)
    receipt = hand_in(database, here.branch, here.call)
    check(database, here.organiser, receipt.case_id, Deed.REJECT, "不在范围")
    with pytest.raises(Refused):
        submit(database, here.branch, receipt.case_id, key="k2")
    with pytest.raises(Refused), database.write(here.branch) as db:
        service.save_draft(
            db, actor=here.branch, now=DURING, case_id=receipt.case_id, revision=2, text=text(title="x")
        )
