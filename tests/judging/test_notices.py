"""From a decision to final awards, through notice, objections and rulings."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from foundation import journal, people
from foundation.actor import ANONYMOUS, Actor, Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Problem, Refused, TooMany
from foundation.files import LocalFiles
from foundation.mail import OutgoingMail
from foundation.people import actor_of, unit, user
from judging import queries, service
from judging.service import objections
from judging.values import (
    AwardView,
    CalendarDay,
    DayKind,
    DecisionState,
    LineState,
    ObjectionState,
    Outcome,
    RulingState,
)
from judging.views import NoticeView, ObjectionView, RulingView, StatementView
from submissions.service import NewFile
from submissions.values import JudgingRules
from tests.judging.world import DECIDED, World, assigned, close, copied, score
from tests.support.factories import make_actor, make_user
from webapp.accounts import directory

FIVE = JudgingRules(notice_days=5)
WITHIN = DECIDED + timedelta(days=1)
OVER = DECIDED + timedelta(days=20)
SENDER = service.Sender("赵实名", "zhao@example.org", "第九农场", "13800000000")
MATTER = "案例中的受益户数与台账不符。"


@dataclass(frozen=True, slots=True)
class Court:
    """A judged call (90, 80, 70, 60 for one first and two second prizes) and a second organiser."""

    made: World
    second: Actor

    @property
    def database(self) -> Database:
        return self.made.database

    def case(self, number: int) -> str:
        return self.made.entries[number].case_id

    def decide(self) -> None:
        with self.database.write(self.made.organiser) as db:
            service.decide_prizes(
                db, **self.by(self.made.organiser), chosen=self.made.board().proposal.certain
            )

    def by(self, actor: Actor, now: datetime = DECIDED) -> dict[str, Any]:
        return {"actor": actor, "now": now, "round_id": self.made.round.id}

    def publish(self, now: datetime = DECIDED, **more: Any) -> NoticeView:
        with self.database.write(self.made.organiser) as db:
            return service.publish_decision(db, **self.by(self.made.organiser, now), **more)

    def notices(self) -> list[NoticeView]:
        with self.database.read() as db:
            return queries.notices(db, self.made.call.id)

    def line(self, number: int, notice: int = 0) -> str:
        return next(line.id for line in self.notices()[notice].lines if line.case_id == self.case(number))

    def object(self, number: int = 0, actor: Actor = ANONYMOUS, **more: Any) -> ObjectionView:
        notice = self.notices()[0]
        given: dict[str, Any] = {"sender": SENDER, "matter": MATTER, "now": WITHIN, **more}
        with self.database.write(actor) as db:
            return service.raise_objection(
                db,
                actor=actor,
                notice_id=notice.id,
                line_id=self.line(number),
                address="https://house/objections/",
                **given,
            )

    def propose(
        self,
        outcome: Outcome,
        number: int = 0,
        actor: Actor | None = None,
        *,
        now: datetime = WITHIN,
        **more: Any,
    ) -> RulingView:
        actor = actor or self.made.organiser
        with self.database.write(actor) as db:
            return service.propose_ruling(
                db,
                **self.by(actor, now),
                line_id=self.line(number),
                outcome=outcome,
                reason="经核实台账",
                **more,
            )

    def answer(
        self, ruling: RulingView, *, confirm: bool = True, actor: Actor | None = None, now: datetime = WITHIN
    ) -> RulingView:
        actor = actor or self.second
        with self.database.write(actor) as db:
            return service.answer_ruling(
                db,
                **self.by(actor, now),
                ruling_id=ruling.id,
                confirm=confirm,
                answer="" if confirm else "证据不足",
            )

    def end(self, now: datetime = OVER) -> int:
        with self.database.write() as db:
            return service.end_notices(db, now=now)

    def awards(self) -> list[AwardView]:
        with self.database.read() as db:
            return queries.awards(db, self.made.call.id)

    def letters(self, to: str) -> list[str]:
        with self.database.read() as db:
            rows = db.scalars(
                select(OutgoingMail).where(OutgoingMail.recipient == to).order_by(OutgoingMail.id)
            )
            return [f"{row.subject}\n{row.body}" for row in rows]

    def actions(self) -> list[str]:
        with self.database.read() as db:
            return [each.action for each in reversed(journal.latest(db, limit=500))]


def court(database: Database, judging: JudgingRules = FIVE) -> Court:
    """Closed, nothing decided. Built once a run and copied where the database is a file."""
    return _court(database, copied(database, _judged, {"judging": judging}))


def published(database: Database) -> Court:
    """Decided, the notice running."""
    return _court(database, copied(database, _announced, {"judging": FIVE}))


def _court(database: Database, made: World) -> Court:
    with database.read() as db:
        second = next(each for each in people.users_with(db, Role.ORGANISER) if each.name == "第二位")
        return Court(made, actor_of(second))


def _judged(database: Database, *, judging: JudgingRules) -> World:
    made = assigned(database, cases=4, jurors=1, reads=1, judging=judging)
    score(made, {0: (90,), 1: (80,), 2: (70,), 3: (60,)})
    close(made)
    with database.write() as db:
        make_actor(db, Role.ORGANISER, name="第二位")
    return made


def _announced(database: Database, *, judging: JudgingRules) -> World:
    here = _court(database, _judged(database, judging=judging))
    here.decide()
    here.publish()
    return here.made


# --- the life cycle ---------------------------------------------------------------------------------


def test_a_decision_is_pending_published_and_final_by_the_clock(database: Database) -> None:
    here = court(database)
    here.decide()
    assert here.notices() == []
    notice = here.publish(contact="组织处")
    assert (notice.days, notice.final_at, notice.takes_objections(WITHIN)) == (5, None, True)
    assert (notice.lines[0].prize_rank, notice.lines[0].title) == (1, here.made.entries[0].title)
    assert here.awards() == []
    assert here.end(notice.ends_at - timedelta(seconds=1)) == 0
    assert here.end(notice.ends_at) == 1
    assert here.end(notice.ends_at) == 0
    assert {each.case_id: each.prize_key for each in here.awards()} == {
        here.case(0): "first",
        here.case(1): "second",
        here.case(2): "second",
    }
    assert here.actions()[-6:] == [
        "notice.published",
        "notice.ended",
        "notice.final",
        *["award.granted"] * 3,
    ]
    with database.read(here.made.organiser) as db:
        found = queries.decision(db, here.made.round.id)
    assert found is not None
    assert found.state is DecisionState.FINAL


def test_the_frozen_list_is_what_its_digest_says(sqlite_database: Database) -> None:
    here = published(sqlite_database)
    notice = here.notices()[0]
    content = queries.frozen(here.made.call.id, notice.lines)
    assert sha256(content).hexdigest() == notice.digest
    here.answer(here.propose(Outcome.REVOKED))
    changed = here.notices()[0]
    assert changed.lines[0].state is LineState.REVOKED
    assert queries.frozen(here.made.call.id, changed.lines) == content


def test_a_pending_decision_is_taken_back_and_decided_anew(sqlite_database: Database) -> None:
    here = court(sqlite_database)
    here.decide()
    with sqlite_database.write(here.made.organiser) as db:
        with pytest.raises(Invalid):
            service.take_back_decision(db, **here.by(here.made.organiser), reason=" ")
        service.take_back_decision(db, **here.by(here.made.organiser), reason="漏了一份评分")
        with pytest.raises(Refused, match="还没有评定"):
            service.publish_decision(db, **here.by(here.made.organiser))
    here.decide()
    here.publish()
    with sqlite_database.write(here.made.organiser) as db:
        with pytest.raises(Refused, match="已经公示"):
            service.take_back_decision(db, **here.by(here.made.organiser), reason="再来")
        kept = queries.decisions(db, here.made.round.id)
    assert [each.state for each in kept] == [DecisionState.PUBLISHED, DecisionState.TAKEN_BACK]


def test_without_a_period_the_awards_are_final_at_once(sqlite_database: Database) -> None:
    here = court(sqlite_database, judging=JudgingRules())
    here.decide()
    assert here.publish().final_at == DECIDED
    assert len(here.awards()) == 3
    with pytest.raises(Refused, match="已经期满"):
        here.object()


def test_a_case_that_its_unit_took_back_meanwhile_gets_no_award(sqlite_database: Database) -> None:
    here = published(sqlite_database)
    with sqlite_database.write() as db:
        db.execute(text("UPDATE \"case\" SET status = 'withdrawn' WHERE id = :id"), {"id": here.case(1)})
    here.end()
    assert {each.case_id for each in here.awards()} == {here.case(0), here.case(2)}
    assert {line.case_id: line.state for line in here.notices()[0].lines}[here.case(1)] is LineState.WITHDRAWN


def test_who_sits_on_the_panel_or_does_not_organise_neither_publishes_nor_sees(
    sqlite_database: Database,
) -> None:
    here = court(sqlite_database)
    here.decide()
    both = replace(here.made.jurors[0], roles=frozenset({Role.JUROR, Role.ORGANISER}))
    for actor in (here.made.jurors[0], both):
        with pytest.raises(Forbidden), sqlite_database.write(actor) as db:
            service.publish_decision(db, **here.by(actor))
        with sqlite_database.read(actor) as db:
            assert queries.decision(db, here.made.round.id) is None
    with sqlite_database.read(here.made.organiser) as db:
        assert queries.decision(db, here.made.round.id) is not None


# --- objections -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sender", "field"),
    [
        (replace(SENDER, name=""), "name"),
        (replace(SENDER, name="匿名"), "name"),
        (replace(SENDER, name="Anonymous"), "name"),
        (replace(SENDER, email="zhao"), "email"),
    ],
)
def test_anonymous_objections_are_refused_with_the_reason(
    sqlite_database: Database, sender: service.Sender, field: str
) -> None:
    here = published(sqlite_database)
    with pytest.raises(Invalid) as refused:
        here.object(sender=sender)
    assert [each.field for each in refused.value.errors] == [field]


def test_without_an_account_an_objection_counts_when_its_address_is_confirmed(
    sqlite_database: Database,
) -> None:
    here = published(sqlite_database)
    made = here.object()
    assert (made.state, made.number) == (ObjectionState.UNCONFIRMED, f"{here.made.call.slug}-Y001")
    with sqlite_database.read(here.made.organiser) as db:
        assert queries.objections(db, here.made.round.id) == []
    assert here.notices()[0].objections == 0
    (letter,) = here.letters(SENDER.email)
    token = letter.split("objections/link/")[1].split()[0]
    with sqlite_database.write() as db:
        with pytest.raises(NotFound):
            service.confirm_objection(db, now=WITHIN, token=token + "x")
        assert service.confirm_objection(db, now=WITHIN, token=token).state is ObjectionState.OPEN
    with sqlite_database.read(here.made.organiser) as db:
        assert [each.name for each in queries.objections(db, here.made.round.id)] == [SENDER.name]
    assert here.notices()[0].objections == 1


def test_an_unconfirmed_objection_holds_the_awards_for_a_day_and_no_longer(sqlite_database: Database) -> None:
    here = published(sqlite_database)
    ends = here.notices()[0].ends_at
    last = ends - timedelta(minutes=1)
    here.object(now=last)
    here.end(ends)
    assert here.awards() == []
    assert here.end(last + timedelta(hours=24)) == 1
    assert len(here.awards()) == 3
    token = here.letters(SENDER.email)[0].split("link/")[1].split()[0]
    with sqlite_database.write() as db, pytest.raises(Refused, match="已过期"):
        service.confirm_objection(db, now=last + timedelta(hours=24), token=token)


def test_a_fourth_unconfirmed_objection_of_one_address_waits(sqlite_database: Database) -> None:
    here = published(sqlite_database)
    for _time in range(3):
        here.object()
    with pytest.raises(TooMany):
        here.object()


def test_the_awards_wait_for_the_ruling_by_two(sqlite_database: Database) -> None:
    here = published(sqlite_database)
    with sqlite_database.write() as db:
        objector = make_actor(db, Role.TRAINER, name="孙异议")
    made = here.object(actor=objector)
    assert (made.state, made.name) == (ObjectionState.OPEN, "孙异议")
    here.end()
    assert here.awards() == []
    ruling = here.propose(Outcome.DISMISSED, objection_id=made.id)
    with pytest.raises(Forbidden, match="两人"):
        here.answer(ruling, actor=here.made.organiser)
    assert here.answer(ruling, confirm=False).state is RulingState.REJECTED
    assert here.awards() == []
    with pytest.raises(Refused, match="已经有人复核"):
        here.answer(ruling)
    here.answer(here.propose(Outcome.CORRECTED, objection_id=made.id), now=OVER)
    assert len(here.awards()) == 3
    notice = here.notices()[0]
    assert (notice.objections, notice.outcomes) == (1, {Outcome.CORRECTED: 1})
    with sqlite_database.read() as db:
        letter = here.letters(user(db, objector.user_id).email)[-1]
    assert "案例已更正，奖项保留" in letter
    assert "经核实台账" in letter


def test_one_proposal_waits_at_a_time(sqlite_database: Database) -> None:
    here = published(sqlite_database)
    here.propose(Outcome.REVOKED)
    with pytest.raises(Refused, match="等待复核"):
        here.propose(Outcome.REVOKED, actor=here.second)
    with pytest.raises(Refused, match="没有异议时"):
        here.propose(Outcome.DISMISSED, number=1)


def test_a_revoked_case_is_not_granted_and_other_objections_to_it_are_answered(
    sqlite_database: Database,
) -> None:
    here = published(sqlite_database)
    with sqlite_database.write() as db:
        people = [make_actor(db, Role.TRAINER, name=name) for name in ("孙异议", "钱异议")]
    first, second = (here.object(actor=each) for each in people)
    here.answer(here.propose(Outcome.REVOKED, objection_id=first.id))
    with sqlite_database.read(here.made.organiser) as db:
        assert queries.objection(db, second.id).state is ObjectionState.RULED
    assert here.end() == 1
    assert {each.case_id for each in here.awards()} == {here.case(1), here.case(2)}
    assert here.notices()[0].outcomes == {Outcome.REVOKED: 2}
    with pytest.raises(Refused, match="已经撤销"):
        here.propose(Outcome.REVOKED)


def test_a_final_award_is_revoked_by_two_and_recorded(sqlite_database: Database) -> None:
    here = published(sqlite_database)
    here.end()
    ruling = here.propose(Outcome.REVOKED, now=OVER)
    assert len(here.awards()) == 3
    here.answer(ruling, now=OVER)
    assert {each.case_id for each in here.awards()} == {here.case(1), here.case(2)}
    assert here.actions()[-2:] == ["ruling.answered", "award.revoked"]
    with sqlite_database.read(here.made.organiser) as db:
        assert [each.reason for each in queries.revoked(db, here.made.call.id)] == ["经核实台账"]


def test_who_belongs_to_the_unit_or_objected_does_not_rule(sqlite_database: Database) -> None:
    here = published(sqlite_database)
    with sqlite_database.write() as db:
        home = unit(db, here.made.entries[0].unit_id)
        insider = actor_of(make_user(db, Role.ORGANISER, unit=home, name="本单位"))
        objector = make_actor(db, Role.ORGANISER, name="也异议")
    made = here.object(actor=objector)
    with pytest.raises(NotFound):  # he does not even see it
        here.propose(Outcome.DISMISSED, actor=insider, objection_id=made.id)
    with pytest.raises(Forbidden, match="利害关系"):
        here.propose(Outcome.REVOKED, actor=insider)
    with pytest.raises(Forbidden, match="由您提出"):
        here.propose(Outcome.DISMISSED, actor=objector, objection_id=made.id)
    ruling = here.propose(Outcome.DISMISSED, objection_id=made.id)
    with pytest.raises(Forbidden, match="由您提出"):
        here.answer(ruling, actor=objector)


def test_strangers_cannot_keep_others_from_objecting(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = published(sqlite_database)
    monkeypatch.setattr(objections, "UNCONFIRMED_ALTOGETHER", 2)
    monkeypatch.setattr(objections, "OWN_HIGHEST", 1)
    for n in range(2):
        here.object(sender=replace(SENDER, email=f"flood{n}@example.org"))
    with pytest.raises(TooMany, match="请登录后提出"):
        here.object(sender=replace(SENDER, email="flood2@example.org"))
    with sqlite_database.write() as db:
        objector = make_actor(db, Role.TRAINER, name="孙异议")
    assert here.object(actor=objector).state is ObjectionState.OPEN
    with pytest.raises(Refused, match="已提出很多异议"):
        here.object(actor=objector)


def test_who_objected_stands_in_no_organisers_outbox(sqlite_database: Database) -> None:
    here = published(sqlite_database)
    made = here.object()
    link = re.search(r"/link/([\w-]+)", here.letters(SENDER.email)[0])
    assert link is not None
    with sqlite_database.write(ANONYMOUS) as db:
        service.confirm_objection(db, now=WITHIN, token=link[1])
    here.answer(here.propose(Outcome.DISMISSED, objection_id=made.id))
    assert len(here.letters(SENDER.email)) == 3
    with sqlite_database.write() as db:
        admin = make_actor(db, Role.ADMINISTRATOR)
    with sqlite_database.read(here.made.organiser) as db:
        letters = directory.outbox(db, actor=here.made.organiser)
        assert SENDER.email not in {each.recipient for each in letters}
    with sqlite_database.read(admin) as db:
        assert SENDER.email in {each.recipient for each in directory.outbox(db, actor=admin)}


def test_who_is_shut_out_of_a_case_neither_sees_nor_takes_back_what_was_decided_of_it(
    sqlite_database: Database,
) -> None:
    here = court(sqlite_database)
    here.decide()
    with sqlite_database.write() as db:
        insider = actor_of(make_user(db, Role.ORGANISER, unit=unit(db, here.made.entries[0].unit_id)))
    with sqlite_database.read(insider) as db:
        pending = queries.shown_decision(db, insider, here.made.round.id)
        board = queries.board(db, insider, here.made.current(db))
    assert pending is not None
    assert {each.case_id for each in pending.chosen} == {here.case(1), here.case(2)}
    assert (set(board.proposal.certain), board.digest) == ({here.case(1), here.case(2)}, "")
    with sqlite_database.write(insider) as db, pytest.raises(Refused, match="须回避"):
        service.take_back_decision(db, **here.by(insider), reason="对本单位不公")


# --- the unit ---------------------------------------------------------------------------------------


@pytest.fixture
def evidence(tmp_path: Path) -> NewFile:
    stored = LocalFiles(tmp_path / "evidence").put([b"%PDF-1.4 evidence"])
    return NewFile(stored, "file", "台账.pdf", "application/pdf")


def asked(here: Court, made: ObjectionView, matter: str, shown: tuple[str, ...] = ()) -> StatementView:
    with here.database.write(here.made.organiser) as db:
        return service.ask_unit(
            db,
            **here.by(here.made.organiser, WITHIN),
            objection_id=made.id,
            matter=matter,
            due_on=date(2026, 4, 20),
            shown_files=shown,
            address="https://house/objections/statements/",
        )


def test_the_unit_answers_without_learning_who_objected(sqlite_database: Database, evidence: NewFile) -> None:
    here = published(sqlite_database)
    with sqlite_database.write() as db:
        objector = make_actor(db, Role.TRAINER, name="孙异议")
        author_of = {
            n: actor_of(
                make_user(db, Role.SUBMITTER, unit=unit(db, here.made.entries[n].unit_id), name=f"写作{n}")
            )
            for n in (0, 1)
        }
    made = here.object(actor=objector, files=[evidence, replace(evidence, name="孙异议合照.pdf")])
    with pytest.raises(Invalid) as refused:
        asked(here, made, "孙异议反映受益户数不符。")
    assert [each.field for each in refused.value.errors] == ["matter"]
    with pytest.raises(Invalid):  # also written otherwise
        asked(here, made, "孙 异－议反映受益户数不符。")
    with pytest.raises(Invalid) as refused:
        asked(here, made, "有人反映受益户数不符。", tuple(each.id for each in made.files))
    assert [each.field for each in refused.value.errors] == ["shown"]
    harmless = next(each.id for each in made.files if each.name == "台账.pdf")
    statement = asked(here, made, "有人反映受益户数不符。", (harmless,))
    author, other = author_of[0], author_of[1]
    with sqlite_database.read(author) as db:
        assert queries.objections(db, here.made.round.id) == []
        assert [each.matter for each in queries.statements_asked(db, author)] == ["有人反映受益户数不符。"]
        assert [each.name for each in queries.files_of(db, made.id)] == ["台账.pdf"]
        with pytest.raises(NotFound):
            queries.objection(db, made.id)
    with sqlite_database.write(other) as db, pytest.raises(NotFound):
        service.give_statement(db, actor=other, now=WITHIN, statement_id=statement.id, words="不是我们")
    with sqlite_database.write(author) as db:
        given: dict[str, Any] = {"actor": author, "now": WITHIN, "statement_id": statement.id}
        service.give_statement(db, **given, words="台账附后。", files=[evidence])
        with pytest.raises(Refused, match="已经提交"):
            service.give_statement(db, **given, words="再说一遍")
    with sqlite_database.read(here.made.organiser) as db:
        seen = queries.objection(db, made.id)
    assert seen.statement is not None
    assert (seen.statement.words, [each.by_unit for each in seen.files]) == (
        "台账附后。",
        [False, False, True],
    )


def test_nobody_else_sees_an_objection(sqlite_database: Database) -> None:
    here = published(sqlite_database)
    with sqlite_database.write() as db:
        objector = make_actor(db, Role.TRAINER, name="孙异议")
        recommender = make_actor(db, Role.RECOMMENDER)
        others = [
            here.made.jurors[0],
            replace(here.made.jurors[0], roles=frozenset({Role.JUROR, Role.ORGANISER})),
            make_actor(db, Role.TRAINER),
            make_actor(db, Role.ADMINISTRATOR),
            recommender,
            actor_of(make_user(db, Role.SUBMITTER, unit=unit(db, here.made.entries[0].unit_id))),
            ANONYMOUS,
        ]
    made = here.object(actor=objector)
    here.propose(Outcome.DISMISSED, objection_id=made.id)
    for actor in others:
        with sqlite_database.read(actor) as db:
            assert queries.objections(db, here.made.round.id) == []
            assert queries.own_objections(db, actor) == []
            assert queries.rulings(db, [made.line.id]) == []
            with pytest.raises(Problem):
                queries.objection(db, made.id)
    with sqlite_database.read(objector) as db:
        own = queries.objection(db, made.id)
    assert (own.matter, own.statement, own.rulings) == (MATTER, None, ())
    with sqlite_database.read() as db:
        raised = next(each for each in journal.latest(db) if each.action == "objection.raised")
    assert raised.actor_id == "anonymous"  # the journal has more readers than may know


# --- who moves up -----------------------------------------------------------------------------------


def fill(here: Court, chosen: dict[str, str], reason: str = "按排名递补", now: datetime = OVER) -> str:
    with here.database.write(here.made.organiser) as db:
        return service.fill_vacancies(
            db, **here.by(here.made.organiser, now), chosen=chosen, reason=reason
        ).id


def test_who_moves_up_gets_a_notice_of_his_own(database: Database) -> None:
    here = published(database)
    here.end()
    here.answer(here.propose(Outcome.REVOKED, now=OVER), now=OVER)
    with database.read(here.made.organiser) as db:
        found = queries.vacancies(db, here.made.board())
    assert found is not None
    assert [(each.case_id, each.from_key, each.to_key) for each in found.found.moves] == [
        (here.case(1), "second", "first"),
        (here.case(3), None, "second"),
    ]
    with pytest.raises(Refused, match="不能更低"):
        fill(here, {here.case(2): "first"})
    with pytest.raises(Invalid):
        fill(here, {here.case(1): "first"}, reason="")
    decision = fill(here, {here.case(1): "first", here.case(3): "second"})
    with pytest.raises(Refused, match="还没有公示完毕"):
        fill(here, {here.case(1): "first"})
    with pytest.raises(Invalid):
        here.publish(OVER, decision_id=decision, days=0)
    notice = here.publish(OVER, decision_id=decision, days=2)
    assert {each.case_id: each.prize_key for each in here.awards()} == {
        here.case(1): "second",
        here.case(2): "second",
    }
    here.end(notice.ends_at)
    assert {each.case_id: each.prize_key for each in here.awards()} == {
        here.case(1): "first",
        here.case(2): "second",
        here.case(3): "second",
    }
    moved = {line.case_id: line.state for line in here.notices()[1].lines}
    assert moved == {
        here.case(0): LineState.REVOKED,
        here.case(1): LineState.MOVED,
        here.case(2): LineState.STANDING,
    }


def test_nothing_is_filled_where_nothing_was_revoked(sqlite_database: Database) -> None:
    here = published(sqlite_database)
    with pytest.raises(Refused, match="没有被撤销的奖项"):
        fill(here, {here.case(3): "second"})


# --- the calendar -----------------------------------------------------------------------------------


def test_the_period_follows_the_own_calendar_and_stays_when_it_changes(sqlite_database: Database) -> None:
    here = court(sqlite_database)
    here.decide()
    usual = here.notices()
    assert usual == []
    keys: dict[str, Any] = {"actor": here.made.organiser, "now": DECIDED}
    with sqlite_database.write(here.made.organiser) as db:
        before = queries.period_preview(db, here.made.call, 5, DECIDED).ends_at
        day = (before - timedelta(hours=2)).date()
        service.set_days(db, **keys, days=[CalendarDay(day, DayKind.HOLIDAY, "厂庆")])
        after = queries.period_preview(db, here.made.call, 5, DECIDED).ends_at
        assert after > before
    assert here.publish().ends_at == after
    with sqlite_database.write(here.made.organiser) as db:
        service.forget_day(db, **keys, day=day.isoformat())
    assert here.notices()[0].ends_at == after
    juror = here.made.jurors[0]
    with sqlite_database.write(juror) as db, pytest.raises(Forbidden):
        service.set_days(db, actor=juror, now=DECIDED, days=[])
