"""The order of a book: by grouping, by buttons, by dragging."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casebook import policy, queries, rules
from casebook.events import EditionArranged, EntryRemoved
from casebook.models import Edition, EditionChapter, EditionEntry, Manuscript
from casebook.rules import Candidate, Order
from casebook.service.editions import touch
from casebook.service.taking_in import TopicsOf, category_keys, no_topics, whole_book
from casebook.values import Arrangement, ChapterView, EntryView
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import _

LONGEST_TITLE = 60


def reorder(db: Session, *, actor: Actor, now: datetime, edition_id: str, wanted: Order) -> None:
    """Set the whole order, as dragging leaves it.

    Raises:
        Forbidden, NotFound
        Refused: the order does not name exactly what is in the book.
    """
    edition, chapters = _loaded(db, actor, edition_id)
    known = queries.order_of(chapters)
    _write(db, actor, now, edition, rules.checked_order(known, wanted))


def move_entry(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, entry_id: str, step: int
) -> None:
    """Move an entry one place up (-1) or down (+1), over the edge of a chapter into the next."""
    edition, chapters = _loaded(db, actor, edition_id)
    _of(chapters, entry_id)
    _write(db, actor, now, edition, rules.moved(queries.order_of(chapters), entry_id, step))


def move_chapter(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, chapter_id: str, step: int
) -> None:
    """Move a whole chapter one place up or down."""
    edition, chapters = _loaded(db, actor, edition_id)
    _chapter(db, edition, chapter_id)
    _write(db, actor, now, edition, rules.chapter_moved(queries.order_of(chapters), chapter_id, step))


def move_entries(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    entry_ids: Collection[str],
    chapter_id: str,
) -> int:
    """Move several entries to the end of a chapter, in the order they have; returns their number.

    Raises:
        Forbidden, NotFound
        Refused: none was chosen.
    """
    edition, chapters = _loaded(db, actor, edition_id)
    if not entry_ids:
        raise Refused(_("请先勾选要移动的案例。"))
    for entry_id in entry_ids:
        _of(chapters, entry_id)
    _chapter(db, edition, chapter_id)
    wanted = rules.gathered(queries.order_of(chapters), entry_ids, chapter_id)
    _write(db, actor, now, edition, wanted)
    return len(entry_ids)


def regroup(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    by: Arrangement,
    topics: TopicsOf = no_topics,
) -> None:
    """Put all entries into new chapters; the order by hand is lost, the texts stay.

    By topic: that of the entry's index terms which comes first; entries without terms are asked for theirs.
    """
    edition, chapters = _loaded(db, actor, edition_id)
    entries = [entry for chapter in chapters for entry in chapter.entries]
    if by is Arrangement.TOPIC:
        entries = _with_topics(db, edition_id, entries, topics)
    categories = category_keys(queries.calls_of(db, edition_id))
    plan = rules.grouped(map(_candidate, entries), by, categories, whole=whole_book(edition))
    order: list[tuple[str, tuple[str, ...]]] = []
    for position, (title, keys) in enumerate(plan):
        chapter = EditionChapter(id=new_id(), edition_id=edition_id, title=title, position=position)
        db.add(chapter)
        order.append((chapter.id, keys))
    db.flush()
    edition.arrangement = by.value
    _write(db, actor, now, edition, tuple(order))
    old = [chapter.id for chapter in chapters]
    db.execute(delete(EditionChapter).where(EditionChapter.id.in_(old)))


def add_chapter(db: Session, *, actor: Actor, now: datetime, edition_id: str, title: str) -> str:
    """An empty chapter at the end of the book; returns its id. Raises Invalid without a title."""
    edition, chapters = _loaded(db, actor, edition_id)
    chapter = EditionChapter(id=new_id(), edition_id=edition_id, title=_title(title), position=len(chapters))
    db.add(chapter)
    db.flush()
    _write(db, actor, now, edition, (*queries.order_of(chapters), (chapter.id, ())))
    return chapter.id


def rename_chapter(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, chapter_id: str, title: str
) -> None:
    edition, chapters = _loaded(db, actor, edition_id)
    _chapter(db, edition, chapter_id).title = _title(title)
    _write(db, actor, now, edition, queries.order_of(chapters))


def remove_chapter(db: Session, *, actor: Actor, now: datetime, edition_id: str, chapter_id: str) -> None:
    """Remove an empty chapter. Raises Refused while it has entries."""
    edition, chapters = _loaded(db, actor, edition_id)
    row = _chapter(db, edition, chapter_id)
    order = queries.order_of(chapters)
    if dict(order)[chapter_id]:
        raise Refused(_("这一章里还有案例，请先把它们移到别的章，再删除这一章。"))
    db.delete(row)
    db.flush()
    _write(db, actor, now, edition, tuple(each for each in order if each[0] != chapter_id))


def remove_entry(db: Session, *, actor: Actor, now: datetime, edition_id: str, entry_id: str) -> None:
    """Take a case out of the book, with the editor's work on it. An awarded case can be taken in again."""
    edition, chapters = _loaded(db, actor, edition_id)
    entry = _of(chapters, entry_id)
    db.execute(delete(Manuscript).where(Manuscript.entry_id == entry_id))
    db.execute(delete(EditionEntry).where(EditionEntry.id == entry_id))
    touch(edition, now)
    removed = EntryRemoved(edition_id=edition_id, entry_id=entry_id, case_id=entry.case_id)
    journal.record(db, actor=actor, now=now, event=removed)


def _loaded(db: Session, actor: Actor, edition_id: str) -> tuple[Edition, tuple[ChapterView, ...]]:
    require(policy.may_edit(actor))
    return queries.locked_edition(db, edition_id), queries.chapters(db, edition_id)


def _of(chapters: tuple[ChapterView, ...], entry_id: str) -> EntryView:
    for chapter in chapters:
        for entry in chapter.entries:
            if entry.id == entry_id:
                return entry
    raise NotFound


def _chapter(db: Session, edition: Edition, chapter_id: str) -> EditionChapter:
    row = db.scalar(
        select(EditionChapter).where(EditionChapter.id == chapter_id, EditionChapter.edition_id == edition.id)
    )
    if row is None:
        raise NotFound
    return row


def _title(title: str) -> str:
    if not title:
        raise Invalid([FieldError("title", _("请填写章名"))])
    if len(title) > LONGEST_TITLE:
        raise Invalid([FieldError("title", _("章名不能超过 %(limit)s 个字", limit=LONGEST_TITLE))])
    return title


def _candidate(entry: EntryView) -> Candidate:
    return Candidate(
        key=entry.id,
        prize_name=entry.prize_name,
        prize_rank=entry.prize_rank,
        category_key=entry.category_key,
        category_name=entry.category_name,
        unit=entry.unit,
        title=entry.title,
        topic=entry.topics[0] if entry.topics else "",
    )


def _with_topics(db: Session, edition_id: str, entries: list[EntryView], topics: TopicsOf) -> list[EntryView]:
    """The entries, those without topics given what the library has learned of them since."""
    bare = {entry.case_id: entry.id for entry in entries if not entry.topics}
    known = {case_id: found for case_id, found in topics(db, list(bare)).items() if found}
    for row in db.scalars(select(EditionEntry).where(EditionEntry.edition_id == edition_id)):
        if row.case_id in known:
            row.topics = list(known[row.case_id])[: rules.TERMS_HIGHEST]
    db.flush()
    return [replace(entry, topics=known.get(entry.case_id, entry.topics)) for entry in entries]


def _write(db: Session, actor: Actor, now: datetime, edition: Edition, order: Order) -> None:
    """Number chapters and entries by the order and record it."""
    chapters = {
        row.id: row
        for row in db.scalars(select(EditionChapter).where(EditionChapter.edition_id == edition.id))
    }
    entries = {
        row.id: row for row in db.scalars(select(EditionEntry).where(EditionEntry.edition_id == edition.id))
    }
    for number, (chapter_id, entry_ids) in enumerate(order):
        chapters[chapter_id].position = number
        for position, entry_id in enumerate(entry_ids):
            entries[entry_id].chapter_id = chapter_id
            entries[entry_id].position = position
    touch(edition, now)
    db.flush()
    written = tuple((chapter_id, *entry_ids) for chapter_id, entry_ids in order)
    journal.record(db, actor=actor, now=now, event=EditionArranged(edition_id=edition.id, order=written))
