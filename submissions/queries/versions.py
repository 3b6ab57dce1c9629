"""Handed-in versions and their receipts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql import ColumnElement

from foundation.errors import NotFound
from submissions import codec
from submissions.models import Case, CaseVersion, Recommendation
from submissions.queries.calls import call
from submissions.rules.lifecycle import STANDS
from submissions.values import CallView, CaseStatus, Receipt, ReceiptFile, VersionView

_AT_ONCE = 5_000
"""Ids in one statement."""


def version_view(row: CaseVersion) -> VersionView:
    """A row as a value."""
    return VersionView(
        id=row.id,
        case_id=row.case_id,
        number=row.number,
        call_id=row.call_id,
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        ordinal=row.ordinal,
        title=row.title,
        summary=row.summary,
        body_html=row.body_html,
        category_key=row.category_key,
        authors=codec.authors_from_json(row.authors),
        word_count=row.word_count,
        attachments=codec.attachments_from_json(row.attachments),
        content_hash=row.content_hash,
        received_at=row.received_at,
        source_line=row.source_line,
        signoff_line=row.signoff_line,
        claims=codec.claims_from_json(row.claims),
    )


def version(db: Session, version_id: str) -> VersionView:
    """One handed-in version.

    Raises:
        NotFound
    """
    row = db.scalar(select(CaseVersion).where(CaseVersion.id == version_id))
    if row is None:
        raise NotFound
    return version_view(row)


def versions_by_id(db: Session, version_ids: Collection[str]) -> dict[str, VersionView]:
    """These versions by id, in one statement; unknown ones are left out."""
    rows = db.scalars(select(CaseVersion).where(CaseVersion.id.in_(version_ids))) if version_ids else ()
    return {row.id: version_view(row) for row in rows}


@dataclass(frozen=True, slots=True)
class VersionLine:
    """What a list says of a version."""

    title: str
    unit_id: str
    unit_name: str
    category_key: str


def version_lines(db: Session, version_ids: Collection[str]) -> dict[str, VersionLine]:
    """Version id -> its line, for those of these versions that the actor may see, without the texts."""
    wanted, found = list(version_ids), dict[str, VersionLine]()
    for start in range(0, len(wanted), _AT_ONCE):
        rows = db.execute(
            select(
                CaseVersion.id,
                CaseVersion.title,
                CaseVersion.unit_id,
                CaseVersion.unit_name,
                CaseVersion.category_key,
            ).where(CaseVersion.id.in_(wanted[start : start + _AT_ONCE]))
        )
        found.update((key, VersionLine(*line)) for key, *line in rows)
    return found


def versions(db: Session, case_id: str) -> list[VersionView]:
    """All handed-in versions of a case, the newest first."""
    rows = db.scalars(
        select(CaseVersion).where(CaseVersion.case_id == case_id).order_by(CaseVersion.ordinal.desc())
    )
    return [version_view(row) for row in rows]


def handed_in_by(db: Session, version_ids: Iterable[str]) -> dict[str, str]:
    """Version id -> the user who handed it in."""
    rows = db.execute(
        select(CaseVersion.id, CaseVersion.submitted_by).where(CaseVersion.id.in_(list(version_ids)))
    )
    return dict(rows.all())


def version_numbered(db: Session, number: str) -> VersionView:
    """The version with this receipt number.

    Raises:
        NotFound
    """
    row = db.scalar(select(CaseVersion).where(CaseVersion.number == number))
    if row is None:
        raise NotFound
    return version_view(row)


def entries(db: Session, call_id: str) -> list[VersionView]:
    """What goes to judging: the version that counts of each case that stands, by receipt number.

    A call that needs recommendation takes only versions a superior has recommended; one that needs the
    formal check only cases that passed it. Late arrivals the organiser has not ruled on are not among them.
    """
    rules = call(db, call_id).rules
    wanted = {CaseStatus.CHECKED} if rules.needs_check else STANDS
    query = (
        select(CaseVersion)
        .join(Case, Case.version_id == CaseVersion.id)
        .where(Case.call_id == call_id, Case.status.in_([each.value for each in wanted]))
        .order_by(CaseVersion.number)
    )
    if rules.needs_recommendation:
        query = query.where(_is_recommended(CaseVersion.id))
    return [version_view(row) for row in db.scalars(query)]


def _is_recommended(version_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return (
        select(Recommendation.id)
        .where(Recommendation.version_id == version_id, Recommendation.withdrawn_at.is_(None))
        .exists()
    )


def receipt(db: Session, version_id: str) -> Receipt:
    """What the receipt of a version says; not signed yet (`rules.fingerprints.sign`).

    Raises:
        NotFound
    """
    row = db.scalar(select(CaseVersion).where(CaseVersion.id == version_id))
    if row is None:
        raise NotFound
    return receipt_of(row, call(db, row.call_id))


def receipt_of(row: CaseVersion, of_call: CallView) -> Receipt:
    """What the receipt of this version says."""
    files = codec.attachments_from_json(row.attachments)
    return Receipt(
        number=row.number,
        case_id=row.case_id,
        version_id=row.id,
        ordinal=row.ordinal,
        call_title=of_call.title,
        unit_name=row.unit_name,
        title=row.title,
        received_at=row.received_at,
        timezone=of_call.timezone,
        content_hash=row.content_hash,
        files=tuple(ReceiptFile(each.name, each.size, each.sha256) for each in files),
        provisional=row.provisional,
        pledge_name=row.pledge_name,
        pledge_text=row.pledge_text,
        copyright_text=row.copyright_text,
        claims=len(row.claims),
    )
