"""The life of a case: which deed leads from which status to which.

    draft -> submitted -> returned | withdrawn | rejected | checked

A case is handed in again as a new version: from any of these but `rejected`, while its window is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from foundation.text import Text, _
from submissions.rules.windows import window_state
from submissions.values import CaseStatus, StepKind, StepView, WindowState


class Deed(StrEnum):
    """What can be done to a case."""

    EDIT = "edit"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    CHECK = "check"
    REJECT = "reject"
    REOPEN = "reopen"
    DISCARD = "discard"


_S = CaseStatus
_NEXT: dict[tuple[Deed, CaseStatus], CaseStatus] = {
    (Deed.EDIT, _S.DRAFT): _S.DRAFT,
    (Deed.EDIT, _S.RETURNED): _S.RETURNED,
    (Deed.EDIT, _S.WITHDRAWN): _S.WITHDRAWN,
    (Deed.EDIT, _S.SUBMITTED): _S.SUBMITTED,
    (Deed.EDIT, _S.CHECKED): _S.CHECKED,
    (Deed.SUBMIT, _S.DRAFT): _S.SUBMITTED,
    (Deed.SUBMIT, _S.RETURNED): _S.SUBMITTED,
    (Deed.SUBMIT, _S.WITHDRAWN): _S.SUBMITTED,
    (Deed.SUBMIT, _S.SUBMITTED): _S.SUBMITTED,
    (Deed.SUBMIT, _S.CHECKED): _S.SUBMITTED,
    (Deed.WITHDRAW, _S.SUBMITTED): _S.WITHDRAWN,
    (Deed.WITHDRAW, _S.RETURNED): _S.WITHDRAWN,
    (Deed.WITHDRAW, _S.CHECKED): _S.WITHDRAWN,
    (Deed.RETURN, _S.SUBMITTED): _S.RETURNED,
    (Deed.RETURN, _S.CHECKED): _S.RETURNED,
    (Deed.CHECK, _S.SUBMITTED): _S.CHECKED,
    (Deed.REJECT, _S.SUBMITTED): _S.REJECTED,
    (Deed.REJECT, _S.CHECKED): _S.REJECTED,
    (Deed.REOPEN, _S.CHECKED): _S.SUBMITTED,
    (Deed.REOPEN, _S.REJECTED): _S.SUBMITTED,
    (Deed.DISCARD, _S.DRAFT): _S.DRAFT,
}

HANDED_IN = frozenset({_S.SUBMITTED, _S.RETURNED, _S.CHECKED})
"""The statuses that use up a place of the unit's limit; a returned case keeps its place."""

STANDS = frozenset({_S.SUBMITTED, _S.CHECKED})
"""The statuses in which a case's current version counts for judging."""

_DECIDED: dict[StepKind, CaseStatus] = {
    StepKind.CHECKED: _S.CHECKED,
    StepKind.REJECTED: _S.REJECTED,
    StepKind.RETURNED: _S.RETURNED,
    StepKind.REOPENED: _S.SUBMITTED,
}

ASIDE = frozenset({StepKind.COMMENTED, StepKind.RECOMMENDED, StepKind.RECOMMENDATION_WITHDRAWN})
"""Steps beside the formal check: a decision can be undone although they came after it."""

_WINDOWED = frozenset({_S.SUBMITTED, _S.CHECKED, _S.WITHDRAWN})


def after(deed: Deed, status: CaseStatus) -> CaseStatus | None:
    """The status after the deed, or None where it is not possible."""
    return _NEXT.get((deed, status))


def decision_to_undo(steps: Iterable[StepView], status: CaseStatus) -> StepView | None:
    """The decision that still holds, so that it can be taken back; None where anything happened since.

    Args:
        steps: the case's history, the latest first.
    """
    last = next((step for step in steps if step.kind not in ASIDE), None)
    if last is None or not last.status_before or _DECIDED.get(last.kind) is not status:
        return None
    return last


def why_impossible(status: CaseStatus) -> Text:
    """Why a deed that `after` knows no answer for cannot be done, as seen from the case's status."""
    return {
        _S.DRAFT: _("这个案例还没有提交，暂时不能进行这项操作。"),
        _S.SUBMITTED: _("这个案例已经提交，当前状态不能进行这项操作。"),
        _S.RETURNED: _("这个案例已退回修改，请等待申报单位重新提交后再操作。"),
        _S.WITHDRAWN: _("这个案例已由申报单位撤回，不能再进行这项操作。"),
        _S.CHECKED: _("这个案例已通过形式审查，当前状态不能进行这项操作。"),
        _S.REJECTED: _("这个案例未通过形式审查，不能再修改或提交。如有疑问，请联系组织单位。"),
    }[status]


def deadline_of(status: CaseStatus, closes_at: datetime, return_due_at: datetime | None) -> datetime:
    """Until when the unit can hand this case in: a returned case may have been given longer."""
    if status is CaseStatus.RETURNED and return_due_at is not None:
        return max(closes_at, return_due_at)
    return closes_at


def can_edit(status: CaseStatus, window: WindowState) -> bool:
    """Whether its unit may still write in the working copy.

    A draft can always be written in (nothing is lost by it); what was handed in, only while a new version
    could still be handed in.
    """
    if after(Deed.EDIT, status) is None:
        return False
    return window is WindowState.OPEN or status not in _WINDOWED


def state_for_case(
    *,
    status: CaseStatus,
    published_at: datetime | None,
    opens_at: datetime,
    closes_at: datetime,
    return_due_at: datetime | None,
    at: datetime,
) -> WindowState:
    """The window for one case; `closes_at` is the deadline in force for its unit."""
    deadline = deadline_of(status, closes_at, return_due_at)
    return window_state(published_at=published_at, opens_at=opens_at, closes_at=deadline, at=at)
