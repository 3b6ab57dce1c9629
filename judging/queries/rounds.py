"""Rounds and their panels, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound
from foundation.people import Unit, User
from foundation.permission import require
from foundation.visibility import as_system
from judging import policy, rules
from judging.models import PanelMember, Round, RoundCase
from judging.values import ON_PANEL, InvitationState, RoundState
from judging.views import RoundView, SeatView
from submissions import queries as submissions
from submissions.values import CallView


def round_view(row: Round, call: CallView) -> RoundView:
    """A row as a value; the call carries the rules of this round."""
    own_rules = rules.of_round(call.rules, row.reads_per_case, row.weights)
    return RoundView(
        id=row.id,
        call=replace(call, rules=own_rules) if own_rules != call.rules else call,
        state=RoundState(row.state),
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
        close_reason=row.close_reason,
        reads_required=row.reads_required,
        with_files=row.with_files,
        ordinal=row.ordinal,
        own_form=row.weights is not None,
        earlier_weight=row.earlier_weight,
        fresh_readers=row.fresh_readers,
        best=row.best,
        best_each=row.best_each,
        selection=row.selection,
    )


def round_by_id(db: Session, round_id: str) -> RoundView:
    """One round that the actor may see.

    Raises:
        NotFound
    """
    row = db.scalar(select(Round).where(Round.id == round_id))
    if row is None:
        raise NotFound
    return round_view(row, submissions.call(db, row.call_id))


def round_of_call(db: Session, call: CallView) -> RoundView | None:
    """The latest round of a call that was not cancelled, None before judging was opened."""
    row = db.scalar(
        select(Round)
        .where(Round.call_id == call.id, Round.state != RoundState.CANCELLED.value)
        .order_by(Round.ordinal.desc())
        .limit(1)
    )
    return round_view(row, call) if row is not None else None


def rounds_of_call(db: Session, call: CallView) -> list[RoundView]:
    """All rounds of a call in their order, cancelled ones too."""
    rows = db.scalars(select(Round).where(Round.call_id == call.id).order_by(Round.ordinal))
    return [round_view(row, call) for row in rows]


def round_before(db: Session, view: RoundView) -> RoundView | None:
    """The round from which this one took its cases, whoever asks; None for the first."""
    with as_system(db):
        row = db.scalar(
            select(Round)
            .where(
                Round.call_id == view.call.id,
                Round.ordinal < view.ordinal,
                Round.state != RoundState.CANCELLED.value,
            )
            .order_by(Round.ordinal.desc())
            .limit(1)
        )
        return round_view(row, submissions.call(db, row.call_id)) if row is not None else None


def has_successor(db: Session, row: Round) -> bool:
    """Whether a later round of the call took up the judging, whoever asks."""
    with as_system(db):
        later = select(Round.id).where(
            Round.call_id == row.call_id,
            Round.ordinal > row.ordinal,
            Round.state != RoundState.CANCELLED.value,
        )
        return db.scalar(later.limit(1)) is not None


def has_begun(db: Session, call_id: str) -> bool:
    """Whether judging of a call was ever opened, whoever asks."""
    with as_system(db):
        return db.scalar(select(Round.id).where(Round.call_id == call_id).limit(1)) is not None


def judged_version(db: Session, round_id: str, case_id: str) -> str | None:
    """The version of a case that is judged in a round, None where it is not in it."""
    return db.scalar(
        select(RoundCase.version_id).where(RoundCase.round_id == round_id, RoundCase.case_id == case_id)
    )


def rounds(db: Session) -> dict[str, RoundState]:
    """State of the latest round by call id, as far as the actor may see."""
    rows = db.scalars(select(Round).where(Round.state != RoundState.CANCELLED.value).order_by(Round.ordinal))
    return {row.call_id: RoundState(row.state) for row in rows}


def sits_on_panel(db: Session, round_id: str | None, actor: Actor) -> bool:
    """Whether the actor is invited to or on the panel of this round or another one of its call."""
    if round_id is None:
        return False
    call_id = select(Round.call_id).where(Round.id == round_id).scalar_subquery()
    with as_system(db):
        seat = db.scalar(
            select(PanelMember.id)
            .join(Round, Round.id == PanelMember.round_id)
            .where(
                Round.call_id == call_id,
                PanelMember.user_id == actor.user_id,
                PanelMember.state.in_([each.value for each in ON_PANEL]),
            )
            .limit(1)
        )
    return seat is not None


def organised(db: Session, actor: Actor, call: CallView) -> RoundView | None:
    """The round of a call for somebody who may run it.

    Raises:
        Forbidden
    """
    found = round_of_call(db, call)
    require(policy.may_organise(actor, on_panel=sits_on_panel(db, found.id if found else None, actor)))
    return found


def panel(db: Session, round_id: str, *, states: Iterable[InvitationState] = ()) -> list[SeatView]:
    """Invitations of a round that the actor may see, by name; of some states only, if given."""
    query = (
        select(PanelMember, User, Unit)
        .join(User, User.id == PanelMember.user_id)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .where(PanelMember.round_id == round_id)
        .order_by(User.name, User.id)
    )
    wanted = [state.value for state in states]
    if wanted:
        query = query.where(PanelMember.state.in_(wanted))
    return [seat_view(member, user, unit) for member, user, unit in db.execute(query).unique()]


def seat_view(member: PanelMember, user: User, unit: Unit | None) -> SeatView:
    """A row as a value."""
    return SeatView(
        member_id=member.id,
        user_id=user.id,
        name=user.name,
        email=user.email,
        unit_id=unit.id if unit else None,
        unit_name=unit.name if unit else "",
        unit_path=unit.path if unit else "",
        state=InvitationState(member.state),
        category_keys=tuple(member.category_keys),
        load_limit=member.load_limit,
        invited_at=member.invited_at,
        responded_at=member.responded_at,
        decline_reason=member.decline_reason,
        reminded_at=member.reminded_at,
        group_key=member.group_key,
    )


def users_named(db: Session, name: str) -> list[User]:
    """Active users of exactly this name."""
    return list(db.scalars(select(User).where(User.active, User.name == name).order_by(User.id)).unique())
