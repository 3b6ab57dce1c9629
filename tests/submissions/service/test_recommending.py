"""A superior's list: its order, comments, the stamped form that is matched to the version."""

import pytest
from sqlalchemy import select

from foundation.actor import Actor
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.files import StoredFile
from foundation.mail import OutgoingMail
from submissions import queries, service
from submissions.errors import NoPlaceLeft
from submissions.rules.recommending import verify_query
from submissions.values import CaseStatus, FormSheet, StepKind
from tests.submissions.factories import DURING, World, hand_in, start, submit, text, world

SCAN = service.NewFile(StoredFile("ab" * 32, 1000), "file", "推荐表.pdf", "application/pdf")


def recommend(database: Database, here: World, case_id: str, actor: Actor | None = None) -> None:
    actor = actor or here.superior
    with database.write(actor) as db:
        service.recommend_case(db, actor=actor, now=DURING, case_id=case_id, opinion="可推广")


def rank(database: Database, here: World, order: list[str], actor: Actor | None = None) -> None:
    actor = actor or here.superior
    with database.write(actor) as db:
        service.rank_recommendations(db, actor=actor, now=DURING, call_id=here.call.id, order=order)


def listed(database: Database, here: World) -> list[str]:
    with database.read(here.superior) as db:
        unit_id = here.superior.unit_id or ""
        return [each.case_id for each in queries.recommended(db, here.call.id, unit_id)]


def sheet(database: Database, here: World, case_id: str) -> FormSheet:
    with database.read(here.superior) as db:
        return queries.form_sheets(db, here.call.id, here.superior.unit_id or "", case_id)[0]


def new_version(database: Database, here: World, case_id: str, key: str) -> None:
    with database.write(here.branch) as db:
        revision = queries.draft(db, case_id).revision
        changed = text(title=f"新的题目 {key}")
        service.save_draft(
            db, actor=here.branch, now=DURING, case_id=case_id, revision=revision, text=changed
        )
    submit(database, here.branch, case_id, key=key)


def three(database: Database, here: World) -> list[str]:
    made = [hand_in(database, here.branch, here.call, title=f"案例{name}").case_id for name in "甲乙丙"]
    for case_id in made:
        recommend(database, here, case_id)
    return made


def test_the_order_is_the_superiors(database: Database) -> None:
    here = world(database, cases_per_unit=9)
    one, two, three_ = three(database, here)
    assert listed(database, here) == [one, two, three_]
    rank(database, here, [three_, one, two])
    assert listed(database, here) == [three_, one, two]
    with database.read(here.organiser) as db:
        places = queries.places(db, here.call.id)
        given = queries.recommended(db, here.call.id)
        assert [(each.case_id, places[each.id]) for each in given] == [
            (three_, (1, 3)),
            (one, (2, 3)),
            (two, (3, 3)),
        ]
    for order in ([], [one, two], [one, two, two], [one, two, "nothing"]):
        with pytest.raises(Refused):
            rank(database, here, order)
    with pytest.raises(Refused):
        rank(database, here, [one, two, three_], here.other_superior)
    with pytest.raises(Forbidden):
        rank(database, here, [one, two, three_], here.branch)


def test_a_renewed_recommendation_keeps_its_place(sqlite_database: Database) -> None:
    here = world(sqlite_database, cases_per_unit=9)
    one, two, three_ = three(sqlite_database, here)
    new_version(sqlite_database, here, two, "k2")
    assert listed(sqlite_database, here) == [one, three_]
    with sqlite_database.read(here.superior) as db:
        outdated = queries.outdated_recommendations(db, here.call.id, here.superior.unit_id or "")
    assert outdated == {two: 1}
    recommend(sqlite_database, here, two)
    assert listed(sqlite_database, here) == [one, two, three_]
    with sqlite_database.write(here.superior) as db:
        service.withdraw_recommendation(db, actor=here.superior, now=DURING, case_id=one)
    assert listed(sqlite_database, here) == [two, three_]
    recommend(sqlite_database, here, one)
    assert listed(sqlite_database, here) == [one, two, three_]


def test_a_share_of_what_was_handed_in_is_the_quota(sqlite_database: Database) -> None:
    here = world(sqlite_database, cases_per_unit=9, recommendations_share=50, recommendations_floor=1)
    cases = [hand_in(sqlite_database, here.branch, here.call, title=f"第{n}").case_id for n in range(3)]
    recommend(sqlite_database, here, cases[0])
    recommend(sqlite_database, here, cases[1])
    with pytest.raises(NoPlaceLeft):
        recommend(sqlite_database, here, cases[2])


def test_a_comment_changes_nothing_but_is_read(sqlite_database: Database) -> None:
    here = world(sqlite_database)
    case_id = hand_in(sqlite_database, here.branch, here.call).case_id
    for actor, words in ((here.superior, "请补充数据来源"), (here.organiser, "图三不清楚")):
        with sqlite_database.write(actor) as db:
            service.comment_on_case(db, actor=actor, now=DURING, case_id=case_id, comment=words)
    with sqlite_database.read(here.branch) as db:
        said = [step.reason for step in queries.steps(db, case_id) if step.kind is StepKind.COMMENTED]
        assert (queries.case(db, case_id).status, sorted(said)) == (
            CaseStatus.SUBMITTED,
            ["图三不清楚", "请补充数据来源"],
        )
    with sqlite_database.read() as db:
        letters = list(
            db.scalars(select(OutgoingMail.recipient).where(OutgoingMail.subject.startswith("案例收到意见")))
        )
    assert letters == ["village@example.org"] * 2
    for words in ("", "长" * 501):
        with pytest.raises(Invalid), sqlite_database.write(here.superior) as db:
            service.comment_on_case(db, actor=here.superior, now=DURING, case_id=case_id, comment=words)
    with pytest.raises(NotFound), sqlite_database.write(here.other_superior) as db:
        service.comment_on_case(db, actor=here.other_superior, now=DURING, case_id=case_id, comment="看")
    with pytest.raises(Forbidden), sqlite_database.write(here.branch) as db:
        service.comment_on_case(db, actor=here.branch, now=DURING, case_id=case_id, comment="看")


def bring(database: Database, here: World, case_id: str, codes: list[str], typed: str = "") -> str:
    with database.write(here.superior) as db:
        scan = service.attach_scan(
            db, actor=here.superior, now=DURING, case_id=case_id, file=SCAN, codes=codes, typed=typed
        )
    return scan.proof


def code_of(form: FormSheet) -> str:
    return "https://example.org" + verify_query(form.version_number, "f" * 64, form.recommendation_id)


def test_a_stamped_form_is_of_one_version(database: Database) -> None:
    here = world(database, cases_per_unit=9)
    one, two, _three = three(database, here)
    form, other = sheet(database, here, one), sheet(database, here, two)
    assert (form.ordinal, form.place, form.of, form.recommender) == (1, 1, 3, "青溪镇党委")
    assert bring(database, here, one, ["something else", code_of(form)]) == "qr"
    assert bring(database, here, one, [], form.content_hash[:8].upper()) == "typed"
    with pytest.raises(Refused, match="另一个案例"):
        bring(database, here, one, [code_of(other)])
    for typed in ("", "12345678", form.content_hash[:7]):
        with pytest.raises(Invalid):
            bring(database, here, one, [], typed)
    new_version(database, here, one, "k2")
    with pytest.raises(Refused, match="请先推荐"):
        bring(database, here, one, [code_of(form)])
    recommend(database, here, one)
    with pytest.raises(Refused, match="另一个版本"):
        bring(database, here, one, [code_of(form)])
    renewed = sheet(database, here, one)
    assert (renewed.ordinal, renewed.content_hash == form.content_hash) == (2, False)
    assert bring(database, here, one, [code_of(renewed)]) == "qr"
    with database.read(here.organiser) as db:
        kept = queries.scans(db, [one])[one]
        assert sorted(each.version_id for each in kept) == sorted(
            [form.version_id, form.version_id, renewed.version_id]
        )
    with database.read(here.stranger) as db:
        assert queries.scans(db, [one]) == {}
        with pytest.raises(NotFound):
            queries.scan(db, one, kept[0].id)


def test_a_recommendation_has_so_many_scans_and_no_more(sqlite_database: Database) -> None:
    here = world(sqlite_database)
    case_id = hand_in(sqlite_database, here.branch, here.call).case_id
    recommend(sqlite_database, here, case_id)
    code = code_of(sheet(sqlite_database, here, case_id))
    for _time in range(20):
        assert bring(sqlite_database, here, case_id, [code]) == "qr"
    with pytest.raises(Refused, match="份扫描件，不能再上传"):
        bring(sqlite_database, here, case_id, [code])


def test_drafts_of_branches_are_a_number(sqlite_database: Database) -> None:
    here = world(sqlite_database, cases_per_unit=9)
    hand_in(sqlite_database, here.branch, here.call)
    start(sqlite_database, here.branch, here.call)
    start(sqlite_database, here.stranger, here.call)
    with sqlite_database.read(here.superior) as db:
        found = queries.branch_standings(db, here.call.id, here.superior.unit_path)
        assert [(each.unit_name, each.drafts, each.by_status, each.unfinished) for each in found] == [
            ("青溪镇上河村党支部", 1, {CaseStatus.SUBMITTED: 1}, 1),
            ("青溪镇下河村党支部", 0, {}, 0),
        ]


def test_a_call_that_does_not_exist_has_no_order(sqlite_database: Database) -> None:
    here = world(sqlite_database)
    with sqlite_database.write(here.superior) as db, pytest.raises(NotFound):
        service.rank_recommendations(db, actor=here.superior, now=DURING, call_id="nowhere", order=["a"])
