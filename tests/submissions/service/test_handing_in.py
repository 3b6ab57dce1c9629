"""Handing in: to the instant, once, within the limits; on SQLite and PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from foundation import journal
from foundation.actor import Actor
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Problem, Refused
from foundation.mail import OutgoingMail
from submissions import queries, service
from submissions.errors import NoPlaceLeft, WindowClosed
from submissions.rules.fingerprints import is_genuine
from submissions.values import CaseStatus, CaseView, Pledge, Receipt, StepKind
from tests.submissions.factories import (
    CLOSES,
    DURING,
    MILLISECOND,
    OPENS,
    PLEDGE,
    World,
    hand_in,
    stored_photo,
    submit,
    text,
    world,
    write,
)


def case_of(database: Database, actor: Actor, case_id: str) -> CaseView:
    with database.read(actor) as db:
        return queries.case(db, case_id)


def save(
    database: Database, actor: Actor, case_id: str, *, now: datetime = DURING, **changes: object
) -> None:
    with database.write(actor) as db:
        revision = queries.draft(db, case_id).revision
        service.save_draft(db, actor=actor, now=now, case_id=case_id, revision=revision, text=text(**changes))


def test_a_case_that_is_handed_in_is_a_version_with_a_receipt(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call)
    with database.write(here.branch) as db:
        service.attach_file(db, actor=here.branch, now=DURING, case_id=case_id, file=stored_photo())
    receipt = submit(database, here.branch, case_id)
    with database.read(here.branch) as db:
        view = queries.case(db, case_id)
        version = queries.version(db, receipt.version_id)
        steps = queries.steps(db, case_id)
    assert (view.status, view.version_id, view.ordinal) == (CaseStatus.SUBMITTED, version.id, 1)
    assert (version.number, version.title, version.received_at) == (
        receipt.number,
        "一本台账解开村里的老疙瘩",
        DURING,
    )
    assert version.number == f"{view.number}-1"
    assert [each.name for each in version.photos] == ["现场.jpg"]
    assert receipt.content_hash == version.content_hash
    assert [(each.name, each.size, each.sha256) for each in receipt.files] == [("现场.jpg", 2048, "cd" * 32)]
    assert is_genuine(receipt, b"secret")
    assert [(each.kind, each.by_name) for each in steps] == [(StepKind.SUBMITTED, "李秀英")]


@pytest.mark.parametrize(
    ("at", "outcome"),
    [
        (OPENS - MILLISECOND, "refused"),
        (OPENS, "taken"),
        (CLOSES - MILLISECOND, "taken"),
        (CLOSES, "kept for a ruling"),
        (CLOSES + MILLISECOND, "kept for a ruling"),
        (CLOSES + timedelta(seconds=5), "refused"),
    ],
)
def test_the_window_decides_by_the_instant_of_arrival(database: Database, at: datetime, outcome: str) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call)
    try:
        receipt = submit(database, here.branch, case_id, now=at)
        found = "kept for a ruling" if receipt.provisional else "taken"
    except WindowClosed:
        found = "refused"
    assert found == outcome
    with database.read(here.organiser) as db:
        assert len(queries.entries(db, here.call.id)) == (1 if outcome == "taken" else 0)


def test_the_refusals_name_the_time_and_its_zone(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call)
    with pytest.raises(WindowClosed) as early:
        submit(database, here.branch, case_id, now=OPENS - MILLISECOND)
    with pytest.raises(WindowClosed) as late:
        submit(database, here.branch, case_id, now=CLOSES + timedelta(days=1))
    assert (
        str(early.value.reason) == "征集将于 2026年3月1日 08:00（北京时间） 开始，届时才能提交。草稿已保存。"
    )
    assert str(late.value.reason) == (
        "征集已于 2026年3月31日 18:00（北京时间） 截止，不能再提交。"
        "草稿仍然保留；如有特殊情况，请联系组织单位申请延期。"
    )


def test_the_same_key_gets_the_same_receipt_also_after_the_deadline(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call)
    first = submit(database, here.branch, case_id, key="k")
    assert submit(database, here.branch, case_id, key="k") == first
    assert submit(database, here.branch, case_id, key="k", now=CLOSES + timedelta(days=9)) == first


def test_an_unchanged_case_is_not_handed_in_twice(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call)
    first = submit(database, here.branch, case_id, key="one")
    assert submit(database, here.branch, case_id, key="two") == first


def test_twenty_presses_at_once_make_one_version(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call)

    def press(number: int) -> Receipt:
        return submit(database, here.branch, case_id, key="same" if number % 2 else f"k{number}")

    with ThreadPoolExecutor(20) as pool:
        receipts = list(pool.map(press, range(20)))
    assert set(receipts) == {receipts[0]}
    with database.read() as db:
        assert [each.ordinal for each in queries.versions(db, case_id)] == [1]
        assert journal.verify(db).broken_at is None


def test_the_last_place_is_given_once(database: Database) -> None:
    here = world(database, cases_per_unit=2)
    hand_in(database, here.branch, here.call)
    waiting = [write(database, here.branch, here.call, title=f"案例 {n}") for n in range(6)]

    def press(case_id: str) -> str:
        try:
            submit(database, here.branch, case_id)
        except NoPlaceLeft as problem:
            return str(problem.reason)
        return "taken"

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(press, waiting))
    assert (
        outcomes
        == ["taken"] + ["每个单位最多提交 2 个案例，贵单位已提交 2 个。撤回其中一个后可以再提交。"] * 5
    )
    with database.read(here.organiser) as db:
        assert len(queries.entries(db, here.call.id)) == 2


def test_a_new_version_takes_the_place_of_the_old_one(database: Database) -> None:
    here = world(database, cases_per_unit=1)
    first = hand_in(database, here.branch, here.call)
    save(database, here.branch, first.case_id, title="改过的题目")
    second = submit(database, here.branch, first.case_id, key="k2")
    with database.read(here.organiser) as db:
        assert [(each.title, each.number) for each in queries.entries(db, here.call.id)] == [
            ("改过的题目", second.number)
        ]
        assert [each.ordinal for each in queries.versions(db, first.case_id)] == [2, 1]
        assert queries.version(db, first.version_id).title == "一本台账解开村里的老疙瘩"


def test_what_is_missing_is_said_field_by_field(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call, title="", category_key="moon", body_html="<p>太短</p>")
    with pytest.raises(Invalid) as refused, database.write(here.branch) as db:
        service.submit_case(
            db, actor=here.branch, now=DURING, case_id=case_id, key="k", pledge=Pledge(False, "")
        )
    assert [each.field for each in refused.value.errors] == [
        "title",
        "category_key",
        "body",
        "pledge",
        "pledge_name",
    ]
    assert case_of(database, here.branch, case_id).status == CaseStatus.DRAFT


def test_without_a_key_nothing_is_handed_in(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call)
    for key in ("", "x" * 81):
        with pytest.raises(Refused):
            submit(database, here.branch, case_id, key=key)


def test_only_the_own_unit_hands_in(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call)
    for other in (here.neighbour, here.organiser, here.superior, here.juror):
        with pytest.raises(NotFound):
            submit(database, other, case_id)
    handed = submit(database, here.colleague, case_id)
    for other in (here.organiser, here.superior):
        with pytest.raises(Forbidden):
            submit(database, other, handed.case_id, key="k2")


def test_withdrawing_frees_the_place_and_handing_in_again_counts(database: Database) -> None:
    here = world(database, cases_per_unit=1)
    receipt = hand_in(database, here.branch, here.call)
    with database.write(here.branch) as db:
        service.withdraw_case(db, actor=here.branch, now=DURING, case_id=receipt.case_id, reason="数据要核实")
    with database.read(here.organiser) as db:
        assert queries.entries(db, here.call.id) == []
        assert [each.reason for each in queries.steps(db, receipt.case_id)] == ["数据要核实", ""]
    other = hand_in(database, here.branch, here.call, title="另一个")
    with pytest.raises(NoPlaceLeft):
        submit(database, here.branch, receipt.case_id, key="k2")
    with database.write(here.branch) as db:
        service.withdraw_case(db, actor=here.branch, now=DURING, case_id=other.case_id, reason="不报了")
    again = submit(database, here.branch, receipt.case_id, key="k3")
    assert again.ordinal == 2


def test_withdrawing_needs_a_reason_and_an_open_window(database: Database) -> None:
    here = world(database)
    receipt = hand_in(database, here.branch, here.call)
    with pytest.raises(Invalid), database.write(here.branch) as db:
        service.withdraw_case(db, actor=here.branch, now=DURING, case_id=receipt.case_id, reason="")
    with pytest.raises(WindowClosed), database.write(here.branch) as db:
        service.withdraw_case(db, actor=here.branch, now=CLOSES, case_id=receipt.case_id, reason="晚了")
    assert case_of(database, here.branch, receipt.case_id).status == CaseStatus.SUBMITTED


def extend(database: Database, here: World, unit_id: str | None, days: int) -> None:
    with database.write(here.organiser) as db:
        service.extend_window(
            db,
            actor=here.organiser,
            now=DURING,
            call_id=here.call.id,
            unit_id=unit_id,
            closes_at=CLOSES + timedelta(days=days),
            reason="汛期停电",
        )


def test_an_extension_opens_the_window_for_its_unit_alone(database: Database) -> None:
    here = world(database)
    extend(database, here, here.branch.unit_id, 2)
    later = CLOSES + timedelta(days=1)
    mine = write(database, here.branch, here.call)
    theirs = write(database, here.neighbour, here.call)
    assert not submit(database, here.branch, mine, now=later).provisional
    with pytest.raises(WindowClosed):
        submit(database, here.neighbour, theirs, now=later)
    with database.read(here.neighbour) as db:
        assert queries.extensions(db, here.call.id) == []
    with database.read(here.organiser) as db:
        assert [(each.unit_name, each.reason) for each in queries.extensions(db, here.call.id)] == [
            ("青溪镇上河村党支部", "汛期停电")
        ]


def test_a_clock_set_back_does_not_open_the_window_again(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call)
    with database.write() as db:
        assert service.close_due(db, now=CLOSES + timedelta(minutes=3)) == 1
        assert service.close_due(db, now=CLOSES + timedelta(minutes=4)) == 0
    with pytest.raises(WindowClosed):
        submit(database, here.branch, case_id, now=CLOSES - timedelta(hours=1))
    extend(database, here, None, 1)
    assert submit(database, here.branch, case_id, now=CLOSES + timedelta(hours=1)).ordinal == 1


def late(database: Database, here: World) -> Receipt:
    case_id = write(database, here.branch, here.call)
    return submit(database, here.branch, case_id, now=CLOSES + timedelta(seconds=3))


@pytest.mark.parametrize(("accept", "entries", "status"), [(True, 1, "submitted"), (False, 0, "draft")])
def test_the_organiser_rules_on_a_late_arrival(
    database: Database, accept: bool, entries: int, status: str
) -> None:
    here = world(database)
    receipt = late(database, here)
    assert receipt.provisional
    with database.read(here.organiser) as db:
        assert queries.case(db, receipt.case_id).pending_version_id == receipt.version_id
        assert queries.entries(db, here.call.id) == []
    with database.write(here.organiser) as db:
        service.rule_on_late_arrival(
            db,
            actor=here.organiser,
            now=CLOSES + timedelta(hours=1),
            case_id=receipt.case_id,
            accept=accept,
            reason="服务器繁忙",
        )
    with database.read(here.organiser) as db:
        assert len(queries.entries(db, here.call.id)) == entries
    assert case_of(database, here.branch, receipt.case_id).status.value == status


def test_a_late_new_version_leaves_the_one_in_time_standing(database: Database) -> None:
    here = world(database)
    receipt = hand_in(database, here.branch, here.call)
    save(database, here.branch, receipt.case_id, title="改过的题目")
    second = submit(database, here.branch, receipt.case_id, key="k2", now=CLOSES + timedelta(seconds=1))
    assert second.provisional
    with database.read(here.organiser) as db:
        assert [each.id for each in queries.entries(db, here.call.id)] == [receipt.version_id]


def test_the_receipt_goes_out_by_mail_in_the_same_transaction(database: Database) -> None:
    here = world(database)
    receipt = hand_in(database, here.branch, here.call)
    with database.read() as db:
        letters = db.scalars(select(OutgoingMail)).all()
        assert [(each.recipient, each.subject) for each in letters] == [
            ("village@example.org", f"提交回执 {receipt.number}")
        ]
        assert receipt.content_hash in letters[0].body
        assert "2026年3月10日 16:00:00（北京时间）" in letters[0].body


def test_a_refused_submission_leaves_no_trace(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call, title="")
    with pytest.raises(Problem):
        submit(database, here.branch, case_id)
    with database.read() as db:
        assert queries.versions(db, case_id) == []
        assert db.scalars(select(OutgoingMail)).all() == []
        actions = [each.action for each in journal.latest(db)]
    assert actions == ["case.started", "call.published", "call.created"]


def test_a_pledge_is_kept_with_its_words(database: Database) -> None:
    here = world(database)
    receipt = hand_in(database, here.branch, here.call)
    signed = replace(receipt, signature="")
    with database.read(here.branch) as db:
        assert queries.receipt(db, receipt.version_id) == signed
    assert PLEDGE.name == "张建国"
