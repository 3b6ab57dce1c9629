"""Checking many cases: at once, with what the person noted, undone, and reminding the unfinished."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from foundation.actor import Actor
from foundation.db import Database
from foundation.display import moment_in_zone
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.mail import OutgoingMail
from foundation.people import user
from submissions import queries, service
from submissions.rules.lifecycle import Deed
from submissions.values import BulkOutcome, CaseStatus, CaseView, Category, Chosen
from tests.submissions import factories
from tests.submissions.factories import CLOSES, DURING, World, hand_in, start, submit, world, write


def case(database: Database, here: World, case_id: str) -> CaseView:
    with database.read(here.organiser) as db:
        return queries.case(db, case_id)


def chosen(database: Database, here: World, *case_ids: str) -> list[Chosen]:
    return [Chosen(each, case(database, here, each).version_id or "") for each in case_ids]


def decide(
    database: Database,
    here: World,
    picked: list[Chosen],
    deed: Deed,
    *,
    actor: Actor | None = None,
    reason: str = "",
    due_at: datetime | None = None,
    now: datetime = DURING,
) -> BulkOutcome:
    actor = actor or here.organiser
    with database.write(actor) as db:
        return service.decide_many(
            db,
            actor=actor,
            now=now,
            call_id=here.call.id,
            chosen=picked,
            deed=deed,
            reason=reason,
            due_at=due_at,
        )


def undo(database: Database, here: World, case_id: str, *, begun: bool = False) -> CaseStatus:
    with database.write(here.organiser) as db:
        return service.undo_decision(
            db, actor=here.organiser, now=DURING, case_id=case_id, judging_has_begun=begun
        )


def letters(database: Database, subject: str) -> list[str]:
    with database.read() as db:
        found = select(OutgoingMail.recipient).where(OutgoingMail.subject.startswith(subject))
        return sorted(db.scalars(found))


def test_many_are_decided_each_alone(database: Database) -> None:
    here = world(database, cases_per_unit=9)
    first = hand_in(database, here.branch, here.call, title="甲").case_id
    second = hand_in(database, here.neighbour, here.call, title="乙").case_id
    moved_on = hand_in(database, here.stranger, here.call, title="丙").case_id
    picked = chosen(database, here, first, second, moved_on)
    decide(database, here, chosen(database, here, second), Deed.REJECT, reason="重复")
    with database.write(here.stranger) as db:
        changed = factories.text(title="丙二")
        service.save_draft(db, actor=here.stranger, now=DURING, case_id=moved_on, revision=2, text=changed)
    submit(database, here.stranger, moved_on, key="k2")
    outcome = decide(database, here, [*picked, Chosen("nothing", "")], Deed.CHECK)
    assert [each.split(" ")[1] for each in outcome.done] == ["甲"]
    assert [(each.id, str(each.reason)[:6]) for each in outcome.left] == [
        (second, "这个案例未通"),
        (moved_on, "您查看之后，"),
        ("nothing", "没有这个案例"),
    ]
    statuses = [case(database, here, each).status.value for each in (first, second, moved_on)]
    assert statuses == ["checked", "rejected", "submitted"]


def test_what_cannot_be_decided_at_once(sqlite_database: Database) -> None:
    here = world(sqlite_database)
    case_id = hand_in(sqlite_database, here.branch, here.call).case_id
    picked = chosen(sqlite_database, here, case_id)
    with pytest.raises(Refused):
        decide(sqlite_database, here, [], Deed.CHECK)
    with pytest.raises(Refused):
        decide(sqlite_database, here, picked * 501, Deed.CHECK)
    with pytest.raises(Refused):
        decide(sqlite_database, here, picked, Deed.WITHDRAW)
    with pytest.raises(Invalid):
        decide(sqlite_database, here, picked, Deed.REJECT)
    with pytest.raises(Invalid):
        decide(sqlite_database, here, picked, Deed.RETURN, reason="改", due_at=DURING)
    with pytest.raises(Forbidden):
        decide(sqlite_database, here, picked, Deed.CHECK, actor=here.superior)
    after = decide(sqlite_database, here, picked, Deed.RETURN, reason="改", now=CLOSES)
    assert [str(each.reason) for each in after.left] == ["征集已截止，请填写重新提交的期限。"]


@pytest.mark.parametrize(
    ("deed", "letter"),
    [(Deed.CHECK, 0), (Deed.REJECT, 1), (Deed.RETURN, 1)],
)
def test_a_decision_is_undone(sqlite_database: Database, deed: Deed, letter: int) -> None:
    here = world(sqlite_database)
    case_id = hand_in(sqlite_database, here.branch, here.call).case_id
    with pytest.raises(Refused):
        undo(sqlite_database, here, case_id)
    decide(sqlite_database, here, chosen(sqlite_database, here, case_id), deed, reason="理由")
    with pytest.raises(Refused, match="评审已经开始"):
        undo(sqlite_database, here, case_id, begun=True)
    assert undo(sqlite_database, here, case_id) is CaseStatus.SUBMITTED
    assert len(letters(sqlite_database, "审查结论已撤销")) == letter
    with pytest.raises(Refused):
        undo(sqlite_database, here, case_id)
    with sqlite_database.read(here.branch) as db:
        assert next(step.kind.value for step in queries.steps(db, case_id)) == "undone"


def test_a_rejection_of_a_passed_case_is_undone_to_passed(sqlite_database: Database) -> None:
    here = world(sqlite_database)
    case_id = hand_in(sqlite_database, here.branch, here.call).case_id
    picked = chosen(sqlite_database, here, case_id)
    decide(sqlite_database, here, picked, Deed.CHECK)
    decide(sqlite_database, here, picked, Deed.REJECT, reason="理由")
    with sqlite_database.write(here.organiser) as db:
        service.comment_on_case(db, actor=here.organiser, now=DURING, case_id=case_id, comment="已电话沟通")
    assert undo(sqlite_database, here, case_id) is CaseStatus.CHECKED


def test_what_was_handed_in_again_is_not_undone(sqlite_database: Database) -> None:
    here = world(sqlite_database)
    case_id = hand_in(sqlite_database, here.branch, here.call).case_id
    decide(sqlite_database, here, chosen(sqlite_database, here, case_id), Deed.RETURN, reason="改")
    submit(sqlite_database, here.branch, case_id, key="k2")
    with pytest.raises(Refused):
        undo(sqlite_database, here, case_id)


def test_the_sheet_is_the_organisers_alone(sqlite_database: Database) -> None:
    here = world(sqlite_database)
    receipt = hand_in(sqlite_database, here.branch, here.call)
    with sqlite_database.write(here.organiser) as db:
        for note in ("先放一放", "看过了"):
            service.note_check(
                db,
                actor=here.organiser,
                now=DURING,
                case_id=receipt.case_id,
                ticks=["theme", "unknown"],
                note=note,
            )
    seen = {}
    for name, actor in (("organiser", here.organiser), ("branch", here.branch), ("superior", here.superior)):
        with sqlite_database.read(actor) as db:
            sheet = queries.check_sheet(db, receipt.version_id)
            seen[name] = (sheet.ticks, sheet.note)
    assert seen == {
        "organiser": (frozenset({"theme"}), "看过了"),
        "branch": (frozenset(), ""),
        "superior": (frozenset(), ""),
    }
    with pytest.raises(Forbidden), sqlite_database.write(here.superior) as db:
        service.note_check(db, actor=here.superior, now=DURING, case_id=receipt.case_id, ticks=[], note="x")
    with pytest.raises(Refused, match="又提交了新的版本"), sqlite_database.write(here.organiser) as db:
        service.note_check(
            db,
            actor=here.organiser,
            now=DURING,
            case_id=receipt.case_id,
            ticks=[],
            note="旧",
            seen="an older one",
        )


def remind(database: Database, here: World, now: datetime = DURING) -> BulkOutcome:
    with database.write(here.organiser) as db:
        return service.remind_unfinished(db, actor=here.organiser, now=now, call_id=here.call.id)


def test_only_the_unfinished_are_reminded(database: Database) -> None:
    here = world(database, cases_per_unit=9)
    hand_in(database, here.branch, here.call)
    write(database, here.colleague, here.call)
    start(database, here.neighbour, here.call)
    returned = hand_in(database, here.stranger, here.call).case_id
    decide(database, here, chosen(database, here, returned), Deed.RETURN, reason="改")
    with database.write() as db:
        user(db, here.neighbour.user_id).active = False
        user(db, here.stranger.user_id).language = "en"
    outcome = remind(database, here)
    assert outcome.done == ("东城街道和平社区党支部", "青溪镇上河村党支部")
    assert [(each.name, str(each.reason)) for each in outcome.left] == [
        ("青溪镇下河村党支部", "没有可以收信的在用账号。")
    ]
    assert letters(database, "请在截止前完成申报") == ["village2@example.org"]
    with database.read() as db:
        english = db.scalar(
            select(OutgoingMail.subject).where(
                OutgoingMail.recipient == "block@example.org", OutgoingMail.subject.startswith("Please")
            )
        )
    assert english == "Please finish your submission: 全国党支部工作创新案例征集"
    with pytest.raises(Refused):
        remind(database, here, DURING + timedelta(hours=23))
    assert len(remind(database, here, DURING + timedelta(hours=24)).done) == 2
    with pytest.raises(Refused):
        remind(database, here, CLOSES)


def test_a_reminder_names_the_deadline_of_the_category(sqlite_database: Database) -> None:
    early, late = CLOSES - timedelta(days=9), CLOSES - timedelta(days=3)
    kinds = (Category("rural", "农村", closes_at=late), Category("city", "社区", closes_at=early))
    here = world(sqlite_database, cases_per_unit=9, categories=kinds)
    write(sqlite_database, here.branch, here.call)
    write(sqlite_database, here.stranger, here.call, category_key="city")
    write(sqlite_database, here.neighbour, here.call)
    write(sqlite_database, here.neighbour, here.call, category_key="city", title="另一个")
    zone = here.call.timezone
    remind(sqlite_database, here)
    with sqlite_database.read() as db:
        said = {row.recipient: row.body for row in db.scalars(select(OutgoingMail))}
    assert str(moment_in_zone(late, zone)) in said["village@example.org"]
    assert str(moment_in_zone(early, zone)) in said["block@example.org"]
    assert f"最早的是 {moment_in_zone(early, zone)}" in said["hamlet@example.org"]
    again = remind(sqlite_database, here, early + timedelta(days=1))
    assert again.done == ("青溪镇上河村党支部", "青溪镇下河村党支部")


def test_reminding_is_the_organisers(sqlite_database: Database) -> None:
    here = world(sqlite_database)
    start(sqlite_database, here.branch, here.call)
    with pytest.raises(Forbidden), sqlite_database.write(here.superior) as db:
        service.remind_unfinished(db, actor=here.superior, now=DURING, call_id=here.call.id)
    with pytest.raises(NotFound), sqlite_database.write(here.organiser) as db:
        service.remind_unfinished(db, actor=here.organiser, now=DURING, call_id="nothing")
    with sqlite_database.read() as db:
        assert db.scalar(select(func.count()).select_from(OutgoingMail)) == 0
        assert db.scalar(text("SELECT count(*) FROM journal WHERE action = 'call.branches_reminded'")) == 0
