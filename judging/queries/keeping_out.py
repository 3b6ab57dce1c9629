"""Cases from whose judging an organiser is shut out, and who looks after them instead."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import SYSTEM, Actor, Role
from foundation.people import User, actor_of
from foundation.text import Text, _
from foundation.visibility import as_system
from judging.models import CaseCustodian, OrganiserRecusal, RoundCase
from judging.queries.rounds import sits_on_panel
from judging.views import RoundView
from judging.views.jury import ShutOutCase
from judging.visibility import shut_out
from submissions import queries as submissions
from submissions.values import VersionView


def shut_out_ids(db: Session, actor: Actor, round_id: str) -> frozenset[str]:
    """Cases of the round from whose judging this organiser is shut out."""
    if actor is SYSTEM:
        return frozenset()
    with as_system(db):
        found = select(RoundCase.case_id).where(
            RoundCase.round_id == round_id, shut_out(RoundCase.case_id, actor)
        )
        return frozenset(db.scalars(found))


def shut_out_cases(db: Session, actor: Actor, view: RoundView) -> list[ShutOutCase]:
    """Cases of the round whose marks, jurors and standing are not this organiser's business, and why. What is
    shown of them he knows anyway: they are his own, or he declared them."""
    if actor is SYSTEM:
        return []
    with as_system(db):
        rows = db.scalars(
            select(RoundCase)
            .where(
                RoundCase.round_id == view.id,
                RoundCase.withdrawn_at.is_(None),
                shut_out(RoundCase.case_id, actor),
            )
            .order_by(RoundCase.label)
        ).all()
        declared = {
            row.case_id: row
            for row in db.scalars(
                select(OrganiserRecusal).where(
                    OrganiserRecusal.round_id == view.id,
                    OrganiserRecusal.user_id == actor.user_id,
                    OrganiserRecusal.lifted_at.is_(None),
                )
            )
        }
        keepers = _custodians(db, view.id)
        return [
            _shown(submissions.version(db, row.version_id), actor, declared.get(row.case_id), keepers)
            for row in rows
        ]


def _custodians(db: Session, round_id: str) -> dict[str, tuple[str, str]]:
    """Case id -> who looks after it: id and name."""
    rows = db.execute(
        select(CaseCustodian.case_id, User.id, User.name)
        .join(User, User.id == CaseCustodian.user_id)
        .where(CaseCustodian.round_id == round_id)
    )
    return {case_id: (user_id, name) for case_id, user_id, name in rows}


def _shown(
    version: VersionView,
    actor: Actor,
    recusal: OrganiserRecusal | None,
    keepers: dict[str, tuple[str, str]],
) -> ShutOutCase:
    keeper = keepers.get(version.case_id, ("", ""))
    return ShutOutCase(
        case_id=version.case_id,
        title=version.title,
        unit_name=version.unit_name,
        reason=_why(version, actor, recusal),
        recusal_id=recusal.id if recusal is not None else "",
        custodian_id=keeper[0],
        custodian_name=keeper[1],
    )


def _why(version: VersionView, actor: Actor, recusal: OrganiserRecusal | None) -> Text:
    if version.unit_id == actor.unit_id:
        return _("案例属于您所在的单位")
    if recusal is not None:
        return _("您已声明回避：%(reason)s", reason=recusal.reason)
    return _("您参与了这个案例的撰写或提交")


def possible_custodians(db: Session, view: RoundView, case_id: str = "") -> list[User]:
    """Organisers who do not judge in this round and are not shut out of the case ("": of any case in it)."""
    found = []
    for user in people.users_with(db, Role.ORGANISER):
        actor = actor_of(user)
        if sits_on_panel(db, view.id, actor):
            continue
        kept_from = {each.case_id for each in shut_out_cases(db, actor, view)}
        if case_id not in kept_from and (case_id or not kept_from):
            found.append(user)
    return found


def recusals(db: Session, view: RoundView) -> Sequence[tuple[OrganiserRecusal, str]]:
    """Organisers who declared that they keep out of a case, with their names; those that stand."""
    rows = db.execute(
        select(OrganiserRecusal, User.name)
        .join(User, User.id == OrganiserRecusal.user_id)
        .where(OrganiserRecusal.round_id == view.id, OrganiserRecusal.lifted_at.is_(None))
        .order_by(OrganiserRecusal.declared_at, OrganiserRecusal.id)
    )
    return [(row, name) for row, name in rows]
