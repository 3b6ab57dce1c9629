"""Keeping the list of synonyms: adding, changing, deleting, taking back, importing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from search.curation.events.synonyms import (
    SynonymsAdded,
    SynonymsChanged,
    SynonymsDeleted,
    SynonymsRestored,
)
from search.curation.models.synonyms import SynonymRow
from search.curation.policy.curating import may_curate
from search.curation.queries import synonyms as queries
from search.curation.rules import synonyms as rules
from search.curation.rules.starting_synonyms import starting_groups
from search.curation.values.synonyms import MOST_GROUPS, PlannedLine, Step, SynonymGroup, Words

_Change = type[SynonymsAdded | SynonymsChanged | SynonymsDeleted | SynonymsRestored]


def permit_synonyms(actor: Actor) -> None:
    """Raises: Forbidden."""
    require(may_curate(actor))


def add_synonyms(db: Session, *, actor: Actor, now: datetime, wish: Words) -> str:
    """A new group; returns its id.

    Raises:
        Forbidden
        Invalid: fewer than two words, too long, too many, or such a group is there already.
    """
    permit_synonyms(actor)
    _take_over_shipped(db, now)
    _check(db, wish, own="")
    if len(queries.groups(db)) >= MOST_GROUPS:
        raise Refused(_("同义词已有 %(most)s 组，请先删去不用的。", most=MOST_GROUPS))
    row = SynonymRow(id=new_id())
    _write(db, row, actor, now, wish, SynonymsAdded)
    db.add(row)
    db.flush()
    return row.id


def change_synonyms(
    db: Session, *, actor: Actor, now: datetime, group_id: str, revision: int, wish: Words
) -> None:
    """Other words, direction or note for a group that was read at `revision`.

    Raises:
        NotFound, Forbidden, Invalid
        Refused: somebody else has changed it meanwhile.
    """
    permit_synonyms(actor)
    _take_over_shipped(db, now)
    row = _row(db, group_id, deleted=False)
    if row.revision != revision:
        raise Refused(_("这一组刚被别人改过。请先复制您的修改，重新打开这一组再改。"))
    _check(db, wish, own=group_id)
    _write(db, row, actor, now, wish, SynonymsChanged)


def delete_synonyms(db: Session, *, actor: Actor, now: datetime, group_id: str) -> None:
    """The group counts no more; it can be taken back.

    Raises:
        NotFound, Forbidden
    """
    permit_synonyms(actor)
    _take_over_shipped(db, now)
    row = _row(db, group_id, deleted=False)
    _write(db, row, actor, now, queries.group_of(row).wish, SynonymsDeleted)
    row.deleted_at = now


def restore_synonyms(db: Session, *, actor: Actor, now: datetime, group_id: str) -> None:
    """A deleted group counts again.

    Raises:
        NotFound, Forbidden
        Invalid: the same group was added again meanwhile.
    """
    permit_synonyms(actor)
    row = _row(db, group_id, deleted=True)
    wish = queries.group_of(row).wish
    _check(db, wish, own=group_id)
    row.deleted_at = None
    _write(db, row, actor, now, wish, SynonymsRestored)


def import_synonyms(
    db: Session, *, actor: Actor, now: datetime, lines: Sequence[tuple[int, Words]]
) -> list[PlannedLine]:
    """Adds and changes groups as `rules.plan` says; returns what was done.

    Raises:
        Forbidden
        Invalid: a line cannot be used; nothing was changed.
        Refused: the list would become too long.
    """
    permit_synonyms(actor)
    errors = [_at_line(number, found) for number, wish in lines if (found := rules.problem(wish))]
    if errors:
        raise Invalid(errors[:10])
    _take_over_shipped(db, now)
    known = queries.groups(db)
    planned = rules.plan(lines, known)
    if len(known) + sum(line.step is Step.ADD for line in planned) > MOST_GROUPS:
        raise Refused(_("导入后会超过 %(most)s 组，请先删去不用的。", most=MOST_GROUPS))
    for line in planned:
        if line.step is Step.ADD:
            row = SynonymRow(id=new_id())
            _write(db, row, actor, now, line.wish, SynonymsAdded)
            db.add(row)
        elif line.step is Step.CHANGE and line.before is not None:
            row = _row(db, line.before.id, deleted=False)
            _write(db, row, actor, now, line.wish, SynonymsChanged)
    db.flush()
    return planned


def _at_line(number: int, found: FieldError) -> FieldError:
    return FieldError("table", _("第 %(line)s 行：%(reason)s", line=number, reason=found.message))


def _check(db: Session, wish: Words, own: str) -> None:
    if found := rules.problem(wish):
        raise Invalid([found])
    same = rules.identity(wish)
    if any(each.id != own and rules.identity(each.wish) == same for each in queries.groups(db)):
        raise Invalid([FieldError("words", _("已有一组完全相同的词"))])


def _row(db: Session, group_id: str, *, deleted: bool) -> SynonymRow:
    row = db.get(SynonymRow, group_id)
    if row is None or (row.deleted_at is not None) is not deleted:
        raise NotFound
    return row


def _write(db: Session, row: SynonymRow, actor: Actor, now: datetime, wish: Words, change: _Change) -> None:
    """The journal first: on PostgreSQL it lets one writer through at a time: no number is given twice."""
    event = change(group_id=row.id, words="、".join(wish.words), direction=wish.direction.value)
    record(db, actor=actor, now=now, event=event)
    row.words, row.direction, row.note = list(wish.words), wish.direction.value, wish.note
    row.revision = queries.revision(db) + 1
    row.changed_at, row.changed_by, row.changed_by_name = now, actor.user_id, actor.name
    db.flush()


def _take_over_shipped(db: Session, now: datetime) -> None:
    """Before the first change the shipped groups become rows, so that each can be changed and deleted."""
    if db.scalar(select(func.count()).select_from(SynonymRow)):
        return
    db.add_all(_shipped_row(each, now) for each in starting_groups())
    db.flush()


def _shipped_row(group: SynonymGroup, now: datetime) -> SynonymRow:
    return SynonymRow(
        id=group.id,
        words=list(group.words),
        direction=group.direction.value,
        note=group.note,
        revision=0,
        changed_at=now,
        changed_by="",
        changed_by_name="",
    )
