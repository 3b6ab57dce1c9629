"""What a superior does with its branches' cases: comment, recommend, put in order, bring the stamped form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.people import Unit
from foundation.permission import require
from foundation.text import Text, _
from submissions import policy, queries
from submissions.errors import NoPlaceLeft
from submissions.events import (
    CaseCommented,
    CaseRecommended,
    RecommendationScanned,
    RecommendationsRanked,
    RecommendationWithdrawn,
)
from submissions.models import CaseVersion, Recommendation, RecommendationScan
from submissions.rules.lifecycle import STANDS, why_impossible
from submissions.rules.places import no_recommendation_left
from submissions.rules.recommending import Match, bad_opinion, is_reordering, matched
from submissions.service.attachments import NewFile
from submissions.service.handing_in import check_reason
from submissions.service.letters import tell_submitter
from submissions.service.loading import Loaded, add_step, load_case, lock_case, lock_entry
from submissions.values import CaseStatus, ScanView, StepKind

SCANS_HIGHEST = 20
"""Scans of one recommendation: a form of many pages is one PDF."""


def recommend_case(db: Session, *, actor: Actor, now: datetime, case_id: str, opinion: str) -> None:
    """A superior forwards the version that counts with its opinion, within its quota.

    A case that it has recommended before (an older version, or taken back) keeps its place in the order, a
    new one comes last.

    Raises:
        NotFound, Forbidden, NoPlaceLeft
        Refused: the case does not stand, or is recommended already.
        Invalid: no opinion, or one too long.
    """
    loaded, unit = _for_superior(db, actor, case_id)
    row = loaded.row
    if loaded.status not in STANDS or row.version_id is None:
        raise Refused(late_or(loaded))
    if _in_force(db, loaded, unit.id) is not None:
        raise Refused(_("贵单位已经推荐了这个案例。"))
    problem = bad_opinion(opinion)
    if problem is not None:
        raise Invalid([FieldError("opinion", problem)])
    given = queries.recommendations_given(db, row.call_id, unit.id)
    below = queries.handed_in_below(db, row.call_id, unit.path)
    full = no_recommendation_left(loaded.call.rules, given=given, handed_in_below=below)
    if full is not None:
        raise NoPlaceLeft(full)
    db.add(
        Recommendation(
            id=new_id(),
            call_id=row.call_id,
            case_id=row.id,
            version_id=row.version_id,
            case_unit_id=row.unit_id,
            unit_id=unit.id,
            unit_name=unit.name,
            opinion=opinion,
            rank=_place(db, loaded, unit.id),
            given_at=now,
            given_by=actor.user_id,
            given_by_name=actor.name,
        )
    )
    _step(db, loaded, StepKind.RECOMMENDED, actor, now, opinion)
    event = CaseRecommended(case_id=row.id, call_id=row.call_id, version_id=row.version_id, unit_id=unit.id)
    record(db, actor=actor, now=now, event=event)
    subject = _("案例获得推荐：%(number)s", number=row.number)
    body = _(
        "贵单位的案例 %(number)s 已由%(unit)s推荐。\n推荐意见：%(opinion)s",
        number=row.number,
        unit=unit.name,
        opinion=opinion,
    )
    tell_submitter(db, loaded, now, subject, body)


def withdraw_recommendation(db: Session, *, actor: Actor, now: datetime, case_id: str) -> None:
    """A superior takes its recommendation back; its quota is free again.

    Raises:
        NotFound, Forbidden
        Refused: there is none.
    """
    loaded, unit = _for_superior(db, actor, case_id)
    given = _in_force(db, loaded, unit.id)
    if given is None:
        raise Refused(_("贵单位没有推荐这个案例，无需撤销。"))
    given.withdrawn_at = now
    _step(db, loaded, StepKind.RECOMMENDATION_WITHDRAWN, actor, now)
    event = RecommendationWithdrawn(
        case_id=loaded.row.id,
        call_id=loaded.row.call_id,
        version_id=given.version_id,
        unit_id=given.unit_id,
    )
    record(db, actor=actor, now=now, event=event)


def rank_recommendations(
    db: Session, *, actor: Actor, now: datetime, call_id: str, order: Sequence[str]
) -> None:
    """Put the cases a superior has recommended to a call into its order, the best first.

    Args:
        order: the ids of all its recommended cases.

    Raises:
        NotFound, Forbidden
        Refused: these are not (any more) the cases it recommends.
    """
    require(policy.may_forward(actor))
    call_id = queries.call(db, call_id).id
    unit_id = actor.unit_id or ""
    lock_entry(db, call_id, unit_id)
    before = [each.case_id for each in queries.recommended(db, call_id, unit_id)]
    if not is_reordering(before, order):
        raise Refused(_("推荐名单刚刚有变化，顺序没有保存。请按现在的名单重新排序。"))
    if list(order) == before:
        return
    place = {case_id: number for number, case_id in enumerate(order, start=1)}
    for row in db.scalars(
        select(Recommendation).where(
            Recommendation.call_id == call_id,
            Recommendation.unit_id == unit_id,
            Recommendation.withdrawn_at.is_(None),
            Recommendation.case_id.in_(order),
        )
    ):
        row.rank = place[row.case_id]
    db.flush()
    event = RecommendationsRanked(call_id=call_id, unit_id=unit_id, case_ids=tuple(order))
    record(db, actor=actor, now=now, event=event)


def comment_on_case(db: Session, *, actor: Actor, now: datetime, case_id: str, comment: str) -> None:
    """A superior (or the organiser) says something about a case that its branch reads; nothing else changes.

    Raises:
        NotFound, Forbidden
        Refused: the case is not handed in.
        Invalid: nothing said, or too much.
    """
    loaded = load_case(db, case_id)
    if policy.may_check(actor) is not None:
        require(policy.may_recommend(actor, unit_path=loaded.unit.path))
    loaded = lock_case(db, loaded)
    if loaded.status in (CaseStatus.DRAFT, CaseStatus.WITHDRAWN):
        raise Refused(why_impossible(loaded.status))
    check_reason(comment, "comment", _("请填写要告诉申报单位的话。"))
    row = loaded.row
    step_id = _step(db, loaded, StepKind.COMMENTED, actor, now, comment)
    event = CaseCommented(case_id=row.id, call_id=row.call_id, version_id=row.version_id, step_id=step_id)
    record(db, actor=actor, now=now, event=event)
    subject = _("案例收到意见：%(number)s", number=row.number)
    body = _(
        "%(name)s对贵单位的案例 %(number)s 提出意见：\n%(comment)s\n\n案例没有退回，已提交的版本仍然有效；"
        "需要修改时，请在征集截止前修改并重新提交。",
        name=actor.name,
        number=row.number,
        comment=comment,
    )
    tell_submitter(db, loaded, now, subject, body)


def attach_scan(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    file: NewFile,
    codes: Sequence[str],
    typed: str = "",
) -> ScanView:
    """Attach the stamped form to the recommendation in force, if it is of exactly its version.

    Args:
        codes: the texts of the codes that were read on the scan.
        typed: the first characters of the hash, read off the sheet where no code was readable.

    Raises:
        NotFound, Forbidden
        Refused: the superior does not recommend the case, the form is of another version or case, or enough
            scans are there.
        Invalid: no code could be read and nothing, or a wrong hash, was typed.
    """
    loaded, unit = _for_superior(db, actor, case_id)
    given = _in_force(db, loaded, unit.id)
    if given is None:
        raise Refused(_("贵单位没有推荐这个案例的当前版本。请先推荐，打印新的推荐表并盖章，再上传扫描件。"))
    _refuse_more_scans(db, given.id)
    version = db.get_one(CaseVersion, given.version_id)
    match = matched(
        codes,
        typed,
        recommendation_id=given.id,
        version_number=version.number,
        content_hash=version.content_hash,
    )
    _refuse_mismatch(match, version.ordinal)
    scan = RecommendationScan(
        id=new_id(),
        recommendation_id=given.id,
        case_id=loaded.row.id,
        version_id=given.version_id,
        case_unit_id=loaded.row.unit_id,
        name=file.name,
        media_type=file.media_type,
        size=file.stored.size,
        sha256=file.stored.sha256,
        proof=match.value,
        added_at=now,
        added_by=actor.user_id,
        added_by_name=actor.name,
    )
    db.add(scan)
    db.flush()
    event = RecommendationScanned(
        case_id=loaded.row.id,
        call_id=loaded.row.call_id,
        version_id=given.version_id,
        unit_id=unit.id,
        sha256=scan.sha256,
        proof=match.value,
    )
    record(db, actor=actor, now=now, event=event)
    return queries.scan(db, loaded.row.id, scan.id)


def _refuse_more_scans(db: Session, recommendation_id: str) -> None:
    query = select(func.count(RecommendationScan.id))
    there = db.scalar(query.where(RecommendationScan.recommendation_id == recommendation_id)) or 0
    if there >= SCANS_HIGHEST:
        raise Refused(
            _(
                "这次推荐已有 %(limit)s 份扫描件，不能再上传。一份推荐表请合成一个 PDF。",
                limit=SCANS_HIGHEST,
            )
        )


def _refuse_mismatch(match: Match, ordinal: int) -> None:
    if match is Match.OTHER_VERSION:
        raise Refused(
            _(
                "这张推荐表不是当前推荐（第 %(n)s 版）的：它属于另一个版本，或者撤销前的推荐。"
                "请打印现在的推荐表，重新盖章后上传。",
                n=ordinal,
            )
        )
    if match is Match.OTHER_CASE:
        raise Refused(_("这张推荐表属于另一个案例。请核对后上传这个案例的推荐表。"))
    if match is Match.UNREADABLE:
        raise Invalid(
            [FieldError("hash_start", _("没有读出二维码。请填写推荐表上内容校验值的前 8 位，以核对版本。"))]
        )
    if match is Match.WRONG_HASH:
        raise Invalid(
            [
                FieldError(
                    "hash_start", _("填写的校验值与当前推荐的版本不符。请核对推荐表，或重新打印、盖章。")
                )
            ]
        )


def late_or(loaded: Loaded) -> Text:
    """Why nothing can be decided about a case that has no version that counts."""
    if loaded.row.pending_version_id is not None:
        return _("这个案例在截止后到达，须先由组织单位裁定是否接收。")
    return why_impossible(loaded.status)


def _for_superior(db: Session, actor: Actor, case_id: str) -> tuple[Loaded, Unit]:
    """The case under a lock, for a superior of its unit; nobody else of that superior counts meanwhile."""
    loaded = load_case(db, case_id)
    require(policy.may_recommend(actor, unit_path=loaded.unit.path))
    unit = people.unit(db, actor.unit_id or "")
    lock_entry(db, loaded.row.call_id, unit.id)
    return lock_case(db, loaded), unit


def _place(db: Session, loaded: Loaded, unit_id: str) -> int:
    """The rank it had when this superior recommended it before, else one behind all others."""
    ranks = select(Recommendation.rank).where(
        Recommendation.call_id == loaded.row.call_id, Recommendation.unit_id == unit_id
    )
    before = db.scalar(
        ranks.where(Recommendation.case_id == loaded.row.id)
        .order_by(Recommendation.given_at.desc(), Recommendation.id.desc())
        .limit(1)
    )
    return before or (db.scalar(select(func.max(ranks.subquery().c.rank))) or 0) + 1


def _in_force(db: Session, loaded: Loaded, unit_id: str) -> Recommendation | None:
    return db.scalar(
        select(Recommendation).where(
            Recommendation.version_id == loaded.row.version_id,
            Recommendation.unit_id == unit_id,
            Recommendation.withdrawn_at.is_(None),
        )
    )


def _step(db: Session, loaded: Loaded, kind: StepKind, actor: Actor, now: datetime, reason: str = "") -> str:
    row = loaded.row
    step_id = add_step(
        db,
        loaded,
        kind,
        actor=actor,
        now=now,
        version_id=row.version_id,
        ordinal=row.ordinal,
        reason=reason,
    )
    db.flush()
    return step_id
