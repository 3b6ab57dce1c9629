"""Many reads at once: undone, handed over, from a file; nothing that is begun moves."""

import pytest
from sqlalchemy import select

from foundation.actor import Actor
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from judging import queries, service
from judging.errors import Outdated
from judging.models import Assignment
from judging.values.assignment import DistributionKind, FileLine
from tests.judging.world import OPEN, SCORING, World, assigned, mark, world

FIRST, SECOND = "评委甲", "评委申"


def standing(made: World) -> set[tuple[str, str]]:
    """Label and juror of every read that stands."""
    names = {juror.user_id: juror.name for juror in made.jurors}
    with made.database.read() as db:
        rows = db.execute(
            select(Assignment.label, Assignment.juror_id).where(Assignment.state.in_(["open", "handed_in"]))
        )
        return {(label, names[juror_id]) for label, juror_id in rows}


def even(made: World, reads: int = 2) -> None:
    with made.database.write(made.organiser) as db:
        service.assign_evenly(db, actor=made.organiser, now=OPEN, round_id=made.round.id, reads=reads)


def last(made: World) -> str:
    with made.database.read(made.organiser) as db:
        found = queries.last_distribution(db, made.round.id)
    assert found is not None
    return found.id


def undo(made: World, distribution_id: str) -> int:
    with made.database.write(made.organiser) as db:
        return service.undo_distribution(
            db, actor=made.organiser, now=SCORING, round_id=made.round.id, distribution_id=distribution_id
        )


def file(made: World, *rows: tuple[str, str]) -> str:
    lines = [FileLine(number, case, juror) for number, (case, juror) in enumerate(rows, start=2)]
    with made.database.write(made.organiser) as db:
        return service.keep_distribution_file(
            db, actor=made.organiser, now=OPEN, round_id=made.round.id, name="分配.xlsx", lines=lines
        )


def test_an_undone_distribution_leaves_no_trace_in_the_next(sqlite_database: Database) -> None:
    made = world(sqlite_database, cases=3, jurors=3)
    even(made)
    before = standing(made)
    assert (len(before), undo(made, last(made))) == (6, 6)
    assert standing(made) == set()
    even(made)
    assert standing(made) == before


def test_distributions_are_undone_one_after_the_other(sqlite_database: Database) -> None:
    made = world(sqlite_database, cases=3, jurors=3)
    even(made, 1)
    first, once = last(made), standing(made)
    even(made, 2)
    with pytest.raises(Refused, match="只能撤销最近一次分配"):
        undo(made, first)
    assert undo(made, last(made)) == 3
    assert standing(made) == once
    assert undo(made, first) == 3


def test_what_is_begun_is_not_undone(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=2, jurors=2)
    mark(made, made.jurors[0], made.read_of(made.jurors[0], made.entries[0].case_id), 80)
    with pytest.raises(Refused, match="份评审开始了"):
        undo(made, last(made))
    assert len(standing(made)) == 4


def test_open_reads_go_to_another_juror_and_begun_ones_stay(sqlite_database: Database) -> None:
    made = world(sqlite_database, cases=3, jurors=3)
    late, fresh, _third = made.jurors
    with made.database.write(made.organiser) as db:
        for entry in made.entries:
            service.assign_by_hand(
                db, actor=made.organiser, now=OPEN, round_id=made.round.id, case_id=entry.case_id,
                juror_ids=[late.user_id],
            )  # fmt: skip
    begun = made.entries[0].case_id
    mark(made, late, made.read_of(late, begun), 70)
    with made.database.write(made.organiser) as db:
        moved = service.hand_over(
            db, actor=made.organiser, now=SCORING, round_id=made.round.id, from_id=late.user_id,
            to_id=fresh.user_id,
        )  # fmt: skip
    label = made.label_of(begun)
    assert moved == 2
    assert {pair for pair in standing(made) if pair[1] == late.name} == {(label, late.name)}
    assert len({pair for pair in standing(made) if pair[1] == fresh.name}) == 2
    with pytest.raises(Invalid), made.database.write(made.organiser) as db:
        service.hand_over(
            db, actor=made.organiser, now=SCORING, round_id=made.round.id, from_id=late.user_id,
            to_id=fresh.user_id, take_begun=True,
        )  # fmt: skip
    with made.database.write(made.organiser) as db:
        service.hand_over(
            db, actor=made.organiser, now=SCORING, round_id=made.round.id, from_id=late.user_id,
            to_id=fresh.user_id, take_begun=True, reason="评委住院",
        )  # fmt: skip
    assert {name for _label, name in standing(made)} == {fresh.name}
    assert undo(made, last(made)) == 1
    assert (label, late.name) in standing(made)


def test_handing_over_to_all_keeps_the_number_of_readers(sqlite_database: Database) -> None:
    made = world(sqlite_database, cases=3, jurors=3)
    even(made, 2)
    late = made.jurors[0]
    own = {label for label, name in standing(made) if name == late.name}
    with made.database.write(made.organiser) as db:
        service.hand_over(db, actor=made.organiser, now=OPEN, round_id=made.round.id, from_id=late.user_id)
    after = standing(made)
    assert own
    assert late.name not in {name for _label, name in after}
    assert sorted(label for label, _name in after) == sorted(["A01", "A02", "A03"] * 2)


def test_a_conflict_keeps_a_read_from_being_handed_over(sqlite_database: Database) -> None:
    made = world(sqlite_database, cases=3, jurors=3)
    late, other, _third = made.jurors
    case_id = made.entries[0].case_id
    with made.database.write(made.organiser) as db:
        service.declare_conflict(
            db, actor=made.organiser, now=OPEN, round_id=made.round.id, case_id=case_id,
            juror_id=other.user_id, reason="亲属",
        )  # fmt: skip
        service.assign_by_hand(
            db, actor=made.organiser, now=OPEN, round_id=made.round.id, case_id=case_id,
            juror_ids=[late.user_id],
        )  # fmt: skip
    with made.database.read(made.organiser) as db:
        seen = queries.preview_hand_over(
            db, made.organiser, made.round, from_id=late.user_id, to_id=other.user_id, take_begun=False
        )
    assert seen.handed.moved == ()
    assert [str(each.reason) for each in seen.handed.kept] == [f"{other.name} 不能评审：已声明回避：亲属"]
    with pytest.raises(Refused, match="没有可以转交的评审"), made.database.write(made.organiser) as db:
        service.hand_over(
            db, actor=made.organiser, now=OPEN, round_id=made.round.id, from_id=late.user_id,
            to_id=other.user_id,
        )  # fmt: skip


def test_a_preview_that_is_no_longer_true_is_not_applied(sqlite_database: Database) -> None:
    made = world(sqlite_database, cases=3, jurors=3)
    with made.database.read(made.organiser) as db:
        seen = queries.preview_even(db, made.organiser, made.round, reads=1, seed=3)
    even(made, 1)
    with pytest.raises(Outdated), made.database.write(made.organiser) as db:
        service.assign_evenly(db, actor=made.organiser, now=OPEN, round_id=made.round.id, preview=seen)


def test_a_file_is_applied_whole_or_not_at_all(sqlite_database: Database) -> None:
    made = world(sqlite_database, cases=3, jurors=3)
    wrong = file(made, ("A01", FIRST), ("Z9", FIRST), ("A02", "无此人"), ("A01", FIRST))
    with made.database.read(made.organiser) as db:
        seen = queries.preview_sheet(db, made.organiser, made.round, wrong, exact=False)
    assert [(each.number, str(each.reason)) for each in seen.plan.errors] == [
        (3, "本轮没有这个评审号，请填写分配页面上的评审号，例如 A01"),
        (4, "已接受邀请的评委中没有这个人，请填写评委的邮箱或姓名"),
        (5, "与第 2 行重复"),
    ]
    with pytest.raises(Refused, match="表格里还有错误"), made.database.write(made.organiser) as db:
        service.apply_distribution_file(
            db, actor=made.organiser, now=OPEN, round_id=made.round.id, sheet_id=wrong
        )
    assert standing(made) == set()
    right = file(made, ("a01", FIRST), ("A02", SECOND), ("A02", ""))
    with made.database.write(made.organiser) as db:
        assert (
            service.apply_distribution_file(
                db, actor=made.organiser, now=OPEN, round_id=made.round.id, sheet_id=right
            )
            == 2
        )
    assert standing(made) == {("A01", FIRST), ("A02", SECOND)}
    with pytest.raises(Refused, match="已经执行过"), made.database.write(made.organiser) as db:
        service.apply_distribution_file(
            db, actor=made.organiser, now=OPEN, round_id=made.round.id, sheet_id=right
        )


def test_an_exact_file_takes_away_what_it_leaves_out_but_for_what_is_begun(
    sqlite_database: Database,
) -> None:
    made = assigned(sqlite_database, cases=2, jurors=2)
    begun = made.read_of(made.jurors[1], made.entries[0].case_id)
    mark(made, made.jurors[1], begun, 60)
    label = made.label_of(made.entries[0].case_id)
    sheet = file(made, ("A01", FIRST))
    with made.database.write(made.organiser) as db:
        service.apply_distribution_file(
            db, actor=made.organiser, now=SCORING, round_id=made.round.id, sheet_id=sheet, exact=True
        )
    assert standing(made) == {("A01", FIRST), (label, SECOND)}
    assert undo(made, last(made)) == 0
    assert len(standing(made)) == 4
    with made.database.read(made.organiser) as db:
        left = queries.last_distribution(db, made.round.id)
    assert left is not None
    assert left.kind is DistributionKind.BUTTON


def test_another_round_s_distribution_is_not_found(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=2, jurors=2)
    with pytest.raises(NotFound):
        undo(made, "x" * 16)


def test_jurors_cannot_hand_over(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=2, jurors=2)
    juror: Actor = made.jurors[0]
    with pytest.raises(Forbidden), made.database.write(juror) as db:
        service.hand_over(db, actor=juror, now=SCORING, round_id=made.round.id, from_id=juror.user_id)
