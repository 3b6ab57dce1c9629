"""The figures of a definition at this moment: facts out of the database, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casebook.reports import queries
from casebook.reports.ports import Shelf
from casebook.reports.rules.counting import Counted, counted, narrowed
from casebook.reports.values import Definition, Facts
from submissions.values import UNIT_KINDS


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole set, and what a filter left of it."""

    whole: Facts
    facts: Facts
    counted: Counted


def count(
    db: Session, definition: Definition, shelf: Shelf, wanted: Mapping[str, Sequence[str]] | None = None
) -> Shown:
    """For who was let through to the report."""
    whole = queries.facts_of(db, definition, shelf)
    facts = narrowed(whole, wanted or {})
    return Shown(whole, facts, counted(facts, UNIT_KINDS))
