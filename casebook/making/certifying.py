"""Certificates of inclusion: that a case stands in a book, for its unit and for each of its authors."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casebook import policy
from casebook import queries as editions
from casebook.book import Language
from casebook.making import manifest, queries
from casebook.making.events import InclusionsCertified
from casebook.making.manifest import PrintedEntry
from casebook.making.models import InclusionCertificate
from casebook.making.values import BuildKind
from casebook.making.wording import words_of
from casebook.values import EditionView
from foundation import journal
from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import _
from foundation.visibility import as_system
from judging import queries as judging
from judging.papers.wording import written_date
from judging.queries.certificates import sheet_from_json
from judging.values.honours import HolderKind, Sheet

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs that nobody takes for another."""


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Who is certified for which entry."""

    entry: PrintedEntry
    kind: HolderKind
    holder: str


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued certificate; `revoked`: its case's award was taken back since."""

    number: str
    holder: str
    title: str
    unit: str
    book: str
    sheet: Sheet
    issued_at: datetime
    revoked: bool


def due(db: Session, edition_id: str, found: manifest.Manifest) -> list[Inclusion]:
    """Units and authors of a built book that hold no certificate of this edition yet, in the book's order."""
    held = {
        (row.entry_id, row.holder_kind, row.holder)
        for row in db.scalars(
            select(InclusionCertificate).where(InclusionCertificate.edition_id == edition_id)
        )
    }
    return [
        each
        for entry in found.record.entries
        for each in _of(db, entry)
        if (entry.entry_id, each.kind.value, each.holder) not in held
    ]


def _of(db: Session, entry: PrintedEntry) -> Iterator[Inclusion]:
    yield Inclusion(entry, HolderKind.UNIT, entry.unit)
    authors = editions.awarded_version(db, entry.version_id).authors
    for name in dict.fromkeys(author.name for author in authors):
        yield Inclusion(entry, HolderKind.AUTHOR, name)


def issue(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    number: int,
    found: manifest.Manifest,
    address: str,
) -> int:
    """Issue what is due for a final build, with numbers; returns how many. `address` is of the verification
    page, for the QR codes.

    Raises:
        Forbidden, NotFound
        Refused: it is a proof, may not be read any more, the book names no compiler, or nothing is due.
    """
    require(policy.may_edit(actor))
    editions.locked_edition(db, edition_id)
    edition = editions.edition(db, edition_id)
    build = queries.build(db, edition_id, number)
    if build.kind is not BuildKind.FINAL or not build.downloadable or not queries.in_force(db, build):
        raise Refused(_("入选证书按付印文件签发。请先生成付印文件。"))
    issuer = edition.details.compiler or edition.details.publisher
    if not issuer:
        raise Refused(_("证书要有颁发单位：请先在书籍信息里填写编者或出版单位。"))
    wanted = due(db, edition_id, found)
    if not wanted:
        raise Refused(_("这本书的入选证书都已签发。"))
    # the journal comes first: on PostgreSQL it makes two who issue at once wait for one another
    event = InclusionsCertified(edition_id=edition_id, build_id=build.id, count=len(wanted))
    journal.record(db, actor=actor, now=now, event=event)
    day = now.astimezone(ZoneInfo(editions.call_of(db, edition.call_id).timezone)).date()
    last = db.scalar(
        select(func.max(InclusionCertificate.serial)).where(InclusionCertificate.year == day.year)
    )
    for serial, each in enumerate(wanted, start=(last or 0) + 1):
        db.add(_certificate(edition, each, serial, day, issuer, address, actor=actor, now=now))
    db.flush()
    return len(wanted)


def _certificate(
    edition: EditionView,
    each: Inclusion,
    serial: int,
    day: date,
    issuer: str,
    address: str,
    *,
    actor: Actor,
    now: datetime,
) -> InclusionCertificate:
    number = f"RX{day.year}{serial:05d}-{''.join(secrets.choice(_ALPHABET) for _n in range(4))}"
    return InclusionCertificate(
        id=new_id(),
        number=number,
        edition_id=edition.id,
        entry_id=each.entry.entry_id,
        award_id=each.entry.award_id,
        year=day.year,
        serial=serial,
        holder_kind=each.kind.value,
        holder=each.holder,
        title=each.entry.title,
        unit=each.entry.unit,
        book=edition.title,
        sheet=asdict(
            sheet_of(edition, each, number=number, day=day, issuer=issuer, address=f"{address}/{number}")
        ),
        issued_at=now,
        issued_by=actor.user_id,
    )


def sheet_of(
    edition: EditionView, each: Inclusion, *, number: str, day: date, issuer: str, address: str
) -> Sheet:
    """What stands on the certificate, in the book's language."""
    language: Language = edition.details.language
    words = words_of(language)
    pattern = words.included_unit if each.kind is HolderKind.UNIT else words.included_author
    to, said = pattern
    return Sheet(
        number=number,
        heading=words.inclusion,
        lines=(
            ("to", to.format(each.holder)),
            ("text", said.format(title=each.entry.title, book=edition.title)),
        ),
        issuers=(issuer,),
        dated=written_date(day, language),
        language=language,
        verify_url=address,
        holder=each.holder,
    )


def issued(db: Session, edition_id: str) -> list[Issued]:
    """All certificates of a book by their numbers."""
    rows = db.scalars(
        select(InclusionCertificate)
        .where(InclusionCertificate.edition_id == edition_id)
        .order_by(InclusionCertificate.year, InclusionCertificate.serial)
    )
    in_force = {award.id for award in judging.awards(db)}
    return [_issued(row, in_force) for row in rows]


def proof(db: Session, number: str) -> Issued:
    """What anybody learns who has a certificate's number. Raises NotFound."""
    with as_system(db):
        row = db.scalar(
            select(InclusionCertificate).where(InclusionCertificate.number == number.strip().upper())
        )
        if row is None:
            raise NotFound
        return _issued(row, {award.id for award in judging.awards(db)})


def _issued(row: InclusionCertificate, in_force: set[str]) -> Issued:
    return Issued(
        number=row.number,
        holder=row.holder,
        title=row.title,
        unit=row.unit,
        book=row.book,
        sheet=sheet_from_json(row.sheet),
        issued_at=row.issued_at,
        revoked=row.award_id not in in_force,
    )
