"""The list of synonyms as it is now. `SynonymBook` keeps it for searches and asks only whether it changed."""

from __future__ import annotations

import threading

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


def _names_of_topics(db: Session) -> list[SynonymGroup]:
    """A topic's label and its other names mean the same to a question."""
    return [
        SynonymGroup(
            id=topic.id, words=(topic.label, *topic.names), direction=Direction.BOTH, note="", revision=0
        )
        for topic in named_topics(db)
    ]


class SynonymBook:
    """The list in memory, one a process; read again when its number in the database is another."""

    def __init__(self) -> None:
        self._known: Thesaurus | None = None
        self._guard = threading.Lock()

    def __call__(self, db: Session) -> Thesaurus:
        now, named = revision(db), names_changed(db)
        known = self._known
        if known is None or (known.revision, known.names) != (now, named):
            with self._guard:
                every = (*groups(db), *_names_of_topics(db))
                known = self._known = Thesaurus(now, expansion(every), named)
        return known
