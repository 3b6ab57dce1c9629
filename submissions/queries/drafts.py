"""Working copies and their files: seen by their own unit only."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from submissions import codec
from submissions.models import Attachment, CaseClaim, CaseVersion, Draft
from submissions.queries.versions import version
from submissions.rules.claims import frozen
from submissions.rules.fingerprints import content_hash
from submissions.values import AttachmentKind, AttachmentView, CaseText, CaseView, Claim, DraftView


def draft(db: Session, case_id: str) -> DraftView:
    """The working copy.

    Raises:
        NotFound
    """
    row = db.get(Draft, case_id)
    if row is None:
        raise NotFound
    return DraftView(
        case_id=row.case_id,
        text=draft_text(row),
        revision=row.revision,
        saved_at=row.saved_at,
        saved_by=row.saved_by_name,
        word_count=row.word_count,
        attachments=attachments(db, case_id),
        claims=claims(db, case_id),
    )


def draft_text(row: Draft | CaseVersion) -> CaseText:
    """What the authors wrote, as a value."""
    return CaseText(
        title=row.title,
        summary=row.summary,
        body_html=row.body_html,
        category_key=row.category_key,
        authors=codec.authors_from_json(row.authors),
        practice_from=row.practice_from,
        practice_to=row.practice_to,
        source_line=row.source_line,
        signoff_line=row.signoff_line,
    )


def version_text(db: Session, version_id: str) -> CaseText:
    """What the authors wrote in a handed-in version.

    Raises:
        NotFound
    """
    row = db.scalar(select(CaseVersion).where(CaseVersion.id == version_id))
    if row is None:
        raise NotFound
    return draft_text(row)


def claims(db: Session, case_id: str) -> tuple[Claim, ...]:
    """The claims marked in the working copy, in the order of their marking."""
    rows = db.scalars(select(CaseClaim).where(CaseClaim.case_id == case_id).order_by(CaseClaim.id))
    return tuple(claim_view(row) for row in rows)


def claim_view(row: CaseClaim) -> Claim:
    """A row as a value."""
    return Claim(
        id=row.id,
        quote=row.quote,
        before=row.before,
        after=row.after,
        sources=codec.sources_from_json(row.sources),
        needless=row.needless,
    )


def claims_to_freeze(copy: DraftView) -> tuple[Claim, ...]:
    """The claims as a version of this working copy would keep them."""
    return frozen(copy.text.body_html, copy.claims, [each.id for each in copy.attachments])


def attachment_view(row: Attachment) -> AttachmentView:
    """A row as a value."""
    kind: AttachmentKind = "photo" if row.kind == "photo" else "file"
    return AttachmentView(
        id=row.id,
        kind=kind,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        caption=row.caption,
        width=row.width,
        height=row.height,
        position=row.position,
        released=row.released,
    )


def attachments(db: Session, case_id: str) -> tuple[AttachmentView, ...]:
    """The files of the working copy, in their order."""
    rows = db.scalars(
        select(Attachment)
        .where(Attachment.case_id == case_id, Attachment.removed_at.is_(None))
        .order_by(Attachment.position, Attachment.id)
    )
    return tuple(attachment_view(row) for row in rows)


def attachment(db: Session, case_id: str, attachment_id: str) -> AttachmentView:
    """One file of a working copy.

    Raises:
        NotFound: also when it belongs to another case.
    """
    row = db.scalar(
        select(Attachment).where(
            Attachment.id == attachment_id, Attachment.case_id == case_id, Attachment.removed_at.is_(None)
        )
    )
    if row is None:
        raise NotFound
    return attachment_view(row)


def fingerprint(view: CaseView, copy: DraftView) -> str:
    """The content hash that the working copy would be handed in with."""
    return content_hash(
        call_id=view.call_id,
        case_id=view.id,
        unit_id=view.unit_id,
        text=copy.text,
        attachments=copy.attachments,
        claims=claims_to_freeze(copy),
    )


def differs(db: Session, view: CaseView, copy: DraftView) -> bool:
    """Whether the working copy has moved on from the version that counts."""
    if view.version_id is None:
        return True
    return version(db, view.version_id).content_hash != fingerprint(view, copy)
