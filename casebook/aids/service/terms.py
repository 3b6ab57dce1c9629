"""Keeping the house's list of terms: adding, changing, deleting, taking back, importing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casebook import policy
from casebook.aids import queries
from casebook.aids.events import TermAdded, TermChanged, TermDeleted, TermRestored
from casebook.aids.models import HouseTerm
from casebook.aids.rules import terms as rules
from casebook.aids.rules.starting_terms import starting_terms
from casebook.aids.values import PlannedTerm, Step, Term, TermWish
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _

_Change = type[TermAdded | TermChanged | TermDeleted | TermRestored]
_CHANGED = _("这一条刚被别人改过。请先复制您的修改，重新打开这一条再改。")


def add_term(db: Session, *, actor: Actor, now: datetime, wish: TermWish) -> str:
    """A new line of the list; returns its id.

    Raises:
        Forbidden
        Invalid: it cannot be used, or the same term is there already.
        Refused: the list is full.
    """
    require(policy.may_edit(actor))
    _take_over_shipped(db, now)
    wish = _checked(db, wish, own="")
    if len(queries.terms(db)) >= rules.MOST_TERMS:
        raise Refused(_("词表已有 %(most)s 条，请先删去不用的。", most=rules.MOST_TERMS))
    row = HouseTerm(id=new_id())
    _write(db, row, actor, now, wish, TermAdded)
    db.add(row)
    db.flush()
    return row.id


def change_term(
    db: Session, *, actor: Actor, now: datetime, term_id: str, revision: int, wish: TermWish
) -> None:
    """Other words for a line that was read at `revision`.

    Raises:
        NotFound, Forbidden, Invalid
        Refused: somebody else has changed it meanwhile.
    """
    require(policy.may_edit(actor))
    _take_over_shipped(db, now)
    row = _row(db, term_id, deleted=False)
    if row.revision != revision:
        raise Refused(_CHANGED)
    _write(db, row, actor, now, _checked(db, wish, own=term_id), TermChanged)


def delete_term(db: Session, *, actor: Actor, now: datetime, term_id: str) -> None:
    """The line counts no more; it can be taken back.

    Raises:
        NotFound, Forbidden
    """
    require(policy.may_edit(actor))
    _take_over_shipped(db, now)
    row = _row(db, term_id, deleted=False)
    _write(db, row, actor, now, queries.term_of(row).wish, TermDeleted)
    row.deleted_at = now


def restore_term(db: Session, *, actor: Actor, now: datetime, term_id: str) -> None:
    """A deleted line counts again.

    Raises:
        NotFound, Forbidden
        Invalid: the same term was added again meanwhile.
    """
    require(policy.may_edit(actor))
    row = _row(db, term_id, deleted=True)
    wish = _checked(db, queries.term_of(row).wish, own=term_id)
    row.deleted_at = None
    _write(db, row, actor, now, wish, TermRestored)


def import_terms(
    db: Session, *, actor: Actor, now: datetime, lines: Sequence[tuple[int, TermWish]]
) -> list[PlannedTerm]:
    """Adds and changes lines as `rules.plan` says; returns what was done.

    Raises:
        Forbidden
        Invalid: a line cannot be used; nothing was changed.
        Refused: the list would become too long.
    """
    require(policy.may_edit(actor))
    errors = [
        FieldError("table", _("第 %(line)s 行：%(reason)s", line=number, reason=found.message))
        for number, wish in lines
        if (found := rules.problem(wish))
    ]
    if errors:
        raise Invalid(errors[:10])
    _take_over_shipped(db, now)
    known = queries.terms(db)
    planned = rules.plan([(number, rules.tidy(wish)) for number, wish in lines], known)
    if len(known) + sum(line.step is Step.ADD for line in planned) > rules.MOST_TERMS:
        raise Refused(_("导入后会超过 %(most)s 条，请先删去不用的。", most=rules.MOST_TERMS))
    for line in planned:
        if line.step is Step.ADD:
            row = HouseTerm(id=new_id())
            _write(db, row, actor, now, line.wish, TermAdded)
            db.add(row)
        elif line.step is Step.CHANGE and line.before is not None:
            _write(db, _row(db, line.before.id, deleted=False), actor, now, line.wish, TermChanged)
    db.flush()
    return planned


def _checked(db: Session, wish: TermWish, own: str) -> TermWish:
    if found := rules.problem(wish):
        raise Invalid([found])
    if any(each.id != own and each.written == wish.written for each in queries.terms(db)):
        raise Invalid([FieldError("written", _("词表里已有这个写法"))])
    return rules.tidy(wish)


def _row(db: Session, term_id: str, *, deleted: bool) -> HouseTerm:
    row = db.get(HouseTerm, term_id)
    if row is None or (row.deleted_at is not None) is not deleted:
        raise NotFound
    return row


def _write(db: Session, row: HouseTerm, actor: Actor, now: datetime, wish: TermWish, change: _Change) -> None:
    """The journal first: on PostgreSQL it lets one writer through at a time: no number is given twice."""
    event = change(term_id=row.id, written=wish.written, better=wish.better, kind=wish.kind.value)
    record(db, actor=actor, now=now, event=event)
    row.written, row.better, row.kind, row.why = wish.written, wish.better, wish.kind.value, wish.why
    row.revision = queries.revision(db) + 1
    row.changed_at, row.changed_by, row.changed_by_name = now, actor.user_id, actor.name
    db.flush()


def _take_over_shipped(db: Session, now: datetime) -> None:
    """Before the first change the shipped list becomes rows, so that each line can be changed and deleted."""
    if db.scalar(select(func.count()).select_from(HouseTerm)):
        return
    db.add_all(_shipped_row(each, now) for each in starting_terms())
    db.flush()


def _shipped_row(term: Term, now: datetime) -> HouseTerm:
    return HouseTerm(
        id=term.id,
        written=term.wish.written,
        better=term.wish.better,
        kind=term.wish.kind.value,
        why=term.wish.why,
        revision=0,
        changed_at=now,
        changed_by="",
        changed_by_name="",
    )
