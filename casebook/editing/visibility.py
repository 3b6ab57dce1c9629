"""Who sees what in this room: editors everything; a unit what it was asked itself, and no comments."""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from casebook.editing.models import EditingRemark, EditingThread, UnitLetter, UnitQuestion
from foundation.actor import Actor, Role
from foundation.visibility import Grant, Rule


def _editor(actor: Actor) -> bool:
    return actor.has(Role.EDITOR)


def _own(column: InstrumentedAttribute[str]) -> Rule:
    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        if not actor.has(Role.SUBMITTER) or actor.unit_id is None:
            return False
        return column == actor.unit_id

    return rule


GRANTS = (
    Grant(EditingThread, _editor),
    Grant(EditingRemark, _editor),
    Grant(UnitLetter, _editor),
    Grant(UnitLetter, _own(UnitLetter.unit_id)),
    Grant(UnitQuestion, _editor),
    Grant(UnitQuestion, _own(UnitQuestion.unit_id)),
)
