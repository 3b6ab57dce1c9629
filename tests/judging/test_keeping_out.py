"""Conflicts decided by people, and organisers who are shut out of a case."""

from typing import Any

import pytest
from sqlalchemy import func, select

from foundation.actor import Actor, Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.people import User, actor_of, set_roles
from judging import queries, service
from judging.models import Assignment, HandIn, JurorProfile, JurorRemark, MarkVersion, RoundCase
from judging.queries import conflicts, keeping_out
from judging.queries.organisers import cases
from judging.service import conflicts as ruling
from judging.service import register
from judging.values import ON_PANEL, ConflictKind, Conflicts
from submissions import queries as submissions
from submissions.service import avoiding
from tests.judging.world import DECIDED, OPEN, World, accept, assigned, judged, score, world
from tests.support.factories import make_user


def found(made: World) -> Conflicts:
    with made.database.read(made.organiser) as db:
        view = made.current(db)
        seats = queries.panel(db, view.id, states=ON_PANEL)
        return conflicts.found(db, view, cases(db, view.id), seats)


def asked(made: World) -> list[tuple[ConflictKind, str, str]]:
    return [(each.kind, each.juror_id, each.case_id) for each in found(made).waiting()]


def by_hand(made: World, juror: Actor, case_id: str) -> int:
    with made.database.write(made.organiser) as db:
        return service.assign_by_hand(
            db,
            actor=made.organiser,
            now=OPEN,
            round_id=made.round.id,
            case_id=case_id,
            juror_ids=[juror.user_id],
        )


def rule(made: World, juror: Actor, case_id: str, kind: ConflictKind, **more: Any) -> None:
    with made.database.write(made.organiser) as db:
        ruling.rule_on_conflict(
            db,
            actor=made.organiser,
            now=OPEN,
            round_id=made.round.id,
            case_id=case_id,
            juror_id=juror.user_id,
            kind=kind,
            **more,
        )


NAMED = {"body_html": "<h2>做法</h2><p>" + "党员认领实事，逐件公开。" * 12 + "专家评委　甲到场指导。</p>"}


def test_a_name_in_the_text_is_asked_about_blocks_and_can_be_dismissed(sqlite_database: Database) -> None:
    made = world(sqlite_database, text=NAMED)
    juror, case_id = made.jurors[0], made.entries[0].case_id
    (question,) = found(made).waiting()
    assert (question.kind, question.juror_id, question.case_id) == (
        ConflictKind.NAMED,
        juror.user_id,
        case_id,
    )
    assert question.sightings[0].words == "评委　甲"
    assert question.sightings[0].before.endswith("专家")
    with pytest.raises(Refused, match="请先在“回避”页面确认或排除"):
        by_hand(made, juror, case_id)
    with pytest.raises(Invalid):
        rule(made, juror, case_id, ConflictKind.NAMED, confirmed=False)
    rule(made, juror, case_id, ConflictKind.NAMED, confirmed=False, reason="同名，不是同一个人")
    assert asked(made) == []
    assert by_hand(made, juror, case_id) == 1
    with pytest.raises(NotFound):
        rule(made, made.jurors[1], case_id, ConflictKind.NAMED, confirmed=True)


def test_confirming_ends_the_read_and_keeps_its_marks(sqlite_database: Database) -> None:
    made = world(sqlite_database, text=NAMED)
    juror, case_id = made.jurors[0], made.entries[0].case_id
    rule(made, juror, case_id, ConflictKind.NAMED, confirmed=False, reason="同名")
    by_hand(made, juror, case_id)
    rule(made, juror, case_id, ConflictKind.NAMED, confirmed=True)
    with made.database.read() as db:
        assert db.scalars(select(Assignment.state)).one() == "recused"
    assert (juror.user_id, case_id) in found(made).blocking()


def test_the_units_wish_and_a_namesake_among_the_authors(sqlite_database: Database) -> None:
    made = world(sqlite_database)
    with made.database.read() as db:
        writer = actor_of(db.get_one(User, submissions_writer(made)))
    with made.database.write(writer) as db:
        avoiding.name_person(
            db,
            actor=writer,
            now=OPEN,
            case_id=made.entries[0].case_id,
            name=made.jurors[1].name,
            reason="正在打官司",
            begun=False,
        )
    (question,) = found(made).waiting()
    assert (question.kind, question.juror_id) == (ConflictKind.WISH, made.jurors[1].user_id)
    assert str(question.reason) == "申报单位希望这位评委回避：正在打官司"
    with made.database.write() as db:
        namesake = make_user(db, Role.JUROR, name="李强")
    with made.database.write(made.organiser) as db:
        service.invite_juror(db, actor=made.organiser, now=OPEN, round_id=made.round.id, user_id=namesake.id)
    kinds = {kind for kind, juror_id, _case in asked(made) if juror_id == namesake.id}
    assert kinds == {ConflictKind.NAMESAKE}


def submissions_writer(made: World) -> str:
    with made.database.read() as db:
        return next(iter(submissions.wrote(db, [made.entries[0].case_id])[made.entries[0].case_id]))


def test_a_unit_that_the_juror_names_keeps_its_cases_from_him(sqlite_database: Database) -> None:
    made = world(sqlite_database)
    juror = made.jurors[0]
    with made.database.write(juror) as db:
        interest = register.declare_interest(
            db, actor=juror, now=OPEN, unit_id=made.entries[1].unit_id, reason="原单位"
        )
    certain = found(made).certain
    assert [(key, str(each.reason)) for key, each in certain.items()] == [
        ((juror.user_id, made.entries[1].case_id), "评委声明与案例单位有利害关系：原单位")
    ]
    with made.database.write(juror) as db:
        register.withdraw_interest(db, actor=juror, now=OPEN, interest_id=interest)
    assert found(made).certain == {}


def test_a_lifted_declaration_lets_the_juror_read_again_by_hand(sqlite_database: Database) -> None:
    made = assigned(sqlite_database)
    juror, case_id = made.jurors[0], made.entries[0].case_id
    with made.database.write(juror) as db:
        service.recuse(db, actor=juror, now=OPEN, assignment_id=made.read_of(juror, case_id), reason="同学")
    with pytest.raises(Refused):
        by_hand(made, juror, case_id)
    with made.database.write(made.organiser) as db:
        (row,) = conflicts.declarations(db, made.round.id)
        assert row.by_juror
        lift: dict[str, Any] = {
            "actor": made.organiser,
            "now": OPEN,
            "round_id": made.round.id,
            "conflict_id": row.id,
        }
        with pytest.raises(Invalid):
            ruling.lift_conflict(db, **lift, reason=" ")
        ruling.lift_conflict(db, **lift, reason="核实为误报")
    assert by_hand(made, juror, case_id) == 1


# --- organisers ---------------------------------------------------------------------------------------


def colleague(made: World, unit_id: str | None = None) -> Actor:
    with made.database.write() as db:
        user = make_user(db, Role.ORGANISER, name="赵组织")
        user.unit_id = unit_id
        db.flush()
        db.expire_all()
        return actor_of(db.get_one(User, user.id))


def test_an_organiser_of_the_cases_unit_sees_nothing_of_its_judging(database: Database) -> None:
    made = assigned(database)
    score(made, {number: [80, 81, 82] for number in range(3)})
    own = made.entries[0]
    local = colleague(made, own.unit_id)
    with made.database.read(local) as db:
        assert db.scalar(select(func.count(RoundCase.id))) == 2
        assert db.scalar(select(func.count(Assignment.id))) == 6
        assert db.scalar(select(func.count(HandIn.id))) == 6
        assert db.scalar(select(func.count(MarkVersion.id))) == 24
        view = made.current(db)
        assert [each.case_id for each in keeping_out.shut_out_cases(db, local, view)] == [own.case_id]
        assert queries.count_cases(db, view.id) == 3
        board = queries.board(db, local, view)
        assert own.case_id not in board.cases
        assert own.case_id not in {row.case_id for row in board.rows}
    with made.database.write(local) as db:
        assert service.take_cases(db, actor=local, now=OPEN, round_id=made.round.id) == (0, 0)
        with pytest.raises(NotFound):
            service.assign_by_hand(
                db,
                actor=local,
                now=OPEN,
                round_id=made.round.id,
                case_id=own.case_id,
                juror_ids=[made.jurors[0].user_id],
            )
        service.remove_juror(
            db, actor=local, now=OPEN, round_id=made.round.id, user_id=made.jurors[0].user_id, reason="病"
        )


def test_who_declares_is_shut_out_names_somebody_and_is_let_back_by_another(
    sqlite_database: Database,
) -> None:
    made = assigned(sqlite_database)
    other = colleague(made)
    case_id = made.entries[0].case_id
    common: dict[str, Any] = {"actor": made.organiser, "now": OPEN, "round_id": made.round.id}
    with made.database.write(made.organiser) as db:
        recusal = ruling.keep_out(db, **common, case_id=case_id, reason="妻子在这个单位")
    with made.database.write(made.organiser) as db:
        assert db.scalar(select(func.count(RoundCase.id))) == 2
        view = made.current(db)
        assert [user.name for user in keeping_out.possible_custodians(db, view)] == ["赵组织"]
        with pytest.raises(Invalid):
            ruling.name_custodian(db, **common, case_id=case_id, user_id=made.organiser.user_id)
        ruling.name_custodian(db, **common, case_id=case_id, user_id=other.user_id)
        assert keeping_out.shut_out_cases(db, made.organiser, view)[0].custodian_name == "赵组织"
        with pytest.raises(Forbidden, match="不能由本人解除"):
            ruling.let_back(db, **common, recusal_id=recusal, reason="想看")
    with made.database.write(other) as db:
        ruling.let_back(
            db, actor=other, now=OPEN, round_id=made.round.id, recusal_id=recusal, reason="已离婚多年"
        )
    with made.database.read(made.organiser) as db:
        assert db.scalar(select(func.count(RoundCase.id))) == 3


def test_an_organiser_who_judges_learns_nowhere_whose_case_is_whose(database: Database) -> None:
    """The gap that was known: submissions' own pages for organisers."""
    made = world(database)
    with made.database.write() as db:
        both = make_user(db, Role.ORGANISER, name="兼任")
    with made.database.read(actor_of(both)) as db:
        assert len(submissions.entries(db, made.call.id)) == 3
    with made.database.write(made.organiser) as db:
        service.invite_juror(db, actor=made.organiser, now=OPEN, round_id=made.round.id, user_id=both.id)
    with made.database.write() as db:
        set_roles(db, db.get_one(User, both.id), {Role.ORGANISER, Role.JUROR})
        judge = actor_of(db.get_one(User, both.id))
    accept(made.database, judge, made.round.id)
    with made.database.read(judge) as db:
        assert submissions.entries(db, made.call.id) == []
        for entry in made.entries:
            with pytest.raises(NotFound):
                submissions.case(db, entry.case_id)
            with pytest.raises(NotFound):
                submissions.version(db, entry.id)
            assert submissions.steps(db, entry.case_id) == []
        assert submissions.filling(db, made.call.id).by_unit == {}


def test_he_stays_blind_until_the_prizes_are_announced(sqlite_database: Database) -> None:
    """A pending decision can be taken back, and the judging opened again."""
    made = judged(sqlite_database)
    with made.database.write() as db:
        set_roles(db, db.get_one(User, made.jurors[0].user_id), {Role.ORGANISER, Role.JUROR})
        judge = actor_of(db.get_one(User, made.jurors[0].user_id))
    keys: dict[str, Any] = {"actor": made.organiser, "now": DECIDED, "round_id": made.round.id}
    with made.database.write(made.organiser) as db:
        service.decide_prizes(db, **keys, chosen={made.entries[0].case_id: "first"}, reason="其余空缺")
    with made.database.read(judge) as db:
        assert submissions.entries(db, made.call.id) == []
    with made.database.write(made.organiser) as db:
        service.publish_decision(db, **keys)
    with made.database.read(judge) as db:
        assert len(submissions.entries(db, made.call.id)) == 3


def test_only_organisers_and_the_juror_himself_see_a_line_of_the_register(
    sqlite_database: Database,
) -> None:
    made = world(sqlite_database)
    juror, other = made.jurors[0], made.jurors[1]
    with made.database.write(made.organiser) as db:
        register.change_profile(
            db,
            actor=made.organiser,
            now=OPEN,
            user_id=juror.user_id,
            profile=register.Profile(topics=("基层党建",), load_limit=20),
            remarks="去年打分偏严",
        )
    for actor, sees in ((juror, (1, 0)), (other, (0, 0)), (made.organiser, (1, 1))):
        with made.database.read(actor) as db:
            seen = (
                db.scalar(select(func.count(JurorProfile.user_id))),
                db.scalar(select(func.count(JurorRemark.user_id))),
            )
        assert seen == sees, actor.name
    with made.database.write(other) as db, pytest.raises(Forbidden):
        register.change_profile(db, actor=other, now=OPEN, user_id=juror.user_id, profile=register.Profile())
