"""What others decide about a handed-in case: return, check, undo, rule on a late arrival."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from foundation.actor import Actor, Role
from foundation.display import moment_in_zone
from foundation.errors import FieldError, Invalid, Refused
from foundation.journal import record
from foundation.permission import require
from foundation.text import Text, _
from submissions import policy, queries
from submissions.errors import WindowClosed
from submissions.events import (
    CaseChecked,
    CaseReturned,
    DecisionUndone,
    LateArrivalRuled,
)
from submissions.models import CaseVersion
from submissions.rules.lifecycle import Deed, decision_to_undo, why_impossible
from submissions.service.handing_in import check_reason
from submissions.service.letters import tell_submitter
from submissions.service.loading import (
    Loaded,
    add_step,
    load_case,
    lock_case,
    next_status,
    standing_category,
    window_of,
)
from submissions.service.recommending import late_or
from submissions.values import CaseStatus, StepKind, WindowState

_OUTCOMES = {Deed.CHECK: StepKind.CHECKED, Deed.REJECT: StepKind.REJECTED, Deed.REOPEN: StepKind.REOPENED}


def return_case(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    reason: str,
    due_at: datetime | None = None,
    seen: str = "",
) -> None:
    """Give a case back for revision.

    A superior may before the deadline, and may name an earlier time by which it would like to have it; the
    organiser may at any time, after the deadline with a time until which it may be handed in again.

    Args:
        seen: the id of the version that was looked at, "" where nobody looked.

    Raises:
        NotFound, Forbidden, WindowClosed
        Refused: the case's status does not allow it, or there is a newer version than the one seen.
        Invalid: no reason, or no sensible time.
    """
    loaded = load_case(db, case_id)
    organiser = actor.has(Role.ORGANISER)
    require(policy.may_check(actor) if organiser else policy.may_recommend(actor, unit_path=loaded.unit.path))
    loaded = lock_case(db, loaded)
    refuse_unseen(loaded, seen)
    status = next_status(loaded, Deed.RETURN)
    check_reason(reason, "return_reason", _("请写明退回的理由，申报单位将据此修改。"))
    is_open = window_of(db, loaded, now) is WindowState.OPEN
    if not organiser and not is_open:
        raise WindowClosed(_("征集已截止，上级单位不能再退回修改。需要时请联系组织单位。"))
    _check_due(due_at, is_open, now)
    if not organiser:
        _check_wish(due_at, _deadline(db, loaded), loaded)
    row = loaded.row
    before = row.status
    row.status = status.value
    row.return_due_at = due_at if organiser else None
    row.changed_at = now
    _step(db, loaded, StepKind.RETURNED, actor, now, reason, due_at, before)
    event = CaseReturned(case_id=row.id, call_id=row.call_id, version_id=row.version_id, reason=reason)
    record(db, actor=actor, now=now, event=event)
    tell_submitter(
        db,
        loaded,
        now,
        _("案例退回修改：%(number)s", number=row.number),
        _returned_sentence(loaded, reason, due_at),
    )


def check_case(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    outcome: Deed,
    reason: str = "",
    seen: str = "",
) -> None:
    """The organiser's formal check: pass (CHECK), refuse (REJECT, with a reason) or resume (REOPEN).

    Args:
        seen: the id of the version that was looked at, "" where nobody looked.

    Raises:
        NotFound, Forbidden
        Refused: the case's status does not allow it, or there is a newer version than the one seen.
        Invalid: refused without a reason.
    """
    loaded = load_case(db, case_id)
    require(policy.may_check(actor))
    loaded = lock_case(db, loaded)
    if outcome not in _OUTCOMES:
        raise Refused(why_impossible(loaded.status))
    if loaded.row.version_id is None:
        raise Refused(late_or(loaded))
    refuse_unseen(loaded, seen)
    status = next_status(loaded, outcome)
    if outcome is Deed.REJECT:
        check_reason(reason, "check_reason", _("请写明不通过的理由，申报单位将看到。"))
    row = loaded.row
    before = row.status
    row.status = status.value
    row.changed_at = now
    _step(db, loaded, _OUTCOMES[outcome], actor, now, reason, status_before=before)
    event = CaseChecked(
        case_id=row.id, call_id=row.call_id, version_id=row.version_id, status=status.value, reason=reason
    )
    record(db, actor=actor, now=now, event=event)
    if outcome is Deed.REJECT:
        subject = _("案例未通过形式审查：%(number)s", number=row.number)
        body = _(
            "贵单位的案例 %(number)s 未通过形式审查。\n理由：%(reason)s", number=row.number, reason=reason
        )
        tell_submitter(db, loaded, now, subject, body)


def undo_decision(
    db: Session, *, actor: Actor, now: datetime, case_id: str, judging_has_begun: bool
) -> CaseStatus:
    """Take the last decision about a case back, as if it had not been made; returns the status now.

    Args:
        judging_has_begun: decisions stay from then on; who calls knows it, judging being above this package.

    Raises:
        NotFound, Forbidden
        Refused: judging has begun, or something has happened since the decision.
    """
    loaded = load_case(db, case_id)
    require(policy.may_check(actor))
    loaded = lock_case(db, loaded)
    row = loaded.row
    steps = queries.steps(db, case_id)
    last = decision_to_undo(steps, loaded.status)
    if last is None:
        raise Refused(_("没有可以撤销的审查结论：作出结论之后，案例又有了新的变化。"))
    if judging_has_begun:
        raise Refused(_("评审已经开始，审查结论不能再撤销。确需更改时，请在案例页面重新审查。"))
    row.status = last.status_before
    row.return_due_at = None
    row.changed_at = now
    _step(db, loaded, StepKind.UNDONE, actor, now)
    event = DecisionUndone(
        case_id=row.id,
        call_id=row.call_id,
        version_id=row.version_id,
        undone=last.kind.value,
        status=row.status,
    )
    record(db, actor=actor, now=now, event=event)
    if last.kind is not StepKind.CHECKED:
        subject = _("审查结论已撤销：%(number)s", number=row.number)
        body = _(
            "组织单位撤销了对贵单位案例 %(number)s 的上一个审查结论，案例恢复到之前的状态。"
            "请登录系统查看，无需其他操作。",
            number=row.number,
        )
        tell_submitter(db, loaded, now, subject, body)
    return CaseStatus(row.status)


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
    tell_submitter(db, loaded, now, subject, accepted if accept else refused, pending.submitted_by)


def _check_due(due_at: datetime | None, is_open: bool, now: datetime) -> None:
    if due_at is None and not is_open:
        raise Invalid([FieldError("return_due_at", _("征集已截止，请填写重新提交的期限。"))])
    if due_at is not None and due_at <= now:
        raise Invalid([FieldError("return_due_at", _("重新提交的期限必须晚于现在。"))])


def _deadline(db: Session, loaded: Loaded) -> datetime:
    row = loaded.row
    return queries.deadline(db, loaded.call, row.unit_id, standing_category(db, row))


def _check_wish(due_at: datetime | None, closes_at: datetime, loaded: Loaded) -> None:
    """A superior cannot give longer than the call does."""
    if due_at is not None and due_at > closes_at:
        sentence = _(
            "重新提交的期限不能晚于征集截止时间 %(time)s。",
            time=moment_in_zone(closes_at, loaded.call.timezone),
        )
        raise Invalid([FieldError("return_due_at", sentence)])


def _step(
    db: Session,
    loaded: Loaded,
    kind: StepKind,
    actor: Actor,
    now: datetime,
    reason: str = "",
    due_at: datetime | None = None,
    status_before: str = "",
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
        status_before=status_before,
    )
    db.flush()


def refuse_unseen(loaded: Loaded, seen: str) -> None:
    """Raises Refused where another version counts than the one that was looked at ("": nobody looked)."""
    if seen not in ("", loaded.row.version_id):
        raise Refused(_("您查看之后，申报单位又提交了新的版本，所以没有处理。请看过新版本再决定。"))


def _returned_sentence(loaded: Loaded, reason: str, due_at: datetime | None) -> Text:
    row = loaded.row
    if due_at is None:
        return _(
            "贵单位的案例 %(number)s 被退回修改，请在征集截止前修改并重新提交。\n理由：%(reason)s",
            number=row.number,
            reason=reason,
        )
    return _(
        "贵单位的案例 %(number)s 被退回修改，请在 %(time)s 前修改并重新提交。\n理由：%(reason)s",
        number=row.number,
        time=moment_in_zone(due_at, loaded.call.timezone),
        reason=reason,
    )
