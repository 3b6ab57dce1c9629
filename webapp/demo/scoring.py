"""The judging of the demonstration: invitations, reads, marks, prizes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from foundation.actor import Actor
from judging import queries, service
from judging.service.honouring import write_commendation
from judging.values import CommentKind, Verdict
from judging.views import RoundView
from submissions.values import Criterion
from webapp.demo.reading import DemoCall
from webapp.demo.world import World

JURORS = ("juror", "juror2", "juror3", "juror4", "juror5")
LATE_JUROR = "juror6"
PER_CARD = timedelta(minutes=38)


@dataclass(frozen=True, slots=True)
class Diligence:
    """How far a juror has come: so many cards handed in, then one marked on so many criteria."""

    cards: int | None
    marked: int = 0


ALL = Diligence(None)


def open_round(
    world: World, call_id: str, *, day: int, closes_day: int, invited: Iterable[str] = ()
) -> RoundView:
    """Open the judging, invite the jurors and let them accept.

    Those in `invited` are asked as well and have not answered yet.
    """
    db, organiser = world.db, world.actors["organiser"]
    now = world.calendar.moment(day, 10)
    closes_at = world.calendar.moment(closes_day, 18)
    view = service.open_judging(
        db, actor=organiser, now=now, call_id=call_id, closes_at=closes_at, with_files=True
    )
    for key in (*JURORS, *invited):
        service.invite_juror(
            db, actor=organiser, now=now, round_id=view.id, user_id=world.actors[key].user_id
        )
    for place, key in enumerate(JURORS):
        service.respond_to_invitation(
            db,
            actor=world.actors[key],
            now=now + timedelta(hours=3 + place),
            round_id=view.id,
            accept=True,
            pledge=True,
        )
    return view


def assign_evenly(world: World, round_id: str, *, day: int) -> None:
    """Distribute the cases by the button; who gets what changes from one loading to the next."""
    now = world.calendar.moment(day, 10)
    service.assign_evenly(world.db, actor=world.actors["organiser"], now=now, round_id=round_id)


def assign_in_turn(world: World, call: DemoCall, round_id: str, ids: Mapping[str, str], *, day: int) -> None:
    """Distribute the cases by hand, the same every time, so that the same cases win; nobody reads a case that
    he must keep out of."""
    organiser = world.actors["organiser"]
    board = queries.assignment_board(world.db, organiser, queries.round_by_id(world.db, round_id))
    for place, case_id in enumerate(ids.values()):
        turn = [JURORS[(place + 2 * each) % len(JURORS)] for each in range(len(JURORS))]
        free = [key for key in turn if (world.actors[key].user_id, case_id) not in board.conflicts]
        readers = free[: call.rules.reads_per_case]
        service.assign_by_hand(
            world.db,
            actor=organiser,
            now=world.calendar.moment(day, 10, place),
            round_id=round_id,
            case_id=case_id,
            juror_ids=[world.actors[key].user_id for key in readers],
        )


@dataclass(slots=True)
class Desk:
    """A juror's table: the cards of a round and the call's marks by case."""

    world: World
    call: DemoCall
    round_id: str
    keys: Mapping[str, str]
    commented: dict[str, int] = field(default_factory=dict)
    verified: set[str] = field(default_factory=set)

    def work(self, juror: str, diligence: Diligence, start: datetime) -> int:
        """Mark and hand in cards in the order of their numbers; returns how many were handed in."""
        actor = self.world.actors[juror]
        reads = self._reads(actor)
        full = len(reads) if diligence.cards is None else diligence.cards
        for place, (assignment_id, key) in enumerate(reads[:full]):
            now = start + place * PER_CARD + timedelta(days=place // 4)
            self._mark(actor, juror, assignment_id, key, self.call.rules.criteria, now)
            self._comment(actor, assignment_id, key, now + PER_CARD / 2)
            self._verify(actor, assignment_id, key, now + PER_CARD / 3)
            service.hand_in_case(self.world.db, actor=actor, now=now + PER_CARD, assignment_id=assignment_id)
        for assignment_id, key in reads[full : full + 1]:
            criteria = self.call.rules.criteria[: diligence.marked]
            self._mark(actor, juror, assignment_id, key, criteria, start + full * PER_CARD)
        return full

    def _reads(self, actor: Actor) -> list[tuple[str, str]]:
        board = queries.assignment_board(self.world.db, self.world.actors["organiser"], self._view())
        mine = [read for reads in board.reads.values() for read in reads if read.juror_id == actor.user_id]
        return [(read.id, self.keys[read.case_id]) for read in sorted(mine, key=lambda read: read.label)]

    def _view(self) -> RoundView:
        return queries.round_by_id(self.world.db, self.round_id)

    def _mark(
        self,
        actor: Actor,
        juror: str,
        assignment_id: str,
        key: str,
        criteria: Sequence[Criterion],
        now: datetime,
    ) -> None:
        row = self.call.marks[key].rows[JURORS.index(juror)]
        for place, criterion in enumerate(criteria):
            service.save_mark(
                self.world.db,
                actor=actor,
                now=now + timedelta(minutes=place),
                assignment_id=assignment_id,
                criterion_key=criterion.key,
                value=Decimal(row[place]),
            )

    def _comment(self, actor: Actor, assignment_id: str, key: str, now: datetime) -> None:
        """The first readers of a case write its comments, one each."""
        place = self.commented.get(key, 0)
        words = self.call.marks[key].comments
        if place >= len(words):
            return
        self.commented[key] = place + 1
        service.save_comment(
            self.world.db,
            actor=actor,
            now=now,
            assignment_id=assignment_id,
            kind=CommentKind.AUTHOR,
            words=words[place],
        )

    def _verify(self, actor: Actor, assignment_id: str, key: str, now: datetime) -> None:
        """The first who hands a case in has held its claims against their evidence."""
        if key in self.verified:
            return
        self.verified.add(key)
        case = next(each for each in self.call.cases if each.key == key)
        for number, claim in enumerate(case.claims, start=1):
            service.save_verdict(
                self.world.db,
                actor=actor,
                now=now + timedelta(minutes=number),
                assignment_id=assignment_id,
                claim=number,
                verdict=Verdict(claim.verdict),
                remark=claim.remark,
            )

    def flag(self, juror: str, words: str, now: datetime) -> None:
        """Ask the organiser about the juror's last card."""
        actor = self.world.actors[juror]
        assignment_id, _key = self._reads(actor)[-1]
        service.flag(self.world.db, actor=actor, now=now, assignment_id=assignment_id, words=words)


def decide(world: World, round_id: str, *, day: int, minutes: str, praise: Mapping[str, str]) -> None:
    """Close the judging, decide the prizes as the published rule has it, and let their notice run out.

    `praise`: the words that go with the prize, by case.
    """
    organiser = world.actors["organiser"]
    now = world.calendar.moment(day, 9, 30)
    service.close_round(world.db, actor=organiser, now=now, round_id=round_id)
    standings = queries.board(world.db, organiser, queries.round_by_id(world.db, round_id))
    service.decide_prizes(
        world.db,
        actor=organiser,
        now=now + timedelta(hours=5),
        round_id=round_id,
        chosen=standings.proposal.certain,
        digest=standings.digest,
        minutes=minutes,
    )
    for place, (case_id, words) in enumerate(praise.items()):
        written_at = now + timedelta(hours=6, minutes=place)
        write_commendation(
            world.db, actor=organiser, now=written_at, round_id=round_id, case_id=case_id, words=words
        )
    notice = service.publish_decision(
        world.db,
        actor=organiser,
        now=now + timedelta(hours=7),
        round_id=round_id,
        contact=world.content.contact,
    )
    service.end_notices(world.db, now=notice.ends_at)
