"""Reads of the casebook. What the session's actor may not see is not there: `visibility.GRANTS` says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casebook.detailing import details_of
from casebook.models import Edition, EditionCall, EditionChapter, EditionEntry, Manuscript, ManuscriptDraft
from casebook.rules import Order
from casebook.values import (
    Arrangement,
    ChapterView,
    EditionView,
    EntryView,
    ManuscriptText,
    ManuscriptView,
    PlacedPhoto,
    WorkingCopy,
)
from foundation.errors import NotFound
from foundation.visibility import as_system
from judging import queries as judging
from judging.queries.honours import published_commendations
from judging.values import AwardView
from submissions import queries as submissions
from submissions.values import AttachmentView, CallView, VersionView


def editions(db: Session) -> list[EditionView]:
    """All editions, the newest first."""
    return [_edition_view(row) for row in db.scalars(select(Edition).order_by(Edition.id.desc()))]


def edition(db: Session, edition_id: str) -> EditionView:
    """Raises NotFound."""
    return _edition_view(edition_row(db, edition_id))


def edition_row(db: Session, edition_id: str) -> Edition:
    """For the service. Raises NotFound."""
    row = db.scalar(select(Edition).where(Edition.id == edition_id))
    if row is None:
        raise NotFound
    return row


def locked_edition(db: Session, edition_id: str) -> Edition:
    """For the service: whoever else changes this book waits until this transaction has ended, and what is
    decided is decided on what he wrote. Lock before reading. Raises NotFound."""
    row = db.scalar(
        select(Edition)
        .where(Edition.id == edition_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row


def _edition_view(row: Edition) -> EditionView:
    return EditionView(
        id=row.id,
        call_id=row.call_id,
        details=details_of(row),
        arrangement=Arrangement(row.arrangement),
        revision=row.revision,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        archived_at=row.archived_at,
        details_revision=row.details_revision,
    )


def chapters(db: Session, edition_id: str) -> tuple[ChapterView, ...]:
    """The chapters with their entries, in print order; withdrawn entries are in their places too."""
    entries: dict[str, list[EntryView]] = {}
    newest = (
        select(Manuscript.entry_id, func.max(Manuscript.ordinal).label("ordinal"))
        .group_by(Manuscript.entry_id)
        .subquery()
    )
    rows = db.execute(
        select(EditionEntry, Manuscript.title, Manuscript.unit, Manuscript.ordinal)
        .join(newest, newest.c.entry_id == EditionEntry.id)
        .join(
            Manuscript,
            (Manuscript.entry_id == EditionEntry.id) & (Manuscript.ordinal == newest.c.ordinal),
        )
        .where(EditionEntry.edition_id == edition_id)
        .order_by(EditionEntry.position, EditionEntry.id)
    )
    for row, title, unit, ordinal in rows:
        entries.setdefault(row.chapter_id, []).append(_entry_view(row, title, unit, ordinal))
    found = db.scalars(
        select(EditionChapter)
        .where(EditionChapter.edition_id == edition_id)
        .order_by(EditionChapter.position, EditionChapter.id)
    )
    return tuple(ChapterView(row.id, row.title, tuple(entries.get(row.id, ()))) for row in found)


def _entry_view(row: EditionEntry, title: str, unit: str, rounds: int) -> EntryView:
    return EntryView(
        id=row.id,
        edition_id=row.edition_id,
        chapter_id=row.chapter_id,
        case_id=row.case_id,
        version_id=row.version_id,
        award_id=row.award_id,
        prize_name=row.prize_name,
        prize_rank=row.prize_rank,
        category_key=row.category_key,
        category_name=row.category_name,
        withdrawn_at=row.withdrawn_at,
        title=title,
        unit=unit,
        rounds=rounds,
        topics=tuple(row.topics),
        places=tuple(row.places),
        prints_commendation=row.prints_commendation,
    )


def order_of(found: Sequence[ChapterView]) -> Order:
    return tuple((chapter.id, tuple(entry.id for entry in chapter.entries)) for chapter in found)


def entry(db: Session, edition_id: str, entry_id: str) -> EntryView:
    """Raises NotFound: also for an entry of another edition."""
    row = db.scalar(
        select(EditionEntry).where(EditionEntry.id == entry_id, EditionEntry.edition_id == edition_id)
    )
    if row is None:
        raise NotFound
    current = manuscript(db, entry_id)
    return _entry_view(row, current.text.title, current.text.unit, current.ordinal)


def manuscript(db: Session, entry_id: str, ordinal: int | None = None) -> ManuscriptView:
    """A round of an entry's manuscript, the last one without `ordinal`. Raises NotFound."""
    query = select(Manuscript).where(Manuscript.entry_id == entry_id).order_by(Manuscript.ordinal.desc())
    if ordinal is not None:
        query = query.where(Manuscript.ordinal == ordinal)
    row = db.scalar(query.limit(1))
    if row is None:
        raise NotFound
    return _manuscript_view(row)


def rounds(db: Session, entry_id: str) -> list[ManuscriptView]:
    """All rounds, the last one first."""
    rows = db.scalars(
        select(Manuscript).where(Manuscript.entry_id == entry_id).order_by(Manuscript.ordinal.desc())
    )
    return [_manuscript_view(row) for row in rows]


def working_copy(db: Session, entry_id: str) -> WorkingCopy:
    """What is being written in an entry's manuscript; its last round where nobody writes. Raises NotFound."""
    current = manuscript(db, entry_id)
    row = db.scalar(
        select(ManuscriptDraft)
        .where(ManuscriptDraft.entry_id == entry_id)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return WorkingCopy(
            entry_id, current.text, current.ordinal, 0, current.written_at, current.writer_name, pending=False
        )
    text = _text(row)
    return WorkingCopy(
        entry_id=entry_id,
        text=text,
        base=row.base,
        revision=row.revision,
        saved_at=row.saved_at,
        saved_by=row.saved_by_name,
        pending=text != current.text,
    )


def manuscripts(db: Session, edition_id: str) -> dict[str, ManuscriptText]:
    """What counts of every entry's text, by entry."""
    rows = db.scalars(
        select(Manuscript)
        .join(EditionEntry, EditionEntry.id == Manuscript.entry_id)
        .where(EditionEntry.edition_id == edition_id)
        .order_by(Manuscript.ordinal)
    )
    return {row.entry_id: _manuscript_view(row).text for row in rows}


def _text(row: Manuscript | ManuscriptDraft) -> ManuscriptText:
    return ManuscriptText(
        title=row.title,
        unit=row.unit,
        authors=tuple(row.authors),
        summary=row.summary,
        body=row.body,
        photos=tuple(PlacedPhoto(each["id"], each["caption"]) for each in row.photos),
        source_line=row.source_line,
        signoff_line=row.signoff_line,
    )


def _manuscript_view(row: Manuscript) -> ManuscriptView:
    return ManuscriptView(
        entry_id=row.entry_id,
        ordinal=row.ordinal,
        text=_text(row),
        note=row.note,
        written_at=row.written_at,
        writer_name=row.writer_name,
    )


# --- what the awards give --------------------------------------------------------------------------


def new_awards(db: Session, call_ids: Iterable[str], found: Sequence[ChapterView]) -> list[AwardView]:
    """Awards of these calls in force whose cases are not in the edition: one a case, its highest."""
    known = {entry.case_id for chapter in found for entry in chapter.entries}
    highest: dict[str, AwardView] = {}
    for call_id in call_ids:
        for award in judging.awards(db, call_id):  # the highest prizes first
            if award.case_id not in known:
                highest.setdefault(award.case_id, award)
    return list(highest.values())


def calls_of(db: Session, edition_id: str) -> list[CallView]:
    """The calls whose awarded cases an edition takes: the one it was opened for, then those added later."""
    return [call_of(db, call_id) for call_id in call_ids_of(db, edition_row(db, edition_id))]


def call_ids_of(db: Session, edition: Edition | EditionView) -> list[str]:
    """The same, as ids."""
    further = select(EditionCall.call_id).where(EditionCall.edition_id == edition.id).order_by(EditionCall.id)
    return [edition.call_id, *db.scalars(further)]


def commendations(db: Session, edition_id: str) -> dict[str, str]:
    """Entry id -> what the jury said of it, of entries with which it is printed."""
    printed = {
        each.case_id: each.id
        for chapter in chapters(db, edition_id)
        for each in chapter.entries
        if each.prints_commendation and each.withdrawn_at is None
    }
    said = published_commendations(db, printed)
    return {printed[case_id]: words for case_id, words in said.items()}


def awarded_version(db: Session, version_id: str) -> VersionView:
    """The version an entry was taken from; editors read it by its award."""
    with as_system(db):
        return submissions.version(db, version_id)


def photos(db: Session, entry: EntryView) -> tuple[AttachmentView, ...]:
    """The photos of the awarded version."""
    return awarded_version(db, entry.version_id).photos


def call_of(db: Session, call_id: str) -> CallView:
    with as_system(db):
        return submissions.call(db, call_id)


def calls_with_awards(db: Session) -> list[tuple[CallView, int]]:
    """Calls that a book can be made of, with the number of awarded cases, the newest first."""
    cases: dict[str, set[str]] = {}
    for award in judging.awards(db):
        cases.setdefault(award.call_id, set()).add(award.case_id)
    found = [(call_of(db, call_id), len(awarded)) for call_id, awarded in cases.items()]
    return sorted(found, key=lambda pair: pair[0].opens_at, reverse=True)
