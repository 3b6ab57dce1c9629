"""Who sees which packs: the owner his own, all trainers what is shared with them. Who comes by a secret
address is let in by `queries`, which know the address."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from foundation.actor import Actor
from foundation.audience import TEACHING
from foundation.visibility import Grant, Rule
from search.teaching.packs.models import Pack, PackCase, PackUse, PackUseCase, PackVersion, UseAnswer
from search.teaching.packs.values import Sharing


def _own(actor: Actor) -> ScalarSelect[str]:
    """Core selects: no visibility rule inside a visibility rule."""
    packs = Pack.__table__
    return select(packs.c.id).where(packs.c.owner_id == actor.user_id).scalar_subquery()


def _shared() -> ScalarSelect[str]:
    packs = Pack.__table__
    return select(packs.c.id).where(packs.c.sharing == Sharing.TRAINERS.value).scalar_subquery()


def _owned(column: InstrumentedAttribute[Any]) -> Rule:
    """Rows of packs that are the actor's."""

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        return column.in_(_own(actor)) if actor.has(*TEACHING) else False

    return rule


def _open(column: InstrumentedAttribute[Any]) -> Rule:
    """Rows of packs that are shared with all trainers."""

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        return column.in_(_shared()) if actor.has(*TEACHING) else False

    return rule


def _mine(actor: Actor) -> ColumnElement[bool] | bool:
    return Pack.owner_id == actor.user_id if actor.has(*TEACHING) else False


def _for_trainers(actor: Actor) -> ColumnElement[bool] | bool:
    return Pack.sharing == Sharing.TRAINERS.value if actor.has(*TEACHING) else False


def _shared_version(actor: Actor) -> ColumnElement[bool] | bool:
    """Of a pack that is shared, the version that was shared and no other."""
    shared = and_(PackVersion.shared.is_(True), PackVersion.pack_id.in_(_shared()))
    return shared if actor.has(*TEACHING) else False


def _reported(actor: Actor) -> ColumnElement[bool] | bool:
    """One's own reports, and those whose trainer agreed, of packs that are shared."""
    if not actor.has(*TEACHING):
        return False
    shown = and_(PackUse.shown.is_(True), PackUse.pack_id.in_(_shared()))
    return or_(PackUse.user_id == actor.user_id, shown)


def _held(column: InstrumentedAttribute[Any]) -> Rule:
    """Rows of classes that the actor held."""
    uses = PackUse.__table__

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        held = select(uses.c.id).where(uses.c.user_id == actor.user_id).scalar_subquery()
        return column.in_(held) if actor.has(*TEACHING) else False

    return rule


GRANTS = (
    Grant(Pack, _mine),
    Grant(Pack, _for_trainers),
    Grant(PackVersion, _owned(PackVersion.pack_id)),
    Grant(PackVersion, _shared_version),
    Grant(PackCase, _owned(PackCase.pack_id)),
    Grant(PackCase, _open(PackCase.pack_id)),
    Grant(PackUse, _owned(PackUse.pack_id)),
    Grant(PackUse, _reported),
    Grant(PackUseCase, _held(PackUseCase.use_id)),
    Grant(UseAnswer, _held(UseAnswer.use_id)),
)
