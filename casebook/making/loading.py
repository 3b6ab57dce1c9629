"""What a build needs of the database, read at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import queries as editions
from casebook.assemble import Around, Beside, book, standing
from casebook.book import Book
from casebook.houses import queries as houses
from casebook.making.manifest import KeptPhoto, Paper, PrintedEntry, Record
from casebook.making.models import BookBuild, BuildFile
from casebook.making.values import BuildKind, Output
from casebook.matters import queries as matters
from casebook.matters.values import Place
from casebook.reviewing.queries import cleared, colophon_lines, signoff_lines
from casebook.rules import text_digest
from casebook.values import ChapterView, EditionView, EntryView
from foundation.files import FileStore
from judging.queries.honours import published_commendations


@dataclass(frozen=True, slots=True)
class Fresh:
    """A book as it is now."""

    record: Record
    book: Book


@dataclass(frozen=True, slots=True)
class Again:
    """A book as it was: `manifest` and `book` are hashes of what an earlier build kept."""

    manifest: str
    book: str


@dataclass(frozen=True, slots=True)
class Job:
    """A build that is asked for, and what it is made from. `uncleared`: it is final, and something of the
    book was changed after it was asked for and is not signed off as it is now."""

    build_id: str
    wanted: tuple[Output, ...]
    source: Fresh | Again
    uncleared: bool = False


def job(db: Session, files: FileStore, build: BookBuild) -> Job:
    wanted = tuple(Output(each) for each in build.wanted)
    source = _again(db, build) if build.again_of else fresh(db, files, build)
    uncleared = (
        build.kind == BuildKind.FINAL.value
        and not build.again_of
        and not cleared(db, build.edition_id).cleared
    )
    return Job(build.id, wanted, source, uncleared)


def _again(db: Session, build: BookBuild) -> Again:
    found = db.execute(
        select(BuildFile.output, BuildFile.sha256)
        .join(BookBuild, BookBuild.id == BuildFile.build_id)
        .where(BookBuild.edition_id == build.edition_id, BookBuild.number == build.again_of)
    )
    kept = {Output(output): sha256 for output, sha256 in found}
    return Again(kept[Output.MANIFEST], kept[Output.BOOK])


def fresh(db: Session, files: FileStore, build: BookBuild) -> Fresh:
    """The book as it is printed now, and which rounds, versions and photos stand in it."""
    edition = editions.edition(db, build.edition_id)
    chapters = editions.chapters(db, edition.id)
    texts = editions.manuscripts(db, edition.id)
    beside = Beside(_commendations(db, chapters), signoff_lines(db, edition.id))
    entries = [(chapter.title, each) for chapter in chapters for each in standing(chapter)]
    printed = tuple(
        PrintedEntry(
            entry_id=each.id,
            case_id=each.case_id,
            version_id=each.version_id,
            award_id=each.award_id,
            round=each.rounds,
            text_sha256=text_digest(texts[each.id]),
            chapter=title,
            title=each.title,
            unit=each.unit,
        )
        for title, each in entries
    )
    details = edition.details
    record = Record(
        edition_id=edition.id,
        revision=edition.revision,
        number=build.number,
        kind=BuildKind(build.kind),
        at=_moment(build),
        entries=printed,
        photos=_photos(db, [each for _title, each in entries]),
        paper=Paper(details.paper_weight, details.leaf_thickness, details.planned_pages),
    )
    around = _around(db, files, edition)
    return Fresh(record, book(details, chapters, texts, beside, around))


def _around(db: Session, files: FileStore, edition: EditionView) -> Around:
    return Around(
        front=matters.printed(db, edition.id, Place.FRONT),
        back=matters.printed(db, edition.id, Place.BACK),
        reference=houses.content(db, files, edition.details.template),
        staff=colophon_lines(db, edition.id),
    )


def _moment(build: BookBuild) -> datetime:
    """To the second, as files write it."""
    return build.requested_at.replace(microsecond=0)


def _commendations(db: Session, chapters: tuple[ChapterView, ...]) -> dict[str, str]:
    entries = [each for chapter in chapters for each in standing(chapter) if each.prints_commendation]
    words = published_commendations(db, [each.case_id for each in entries])
    return {each.id: words[each.case_id] for each in entries if each.case_id in words}


def _photos(db: Session, entries: list[EntryView]) -> tuple[KeptPhoto, ...]:
    """Only photos that the product has drawn anew are printed: those have a size."""
    return tuple(
        KeptPhoto(f"attachment:{each.id}", each.sha256, each.media_type, each.width, each.height)
        for entry in entries
        for each in editions.photos(db, entry)
        if each.width and each.height
    )
