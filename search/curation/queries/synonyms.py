"""The list of synonyms as it is now. `SynonymBook` keeps it for searches and asks only whether it changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from foundation.folding import fold
from foundation.visibility import as_system
from search.curation.models.synonyms import SynonymRow
from search.curation.queries.topics import named_topics, names_changed
from search.curation.rules.starting_synonyms import starting_groups
from search.curation.rules.synonyms import expansion
from search.curation.values.synonyms import Direction, SynonymGroup, Thesaurus
from search.curation.values.topics import TopicView
from search.pinyin import sound


def revision(db: Session) -> int:
    """Grows with every change of the list; 0 while nobody has changed what the product ships."""
    with as_system(db):
        return db.scalar(select(func.max(SynonymRow.revision))) or 0


def groups(db: Session) -> list[SynonymGroup]:
    """The groups in force, by their first word."""
    if not revision(db):
        return sorted(starting_groups(), key=_order)
    rows = db.scalars(select(SynonymRow).where(SynonymRow.deleted_at.is_(None)))
    return sorted(map(group_of, rows), key=_order)


def deleted_groups(db: Session, most: int = 20) -> list[SynonymGroup]:
    """What was deleted, the last first."""
    rows = db.scalars(
        select(SynonymRow)
        .where(SynonymRow.deleted_at.is_not(None))
        .order_by(SynonymRow.revision.desc())
        .limit(most)
    )
    return [group_of(row) for row in rows]


def group(db: Session, group_id: str) -> SynonymGroup:
    """One group in force.

    Raises:
        NotFound
    """
    for each in groups(db):
        if each.id == group_id:
            return each
    raise NotFound


def group_of(row: SynonymRow) -> SynonymGroup:
    return SynonymGroup(
        id=row.id,
        words=tuple(map(str, row.words)),
        direction=Direction(row.direction),
        note=row.note,
        revision=row.revision,
        changed_by=row.changed_by_name,
        deleted=row.deleted_at is not None,
    )


def _order(each: SynonymGroup) -> tuple[str, str]:
    """By the sound of the first word, as in a dictionary."""
    return sound(fold(each.words[0])), each.id


def _names_of(topic: TopicView) -> SynonymGroup:
    """A topic's label and its other names mean the same to a question."""
    words = (topic.label, *topic.names)
    return SynonymGroup(id=topic.id, words=words, direction=Direction.BOTH, note="", revision=0)


MOST_SAID = 16
"""Sets of topics for which the list is kept: one an audience, and those of the index's last states."""
Shown = Callable[[], frozenset[str]]
"""The labels of the topics that whoever asks may see on some case."""


@dataclass(slots=True)
class _Known:
    """The list as it was at `state`, and what it says to those who see the same topics."""

    state: tuple[int, str]
    groups: list[SynonymGroup]
    topics: list[TopicView]
    said: dict[frozenset[str], Thesaurus] = field(default_factory=dict)

    def thesaurus(self, shown: Shown) -> Thesaurus:
        seen = shown() & {each.label for each in self.topics} if self.topics else frozenset()
        found = self.said.get(seen)
        if found is None:
            if len(self.said) >= MOST_SAID:
                self.said.clear()
            every = (*self.groups, *(_names_of(each) for each in self.topics if each.label in seen))
            found = self.said[seen] = Thesaurus(expansion(every))
        return found


class SynonymBook:
    """The list in memory, one a process; read again when its number in the database is another.

    Names of a topic count for those who may read a case that has it: words of cases for trainers are nothing
    that a public search may answer with.
    """

    def __init__(self) -> None:
        self._known: _Known | None = None
        self._guard = threading.Lock()

    def __call__(self, db: Session, shown: Shown = frozenset) -> Thesaurus:
        state = revision(db), names_changed(db)
        known = self._known
        if known is None or known.state != state:
            with self._guard:
                known = self._known = _Known(state, groups(db), named_topics(db))
        return known.thesaurus(shown)
