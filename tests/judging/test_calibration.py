"""The calibration case: scored first, shown without names, never counted."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from foundation.actor import Actor
from foundation.db import Database
from foundation.errors import Invalid, Refused
from foundation.people import User
from judging.errors import ScoringOver
from judging.models import CalibrationMark, CalibrationRead
from judging.queries import calibrations
from judging.service import calibrating, scoring
from judging.service.calibrating import Choice
from tests.judging.world import OPEN, SCORING, World, assigned
from tests.support.web import Visitor
from webapp.wiring import Product

TEXT = Choice(title="校准用的案例", body_html="<p>" + "党员认领实事，年底逐件公开。" * 6 + "</p>")


def chosen(made: World, choice: Choice = TEXT, **more: Any) -> None:
    with made.database.write(made.organiser) as db:
        calibrating.set_calibration(
            db, actor=made.organiser, now=OPEN, round_id=made.round.id, choice=choice, **more
        )


def scored(made: World, juror: Actor, *values: int, hand_in: bool = True) -> None:
    keys = [each.key for each in made.call.rules.criteria]
    given = {key: Decimal(value) for key, value in zip(keys, values, strict=False)}
    with made.database.write(juror) as db:
        calibrating.score_calibration(
            db,
            actor=juror,
            now=SCORING,
            round_id=made.round.id,
            given=given,
            remark=f"来自{juror.name}的看法",
            hand_in=hand_in,
        )


def marked(made: World, juror: Actor) -> None:
    with made.database.write(juror) as db:
        scoring.save_mark(
            db,
            actor=juror,
            now=SCORING,
            assignment_id=made.read_of(juror, made.entries[0].case_id),
            criterion_key=made.call.rules.criteria[0].key,
            value=Decimal(80),
        )


def strips(made: World, juror: Actor) -> list[tuple[str, tuple[int, ...], str, int | None]]:
    with made.database.read(juror) as db:
        view = made.current(db)
        found = calibrations.calibration(db, view, SCORING)
        assert found is not None
        return [
            (
                each.criterion.key if each.criterion else "",
                tuple(int(mark) for mark in each.marks),
                str(each.mean),
                int(each.own) if each.own is not None else None,
            )
            for each in calibrations.spread(db, view, found, juror.user_id)
        ]


def test_the_queue_opens_after_the_calibration_and_marks_are_shown_after_all(
    sqlite_database: Database,
) -> None:
    made = assigned(sqlite_database)
    one, two, three = made.jurors
    chosen(made)
    with pytest.raises(ScoringOver, match="校准案例"):
        marked(made, one)
    scored(made, one, 80, 80, 80, 80)
    marked(made, one)
    with pytest.raises(ScoringOver):
        scored(made, one, 90, 90, 90, 90)
    with pytest.raises(Invalid):
        scored(made, two, 60, 60)
    scored(made, two, 60, 60, 60, 60)
    assert strips(made, one) == []
    scored(made, three, 70, 70, 70, 71)
    found = strips(made, one)
    first = made.call.rules.criteria[0].key
    assert found[1] == (first, (60, 70, 80), "70.00", 80)
    with made.database.read(one) as db:
        calibration = calibrations.calibration(db, made.current(db), SCORING)
        assert calibration is not None
        assert len(calibrations.remarks(db, calibration)) == 3


def test_its_marks_count_in_no_standing_and_are_seen_by_nobody_else(sqlite_database: Database) -> None:
    made = assigned(sqlite_database)
    chosen(made, Choice(case_id=made.entries[0].case_id))
    for juror in made.jurors:
        scored(made, juror, 100, 100, 100, 100)
    assert {row.reads for row in made.board().rows} == {0}
    for actor, count in ((made.jurors[0], 4), (made.organiser, 12)):
        with made.database.read(actor) as db:
            assert db.scalar(select(func.count(CalibrationMark.id))) == count
            assert db.scalar(select(func.count(CalibrationRead.id))) == count // 4


def test_at_the_deadline_it_is_shown_and_keeps_nobody_waiting(sqlite_database: Database) -> None:
    made = assigned(sqlite_database)
    chosen(made, due_at=SCORING)
    marked(made, made.jurors[0])
    with pytest.raises(ScoringOver, match="已经截止"):
        scored(made, made.jurors[0], 1, 1, 1, 1)


def test_a_case_that_a_juror_may_not_read_is_refused(sqlite_database: Database) -> None:
    made = assigned(sqlite_database)
    juror, case_id = made.jurors[0], made.entries[0].case_id
    with made.database.write(juror) as db:
        scoring.recuse(db, actor=juror, now=OPEN, assignment_id=made.read_of(juror, case_id), reason="同学")
    with pytest.raises(Refused) as refusal:
        chosen(made, Choice(case_id=case_id))
    assert str(refusal.value.reason) == f"{juror.name} 须回避这个案例，不能用它校准。请换一个案例。"
    with pytest.raises(Invalid):
        chosen(made, Choice(title="太短", body_html="<p>短</p>"))
    with pytest.raises(Invalid):
        chosen(made, due_at=OPEN - timedelta(days=1))


def test_through_the_pages(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, jurors=1)
    with sqlite_product.database.read() as db:
        organiser = db.get_one(User, made.organiser.user_id)
        juror = db.get_one(User, made.jurors[0].user_id)
        db.expunge_all()
    here = f"/organise/calls/{made.call.id}/judging/calibration"
    desk = Visitor(sqlite_product).sign_in(organiser)
    assert "先校准，再评审" in desk.get(here).text
    missing = desk.post(here, {"source": "text", "title": "", "text": "短"})
    assert missing.status_code == 422
    assert "请填写标题" in missing.text
    text = "党员认领实事，年底逐件公开。" * 6
    answer = desk.post(
        here, {"source": "text", "title": "往年的例子", "text": text, "commentary": "尺度从严"}
    )
    assert "往年的例子" in answer.text
    mine = Visitor(sqlite_product).sign_in(juror)
    queue = mine.get(f"/judging/rounds/{made.round.id}").text
    assert "给校准案例评分" in queue
    assert made.label_of(made.entries[0].case_id) not in queue
    sheet = f"/judging/rounds/{made.round.id}/calibration"
    assert "尺度从严" not in mine.get(sheet).text
    keys = [each.key for each in made.call.rules.criteria]
    half = mine.post(sheet, {f"mark-{keys[0]}": "80", "command": "hand_in"})
    assert half.status_code == 422
    done = mine.post(sheet, {**{f"mark-{key}": "80" for key in keys}, "command": "hand_in"})
    assert made.label_of(made.entries[0].case_id) in done.text
    shown = mine.get(sheet).text
    assert "尺度从严" in shown
    assert "打分分布" in shown
