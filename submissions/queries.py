"""Reads of submissions. What the session's actor may not see is not there: `visibility.GRANTS` says so.

Other packages that need versions beyond what an actor sees here (jurors, the library) permit it themselves
and read inside `foundation.visibility.as_system`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from foundation.people import Unit
from foundation.visibility import as_system
from submissions import codec
from submissions.models import (
    Attachment,
    Call,
    Case,
    CaseStep,
    CaseVersion,
    Draft,
    Extension,
    Recommendation,
)
from submissions.rules.fingerprints import content_hash
from submissions.rules.lifecycle import HANDED_IN, STANDS, state_for_case
from submissions.rules.windows import closes_for
from submissions.values import (
    AttachmentKind,
    AttachmentView,
    CallView,
    CaseStatus,
    CaseText,
    CaseView,
    DraftView,
    ExtensionView,
    Receipt,
    ReceiptFile,
    RecommendationView,
    StepKind,
    StepView,
    VersionView,
    WindowState,
)

# --- calls ------------------------------------------------------------------------------------------------


def call_view(row: Call) -> CallView:
    """A row as a value."""
    return CallView(
        id=row.id,
        slug=row.slug,
        title=row.title,
        theme=row.theme,
        notice_html=row.notice_html,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        timezone=row.timezone,
        rules=codec.rules_from_json(row.rules),
        published_at=row.published_at,
        year=row.year,
    )


def call(db: Session, call_id: str) -> CallView:
    """One call.

    Raises:
        NotFound
    """
    return _call(db, Call.id == call_id)


def call_by_slug(db: Session, slug: str) -> CallView:
    """One call by the name in its address.

    Raises:
        NotFound
    """
    return _call(db, Call.slug == slug)


def _call(db: Session, condition: ColumnElement[bool]) -> CallView:
    row = db.scalar(select(Call).where(condition))
    if row is None:
        raise NotFound
    return call_view(row)


def calls(db: Session) -> list[CallView]:
    """The calls the actor may see, the latest deadline first."""
    return [call_view(row) for row in db.scalars(select(Call).order_by(Call.closes_at.desc(), Call.id))]


def revision_of(db: Session, call_id: str) -> int:
    """How often the call was saved: what a form sends back to be compared.

    Raises:
        NotFound
    """
    revision = db.scalar(select(Call.revision).where(Call.id == call_id))
    if revision is None:
        raise NotFound
    return revision


def extensions(db: Session, call_id: str) -> list[ExtensionView]:
    """Later deadlines of the call, oldest first."""
    rows = db.execute(
        select(Extension, Unit.name)
        .outerjoin(Unit, Unit.id == Extension.unit_id)
        .where(Extension.call_id == call_id)
        .order_by(Extension.granted_at, Extension.id)
    )
    return [
        ExtensionView(
            id=row.id,
            call_id=row.call_id,
            unit_id=row.unit_id,
            unit_name=name or "",
            closes_at=row.closes_at,
            reason=row.reason,
            granted_at=row.granted_at,
            granted_by=row.granted_by_name,
        )
        for row, name in rows
    ]


def deadline(db: Session, call: CallView, unit_id: str | None) -> datetime:
    """The deadline in force for a unit."""
    return closes_for(unit_id, call.closes_at, extensions(db, call.id))


def window_for(db: Session, call: CallView, case: CaseView, at: datetime) -> WindowState:
    """The window as it is for this case."""
    return state_for_case(
        status=case.status,
        published_at=call.published_at,
        opens_at=call.opens_at,
        closes_at=deadline(db, call, case.unit_id),
        return_due_at=case.return_due_at,
        at=at,
    )


# --- cases ------------------------------------------------------------------------------------------------


def _cases() -> Select[Case, str, str, str, str, datetime, str, str]:
    """Cases with their unit, the version that counts (or waits) and, for their own unit, the working copy."""
    shown = func.coalesce(Case.version_id, Case.pending_version_id)
    return (
        select(
            Case,
            Unit.name,
            Unit.path,
            CaseVersion.title,
            CaseVersion.category_key,
            CaseVersion.received_at,
            Draft.title,
            Draft.category_key,
        )
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(CaseVersion, CaseVersion.id == shown)
        .outerjoin(Draft, Draft.case_id == Case.id)
    )


def _case_view(row: Row[Case, str, str, str, str, datetime, str, str]) -> CaseView:
    case, unit_name, unit_path, title, category, received_at, draft_title, draft_category = row
    return CaseView(
        id=case.id,
        call_id=case.call_id,
        unit_id=case.unit_id,
        unit_name=unit_name,
        unit_path=unit_path,
        number=case.number,
        title=title or draft_title or "",
        category_key=category or draft_category or "",
        status=CaseStatus(case.status),
        version_id=case.version_id,
        ordinal=case.ordinal,
        pending_version_id=case.pending_version_id,
        received_at=received_at,
        return_due_at=case.return_due_at,
        created_at=case.created_at,
        changed_at=case.changed_at,
    )


def case(db: Session, case_id: str) -> CaseView:
    """One case.

    Raises:
        NotFound
    """
    row = db.execute(_cases().where(Case.id == case_id)).one_or_none()
    if row is None:
        raise NotFound
    return _case_view(row)


def cases_of_unit(db: Session, unit_id: str) -> list[CaseView]:
    """All cases of a unit, the one touched last first."""
    rows = db.execute(_cases().where(Case.unit_id == unit_id).order_by(Case.changed_at.desc(), Case.id))
    return [_case_view(row) for row in rows]


def handed_in(
    db: Session,
    call_id: str,
    *,
    category_key: str = "",
    unit_id: str = "",
    status: CaseStatus | None = None,
    below: str = "",
) -> list[CaseView]:
    """The handed-in cases of a call (any status but draft), newest first, narrowed as asked.

    `below` is the path of a unit: only cases of it and the units below.
    """
    query = _cases().where(Case.call_id == call_id, Case.status != CaseStatus.DRAFT.value)
    if category_key:
        query = query.where(CaseVersion.category_key == category_key)
    if unit_id:
        query = query.where(Case.unit_id == unit_id)
    if status is not None:
        query = query.where(Case.status == status.value)
    if below:
        query = query.where(Unit.path.startswith(below, autoescape=True))
    rows = db.execute(query.order_by(CaseVersion.received_at.desc(), Case.id))
    return [_case_view(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Filling:
    """How a call fills: cases by category, by unit (name) and by status; drafts are only counted."""

    by_category: dict[str, int]
    by_unit: dict[tuple[str, str], int]
    by_status: dict[CaseStatus, int]
    drafts: int


def filling(db: Session, call_id: str) -> Filling:
    """The counts an organiser watches. Callers permit first: drafts of all units are counted."""
    cases = handed_in(db, call_id)
    standing = [each for each in cases if each.status in HANDED_IN]
    by_category: dict[str, int] = {}
    by_unit: dict[tuple[str, str], int] = {}
    by_status: dict[CaseStatus, int] = {}
    for each in standing:
        by_category[each.category_key] = by_category.get(each.category_key, 0) + 1
        unit = (each.unit_id, each.unit_name)
        by_unit[unit] = by_unit.get(unit, 0) + 1
    for each in cases:
        by_status[each.status] = by_status.get(each.status, 0) + 1
    with as_system(db):
        drafts = db.scalar(
            select(func.count()).where(Case.call_id == call_id, Case.status == CaseStatus.DRAFT.value)
        )
    return Filling(by_category, by_unit, by_status, drafts or 0)


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


def differs(db: Session, view: CaseView, copy: DraftView) -> bool:
    """Whether the working copy has moved on from the version that counts."""
    if view.version_id is None:
        return True
    handed = version(db, view.version_id).content_hash
    now = content_hash(
        call_id=view.call_id,
        case_id=view.id,
        unit_id=view.unit_id,
        text=copy.text,
        attachments=copy.attachments,
    )
    return handed != now


# --- versions ---------------------------------------------------------------------------------------------


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


def versions(db: Session, case_id: str) -> list[VersionView]:
    """All handed-in versions of a case, the newest first."""
    rows = db.scalars(
        select(CaseVersion).where(CaseVersion.case_id == case_id).order_by(CaseVersion.ordinal.desc())
    )
    return [version_view(row) for row in rows]


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


def _is_recommended(version_id: ColumnElement[str] | object) -> ColumnElement[bool]:
    return (
        select(Recommendation.id)
        .where(and_(Recommendation.version_id == version_id, Recommendation.withdrawn_at.is_(None)))
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
    )


# --- history ----------------------------------------------------------------------------------------------


def steps(db: Session, case_id: str) -> list[StepView]:
    """What happened to a case, the latest first."""
    rows = db.scalars(
        select(CaseStep).where(CaseStep.case_id == case_id).order_by(CaseStep.at.desc(), CaseStep.id.desc())
    )
    return [
        StepView(
            id=row.id,
            case_id=row.case_id,
            version_id=row.version_id,
            ordinal=row.ordinal,
            kind=StepKind(row.kind),
            at=row.at,
            by_name=row.by_name,
            reason=row.reason,
            due_at=row.due_at,
        )
        for row in rows
    ]


def recommendations(db: Session, case_ids: Sequence[str]) -> dict[str, list[RecommendationView]]:
    """Recommendations in force of the version that counts, by case."""
    rows = db.scalars(
        select(Recommendation)
        .join(Case, Case.version_id == Recommendation.version_id)
        .where(Recommendation.case_id.in_(case_ids), Recommendation.withdrawn_at.is_(None))
        .order_by(Recommendation.given_at, Recommendation.id)
    )
    found: dict[str, list[RecommendationView]] = {}
    for row in rows:
        view = RecommendationView(
            id=row.id,
            case_id=row.case_id,
            version_id=row.version_id,
            unit_id=row.unit_id,
            unit_name=row.unit_name,
            opinion=row.opinion,
            by_name=row.given_by_name,
            given_at=row.given_at,
        )
        found.setdefault(row.case_id, []).append(view)
    return found


def recommendations_given(db: Session, call_id: str, unit_id: str) -> int:
    """How much of its quota a superior has used: recommendations in force of cases that stand."""
    count = db.scalar(
        select(func.count(Recommendation.id))
        .join(Case, Case.version_id == Recommendation.version_id)
        .where(
            Recommendation.call_id == call_id,
            Recommendation.unit_id == unit_id,
            Recommendation.withdrawn_at.is_(None),
            Case.status.in_([each.value for each in HANDED_IN]),
        )
    )
    return count or 0


def places_taken(db: Session, call_id: str, unit_id: str, *, but: str = "") -> dict[str, int]:
    """How many of the unit's cases are handed in, by category; the case `but` is not counted."""
    shown = func.coalesce(Case.version_id, Case.pending_version_id)
    rows = db.execute(
        select(CaseVersion.category_key, func.count(Case.id))
        .join(CaseVersion, CaseVersion.id == shown)
        .where(
            Case.call_id == call_id,
            Case.unit_id == unit_id,
            Case.id != but,
            or_(
                Case.status.in_([each.value for each in HANDED_IN]),
                Case.pending_version_id.is_not(None),
            ),
        )
        .group_by(CaseVersion.category_key)
    )
    return {row[0]: row[1] for row in rows}
