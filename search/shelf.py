"""The gate of the library: which cases stand on its shelf, and whether the session's actor may read them.

On the shelf is an awarded case whose award is in force and which nobody has taken off. Its audience is what
was decided for the case, else what its call laid down. Whoever does not belong to the audience gets what he
would get if there were no such case: the same answer after the same statements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from foundation.actor import SYSTEM, Actor
from foundation.audience import Audience, audience_of, open_to
from foundation.errors import NotFound
from foundation.visibility import as_system
from judging import queries as judging
from judging.values import AwardView
from search.curation.queries.placements import placements
from search.curation.rules.placements import readers
from search.curation.values.placements import Placement
from submissions import queries as submissions


@dataclass(frozen=True, slots=True)
class Place:
    """A case on the shelf by its highest award in force, and who may read it."""

    award: AwardView
    audience: Audience

    @property
    def case_id(self) -> str:
        return self.award.case_id


def on_shelf(db: Session) -> list[Place]:
    """The cases that the session's actor may read, the highest prizes first."""
    with as_system(db):
        decided = placements(db)
    return _readable(db, judging.awards(db), decided)


def places(db: Session, case_ids: Collection[str]) -> dict[str, Place]:
    """Case id -> place, for those of these cases that the session's actor may read."""
    with as_system(db):
        decided = placements(db, case_ids)
    return {each.case_id: each for each in _readable(db, judging.awards_of(db, case_ids), decided)}


def readable(db: Session, case_ids: Iterable[str]) -> frozenset[str]:
    """Which of these cases the session's actor may read: what a page of another package may link to."""
    return frozenset(places(db, set(case_ids)))


def place(db: Session, case_id: str) -> Place:
    """One case of the shelf.

    Raises:
        NotFound: no such case, no award of it in force, taken off, or not for the session's actor.
    """
    found = places(db, [case_id]).get(case_id)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """An awarded case and where it stands: `audience` None is off the shelf, `usual` its call's audience."""

    award: AwardView
    audience: Audience | None
    usual: Audience
    placement: Placement | None


def standings(db: Session, case_ids: Collection[str] | None = None) -> list[Standing]:
    """Every awarded case, or these, also off the shelf: for whoever looks after the library."""
    with as_system(db):
        decided = placements(db, case_ids)
        usual = submissions.library_audiences(db)
    awards = judging.awards(db) if case_ids is None else judging.awards_of(db, case_ids)
    return [
        Standing(
            award,
            readers(decided.get(case_id), usual[award.call_id]),
            usual[award.call_id],
            decided.get(case_id),
        )
        for case_id, award in _highest(awards).items()
    ]


def audience(db: Session) -> Audience:
    """The narrowest audience that the session's actor belongs to: what the index is asked for."""
    return audience_of(_actor(db))


def _actor(db: Session) -> Actor:
    found: Actor = db.info.get("actor", SYSTEM)
    return found


def _readable(db: Session, awards: Iterable[AwardView], decided: Mapping[str, Placement]) -> list[Place]:
    mine = open_to(_actor(db))
    with as_system(db):
        usual = submissions.library_audiences(db)
    found = []
    for case_id, award in _highest(awards).items():
        whose = readers(decided.get(case_id), usual[award.call_id])
        if whose is not None and whose in mine:
            found.append(Place(award, whose))
    return found


def _highest(awards: Iterable[AwardView]) -> dict[str, AwardView]:
    found: dict[str, AwardView] = {}
    for award in awards:  # the highest prizes come first
        found.setdefault(award.case_id, award)
    return found
