"""A call in judging with real units, cases and jurors, made through the services that pages use."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import SYSTEM, Actor, Role
from foundation.db import Database, sqlite_module
from foundation.people import actor_of
from judging import queries, service
from judging.models import Assignment, Award
from judging.service.revoking import withdraw_award
from judging.values import CommentKind
from judging.views import Board, RoundView
from submissions.values import CallView, Prize, VersionView
from tests.support.factories import (
    NOW,
    make_actor,
    make_call,
    make_entry,
    make_submitter,
    make_unit,
    make_user,
)

OPEN = NOW + timedelta(days=31)
"""The collection has closed the day before."""
SCORING = OPEN + timedelta(days=1)
CLOSED = OPEN + timedelta(days=8)
DECIDED = OPEN + timedelta(days=9)


PRIZES = (Prize("first", "一等奖", 1), Prize("second", "二等奖", 2))


@dataclass(frozen=True, slots=True)
class World:
    database: Database
    call: CallView
    round: RoundView
    organiser: Actor
    jurors: tuple[Actor, ...]
    entries: tuple[VersionView, ...]

    def read_of(self, juror: Actor, case_id: str) -> str:
        """The juror's assignment of this case."""
        with self.database.read() as db:
            found = db.scalar(
                select(Assignment.id).where(
                    Assignment.juror_id == juror.user_id, Assignment.case_id == case_id
                )
            )
        assert found is not None
        return found

    def label_of(self, case_id: str) -> str:
        with self.database.read() as db:
            board = queries.board(db, self.organiser, self.current(db))
        return board.cases[case_id].label

    def current(self, db: Session) -> RoundView:
        found = queries.round_of_call(db, self.call)
        assert found is not None
        return found

    def board(self) -> Board:
        with self.database.read(self.organiser) as db:
            return queries.board(db, self.organiser, self.current(db))


def world(database: Database, **changes: Any) -> World:
    """An opened judging with accepted jurors; nothing is assigned yet. Jurors have no unit.

    The same world is built once a run and copied afterwards where the database is a file.
    """
    return copied(database, _built, changes)


def assigned(database: Database, **changes: Any) -> World:
    """The same with every juror reading every case."""
    return copied(database, _assigned, changes)


_SQLITE = sqlite_module()  # the library the product uses: two in one process break each other's locks
_SEEN: dict[str, tuple[Any, World]] = {}


def copied(database: Database, build: Callable[..., World], changes: dict[str, Any]) -> World:
    """What `build` makes, made once a run and copied into this database where it is a file."""
    if not database.is_sqlite:
        return build(database, **changes)
    key = f"{build.__module__}.{build.__name__} {changes!r}"
    file = str(database.url.database)
    if key not in _SEEN:
        made = build(database, **changes)
        kept = _SQLITE.connect(":memory:", check_same_thread=False)
        with closing(_SQLITE.connect(file)) as source:
            source.backup(kept)
        _SEEN[key] = (kept, made)
        return made
    kept, made = _SEEN[key]
    with closing(_SQLITE.connect(file)) as target:
        kept.backup(target)
    return replace(made, database=database)


def _built(
    database: Database,
    *,
    cases: int = 3,
    jurors: int = 3,
    titles: Sequence[str] = (),
    text: Mapping[str, Any] | None = None,
    closes_at: datetime | None = None,
    reads: int = 3,
    **rules: Any,
) -> World:
    with database.write() as db:
        call = make_call(db, reads_per_case=reads, **{"prizes": PRIZES, **rules})
        top = make_unit(db, "测试市委组织部")
        entries = tuple(
            make_entry(
                db,
                call=call,
                actor=make_submitter(
                    db,
                    unit=make_unit(db, f"第{'一二三四五六七八九十百千'[n]}农场党支部", parent=top),
                    name="李强",
                ),
                title=titles[n] if titles else f"案例之{'一二三四五六七八九十百千'[n]}",
                **(text or {} if n == 0 else {}),
            )
            for n in range(cases)
        )
        organiser = make_actor(db, Role.ORGANISER, name="王组织")
        people = tuple(make_user(db, Role.JUROR, name=f"评委{chr(ord('甲') + n)}") for n in range(jurors))
    with database.write(organiser) as db:
        opened = service.open_judging(db, actor=organiser, now=OPEN, call_id=call.id, closes_at=closes_at)
        for each in people:
            service.invite_juror(db, actor=organiser, now=OPEN, round_id=opened.id, user_id=each.id)
    actors = tuple(actor_of(each) for each in people)
    for actor in actors:
        accept(database, actor, opened.id)
    return World(database, call, opened, organiser, actors, entries)


def accept(database: Database, actor: Actor, round_id: str) -> None:
    with database.write(actor) as db:
        service.respond_to_invitation(db, actor=actor, now=OPEN, round_id=round_id, accept=True, pledge=True)


def _assigned(database: Database, **changes: Any) -> World:
    made = _built(database, **changes)
    with database.write(made.organiser) as db:
        service.assign_evenly(
            db, actor=made.organiser, now=OPEN, round_id=made.round.id, reads=len(made.jurors)
        )
    return made


JUDGED = {0: (91, 92, 93), 1: (81, 82, 83), 2: (71, 72, 73)}


COMMENTS = ("实事办得扎实，结果公开。", "建议写明经费，我在省院见过。")
"""What two jurors of `judged` wrote to the authors of the first case."""


def judged(database: Database, **changes: Any) -> World:
    """Three cases read by three jurors, who have handed in, in a closed round: 92, 82 and 72."""
    return copied(database, _judged, changes)


def awarded(database: Database, **changes: Any) -> World:
    """The same with final awards: the first case has the first prize, the second the second."""
    return copied(database, _awarded, changes)


def _judged(database: Database, **changes: Any) -> World:
    made = _assigned(database, **changes)
    for juror, words in zip(made.jurors, COMMENTS, strict=False):
        with database.write(juror) as db:
            service.save_comment(
                db,
                actor=juror,
                now=SCORING,
                assignment_id=made.read_of(juror, made.entries[0].case_id),
                kind=CommentKind.AUTHOR,
                words=words,
            )
    score(made, JUDGED)
    close(made)
    return made


def _awarded(database: Database, **changes: Any) -> World:
    made = _judged(database, **changes)
    chosen = {made.entries[0].case_id: "first", made.entries[1].case_id: "second"}
    award(made, chosen, reason="一个二等奖空缺")
    return made


def mark(world: World, juror: Actor, assignment_id: str, *values: int) -> None:
    """Marks in the criteria's order; one value stands for all."""
    criteria = world.call.rules.criteria
    given = values * len(criteria) if len(values) == 1 else values
    with world.database.write(juror) as db:
        for criterion, value in zip(criteria, given, strict=False):
            service.save_mark(
                db,
                actor=juror,
                now=SCORING,
                assignment_id=assignment_id,
                criterion_key=criterion.key,
                value=Decimal(value),
            )


def score(world: World, marks: Mapping[int, Sequence[int]]) -> None:
    """Case number -> one mark per juror; everybody hands in everything."""
    for number, values in marks.items():
        case_id = world.entries[number].case_id
        for juror, value in zip(world.jurors, values, strict=True):
            mark(world, juror, world.read_of(juror, case_id), value)
    for juror in world.jurors:
        with world.database.write(juror) as db:
            service.hand_in_all(db, actor=juror, now=SCORING, round_id=world.round.id)


def close(world: World, reason: str = "") -> None:
    with world.database.write(world.organiser) as db:
        service.close_round(db, actor=world.organiser, now=CLOSED, round_id=world.round.id, reason=reason)


def award(world: World, chosen: Mapping[str, str], *, at: datetime = DECIDED, reason: str = "") -> None:
    """Decide the prizes (case id -> prize key) and publish: without a notice the awards are final at once."""
    keys: dict[str, Any] = {"actor": world.organiser, "now": at, "round_id": world.round.id}
    with world.database.write(world.organiser) as db:
        service.decide_prizes(db, **keys, chosen=chosen, reason=reason)
        service.publish_decision(db, **keys)


def revoke(db: Session, award_id: str, reason: str, *, at: datetime = DECIDED) -> None:
    """What a confirmed ruling does to an award; how it comes to one is in test_objections."""
    withdraw_award(db, actor=SYSTEM, now=at, award=db.get_one(Award, award_id), reason=reason)
