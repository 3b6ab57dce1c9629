"""Services of judging on real databases."""

import threading
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from foundation import people
from foundation.actor import Actor, Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Problem, Refused
from foundation.journal import JournalEntry
from foundation.mail import OutgoingMail
from foundation.people import actor_of
from judging import queries, service
from judging.errors import AlreadyDecided, Outdated, ScoringOver
from judging.models import Assignment, CommentVersion, HandIn, MarkVersion, PanelMember
from judging.values import AssignmentState, CommentKind, DecisionState, InvitationState, RoundState
from tests.judging.world import CLOSED, DECIDED, OPEN, SCORING, World, assigned, close, mark, score, world
from tests.support.factories import make_actor, make_call, make_entry, make_user


def actions(database: Database) -> list[str]:
    with database.read() as db:
        return list(db.scalars(select(JournalEntry.action).order_by(JournalEntry.seq)))


def reason_of(problem: Problem) -> str:
    if isinstance(problem, Invalid):
        return "|".join(f"{each.field}: {each.message}" for each in problem.errors)
    return str(problem.reason)


# --- opening ----------------------------------------------------------------------------------------


def test_opening_numbers_the_cases_and_says_so(database: Database) -> None:
    made = world(database, cases=3)
    assert made.round.state is RoundState.OPEN
    assert sorted(line.label for line in made.board().cases.values()) == ["A01", "A02", "A03"]
    assert [each for each in actions(database) if each.startswith("judging")] == [
        "judging.opened",
        "judging.cases_taken",
    ]


def test_judging_waits_for_the_deadline_and_for_cases(sqlite_database: Database) -> None:
    with sqlite_database.write() as db:
        call = make_call(db)
        organiser = make_actor(db, Role.ORGANISER)
        stranger = make_actor(db, Role.SUBMITTER)
    with sqlite_database.write(organiser) as db:
        with pytest.raises(Refused, match="征集要到"):
            service.open_judging(
                db, actor=organiser, now=call.closes_at - timedelta(microseconds=1), call_id=call.id
            )
        with pytest.raises(Refused, match="还没有可以评审的案例"):
            service.open_judging(db, actor=organiser, now=OPEN, call_id=call.id)
        with pytest.raises(Forbidden):
            service.open_judging(db, actor=stranger, now=OPEN, call_id=call.id)


def test_judging_opens_once_and_with_a_future_deadline(sqlite_database: Database) -> None:
    made = world(sqlite_database)
    with sqlite_database.write(made.organiser) as db, pytest.raises(Refused, match="已经开始"):
        service.open_judging(db, actor=made.organiser, now=OPEN, call_id=made.call.id)
    with sqlite_database.write() as db:
        other = make_call(db)
        make_entry(db, call=other)
    with sqlite_database.write(made.organiser) as db, pytest.raises(Invalid):
        service.open_judging(db, actor=made.organiser, now=OPEN, call_id=other.id, closes_at=OPEN)


# --- the jury ---------------------------------------------------------------------------------------


def test_an_invitation_gives_the_role_writes_a_letter_and_waits_for_an_answer(
    sqlite_database: Database,
) -> None:
    made = world(sqlite_database, jurors=0)
    with sqlite_database.write() as db:
        user = make_user(db, name="新评委", email="new@example.org")
    with sqlite_database.write(made.organiser) as db:
        service.invite_juror(db, actor=made.organiser, now=OPEN, round_id=made.round.id, user_id=user.id)
        with pytest.raises(Refused, match="已在评委名单中"):
            service.invite_juror(db, actor=made.organiser, now=OPEN, round_id=made.round.id, user_id=user.id)
        (seat,) = queries.panel(db, made.round.id)
        assert (seat.name, seat.state) == ("新评委", InvitationState.INVITED)
        assert db.scalars(select(OutgoingMail.recipient)).all().count("new@example.org") == 1
        juror = actor_of(people.user(db, user.id))
    assert juror.has(Role.JUROR)
    with sqlite_database.write(juror) as db:
        answer: dict[str, Any] = {"actor": juror, "now": OPEN, "round_id": made.round.id}
        with pytest.raises(Invalid) as unread:
            service.respond_to_invitation(db, **answer, accept=True)
        assert reason_of(unread.value) == "pledge: 接受邀请前，请先阅读并同意承诺。"
        with pytest.raises(Invalid):
            service.respond_to_invitation(db, **answer, accept=False)
        service.respond_to_invitation(db, **answer, accept=True, pledge=True)
        with pytest.raises(Refused):
            service.respond_to_invitation(db, **answer, accept=False, reason="没空")
        (invitation,) = queries.invitations(db, juror)
        assert invitation.seat.state is InvitationState.ACCEPTED
        assert db.scalar(select(PanelMember.statement)) != ""


def test_who_declines_can_be_invited_again(sqlite_database: Database) -> None:
    made = world(sqlite_database, jurors=0)
    with sqlite_database.write() as db:
        user = make_user(db, Role.JUROR)
    juror = actor_of(user)
    with sqlite_database.write(made.organiser) as db:
        service.invite_juror(db, actor=made.organiser, now=OPEN, round_id=made.round.id, user_id=user.id)
    with sqlite_database.write(juror) as db:
        service.respond_to_invitation(
            db, actor=juror, now=OPEN, round_id=made.round.id, accept=False, reason="出差"
        )
        assert queries.invitations(db, juror) == []
    with sqlite_database.write(made.organiser) as db:
        assert [seat.decline_reason for seat in queries.panel(db, made.round.id)] == ["出差"]
        service.invite_juror(db, actor=made.organiser, now=OPEN, round_id=made.round.id, user_id=user.id)
        assert [seat.state for seat in queries.panel(db, made.round.id)] == [InvitationState.INVITED]


def test_nobody_runs_the_judging_he_sits_in(sqlite_database: Database) -> None:
    made = world(sqlite_database)
    with sqlite_database.write() as db:
        both = make_user(db, Role.ORGANISER, Role.JUROR, name="两任")
    organiser = actor_of(both)
    with sqlite_database.write(made.organiser) as db:
        with pytest.raises(Refused, match="不能同时担任评委"):
            service.invite_juror(
                db, actor=made.organiser, now=OPEN, round_id=made.round.id, user_id=made.organiser.user_id
            )
        service.invite_juror(db, actor=made.organiser, now=OPEN, round_id=made.round.id, user_id=both.id)
        service.assign_evenly(db, actor=made.organiser, now=OPEN, round_id=made.round.id)
    mark(made, made.jurors[0], made.read_of(made.jurors[0], made.entries[0].case_id), 80)
    with sqlite_database.read(organiser) as db:
        assert db.scalars(select(MarkVersion)).all() == []
        assert db.scalars(select(Assignment)).all() == []
        with pytest.raises(Forbidden, match="不能同时管理"):
            queries.board(db, organiser, made.round)
    with sqlite_database.read(made.organiser) as db:
        assert len(db.scalars(select(MarkVersion)).all()) == len(made.call.rules.criteria)


def test_a_removed_juror_keeps_what_he_handed_in_and_loses_the_rest(database: Database) -> None:
    made = assigned(database, cases=2)
    juror = made.jurors[0]
    first = made.read_of(juror, made.entries[0].case_id)
    mark(made, juror, first, 80)
    with database.write(juror) as db:
        service.hand_in_case(db, actor=juror, now=SCORING, assignment_id=first)
    with database.write(made.organiser) as db:
        service.remove_juror(
            db,
            actor=made.organiser,
            now=SCORING,
            round_id=made.round.id,
            user_id=juror.user_id,
            reason="调离",
        )
    with database.read() as db:
        rows = db.execute(
            select(Assignment.case_id, Assignment.state).where(Assignment.juror_id == juror.user_id)
        )
        states = dict(rows.all())
    assert states == {made.entries[0].case_id: "handed_in", made.entries[1].case_id: "removed"}
    with database.write(juror) as db, pytest.raises(NotFound):
        service.save_mark(
            db,
            actor=juror,
            now=SCORING,
            assignment_id=made.read_of(juror, made.entries[1].case_id),
            criterion_key=made.call.rules.criteria[0].key,
            value=Decimal(1),
        )


# --- assigning --------------------------------------------------------------------------------------


def test_by_hand_conflicts_are_refused_with_the_rule(sqlite_database: Database) -> None:
    made = world(sqlite_database)
    with sqlite_database.write() as db:
        unit = made.entries[0].unit_id
        local = make_user(db, Role.JUROR, name="本村人")
        local.unit_id = unit
    actor = actor_of(local)
    with sqlite_database.write(made.organiser) as db:
        service.invite_juror(db, actor=made.organiser, now=OPEN, round_id=made.round.id, user_id=local.id)
    with sqlite_database.write(actor) as db:
        service.respond_to_invitation(
            db, actor=actor, now=OPEN, round_id=made.round.id, accept=True, pledge=True
        )
    give: dict[str, Any] = {"actor": made.organiser, "now": OPEN, "round_id": made.round.id}
    with sqlite_database.write(made.organiser) as db:
        with pytest.raises(Refused) as refusal:
            service.assign_by_hand(db, **give, case_id=made.entries[0].case_id, juror_ids=[local.id])
        label = made.label_of(made.entries[0].case_id)
        assert reason_of(refusal.value) == f"本村人 不能评审 {label}：评委与案例属于同一单位。"
        assert (
            service.assign_by_hand(
                db,
                **give,
                case_id=made.entries[1].case_id,
                juror_ids=[local.id, made.jurors[0].user_id, local.id],
            )
            == 2
        )
        again = [local.id, made.jurors[1].user_id]
        assert service.assign_by_hand(db, **give, case_id=made.entries[1].case_id, juror_ids=again) == 1


def test_a_preview_is_applied_only_if_nothing_changed(database: Database) -> None:
    made = world(database, cases=4)
    with database.read(made.organiser) as db:
        preview = queries.preview_even(db, made.organiser, made.round, reads=2, seed=5)
    give: dict[str, Any] = {"actor": made.organiser, "now": OPEN, "round_id": made.round.id}
    with database.write(made.organiser) as db:
        service.assign_by_hand(
            db, **give, case_id=made.entries[0].case_id, juror_ids=[made.jurors[0].user_id]
        )
        with pytest.raises(Outdated):
            service.assign_evenly(db, **give, preview=preview)
        fresh = queries.preview_even(db, made.organiser, made.round, reads=2, seed=5)
        plan = service.assign_evenly(db, **give, preview=fresh)
        assert len(plan.added) == 7
        assert sorted(plan.loads.values()) == [2, 3, 3]


def test_taking_away_asks_for_a_reason_once_marks_are_there(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=2)
    juror = made.jurors[0]
    begun = made.read_of(juror, made.entries[0].case_id)
    fresh = made.read_of(juror, made.entries[1].case_id)
    mark(made, juror, begun, 80)
    take: dict[str, Any] = {"actor": made.organiser, "now": SCORING, "round_id": made.round.id}
    with sqlite_database.write(made.organiser) as db:
        service.unassign(db, **take, assignment_id=fresh)
        with pytest.raises(Invalid):
            service.unassign(db, **take, assignment_id=begun)
        service.unassign(db, **take, assignment_id=begun, reason="误分配")
        assert (
            service.assign_by_hand(db, **take, case_id=made.entries[0].case_id, juror_ids=[juror.user_id])
            == 1
        )
    with sqlite_database.read(juror) as db:
        desk = queries.desk(db, juror, begun, SCORING)
    assert (desk.scorecard.total, desk.scorecard.state) == (Fraction(80), AssignmentState.OPEN)


def test_a_declared_conflict_ends_the_read_for_good(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=2)
    juror, case_id = made.jurors[0], made.entries[0].case_id
    with sqlite_database.write(made.organiser) as db:
        service.declare_conflict(
            db,
            actor=made.organiser,
            now=SCORING,
            round_id=made.round.id,
            case_id=case_id,
            juror_id=juror.user_id,
            reason="亲属",
        )
        plan = service.assign_evenly(db, actor=made.organiser, now=SCORING, round_id=made.round.id)
    assert plan.added == ()
    assert [short.case_id for short in plan.shortfalls] == [case_id]


# --- scoring ----------------------------------------------------------------------------------------


def test_marks_are_versions_and_the_last_counts(database: Database) -> None:
    made = assigned(database, cases=1)
    juror = made.jurors[0]
    read = made.read_of(juror, made.entries[0].case_id)
    key = made.call.rules.criteria[0].key
    give: dict[str, Any] = {"actor": juror, "assignment_id": read, "criterion_key": key}
    with database.write(juror) as db:
        cards = [
            service.save_mark(
                db,
                **give,
                now=SCORING + timedelta(minutes=minute),
                value=None if value is None else Decimal(value),
            )
            for minute, value in enumerate((80, 80, 90, None, 0))
        ]
        card = cards[-1]
        assert card.marks == {key: Decimal(0)}
        assert card.saved_at == SCORING + timedelta(minutes=4)
        assert len(card.missing) == len(made.call.rules.criteria) - 1
        rows = db.execute(select(MarkVersion.ordinal, MarkVersion.value).order_by(MarkVersion.ordinal))
        assert list(rows) == [(1, "80"), (2, "90"), (3, None), (4, "0")]


@pytest.mark.parametrize("table", ["mark", "review_comment"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET ordinal = 9", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_marks_and_comments(
    database: Database, table: str, statement: str
) -> None:
    made = assigned(database, cases=1, jurors=1)
    juror = made.jurors[0]
    read = made.read_of(juror, made.entries[0].case_id)
    mark(made, juror, read, 80)
    with database.write(juror) as db:
        service.save_comment(
            db, actor=juror, now=SCORING, assignment_id=read, kind=CommentKind.AUTHOR, words="好"
        )
    with pytest.raises(DatabaseError, match="append only"), database.write() as db:
        db.execute(text(statement.format(table)))


def test_marks_outside_the_scale_are_refused_by_name(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=1, jurors=1)
    juror = made.jurors[0]
    read = made.read_of(juror, made.entries[0].case_id)
    criterion = made.call.rules.criteria[0]
    give: dict[str, Any] = {"actor": juror, "now": SCORING, "assignment_id": read}
    with sqlite_database.write(juror) as db:
        with pytest.raises(Invalid) as error:
            service.save_mark(db, **give, criterion_key=criterion.key, value=Decimal(criterion.highest + 1))
        assert reason_of(error.value) == (
            f"{criterion.key}: “{criterion.name}”的分数应在 {criterion.lowest} 到 {criterion.highest} 之间。"
        )
        with pytest.raises(NotFound):
            service.save_mark(db, **give, criterion_key="beauty", value=Decimal(1))


def test_only_the_juror_himself_marks(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=1)
    read = made.read_of(made.jurors[0], made.entries[0].case_id)
    key = made.call.rules.criteria[0].key
    with sqlite_database.write() as db:
        author = make_actor(db, Role.SUBMITTER)
    for other in (made.jurors[1], made.organiser, author):
        with sqlite_database.write(other) as db, pytest.raises(NotFound):
            service.save_mark(
                db, actor=other, now=SCORING, assignment_id=read, criterion_key=key, value=Decimal(1)
            )


def test_an_incomplete_card_cannot_be_handed_in_and_a_handed_in_one_not_changed(
    sqlite_database: Database,
) -> None:
    made = assigned(sqlite_database, cases=2)
    juror = made.jurors[0]
    first = made.read_of(juror, made.entries[0].case_id)
    second = made.read_of(juror, made.entries[1].case_id)
    give: dict[str, Any] = {"actor": juror, "now": SCORING}
    mark(made, juror, first, 80, 70)
    with sqlite_database.write(juror) as db:
        with pytest.raises(Refused, match="没有可以提交的评分表"):
            service.hand_in_all(db, **give, round_id=made.round.id)
        with pytest.raises(Invalid) as error:
            service.hand_in_case(db, **give, assignment_id=first)
    missing = made.call.rules.criteria[2]
    assert error.value.errors[0].field == missing.key
    mark(made, juror, first, 80, 70, 60, 90)
    with sqlite_database.write(juror) as db:
        assert service.hand_in_all(db, **give, round_id=made.round.id) == (1, 1)
        with pytest.raises(ScoringOver, match="已经提交"):
            service.save_mark(
                db,
                **give,
                assignment_id=first,
                criterion_key=missing.key,
                value=Decimal(1),
            )
        with pytest.raises(Invalid):
            service.reopen_scorecard(db, **give, assignment_id=first, reason=" ")
        service.reopen_scorecard(db, **give, assignment_id=first, reason="看错了一张表")
        with pytest.raises(Refused):
            service.reopen_scorecard(db, **give, assignment_id=second, reason="x")
    mark(made, juror, first, 81, 70, 60, 90)
    with sqlite_database.write(juror) as db:
        service.hand_in_case(db, **give, assignment_id=first)
    with sqlite_database.read() as db:
        cards = db.execute(select(HandIn.ordinal, HandIn.reopen_reason).order_by(HandIn.ordinal))
        assert list(cards) == [(1, "看错了一张表"), (2, "")]


def test_skipping_and_flagging_keep_the_case_in_the_queue(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=1)
    juror = made.jurors[0]
    read = made.read_of(juror, made.entries[0].case_id)
    give: dict[str, Any] = {"actor": juror, "now": SCORING, "assignment_id": read}
    with sqlite_database.write(juror) as db:
        service.skip(db, **give)
        service.flag(db, **give, words="数据前后不一致")
        _view, (line,) = queries.queue(db, juror, made.round.id)
        assert (line.skipped, line.flag, line.status) == (True, "数据前后不一致", "todo")
    mark(made, juror, read, 70)
    with sqlite_database.read(juror) as db:
        _view, (line,) = queries.queue(db, juror, made.round.id)
    assert (line.skipped, line.status) == (False, "ready")
    with sqlite_database.read(made.organiser) as db:
        assert [each.flag for each in queries.progress(db, made.organiser, made.round).flags] == [
            "数据前后不一致"
        ]


def test_a_recused_read_keeps_its_marks_counts_not_and_never_comes_back(database: Database) -> None:
    made = assigned(database, cases=1)
    juror, case_id = made.jurors[0], made.entries[0].case_id
    score(made, {0: (100, 60, 60)})
    read = made.read_of(juror, case_id)
    with database.write(juror) as db:
        service.recuse(db, actor=juror, now=SCORING, assignment_id=read, reason="曾在该单位任职")
        with pytest.raises(Refused):
            service.recuse(db, actor=juror, now=SCORING, assignment_id=read, reason="再次")
    (row,) = made.board().rows
    assert (row.reads, row.rank, row.reads_missing) == (2, None, 1)
    with database.write(made.organiser) as db:
        assert len(db.scalars(select(MarkVersion)).all()) == 3 * len(made.call.rules.criteria)
        with pytest.raises(Refused, match="不能评审"):
            service.assign_by_hand(
                db,
                actor=made.organiser,
                now=SCORING,
                round_id=made.round.id,
                case_id=case_id,
                juror_ids=[juror.user_id],
            )
        (short,) = service.assign_evenly(
            db, actor=made.organiser, now=SCORING, round_id=made.round.id
        ).shortfalls
    assert (short.case_id, short.missing) == (case_id, 1)


def test_the_scoring_deadline_is_half_open(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=1, closes_at=SCORING)
    juror = made.jurors[0]
    give: dict[str, Any] = {
        "actor": juror,
        "assignment_id": made.read_of(juror, made.entries[0].case_id),
        "criterion_key": made.call.rules.criteria[0].key,
        "value": Decimal(5),
    }
    with sqlite_database.write(juror) as db:
        service.save_mark(db, **give, now=SCORING - timedelta(microseconds=1))
        with pytest.raises(ScoringOver, match="评分截止时间已过"):
            service.save_mark(db, **give, now=SCORING)


def test_notes_are_the_jurors_own_and_comments_are_versions(database: Database) -> None:
    made = assigned(database, cases=1)
    juror = made.jurors[0]
    read = made.read_of(juror, made.entries[0].case_id)
    give: dict[str, Any] = {"actor": juror, "now": SCORING, "assignment_id": read}
    with database.write(juror) as db:
        for words in ("好", "很好", "很好"):
            service.save_comment(db, **give, kind=CommentKind.AUTHOR, words=words)
        service.save_comment(db, **give, kind=CommentKind.NOTE, words="只给自己看")
        with pytest.raises(Invalid):
            service.save_comment(db, **give, kind=CommentKind.NOTE, words="长" * 4001)
        desk = queries.desk(db, juror, read, SCORING)
        assert (desk.comment, desk.note) == ("很好", "只给自己看")
    with database.read(made.organiser) as db:
        rows = db.execute(select(CommentVersion.kind, CommentVersion.words).order_by(CommentVersion.ordinal))
        assert list(rows) == [("author", "好"), ("author", "很好")]


def test_reminders_go_to_the_unfinished_only(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=1)
    done, other, third = made.jurors
    mark(made, done, made.read_of(done, made.entries[0].case_id), 80)
    with sqlite_database.write(done) as db:
        service.hand_in_all(db, actor=done, now=SCORING, round_id=made.round.id)
    give: dict[str, Any] = {"actor": made.organiser, "now": SCORING, "round_id": made.round.id}
    with sqlite_database.write(made.organiser) as db:
        before = db.scalar(select(func.count(OutgoingMail.id))) or 0
        assert service.remind(db, **give, user_ids=[each.user_id for each in made.jurors]) == 2
        assert (db.scalar(select(func.count(OutgoingMail.id))) or 0) - before == 2
        with pytest.raises(Refused, match="不需要提醒"):
            service.remind(db, **give, user_ids=[done.user_id])
        reminded = {seat.user_id for seat in queries.panel(db, made.round.id) if seat.reminded_at}
    assert reminded == {other.user_id, third.user_id}


# --- closing and deciding ---------------------------------------------------------------------------


def test_closing_early_needs_a_reason(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=1)
    end: dict[str, Any] = {"actor": made.organiser, "now": CLOSED, "round_id": made.round.id}
    with sqlite_database.write(made.organiser) as db:
        with pytest.raises(Invalid) as error:
            service.close_round(db, **end)
        assert reason_of(error.value) == (
            "reason: 还有 3 份评分表没有提交，0 个案例评审次数不足；提前结束请写明理由。"
        )
        with pytest.raises(Invalid):
            service.close_round(db, **end, reason="x", reads_required=4)
        service.close_round(db, **end, reason="评委病假", reads_required=2)
    juror = made.jurors[0]
    with sqlite_database.write(juror) as db, pytest.raises(ScoringOver, match="已经结束"):
        service.save_mark(
            db,
            actor=juror,
            now=CLOSED,
            assignment_id=made.read_of(juror, made.entries[0].case_id),
            criterion_key=made.call.rules.criteria[0].key,
            value=Decimal(5),
        )
    assert made.board().round.reads_required == 2
    with sqlite_database.write(made.organiser) as db:
        service.reopen_round(db, actor=made.organiser, now=CLOSED, round_id=made.round.id, reason="补评")
    assert made.board().round.reads_required == 3


def scored(database: Database) -> World:
    """Three cases with 90, 80 and 80: one first prize, and two for the second."""
    made = assigned(database, cases=3)
    score(made, {0: (90, 90, 90), 1: (80, 80, 80), 2: (70, 80, 90)})
    close(made)
    return made


def chosen(made: World, *prizes: str) -> dict[str, str]:
    return {entry.case_id: prize for entry, prize in zip(made.entries, prizes, strict=False) if prize}


def test_prizes_are_decided_in_one_transaction_and_recorded(database: Database) -> None:
    made = scored(database)
    first, second = (prize.key for prize in made.call.rules.prizes[:2])
    board = made.board()
    assert next((row.case_id, row.rank) for row in board.rows) == (made.entries[0].case_id, 1)
    with database.write(made.organiser) as db:
        decided = service.decide_prizes(
            db,
            actor=made.organiser,
            now=DECIDED,
            round_id=made.round.id,
            chosen=board.proposal.certain,
            digest=board.digest,
            minutes="全体一致同意。",
        )
    assert [(each.case_id, each.prize_key, each.prize_rank) for each in decided] == [
        (made.entries[0].case_id, first, 1),
        *((case_id, second, 2) for case_id in sorted(entry.case_id for entry in made.entries[1:])),
    ]
    assert actions(database)[-1] == "prizes.decided"
    with database.read() as db:
        assert queries.awards(db, made.call.id) == []  # nothing is granted before its notice has ended
        assert queries.winners(db, made.call) == []


def test_prizes_are_not_decided_while_jurors_score(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=1)
    with sqlite_database.write(made.organiser) as db, pytest.raises(Forbidden, match="请先结束评审"):
        service.decide_prizes(db, actor=made.organiser, now=DECIDED, round_id=made.round.id, chosen={})


def test_a_choice_against_the_rule_changes_nothing(sqlite_database: Database) -> None:
    made = scored(sqlite_database)
    first, second = (prize.key for prize in made.call.rules.prizes[:2])
    decide: dict[str, Any] = {"actor": made.organiser, "now": DECIDED, "round_id": made.round.id}
    with sqlite_database.write(made.organiser) as db:
        with pytest.raises(Refused, match="奖项不能更低"):
            service.decide_prizes(db, **decide, chosen=chosen(made, second, first, second))
        with pytest.raises(Invalid) as error:
            service.decide_prizes(db, **decide, chosen=chosen(made, first, second, ""))
        labels = sorted(f"{made.label_of(e.case_id)}《{e.title}》" for e in made.entries[1:])
        assert [each.field for each in error.value.errors] == ["reason", "reason"]
        assert all(label in reason_of(error.value) for label in labels)
        with pytest.raises(Outdated):
            service.decide_prizes(db, **decide, chosen={}, digest="0" * 64)
    with sqlite_database.write(made.organiser) as db:
        assert queries.decision(db, made.round.id) is None
        service.decide_prizes(
            db, **decide, chosen=chosen(made, first, second, ""), reason="评审会投票：三票对零票。"
        )
    with sqlite_database.read(made.organiser) as db:
        decision = queries.decision(db, made.round.id)
    assert decision is not None
    assert decision.reason == "评审会投票：三票对零票。"


def test_two_organisers_at_once_one_wins_and_the_other_is_told(database: Database) -> None:
    made = scored(database)
    board = made.board()
    with database.write() as db:
        other = make_actor(db, Role.ORGANISER, name="第二位")
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def decide(actor: Actor) -> None:
        ready.wait()
        try:
            with database.write(actor) as db:
                service.decide_prizes(
                    db,
                    actor=actor,
                    now=DECIDED,
                    round_id=made.round.id,
                    chosen=board.proposal.certain,
                    digest=board.digest,
                )
            outcomes.append("decided")
        except AlreadyDecided as refusal:
            outcomes.append(str(refusal.reason))

    threads = [threading.Thread(target=decide, args=(actor,)) for actor in (made.organiser, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["decided", "奖项已经由其他工作人员评定，请刷新页面查看结果。"]
    with database.read() as db:
        assert [each.state for each in queries.decisions(db, made.round.id)] == [DecisionState.PENDING]
    assert actions(database).count("prizes.decided") == 1


def test_cases_that_no_longer_stand_drop_out(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=3)
    gone = made.entries[0]
    with sqlite_database.write() as db:
        db.execute(text("UPDATE \"case\" SET status = 'withdrawn' WHERE id = :id"), {"id": gone.case_id})
    with sqlite_database.write(made.organiser) as db:
        assert service.take_cases(db, actor=made.organiser, now=SCORING, round_id=made.round.id) == (0, 1)
    assert gone.case_id not in made.board().cases
    with sqlite_database.read(made.jurors[0]) as db:
        _view, lines = queries.queue(db, made.jurors[0], made.round.id)
    assert len(lines) == 2


def test_a_case_that_stands_again_comes_back_under_its_number(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=3)
    gone, changed = made.entries[:2]
    label = made.label_of(gone.case_id)

    def take() -> tuple[int, int]:
        with sqlite_database.write(made.organiser) as db:
            return service.take_cases(db, actor=made.organiser, now=SCORING, round_id=made.round.id)

    def be(status: str) -> None:
        with sqlite_database.write() as db:
            change = text('UPDATE "case" SET status = :status WHERE id = :id')
            db.execute(change, {"status": status, "id": gone.case_id})

    be("returned")
    assert take() == (0, 1)
    be("submitted")
    assert take() == (1, 0)
    assert made.label_of(gone.case_id) == label
    with sqlite_database.write() as db:  # of another case a version counts that the round does not know
        change = text("UPDATE judging_case SET version_id = :version WHERE case_id = :id")
        db.execute(change, {"version": gone.id, "id": changed.case_id})
    assert take() == (1, 1)
    assert made.board().cases[changed.case_id].version_id == changed.id
    with sqlite_database.read(made.jurors[0]) as db:
        assert len(queries.queue(db, made.jurors[0], made.round.id)[1]) == 1
    assert take() == (0, 0)


def test_a_case_withdrawn_at_the_last_moment_wins_nothing(sqlite_database: Database) -> None:
    made = scored(sqlite_database)
    board = made.board()
    with sqlite_database.write() as db:
        db.execute(
            text("UPDATE \"case\" SET status = 'withdrawn' WHERE id = :id"), {"id": made.entries[0].case_id}
        )
    with sqlite_database.write(made.organiser) as db, pytest.raises(Refused, match="已撤回或退回修改"):
        service.decide_prizes(
            db,
            actor=made.organiser,
            now=DECIDED,
            round_id=made.round.id,
            chosen=board.proposal.certain,
        )


def test_a_renamed_unit_is_covered_under_both_names(sqlite_database: Database) -> None:
    """A unit renamed after the judging opened is covered under its new name as well."""
    made = assigned(sqlite_database, cases=1, titles=["第一农场党支部与新名字党支部"])
    with sqlite_database.write() as db:
        unit = made.entries[0].unit_id
        db.execute(text("UPDATE unit SET name = '新名字党支部' WHERE id = :id"), {"id": unit})
    with sqlite_database.read(made.jurors[0]) as db:
        _view, (line,) = queries.queue(db, made.jurors[0], made.round.id)
    assert line.title == "〔单位〕与〔单位〕"
