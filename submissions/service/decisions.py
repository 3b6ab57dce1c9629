"""What others decide about a handed-in case: recommend, return, check, rule on a late arrival."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.actor import Actor, Role
from foundation.display import moment_in_zone
from foundation.errors import FieldError, Invalid, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import Text, _
from submissions import policy, queries
from submissions.errors import NoPlaceLeft, WindowClosed
from submissions.events import (
    CaseChecked,
    CaseRecommended,
    CaseReturned,
    LateArrivalRuled,
    RecommendationWithdrawn,
)
from submissions.models import CaseVersion, Recommendation
from submissions.rules.lifecycle import STANDS, Deed, why_impossible
from submissions.rules.places import no_recommendation_left
from submissions.service.handing_in import check_reason
from submissions.service.loading import (
    Loaded,
    add_step,
    load_case,
    lock_case,
    lock_entry,
    next_status,
    window_of,
)
from submissions.values import CaseStatus, StepKind, WindowState

OPINION_HIGHEST = 1000

_OUTCOMES = {Deed.CHECK: StepKind.CHECKED, Deed.REJECT: StepKind.REJECTED, Deed.REOPEN: StepKind.REOPENED}


def recommend_case(db: Session, *, actor: Actor, now: datetime, case_id: str, opinion: str) -> None:
    """A superior forwards the version that counts with its opinion, within its quota.

    Raises:
        NotFound, Forbidden, NoPlaceLeft
        Refused: the case does not stand, or is recommended already.
        Invalid: no opinion, or one too long.
    """
    loaded = load_case(db, case_id)
    require(policy.may_recommend(actor, unit_path=loaded.unit.path))
    unit = people.unit(db, actor.unit_id or "")
    lock_entry(db, loaded.row.call_id, unit.id)
    loaded = lock_case(db, loaded)
    row = loaded.row
    if loaded.status not in STANDS or row.version_id is None:
        raise Refused(_late_or(loaded))
    if _in_force(db, loaded, unit.id) is not None:
        raise Refused(_("贵单位已经推荐了这个案例。"))
    if not opinion:
        raise Invalid([FieldError("opinion", _("请填写推荐意见。"))])
    if len(opinion) > OPINION_HIGHEST:
        raise Invalid([FieldError("opinion", _("推荐意见不能超过 %(limit)s 个字。", limit=OPINION_HIGHEST))])
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
            given_at=now,
            given_by=actor.user_id,
            given_by_name=actor.name,
        )
    )
    _step(db, loaded, StepKind.RECOMMENDED, actor, now, opinion)
    event = CaseRecommended(case_id=row.id, call_id=row.call_id, version_id=row.version_id, unit_id=unit.id)
    record(db, actor=actor, now=now, event=event)


def withdraw_recommendation(db: Session, *, actor: Actor, now: datetime, case_id: str) -> None:
    """A superior takes its recommendation back; its quota is free again.

    Raises:
        NotFound, Forbidden
        Refused: there is none.
    """
    loaded = load_case(db, case_id)
    require(policy.may_recommend(actor, unit_path=loaded.unit.path))
    loaded = lock_case(db, loaded)
    given = _in_force(db, loaded, actor.unit_id or "")
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


def return_case(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    reason: str,
    due_at: datetime | None = None,
) -> None:
    """Give a case back for revision. A superior may before the deadline; the organiser at any time, after the
    deadline with a time until which it may be handed in again.

    Raises:
        NotFound, Forbidden, WindowClosed
        Refused: the case's status does not allow it.
        Invalid: no reason, or no sensible time.
    """
    loaded = load_case(db, case_id)
    organiser = actor.has(Role.ORGANISER)
    require(policy.may_check(actor) if organiser else policy.may_recommend(actor, unit_path=loaded.unit.path))
    loaded = lock_case(db, loaded)
    status = next_status(loaded, Deed.RETURN)
    check_reason(reason, "return_reason", _("请写明退回的理由，申报单位将据此修改。"))
    is_open = window_of(db, loaded, now) is WindowState.OPEN
    if organiser:
        _check_due(due_at, is_open, now)
    elif not is_open:
        raise WindowClosed(_("征集已截止，上级单位不能再退回修改。需要时请联系组织单位。"))
    row = loaded.row
    row.status = status.value
    row.return_due_at = due_at if organiser else None
    row.changed_at = now
    _step(db, loaded, StepKind.RETURNED, actor, now, reason, row.return_due_at)
    event = CaseReturned(case_id=row.id, call_id=row.call_id, version_id=row.version_id, reason=reason)
    record(db, actor=actor, now=now, event=event)
    _tell_submitter(
        db,
        loaded,
        now,
        _("案例退回修改：%(number)s", number=row.number),
        _returned_sentence(loaded, reason),
    )


def check_case(
    db: Session, *, actor: Actor, now: datetime, case_id: str, outcome: Deed, reason: str = ""
) -> None:
    """The organiser's formal check: pass (CHECK), refuse (REJECT, with a reason) or resume (REOPEN).

    Raises:
        NotFound, Forbidden
        Refused: the case's status does not allow it.
        Invalid: refused without a reason.
    """
    loaded = load_case(db, case_id)
    require(policy.may_check(actor))
    loaded = lock_case(db, loaded)
    if outcome not in _OUTCOMES:
        raise Refused(why_impossible(loaded.status))
    if loaded.row.version_id is None:
        raise Refused(_late_or(loaded))
    status = next_status(loaded, outcome)
    if outcome is Deed.REJECT:
        check_reason(reason, "check_reason", _("请写明不通过的理由，申报单位将看到。"))
    row = loaded.row
    row.status = status.value
    row.changed_at = now
    _step(db, loaded, _OUTCOMES[outcome], actor, now, reason)
    event = CaseChecked(
        case_id=row.id, call_id=row.call_id, version_id=row.version_id, status=status.value, reason=reason
    )
    record(db, actor=actor, now=now, event=event)
    if outcome is Deed.REJECT:
        subject = _("案例未通过形式审查：%(number)s", number=row.number)
        body = _(
            "贵单位的案例 %(number)s 未通过形式审查。\n理由：%(reason)s", number=row.number, reason=reason
        )
        _tell_submitter(db, loaded, now, subject, body)


def rule_on_late_arrival(
    db: Session, *, actor: Actor, now: datetime, case_id: str, accept: bool, reason: str
) -> None:
    """The organiser rules on a version that arrived within the grace after the deadline.

    Raises:
        NotFound, Forbidden
        Refused: nothing waits for a ruling.
        Invalid: no reason.
    """
    loaded = load_case(db, case_id)
    require(policy.may_check(actor))
    loaded = lock_case(db, loaded)
    row = loaded.row
    pending = db.get(CaseVersion, row.pending_version_id) if row.pending_version_id else None
    if pending is None:
        raise Refused(_("这个案例没有等待裁定的迟到版本。"))
    check_reason(reason, "late_reason", _("请写明裁定的理由，将记录在案。"))
    row.pending_version_id = None
    row.changed_at = now
    if accept:
        row.version_id = pending.id
        row.status = CaseStatus.SUBMITTED.value
    elif row.version_id is None:
        row.status = CaseStatus.DRAFT.value
    add_step(
        db,
        loaded,
        StepKind.LATE_ACCEPTED if accept else StepKind.LATE_REFUSED,
        actor=actor,
        now=now,
        version_id=pending.id,
        ordinal=pending.ordinal,
        reason=reason,
    )
    db.flush()
    event = LateArrivalRuled(
        case_id=row.id, call_id=row.call_id, version_id=pending.id, accepted=accept, reason=reason
    )
    record(db, actor=actor, now=now, event=event)
    accepted = _(
        "截止后数秒到达的案例 %(number)s 已裁定接收。\n理由：%(reason)s", number=row.number, reason=reason
    )
    refused = _(
        "截止后数秒到达的案例 %(number)s 未被接收。\n理由：%(reason)s", number=row.number, reason=reason
    )
    subject = _("迟到提交的裁定：%(number)s", number=row.number)
    _tell_submitter(db, loaded, now, subject, accepted if accept else refused, pending.submitted_by)


def _in_force(db: Session, loaded: Loaded, unit_id: str) -> Recommendation | None:
    return db.scalar(
        select(Recommendation).where(
            Recommendation.version_id == loaded.row.version_id,
            Recommendation.unit_id == unit_id,
            Recommendation.withdrawn_at.is_(None),
        )
    )


def _late_or(loaded: Loaded) -> Text:
    if loaded.row.pending_version_id is not None:
        return _("这个案例在截止后到达，须先由组织单位裁定是否接收。")
    return why_impossible(loaded.status)


def _check_due(due_at: datetime | None, is_open: bool, now: datetime) -> None:
    if due_at is None and not is_open:
        raise Invalid([FieldError("return_due_at", _("征集已截止，请填写重新提交的期限。"))])
    if due_at is not None and due_at <= now:
        raise Invalid([FieldError("return_due_at", _("重新提交的期限必须晚于现在。"))])


def _step(
    db: Session,
    loaded: Loaded,
    kind: StepKind,
    actor: Actor,
    now: datetime,
    reason: str = "",
    due_at: datetime | None = None,
) -> None:
    row = loaded.row
    add_step(
        db,
        loaded,
        kind,
        actor=actor,
        now=now,
        version_id=row.version_id,
        ordinal=row.ordinal,
        reason=reason,
        due_at=due_at,
    )
    db.flush()


def _returned_sentence(loaded: Loaded, reason: str) -> Text:
    row = loaded.row
    if row.return_due_at is None:
        return _(
            "贵单位的案例 %(number)s 被退回修改，请在征集截止前修改并重新提交。\n理由：%(reason)s",
            number=row.number,
            reason=reason,
        )
    return _(
        "贵单位的案例 %(number)s 被退回修改，请在 %(time)s 前修改并重新提交。\n理由：%(reason)s",
        number=row.number,
        time=moment_in_zone(row.return_due_at, loaded.call.timezone),
        reason=reason,
    )


def _tell_submitter(
    db: Session, loaded: Loaded, now: datetime, subject: Text, body: Text, user_id: str | None = None
) -> None:
    """By mail to who handed the version in (else to who started the case)."""
    if user_id is None:
        version = db.get(CaseVersion, loaded.row.version_id) if loaded.row.version_id else None
        user_id = version.submitted_by if version else loaded.row.created_by
    mail.queue(db, now=now, to=people.user(db, user_id).email, subject=subject, body=body)
