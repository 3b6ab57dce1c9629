"""The register: who may be asked to judge, what they know, how much they have to read; who could step in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import Actor, Role
from foundation.errors import NotFound
from foundation.people import Unit, User
from foundation.permission import require
from foundation.visibility import as_system
from judging import policy
from judging.models import Assignment, JurorInterest, JurorProfile, JurorRemark, Round
from judging.queries.conflicts import case_seats, certain
from judging.queries.organisers import cases, permit
from judging.queries.rounds import panel
from judging.values import ON_PANEL, AssignmentState, InvitationState, JurorSeat, RoundState
from judging.views import CaseLine, RoundView, SeatView
from judging.views.jury import Candidate, InterestView, JurorLine


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What of the register is shown: words in name, address, unit, organisation or topics; a region, a
    language."""

    words: str = ""
    region: str = ""
    language: str = ""

    def picks(self, line: JurorLine) -> bool:
        text = " ".join((line.name, line.email, line.unit_name, line.organisation, *line.topics)).lower()
        return (
            all(word in text for word in self.words.lower().split())
            and self.region in ("", line.region)
            and self.language in ("", line.language)
        )


def register(db: Session, actor: Actor) -> list[JurorLine]:
    """Everybody with the juror's role, by name.

    Raises:
        Forbidden
    """
    require(policy.may_keep_register(actor))
    return _lines(db, people.users_with(db, Role.JUROR))


def registered(db: Session, actor: Actor, user_id: str) -> JurorLine:
    """One juror of the register.

    Raises:
        NotFound, Forbidden
    """
    require(policy.may_keep_register(actor))
    user = people.user(db, user_id)
    if Role.JUROR not in user.roles:
        raise NotFound
    return _lines(db, [user])[0]


def own_profile(db: Session, actor: Actor) -> JurorLine:
    """The juror's own line, without what organisers note.

    Raises:
        Forbidden
    """
    require(policy.may_have_profile(actor))
    return _lines(db, [people.user(db, actor.user_id)])[0]


def _lines(db: Session, users: Sequence[User]) -> list[JurorLine]:
    """What the actor may see of these people: remarks only where he may read them."""
    ids = [user.id for user in users]
    profiles = {row.user_id: row for row in db.scalars(select(JurorProfile))}
    remarks = {row.user_id: row.words for row in db.scalars(select(JurorRemark))}
    waiting, done = _loads(db, ids)
    return [
        _line(
            user,
            profiles.get(user.id),
            remarks.get(user.id, ""),
            waiting.get(user.id, 0),
            done.get(user.id, 0),
        )
        for user in users
    ]


def _line(user: User, row: JurorProfile | None, remarks: str, waiting: int, done: int) -> JurorLine:
    return JurorLine(
        user_id=user.id,
        name=user.name,
        email=user.email,
        unit_id=user.unit_id,
        unit_name=user.unit.name if user.unit else "",
        unit_path=user.unit.path if user.unit else "",
        topics=tuple(row.topics) if row else (),
        organisation=row.organisation if row else "",
        region=row.region if row else "",
        language=row.language if row else "",
        load_limit=row.load_limit if row else None,
        remarks=remarks,
        open_reads=waiting,
        judged=done,
        active=user.active,
    )


def _loads(db: Session, user_ids: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Reads that wait in open rounds, and reads handed in ever, by user. Only numbers leave this function."""
    wanted = set(user_ids)
    with as_system(db):
        waiting = db.execute(
            select(Assignment.juror_id, func.count(Assignment.id))
            .join(Round, Round.id == Assignment.round_id)
            .where(Assignment.state == AssignmentState.OPEN.value, Round.state == RoundState.OPEN.value)
            .group_by(Assignment.juror_id)
        ).all()
        done = db.execute(
            select(Assignment.juror_id, func.count(Assignment.id))
            .where(Assignment.state == AssignmentState.HANDED_IN.value)
            .group_by(Assignment.juror_id)
        ).all()
    return (
        {user_id: count for user_id, count in waiting if user_id in wanted},
        {user_id: count for user_id, count in done if user_id in wanted},
    )


def interests_of(db: Session, user_id: str) -> list[InterestView]:
    """Units that somebody said he has to do with, as far as the actor may see."""
    rows = db.execute(
        select(JurorInterest, Unit.name)
        .join(Unit, Unit.id == JurorInterest.unit_id)
        .where(JurorInterest.user_id == user_id, JurorInterest.withdrawn_at.is_(None))
        .order_by(JurorInterest.declared_at, JurorInterest.id)
    )
    return [InterestView(row.id, row.unit_id, name, row.reason, row.declared_at) for row, name in rows]


def candidates(
    db: Session, actor: Actor, view: RoundView, leaving: SeatView | None = None
) -> list[Candidate]:
    """Who could be invited (in somebody's place): fit, few conflicts and little to read first.

    Raises:
        Forbidden
    """
    permit(db, actor, view.id)
    taken = {
        seat.user_id for seat in panel(db, view.id) if seat.state in (*ON_PANEL, InvitationState.DECLINED)
    }
    lines = [each for each in register(db, actor) if each.user_id not in {*taken, actor.user_id}]
    keys = set(leaving.category_keys) if leaving is not None else set()
    wanted = _wanted_words(db, view, leaving)
    concerned = [line for line in cases(db, view.id) if not keys or line.category_key in keys]
    barred = _barred(db, view, concerned, lines)
    found = [Candidate(each, barred.get(each.user_id, 0), _fits(each, wanted)) for each in lines]
    return sorted(
        found, key=lambda one: (-len(one.fits), one.conflicts, one.juror.open_reads, one.juror.name)
    )


def _wanted_words(db: Session, view: RoundView, leaving: SeatView | None) -> set[str]:
    """Names of the categories in question, and what the one who leaves knows."""
    chosen = leaving.category_keys if leaving is not None and leaving.category_keys else None
    names = {each.name for each in view.call.rules.categories if chosen is None or each.key in chosen}
    if leaving is None:
        return names
    row = db.scalar(select(JurorProfile).where(JurorProfile.user_id == leaving.user_id))
    return names | set(row.topics if row else ())


def _fits(line: JurorLine, wanted: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        topic for topic in line.topics if any(topic in word or word in topic for word in wanted if word)
    )


def _barred(
    db: Session, view: RoundView, lines: Sequence[CaseLine], jurors: Sequence[JurorLine]
) -> dict[str, int]:
    """How many of these cases each may certainly not read."""
    seats = [JurorSeat(each.user_id, each.name, each.unit_id, each.unit_path) for each in jurors]
    counts: dict[str, int] = {}
    for juror_id, _case_id in certain(db, view, case_seats(db, lines), seats):
        counts[juror_id] = counts.get(juror_id, 0) + 1
    return counts


def usual_load(db: Session, user_id: str) -> int | None:
    """How many cases somebody usually takes at most, None: no limit, or not known."""
    return db.scalar(select(JurorProfile.load_limit).where(JurorProfile.user_id == user_id))
