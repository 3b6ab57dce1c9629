from datetime import timedelta

import pytest

from submissions.rules.lifecycle import (
    Deed,
    after,
    can_edit,
    deadline_of,
    state_for_case,
    why_impossible,
)
from submissions.values import CaseStatus, WindowState
from tests.submissions.factories import BEFORE, CLOSES, OPENS

S = CaseStatus


def test_every_way_through_a_case() -> None:
    ways = {
        (deed.value, status.value): following.value
        for deed in Deed
        for status in CaseStatus
        if (following := after(deed, status)) is not None and deed not in (Deed.EDIT, Deed.DISCARD)
    }
    assert ways == {
        ("submit", "draft"): "submitted",
        ("submit", "submitted"): "submitted",
        ("submit", "returned"): "submitted",
        ("submit", "withdrawn"): "submitted",
        ("submit", "checked"): "submitted",
        ("withdraw", "submitted"): "withdrawn",
        ("withdraw", "returned"): "withdrawn",
        ("withdraw", "checked"): "withdrawn",
        ("return", "submitted"): "returned",
        ("return", "checked"): "returned",
        ("check", "submitted"): "checked",
        ("reject", "submitted"): "rejected",
        ("reject", "checked"): "rejected",
        ("reopen", "checked"): "submitted",
        ("reopen", "rejected"): "submitted",
    }


@pytest.mark.parametrize("status", CaseStatus)
def test_every_status_can_say_why_not(status: CaseStatus) -> None:
    assert len(str(why_impossible(status))) > 10


def test_editing_never_changes_the_status() -> None:
    assert {status: after(Deed.EDIT, status) for status in CaseStatus if after(Deed.EDIT, status)} == {
        status: status for status in CaseStatus if status is not S.REJECTED
    }


@pytest.mark.parametrize(
    ("status", "window", "expected"),
    [
        (S.DRAFT, WindowState.OPEN, True),
        (S.DRAFT, WindowState.NOT_YET, True),
        (S.DRAFT, WindowState.CLOSED, True),
        (S.SUBMITTED, WindowState.OPEN, True),
        (S.SUBMITTED, WindowState.GRACE, False),
        (S.SUBMITTED, WindowState.CLOSED, False),
        (S.CHECKED, WindowState.CLOSED, False),
        (S.RETURNED, WindowState.CLOSED, True),
        (S.WITHDRAWN, WindowState.CLOSED, False),
        (S.REJECTED, WindowState.OPEN, False),
    ],
)
def test_when_a_unit_may_write(status: CaseStatus, window: WindowState, expected: bool) -> None:
    assert can_edit(status, window) == expected


def test_a_returned_case_may_have_longer() -> None:
    later = CLOSES + timedelta(days=3)
    assert [
        deadline_of(S.RETURNED, CLOSES, later),
        deadline_of(S.RETURNED, CLOSES, None),
        deadline_of(S.SUBMITTED, CLOSES, later),
    ] == [later, CLOSES, CLOSES]
    state = state_for_case(
        status=S.RETURNED,
        published_at=BEFORE,
        opens_at=OPENS,
        closes_at=CLOSES,
        return_due_at=later,
        at=CLOSES + timedelta(days=1),
    )
    assert state == WindowState.OPEN
