"""The web edition: a final build that the library shows, and what readers see of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import policy
from casebook import queries as editions
from casebook.making import manifest, queries
from casebook.making.bindery import CaseLinks
from casebook.making.events import BookPublished, BookTakenOff
from casebook.making.manifest import PrintedEntry
from casebook.making.models import BookBuild, PublishedBook
from casebook.making.values import BuildKind, BuildState, BuildView, BuiltFile, Output
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.files import FileStore
from foundation.permission import require
from foundation.text import _
from foundation.visibility import as_system

OFFERED = (Output.SCREEN_PDF, Output.EPUB)
"""What readers can be given; the Word file and the printer's PDF are the house's."""
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Publication:
    """A published book as the desk sees it."""

    edition_id: str
    build_id: str
    slug: str
    offers: tuple[Output, ...]
    published_at: datetime
    withdrawn_at: datetime | None

    @property
    def standing(self) -> bool:
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class WebChapter:
    """`cases`: an entry with its address in the library."""

    title: str
    cases: tuple[tuple[PrintedEntry, str], ...]


@dataclass(frozen=True, slots=True)
class WebBook:
    """What one reader is shown: the cases he may read. `files` and `cover` (a PDF's hash) only where that is
    all of them: they hold every case."""

    slug: str
    title: str
    subtitle: str
    compiler: str
    publisher: str
    year: str
    chapters: tuple[WebChapter, ...]
    files: tuple[BuiltFile, ...]
    cover: str

    @property
    def count(self) -> int:
        return sum(len(chapter.cases) for chapter in self.chapters)


# --- the desk ---------------------------------------------------------------------------------------------


def publication(db: Session, edition_id: str) -> Publication | None:
    row = db.scalar(select(PublishedBook).where(PublishedBook.edition_id == edition_id))
    return _publication(row) if row else None


def publish(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    number: int,
    slug: str,
    offers: tuple[Output, ...],
) -> None:
    """Show a final build in the library; an earlier one of the same book gives way.

    Raises:
        Forbidden, NotFound
        Refused: it is a proof, or it may not be read any more.
        Invalid: the address is taken or not one.
    """
    require(policy.may_edit(actor))
    editions.locked_edition(db, edition_id)
    build = queries.build(db, edition_id, number)
    if build.kind is not BuildKind.FINAL or not build.downloadable:
        raise Refused(_("只有付印文件可以发布到案例库。请先生成付印文件。"))
    if not queries.in_force(db, build):
        raise Refused(_("这一次里有案例已被撤销授奖，不能发布。请重新生成。"))
    if not _SLUG.fullmatch(slug):
        raise Invalid([FieldError("slug", _("网址只能用小写字母、数字和连字符，例如 casebook-2026。"))])
    with as_system(db):
        taken = db.scalar(select(PublishedBook.edition_id).where(PublishedBook.slug == slug))
        row = db.scalar(select(PublishedBook).where(PublishedBook.edition_id == edition_id))
    if taken not in (None, edition_id):
        raise Invalid([FieldError("slug", _("这个网址已经用在另一本书上，请换一个。"))])
    if row is None:
        row = PublishedBook(edition_id=edition_id)
        db.add(row)
    row.build_id, row.slug = build.id, slug
    row.offers = [each.value for each in OFFERED if each in offers and build.file(each)]
    row.published_at, row.published_by, row.withdrawn_at = now, actor.user_id, None
    db.flush()
    event = BookPublished(edition_id=edition_id, build_id=build.id, offers=tuple(row.offers))
    journal.record(db, actor=actor, now=now, event=event)


def take_off(db: Session, *, actor: Actor, now: datetime, edition_id: str) -> None:
    """Take a book's web edition out of the library; its address stays its own.

    Raises:
        Forbidden, NotFound
    """
    require(policy.may_edit(actor))
    row = db.scalar(select(PublishedBook).where(PublishedBook.edition_id == edition_id))
    if row is None:
        raise NotFound
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        event = BookTakenOff(edition_id=edition_id, build_id=row.build_id)
        journal.record(db, actor=actor, now=now, event=event)


def _publication(row: PublishedBook) -> Publication:
    return Publication(
        edition_id=row.edition_id,
        build_id=row.build_id,
        slug=row.slug,
        offers=tuple(Output(each) for each in row.offers),
        published_at=row.published_at,
        withdrawn_at=row.withdrawn_at,
    )


# --- readers ----------------------------------------------------------------------------------------------


def web_books(db: Session, books: FileStore, links: CaseLinks) -> list[WebBook]:
    """Published books in which the session's actor may read a case, the newest first."""
    rows = db.scalars(
        select(PublishedBook)
        .where(PublishedBook.withdrawn_at.is_(None))
        .order_by(PublishedBook.published_at.desc())
    )
    found = (_web_book(db, row, books, links) for row in rows)
    return [each for each in found if each is not None and each.count]


def web_book(db: Session, slug: str, books: FileStore, links: CaseLinks) -> WebBook:
    """Raises NotFound: there is none, it was taken off, or there is nothing in it for this reader."""
    row = db.scalar(
        select(PublishedBook).where(PublishedBook.slug == slug, PublishedBook.withdrawn_at.is_(None))
    )
    found = _web_book(db, row, books, links) if row else None
    if found is None or not found.count:
        raise NotFound
    return found


def books_of_award(db: Session, award_id: str) -> list[tuple[str, str]]:
    """Published books that a case stands in: title and address."""
    with as_system(db):
        rows = db.execute(
            select(PublishedBook.slug, BookBuild.award_ids, BookBuild.edition_id)
            .join(BookBuild, BookBuild.id == PublishedBook.build_id)
            .where(PublishedBook.withdrawn_at.is_(None), BookBuild.state == BuildState.DONE.value)
            .order_by(PublishedBook.published_at.desc())
        )
        return [
            (editions.edition(db, edition_id).title, f"/books/{slug}")
            for slug, award_ids, edition_id in rows
            if award_id in award_ids
        ]


def any_published(db: Session) -> bool:
    """Whether the library has a way to books at all."""
    return bool(db.scalar(select(PublishedBook.id).where(PublishedBook.withdrawn_at.is_(None)).limit(1)))


def _web_book(db: Session, row: PublishedBook, books: FileStore, links: CaseLinks) -> WebBook | None:
    with as_system(db):
        build = _build(db, row)
        readable_now = build is not None and queries.in_force(db, build)
    kept = build.file(Output.MANIFEST) if build and readable_now else None
    if build is None or kept is None or not books.exists(kept.sha256):
        return None
    found = manifest.read(books.read(kept.sha256))
    entries = found.record.entries
    addresses = links(db, [each.case_id for each in entries])
    whole = all(each.case_id in addresses for each in entries)
    offers = [build.file(Output(each)) for each in row.offers] if whole else []
    pdf = build.file(Output.SCREEN_PDF) or build.file(Output.PRINT_PDF)
    said = found.settings
    return WebBook(
        slug=row.slug,
        title=said.get("title", ""),
        subtitle=said.get("subtitle", ""),
        compiler=said.get("imprint.compiler", ""),
        publisher=said.get("publisher", ""),
        year=said.get("year", ""),
        chapters=_chapters(entries, addresses),
        files=tuple(each for each in offers if each is not None),
        cover=pdf.sha256 if pdf else "",
    )


def _build(db: Session, row: PublishedBook) -> BuildView | None:
    number = db.scalar(select(BookBuild.number).where(BookBuild.id == row.build_id))
    if number is None:
        return None
    build = queries.build(db, row.edition_id, number)
    return build if build.state is BuildState.DONE else None


def _chapters(entries: tuple[PrintedEntry, ...], addresses: Mapping[str, str]) -> tuple[WebChapter, ...]:
    chapters: dict[str, list[tuple[PrintedEntry, str]]] = {}
    for each in entries:
        if each.case_id in addresses:
            chapters.setdefault(each.chapter, []).append((each, addresses[each.case_id]))
    return tuple(WebChapter(title, tuple(cases)) for title, cases in chapters.items())
