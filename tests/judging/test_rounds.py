"""Further rounds: chosen cases, another form, what the rounds before count, and giving one up."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import select

from foundation.actor import Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, Refused
from judging import queries, service
from judging.models import Assignment, RoundCase
from judging.selection import best, form_errors, own_weights
from judging.statistics.standing import standings
from judging.values import RoundState, Standing
from judging.values.standing import Carried
from judging.views import RoundView
from tests.judging.factories import FOUR, flat, rules
from tests.judging.world import CLOSED, DECIDED, OPEN, World, accept, assigned, close, mark, score


def judged(database: Database, marks: Mapping[int, tuple[int, ...]]) -> World:
    made = assigned(database, cases=len(marks), jurors=2, reads=2)
    score(made, marks)
    close(made)
    return made


def opened(made: World, **asked: object) -> RoundView:
    given = {"reads": 1, "best": 2} | asked
    with made.database.write(made.organiser) as db:
        return service.open_next_round(
            db,
            actor=made.organiser,
            now=CLOSED,
            round_id=made.current(db).id,
            asked=service.NextRound(**given),  # type: ignore[arg-type]  # tests name its fields
        )


def titles(made: World, view: RoundView) -> set[str]:
    with made.database.read(made.organiser) as db:
        return {line.title for line in queries.assignment_board(db, made.organiser, view).cases}


def row(case_id: str, rank: int | None) -> Standing:
    return Standing(case_id, None, None, None, rank, False, 0, 0, ())


def test_the_best_go_on_with_all_that_share_the_last_rank() -> None:
    rows = [row("a", 1), row("b", 2), row("c", 2), row("d", 4), row("e", None)]
    names = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"}
    assert best(rows, names, 2, each=False) == ("a", "b", "c")
    assert best(rows, names, 1, each=True) == ("a", "c")
    assert best(rows, names, 9, each=False) == ("a", "b", "c", "d")
    assert best([row("e", None)], names, 3, each=False) == ()


def test_a_form_of_its_own_adds_up_to_a_hundred() -> None:
    assert form_errors(FOUR, {"authenticity": 60, "innovation": 40}) == []
    (wrong,) = form_errors(FOUR, {"authenticity": 60, "innovation": 30})
    assert str(wrong.message) == "各项权重合计应为 100，现在是 90。"
    assert len(form_errors(FOUR, {"beauty": 100})) == 1
    assert own_weights(FOUR, {each.key: each.weight for each in FOUR}) is None
    assert own_weights(FOUR, {"authenticity": 60, "innovation": 40, "exemplarity": 0}) == {
        "authenticity": 60,
        "innovation": 40,
    }


def test_earlier_rounds_count_their_percent_exactly() -> None:
    carried = Carried(30, {"a": Fraction(9, 10), "b": Fraction(1)})
    found = standings(["a", "b"], [flat("a", "j", 80), flat("b", "j", 70)], rules(reads=1), carried=carried)
    assert [(each.case_id, each.score, each.own, each.earlier) for each in found] == [
        ("a", Fraction(83), Fraction(80), Fraction(90)),
        ("b", Fraction(79), Fraction(70), Fraction(100)),
    ]


def test_the_last_round_decides(sqlite_database: Database) -> None:
    made = judged(sqlite_database, {0: (90, 90), 1: (80, 80), 2: (70, 70)})
    second = opened(made, juror_ids=[made.jurors[0].user_id])
    assert (second.ordinal, titles(made, second)) == (2, {"案例之一", "案例之二"})
    juror = made.jurors[0]
    accept(made.database, juror, second.id)
    with made.database.write(made.organiser) as db:
        service.assign_evenly(db, actor=made.organiser, now=CLOSED, round_id=second.id)
    with made.database.read() as db:
        reads = dict(
            db.execute(
                select(Assignment.case_id, Assignment.id).where(Assignment.round_id == second.id)
            ).all()
        )
    with made.database.write(juror) as db:
        for case_id, value in ((made.entries[0].case_id, 50), (made.entries[1].case_id, 60)):
            for criterion in made.call.rules.criteria:
                service.save_mark(
                    db, actor=juror, now=CLOSED, assignment_id=reads[case_id],
                    criterion_key=criterion.key, value=Decimal(value),
                )  # fmt: skip
        service.hand_in_all(db, actor=juror, now=CLOSED, round_id=second.id)
    board = made.board()
    assert [(board.cases[each.case_id].title, each.score) for each in board.rows] == [
        ("案例之二", Fraction(60)),
        ("案例之一", Fraction(50)),
    ]
    with pytest.raises(Refused, match="已经进入下一轮"), made.database.write(made.organiser) as db:
        service.reopen_round(db, actor=made.organiser, now=DECIDED, round_id=made.round.id, reason="再评")
    with made.database.write(made.organiser) as db:
        service.cancel_round(db, actor=made.organiser, now=DECIDED, round_id=second.id, reason="程序有误")
    assert [each.score for each in made.board().rows] == [90, 80, 70]
    with made.database.read() as db:
        assert queries.rounds(db)[made.call.id] is RoundState.CLOSED


def test_a_round_has_its_own_criteria_and_reads(sqlite_database: Database) -> None:
    made = judged(sqlite_database, {0: (90, 90), 1: (80, 80)})
    keys = [each.key for each in made.call.rules.criteria]
    second = opened(made, reads=3, weights={keys[0]: 60, keys[1]: 40}, earlier_weight=30)
    assert [(each.key, each.weight) for each in second.call.rules.criteria] == [(keys[0], 60), (keys[1], 40)]
    assert (second.call.rules.reads_per_case, second.reads_required) == (3, 3)
    with made.database.read(made.organiser) as db:
        first = queries.rounds_of_call(db, made.call)[0]
    assert len(first.call.rules.criteria) == len(keys)


def test_a_round_follows_a_closed_one_and_says_how_its_cases_were_chosen(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=2, jurors=2, reads=2)
    with pytest.raises(Refused, match="请先结束这一轮"):
        opened(made)
    score(made, {0: (90, 90), 1: (80, 80)})
    close(made)
    with pytest.raises(Invalid) as none:
        opened(made, best=None)
    assert [str(each.message) for each in none.value.errors] == ["请至少选择一个案例。"]
    with pytest.raises(Invalid) as unexplained:
        opened(made, best=None, case_ids=[made.entries[1].case_id])
    assert [each.field for each in unexplained.value.errors] == ["selection"]
    with pytest.raises(Invalid) as unfit:
        opened(made, reads=0, earlier_weight=100, weights={"authenticity": 5})
    assert [each.field for each in unfit.value.errors] == ["reads", "earlier_weight", "weights"]
    second = opened(made, best=None, case_ids=[made.entries[1].case_id], selection="会议选出")
    assert (titles(made, second), second.selection) == ({"案例之二"}, "会议选出")


def test_conflicts_go_on_and_earlier_readers_can_be_spared(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=2, jurors=2, reads=2)
    first, second_juror = made.jurors
    case_id = made.entries[0].case_id
    with made.database.write(first) as db:
        service.recuse(db, actor=first, now=OPEN, assignment_id=made.read_of(first, case_id), reason="同乡")
    for entry in made.entries:
        mark(made, second_juror, made.read_of(second_juror, entry.case_id), 80)
    mark(made, first, made.read_of(first, made.entries[1].case_id), 80)
    for juror in made.jurors:
        with made.database.write(juror) as db:
            service.hand_in_all(db, actor=juror, now=OPEN, round_id=made.round.id)
    close(made, "评委回避")
    everybody = [each.user_id for each in made.jurors]
    both = [each.case_id for each in made.entries]
    view = opened(made, best=None, case_ids=both, selection="全部", fresh_readers=True, juror_ids=everybody)
    for juror in made.jurors:
        accept(made.database, juror, view.id)
    with made.database.read(made.organiser) as db:
        plan = queries.preview_even(db, made.organiser, view, reads=1, seed=1).plan
    assert (plan.added, len(plan.shortfalls)) == ((), 2)


def test_who_judged_in_one_round_runs_none_and_sees_no_later_case(sqlite_database: Database) -> None:
    made = judged(sqlite_database, {0: (90, 90), 1: (80, 80)})
    view = opened(made)
    juror = made.jurors[0]
    with made.database.read(juror) as db:
        seen = set(db.scalars(select(RoundCase.round_id)))
    assert seen == {made.round.id}
    both = replace(juror, roles=juror.roles | {Role.ORGANISER})
    with pytest.raises(Forbidden), made.database.read(both) as db:
        queries.progress(db, both, view)
    with made.database.read(both) as db:
        assert set(db.scalars(select(Assignment.round_id))) == {made.round.id}
        assert {each.juror_id for each in db.scalars(select(Assignment))} == {juror.user_id}
