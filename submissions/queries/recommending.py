"""What a superior forwards: its recommendations in their order, the stamped forms, what its branches do."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from foundation.people import Unit
from foundation.visibility import as_system
from submissions import codec
from submissions.models import Case, CaseVersion, Recommendation, RecommendationScan
from submissions.queries.calls import call
from submissions.queries.history import recommendation_view
from submissions.rules.lifecycle import HANDED_IN
from submissions.values import BranchStanding, CaseStatus, FormSheet, RecommendationView, ScanView

_HELD = [each.value for each in HANDED_IN]


def recommended(db: Session, call_id: str, unit_id: str = "") -> list[RecommendationView]:
    """The recommendations in force of a call (of one superior), each superior's in its order."""
    query = _in_force(call_id).order_by(
        Recommendation.unit_name, Recommendation.unit_id, Recommendation.rank, Recommendation.given_at
    )
    if unit_id:
        query = query.where(Recommendation.unit_id == unit_id)
    return [recommendation_view(row) for row in db.scalars(query)]


def _in_force(call_id: str) -> Select[Recommendation]:
    """What counts against a quota: not taken back, of the version that counts, of a case handed in."""
    return (
        select(Recommendation)
        .join(Case, Case.version_id == Recommendation.version_id)
        .where(
            Recommendation.call_id == call_id,
            Recommendation.withdrawn_at.is_(None),
            Case.status.in_(_HELD),
        )
    )


def places(db: Session, call_id: str, *, below: str = "") -> dict[str, tuple[int, int]]:
    """By recommendation: its place in its superior's order, and of how many.

    `below` is the path of a unit: only superiors at or below it, whose recommendations its people see all;
    of others they see some, which would give wrong places. An organiser leaves it out.
    """
    query = _in_force(call_id).order_by(Recommendation.rank, Recommendation.given_at)
    if below:
        query = query.join(Unit, Unit.id == Recommendation.unit_id).where(
            Unit.path.startswith(below, autoescape=True)
        )
    by_unit: dict[str, list[str]] = {}
    for row in db.scalars(query):
        by_unit.setdefault(row.unit_id, []).append(row.id)
    return {key: (place, len(keys)) for keys in by_unit.values() for place, key in enumerate(keys, start=1)}


def outdated_recommendations(db: Session, call_id: str, unit_id: str) -> dict[str, int]:
    """Cases that this superior has recommended in an older version only, with that version's ordinal."""
    rows = db.execute(
        select(Recommendation.case_id, func.max(CaseVersion.ordinal))
        .join(Case, Case.id == Recommendation.case_id)
        .join(CaseVersion, CaseVersion.id == Recommendation.version_id)
        .where(
            Recommendation.call_id == call_id,
            Recommendation.unit_id == unit_id,
            Recommendation.withdrawn_at.is_(None),
        )
        .group_by(Recommendation.case_id, Case.version_id)
    )
    in_force = {each.case_id for each in recommended(db, call_id, unit_id)}
    return {row[0]: row[1] for row in rows if row[0] not in in_force}


def recommendation(db: Session, case_id: str, unit_id: str) -> RecommendationView:
    """A superior's recommendation in force of a case.

    Raises:
        NotFound
    """
    row = db.scalar(
        select(Recommendation)
        .join(Case, Case.version_id == Recommendation.version_id)
        .where(
            Recommendation.case_id == case_id,
            Recommendation.unit_id == unit_id,
            Recommendation.withdrawn_at.is_(None),
        )
    )
    if row is None:
        raise NotFound
    return recommendation_view(row)


def scans(db: Session, case_ids: Sequence[str]) -> dict[str, list[ScanView]]:
    """The stamped forms of these cases, the newest first, by case."""
    rows = db.scalars(
        select(RecommendationScan)
        .where(RecommendationScan.case_id.in_(case_ids))
        .order_by(RecommendationScan.added_at.desc(), RecommendationScan.id.desc())
    )
    found: dict[str, list[ScanView]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(scan_view(row))
    return found


def scan(db: Session, case_id: str, scan_id: str) -> ScanView:
    """One stamped form.

    Raises:
        NotFound: also when it belongs to another case.
    """
    row = db.scalar(
        select(RecommendationScan).where(
            RecommendationScan.id == scan_id, RecommendationScan.case_id == case_id
        )
    )
    if row is None:
        raise NotFound
    return scan_view(row)


def scan_view(row: RecommendationScan) -> ScanView:
    """A row as a value."""
    return ScanView(
        id=row.id,
        recommendation_id=row.recommendation_id,
        case_id=row.case_id,
        version_id=row.version_id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        proof=row.proof,
        added_at=row.added_at,
        added_by_name=row.added_by_name,
    )


def form_sheets(db: Session, call_id: str, unit_id: str, case_id: str = "") -> list[FormSheet]:
    """The recommendation forms of a superior, in its order; of one case where it is named.

    `verify_url` is left empty: the page that prints knows the site's address and key.
    """
    of_call = call(db, call_id)
    given = recommended(db, call_id, unit_id)
    ids = [each.version_id for each in given]
    versions = {row.id: row for row in db.scalars(select(CaseVersion).where(CaseVersion.id.in_(ids)))}
    sheets = []
    for place, each in enumerate(given, start=1):
        version = versions.get(each.version_id)
        if version is None or case_id not in ("", each.case_id):
            continue
        category = of_call.rules.category(version.category_key)
        sheets.append(
            FormSheet(
                recommendation_id=each.id,
                case_id=each.case_id,
                version_id=each.version_id,
                call_title=of_call.title,
                timezone=of_call.timezone,
                number=version.number.rpartition("-")[0],
                version_number=version.number,
                ordinal=version.ordinal,
                title=version.title,
                category=category.name if category else "",
                unit_name=version.unit_name,
                authors=tuple(author.name for author in codec.authors_from_json(version.authors)),
                word_count=version.word_count,
                files=len(version.attachments),
                content_hash=version.content_hash,
                received_at=version.received_at,
                recommender=each.unit_name,
                opinion=each.opinion,
                place=place,
                of=len(given),
                given_at=each.given_at,
                given_by=each.by_name,
                verify_url="",
            )
        )
    return sheets


def branch_standings(db: Session, call_id: str, path: str) -> list[BranchStanding]:
    """What each unit below this path does in a call. Callers permit first: drafts of all of them are counted.

    Units that are superiors themselves and have no case are left out: nobody expects one of them.
    """
    units = db.scalars(
        select(Unit).where(Unit.path.startswith(path, autoescape=True)).order_by(Unit.name)
    ).all()
    parents = {unit.parent_id for unit in units}
    with as_system(db):
        rows = db.execute(
            select(Case.unit_id, Case.status, func.count(Case.id))
            .join(Unit, Unit.id == Case.unit_id)
            .where(Case.call_id == call_id, Unit.path.startswith(path, autoescape=True))
            .group_by(Case.unit_id, Case.status)
        )
    counts: dict[str, dict[CaseStatus, int]] = {}
    for unit_id, status, count in rows:
        counts.setdefault(unit_id, {})[CaseStatus(status)] = count
    return [
        BranchStanding(unit.id, unit.name, mine.pop(CaseStatus.DRAFT, 0), mine)
        for unit in units
        if (mine := dict(counts.get(unit.id, {}))) or (unit.id not in parents and unit.path != path)
    ]
