"""What the check for originality found, as the organiser reads it; the marks by which texts find each other.

Organisers only: an applicant sees nothing of it, since it speaks of other units' unpublished cases.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from sqlalchemy import Subquery, distinct, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from foundation.errors import NotFound
from foundation.people import Unit
from foundation.text import _, n_
from submissions.models import (
    AwardedText,
    Case,
    CaseVersion,
    OriginalityMatch,
    OriginalityReport,
    OriginalityRound,
    PhotoMatch,
    ReferenceText,
    SentencePrint,
    SetPhrase,
)
from submissions.originality.formulae import FORMULAE
from submissions.queries.versions import version_view
from submissions.rules.formal_check import CheckSubject
from submissions.values import CaseStatus, CheckFinding, CheckState, Pointer, VersionView
from submissions.values.originality import (
    Match,
    OriginalityRow,
    OriginalityView,
    PhotoPair,
    PhraseView,
    ReferenceView,
    RoundView,
    SourceView,
    Verdict,
    percent,
)

NEAR_DUPLICATE = 50
"""Percent of a text in one other from which on it is nearly the same text."""
WORTH_A_LOOK = 10
_NAMED = 5
_ASIDE = (CaseStatus.DRAFT.value, CaseStatus.WITHDRAWN.value)


def originality(db: Session, version_id: str) -> OriginalityView | None:
    """The report on a version, None while there is none."""
    row = db.scalar(select(OriginalityReport).where(OriginalityReport.version_id == version_id))
    return _report_view(row) if row is not None else None


def sources(db: Session, version_id: str) -> list[SourceView]:
    """Where passages of a version stand too, the largest source first."""
    rows = db.scalars(
        select(OriginalityMatch)
        .where(OriginalityMatch.version_id == version_id)
        .order_by(OriginalityMatch.matched.desc(), OriginalityMatch.source_id)
    )
    return _source_views(db, list(rows))


def source(db: Session, match_id: str) -> SourceView:
    """One of them.

    Raises:
        NotFound
    """
    row = db.scalar(select(OriginalityMatch).where(OriginalityMatch.id == match_id))
    found = _source_views(db, [row]) if row is not None else []
    if not found:
        raise NotFound
    return found[0]


def _source_views(db: Session, rows: list[OriginalityMatch]) -> list[SourceView]:
    wanted = {row.source_version_id for row in rows} | {row.version_id for row in rows}
    versions = {
        each.id: version_view(each)
        for each in db.scalars(select(CaseVersion).where(CaseVersion.id.in_(wanted - {None})))
    }
    references = {
        each.id: each
        for each in db.scalars(select(ReferenceText).where(ReferenceText.id.in_(r.source_id for r in rows)))
    }
    awarded = set(
        db.scalars(select(AwardedText.case_id).where(AwardedText.case_id.in_(r.source_id for r in rows)))
    )
    found = (
        _source_view(
            row, versions[row.version_id], versions.get(row.source_version_id or ""), references, awarded
        )
        for row in rows
    )
    return [each for each in found if each is not None]


def _source_view(
    row: OriginalityMatch,
    mine: VersionView,
    other: VersionView | None,
    references: Mapping[str, ReferenceText],
    awarded: Container[str],
) -> SourceView | None:
    """None where the reference text was taken away since."""
    passages = tuple(Match(*each) for each in row.passages)
    if other is not None:
        return SourceView(
            id=row.id,
            version_id=row.version_id,
            source_id=row.source_id,
            version=other,
            title=other.title,
            origin=other.unit_name,
            dated_at=other.received_at,
            same_call=other.call_id == mine.call_id,
            same_unit=other.unit_id == mine.unit_id,
            awarded=row.source_id in awarded,
            matched=row.matched,
            passages=passages,
        )
    reference = references.get(row.source_id)
    if reference is None:
        return None
    return SourceView(
        id=row.id,
        version_id=row.version_id,
        source_id=row.source_id,
        version=None,
        title=reference.title,
        origin=reference.origin,
        dated_at=reference.added_at,
        same_call=False,
        same_unit=False,
        awarded=False,
        matched=row.matched,
        passages=passages,
    )


def photo_pairs(db: Session, version_id: str) -> list[PhotoPair]:
    """Photos of a version that look like photos of other cases, the nearest first."""
    rows = list(
        db.scalars(
            select(PhotoMatch)
            .where(PhotoMatch.version_id == version_id)
            .order_by(PhotoMatch.distance, PhotoMatch.id)
        )
    )
    wanted = {row.source_version_id for row in rows} | {version_id}
    versions = {
        each.id: version_view(each)
        for each in db.scalars(select(CaseVersion).where(CaseVersion.id.in_(wanted)))
    }
    photos = {(each.id, photo.id): photo for each in versions.values() for photo in each.photos}
    found = []
    for row in rows:
        mine = photos.get((row.version_id, row.attachment_id))
        other = photos.get((row.source_version_id, row.source_attachment_id))
        if mine is not None and other is not None:
            found.append(PhotoPair(mine, other, versions[row.source_version_id], row.distance))
    return found


def originality_rows(db: Session, call_id: str) -> list[OriginalityRow]:
    """The cases of a call that were handed in and not withdrawn: those with the greatest share first."""
    match_count = _count_of(OriginalityMatch.version_id, OriginalityMatch.id)
    photo_count = _count_of(PhotoMatch.version_id, distinct(PhotoMatch.attachment_id))
    rows = db.execute(
        select(
            Case.id,
            CaseVersion.id,
            CaseVersion.number,
            CaseVersion.title,
            CaseVersion.category_key,
            Unit.name,
            Case.status,
            OriginalityReport,
            match_count.c.n,
            photo_count.c.n,
        )
        .join(CaseVersion, CaseVersion.id == Case.version_id)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(OriginalityReport, OriginalityReport.version_id == CaseVersion.id)
        .outerjoin(match_count, match_count.c.version_id == CaseVersion.id)
        .outerjoin(photo_count, photo_count.c.version_id == CaseVersion.id)
        .where(Case.call_id == call_id, Case.status.not_in(_ASIDE))
    )
    found = [
        OriginalityRow(
            case_id=case_id,
            version_id=version_id,
            number=number,
            title=title,
            category_key=category_key,
            unit_name=unit_name,
            status=CaseStatus(status),
            report=_report_view(report) if report is not None else None,
            sources=sources_found or 0,
            photos=photos or 0,
        )
        for (
            case_id, version_id, number, title, category_key, unit_name, status, report, sources_found, photos
        ) in rows
    ]  # fmt: skip
    found.sort(key=lambda each: (-(each.report.share if each.report else -1), -each.photos, each.number))
    return found


def _count_of(key: InstrumentedAttribute[str], counted: Any) -> Subquery:
    """How many there are of each version."""
    return select(key.label("version_id"), func.count(counted).label("n")).group_by(key).subquery()


def last_round(db: Session, call_id: str) -> RoundView | None:
    """When all cases of a call were last asked to be checked again."""
    row = db.scalar(select(OriginalityRound).where(OriginalityRound.call_id == call_id))
    return RoundView(row.requested_at, row.requested_by_name, row.finished_at) if row is not None else None


def set_phrases(db: Session, call_id: str) -> list[PhraseView]:
    """What organisers added for all calls and for this one, in the order of adding."""
    rows = db.scalars(
        select(SetPhrase)
        .where(or_(SetPhrase.call_id.is_(None), SetPhrase.call_id == call_id))
        .order_by(SetPhrase.added_at, SetPhrase.id)
    )
    return [
        PhraseView(each.id, each.call_id, each.phrase, each.added_at, each.added_by_name) for each in rows
    ]


def formulae(db: Session, call_id: str | None) -> tuple[str, ...]:
    """All phrases that do not count in a call: ours, the installation's and the call's."""
    own = db.scalars(
        select(SetPhrase.phrase)
        .where(or_(SetPhrase.call_id.is_(None), SetPhrase.call_id == call_id))
        .order_by(SetPhrase.phrase)
    )
    return (*FORMULAE, *own)


def references(db: Session) -> list[ReferenceView]:
    """The reference texts, the newest first."""
    rows = db.execute(
        select(
            ReferenceText.id,
            ReferenceText.title,
            ReferenceText.origin,
            ReferenceText.length,
            ReferenceText.added_at,
            ReferenceText.added_by_name,
        ).order_by(ReferenceText.added_at.desc(), ReferenceText.id)
    )
    return [ReferenceView(*row) for row in rows]


def reference_text(db: Session, reference_id: str) -> str:
    """The words of a reference text.

    Raises:
        NotFound
    """
    found = db.scalar(select(ReferenceText.text).where(ReferenceText.id == reference_id))
    if found is None:
        raise NotFound
    return found


def sentence_counts(
    db: Session, fingerprints: Iterable[int], *, but: str, awarded_only: bool = False
) -> dict[int, int]:
    """In how many other texts each of these sentences stands; `awarded_only`: in how many awarded cases."""
    query = (
        select(SentencePrint.fingerprint, func.count())
        .where(SentencePrint.fingerprint.in_(set(fingerprints)), SentencePrint.source_id != but)
        .group_by(SentencePrint.fingerprint)
    )
    if awarded_only:
        query = query.where(exists().where(AwardedText.case_id == SentencePrint.source_id))
    return {row[0]: row[1] for row in db.execute(query)}


def originality_findings(db: Session, subject: CheckSubject) -> list[CheckFinding]:
    """What the formal check says about originality: information, like everything there."""
    report = originality(db, subject.version_id)
    title = _("原创性")
    if report is None:
        return [CheckFinding("originality", CheckState.LOOK, title, _("还在排队核对，请稍后再看。"))]
    photos = len(photo_pairs(db, subject.version_id))
    pointers = [
        Pointer(
            f"{each.title} · {percent(each.matched, report.length)}%",
            f"/cases/{report.case_id}/originality/{each.id}",
        )
        for each in sources(db, subject.version_id)[:_NAMED]
    ]
    if photos:
        said = n_("有 %(n)s 处照片与别的案例相似", "有 %(n)s 处照片与别的案例相似", photos)
        pointers.append(Pointer(str(said), f"/cases/{report.case_id}/originality#photos-title"))
    detail = _(
        "与别处相同 %(share)s%%，最大的一个来源 %(largest)s%%。",
        share=report.share,
        largest=report.largest_share,
    )
    return [CheckFinding("originality", _state(report, photos), title, detail, tuple(pointers))]


def _state(report: OriginalityView, photos: int) -> CheckState:
    """A person's verdict counts as long as nothing was found since."""
    if report.verdict is not None and not report.changed:
        return CheckState.OK if report.verdict is Verdict.FINE else CheckState.PROBLEM
    if report.largest_share >= NEAR_DUPLICATE:
        return CheckState.PROBLEM
    return CheckState.LOOK if report.share >= WORTH_A_LOOK or photos else CheckState.OK


def _report_view(row: OriginalityReport) -> OriginalityView:
    return OriginalityView(
        version_id=row.version_id,
        case_id=row.case_id,
        call_id=row.call_id,
        length=row.length,
        matched=row.matched,
        largest=row.largest,
        checked_at=row.checked_at,
        verdict=Verdict(row.verdict) if row.verdict else None,
        note=row.note,
        seen_matched=row.seen_matched,
        reviewed_at=row.reviewed_at,
        reviewed_by_name=row.reviewed_by_name,
    )
