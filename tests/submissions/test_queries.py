"""Who sees what: rows of submissions through the eyes of each role; on SQLite and PostgreSQL."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import ANONYMOUS, Actor
from foundation.db import Database
from foundation.errors import NotFound
from submissions import queries, service
from submissions.models import Attachment, Case, CaseStep, CaseVersion, Draft, Recommendation
from submissions.values import CaseStatus, Pledge
from tests.submissions.factories import DURING, World, hand_in, start, stored_photo, world, write


def seen(database: Database, actor: Actor) -> dict[str, int]:
    """How many rows of each table the actor sees."""
    tables = (Case, Draft, Attachment, CaseVersion, CaseStep, Recommendation)
    with database.read(actor) as db:
        return {
            table.__tablename__: db.scalar(select(func.count()).select_from(table)) or 0 for table in tables
        }


@pytest.fixture
def here(database: Database) -> World:
    """The branch has a case handed in and recommended, with a photo, and a draft; the stranger a draft."""
    made = world(database)
    handed = write(database, made.branch, made.call)
    with database.write(made.branch) as db:
        service.attach_file(db, actor=made.branch, now=DURING, case_id=handed, file=stored_photo())
    with database.write(made.branch) as db:
        service.submit_case(
            db,
            actor=made.branch,
            now=DURING,
            case_id=handed,
            key="k",
            pledge=_pledge(),
        )
    with database.write(made.superior) as db:
        service.recommend_case(db, actor=made.superior, now=DURING, case_id=handed, opinion="可推广")
    start(database, made.branch, made.call)
    start(database, made.stranger, made.call)
    return made


def test_each_role_sees_its_rows(database: Database, here: World) -> None:
    nothing = dict.fromkeys(seen(database, ANONYMOUS), 0)
    handed_in = {"case": 1, "case_draft": 0, "case_attachment": 0, "case_version": 1, "case_step": 2}
    others = {**handed_in, "case_recommendation": 1}
    unit = {**others, "case": 2, "case_draft": 2, "case_attachment": 1}
    assert [seen(database, each) for each in (here.branch, here.colleague)] == [unit, unit]
    assert [seen(database, each) for each in (here.superior, here.organiser)] == [others, others]
    for actor in (ANONYMOUS, here.neighbour, here.other_superior, here.juror):
        assert seen(database, actor) == nothing


def test_the_stranger_sees_his_own_draft_alone(database: Database, here: World) -> None:
    assert seen(database, here.stranger) == {
        "case": 1,
        "case_draft": 1,
        "case_attachment": 0,
        "case_version": 0,
        "case_step": 0,
        "case_recommendation": 0,
    }


def test_a_view_of_a_case_holds_no_word_of_the_working_copy(database: Database, here: World) -> None:
    """After handing in, others still read what was handed in, whatever the unit is writing since."""
    with database.write(here.branch) as db:
        case = next(
            each
            for each in queries.cases_of_unit(db, here.branch.unit_id or "")
            if each.status is CaseStatus.SUBMITTED
        )
        draft = queries.draft(db, case.id)
        changed = draft.text.__class__(title="还没有提交的题目", category_key="school")
        service.save_draft(
            db, actor=here.branch, now=DURING, case_id=case.id, revision=draft.revision, text=changed
        )
    for actor in (here.organiser, here.superior, here.branch):
        with database.read(actor) as db:
            (view,) = queries.handed_in(db, here.call.id)
            assert (view.title, view.category_key) == ("一本台账解开村里的老疙瘩", "rural")


def test_missing_and_hidden_are_the_same(database: Database, here: World) -> None:
    with database.read(here.branch) as db:
        case = queries.cases_of_unit(db, here.branch.unit_id or "")[0]
    reads: list[Callable[[Session], object]] = [
        lambda db: queries.case(db, case.id),
        lambda db: queries.draft(db, case.id),
        lambda db: queries.case(db, "0" * 16),
    ]
    for read in reads:
        with database.read(here.neighbour) as db, pytest.raises(NotFound):
            read(db)


def test_how_a_call_fills(database: Database, here: World) -> None:
    hand_in(database, here.neighbour, here.call, category_key="community")
    with database.read(here.organiser) as db:
        filling = queries.filling(db, here.call.id)
        narrowed = [
            len(queries.handed_in(db, here.call.id, category_key="community")),
            len(queries.handed_in(db, here.call.id, unit_id=here.branch.unit_id or "")),
            len(queries.handed_in(db, here.call.id, status=CaseStatus.CHECKED)),
            len(queries.handed_in(db, here.call.id, below=here.superior.unit_path)),
            len(queries.handed_in(db, here.call.id, below=here.other_superior.unit_path)),
        ]
    assert (filling.by_category, filling.by_status, filling.drafts) == (
        {"rural": 1, "community": 1},
        {CaseStatus.SUBMITTED: 2},
        2,
    )
    assert sorted(name for _id, name in filling.by_unit) == ["青溪镇上河村党支部", "青溪镇下河村党支部"]
    assert narrowed == [1, 1, 0, 2, 0]


def _pledge() -> Pledge:
    return Pledge(True, "张建国")
