"""What the index says of a case beyond its award and its version: region, topics, teaching packs.

These change while version and award stay, so they are read for all cases of the shelf at once whenever the
index is compared with the database.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from foundation import people
from judging.conflicts import region
from search.curation.queries.evidence import NOTHING_SAID, Words, words_on_evidence
from search.curation.queries.topics import topics_of_cases
from submissions import queries as submissions

Packed = Callable[[Session], frozenset[str]]
"""The ids of cases that stand in a published teaching pack; said by the room above (`webapp.wiring`)."""


def nothing_packed(_db: Session) -> frozenset[str]:
    """Where there are no teaching packs."""
    return frozenset()


@dataclass(frozen=True, slots=True)
class Region:
    """The unit right below the top that a unit is or is under; empty for the top itself."""

    id: str = ""
    name: str = ""


NOWHERE = Region()


@dataclass(frozen=True, slots=True)
class Facts:
    """By case id."""

    regions: Mapping[str, Region] = field(default_factory=dict)
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    packed: frozenset[str] = frozenset()
    said: Mapping[str, Words] = field(default_factory=dict)
    """What units have said about evidence after the award."""

    def said_of(self, case_id: str) -> Words:
        return self.said.get(case_id, NOTHING_SAID)

    def region(self, case_id: str) -> Region:
        return self.regions.get(case_id, NOWHERE)


def facts(db: Session, packed: Packed = nothing_packed, case_ids: Collection[str] | None = None) -> Facts:
    """Of these cases; of all that were ever handed in, as everybody's index needs them."""
    topics = topics_of_cases(db, case_ids)
    return Facts(
        regions=_regions(db, case_ids),
        topics={case_id: tuple(each.label for each in found) for case_id, found in topics.items()},
        packed=packed(db),
        said=words_on_evidence(db, case_ids),
    )


def _regions(db: Session, case_ids: Collection[str] | None) -> dict[str, Region]:
    by_unit: dict[str, Region] = {}
    names = {unit.id: (unit.path, unit.name) for unit in people.units(db)}
    for unit_id, (path, _name) in names.items():
        above = region(path).strip("/").rpartition("/")[2]
        by_unit[unit_id] = Region(above, names[above][1]) if above in names else NOWHERE
    return {
        case_id: by_unit.get(unit_id, NOWHERE)
        for case_id, unit_id in submissions.units_of_cases(db, case_ids)
    }
