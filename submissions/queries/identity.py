"""What was decided about the names in a case, and how far a call is with it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import people
from submissions import codec
from submissions.models import Case, CaseVersion, IdentityReview
from submissions.queries.drafts import claims_to_freeze, fingerprint
from submissions.queries.versions import entries
from submissions.values import UNDECIDED, CaseView, DraftView, IdentityDecision, VersionView


def identity_decision(db: Session, case_id: str) -> IdentityDecision:
    """What was decided about the names in a case; nothing, where nobody has looked."""
    row = db.scalar(select(IdentityReview).where(IdentityReview.case_id == case_id))
    return _decision(row) if row is not None else UNDECIDED


def identity_decisions(db: Session, case_ids: Iterable[str]) -> dict[str, IdentityDecision]:
    """The same for many cases; those nobody has looked at are missing."""
    rows = db.scalars(select(IdentityReview).where(IdentityReview.case_id.in_(list(case_ids))))
    return {row.case_id: _decision(row) for row in rows}


def identity_open(db: Session, call_id: str) -> tuple[list[str], int]:
    """Ids of the cases that would be judged as they are without anybody having confirmed their masking, in
    the order of their numbers; and how many go to judging in all."""
    standing = [each.id for each in entries(db, call_id)]
    rows = db.execute(
        select(CaseVersion.id, Case.id, CaseVersion.content_hash, IdentityReview.confirmed_hash)
        .join(Case, Case.version_id == CaseVersion.id)
        .outerjoin(IdentityReview, IdentityReview.case_id == Case.id)
        .where(Case.call_id == call_id)
    )
    unconfirmed = {version_id: case_id for version_id, case_id, here, seen in rows if here != seen}
    return [unconfirmed[each] for each in standing if each in unconfirmed], len(standing)


def unit_names(db: Session, unit_id: str) -> tuple[str, ...]:
    """Names of the unit and of those above it. The top of the tree is left out: everybody belongs to it."""
    unit = people.unit(db, unit_id)
    above = [each for each in people.units_above(db, unit) if each.parent_id is not None]
    return tuple(name for each in (unit, *above) for name in (each.name, each.short_name) if name)


def draft_as_version(case: CaseView, copy: DraftView) -> VersionView:
    """The working copy as the version it would be handed in as; it has no number and was not received."""
    text = copy.text
    return VersionView(
        id="",
        case_id=case.id,
        number="",
        call_id=case.call_id,
        unit_id=case.unit_id,
        unit_name=case.unit_name,
        ordinal=case.ordinal + 1,
        title=text.title,
        summary=text.summary,
        body_html=text.body_html,
        category_key=text.category_key,
        authors=text.authors,
        word_count=copy.word_count,
        attachments=copy.attachments,
        content_hash=fingerprint(case, copy),
        received_at=copy.saved_at,
        source_line=text.source_line,
        signoff_line=text.signoff_line,
        claims=claims_to_freeze(copy),
    )


def _decision(row: IdentityReview) -> IdentityDecision:
    return IdentityDecision(
        masks=codec.masks_from_json(row.masks),
        kept=tuple(row.kept),
        withheld=tuple(row.withheld),
        confirmed_hash=row.confirmed_hash,
        confirmed_at=row.confirmed_at,
        confirmed_by=row.confirmed_by_name,
    )
