"""Policies answer None or a reason; the reason reaches the person."""

import pytest

from foundation.actor import ANONYMOUS, SYSTEM, Actor, Role
from foundation.errors import (
    FieldError,
    Forbidden,
    Invalid,
    NotFound,
    NotSignedIn,
    Problem,
    Refused,
    TooLarge,
    TooMany,
)
from foundation.permission import Denied, require
from foundation.text import verbatim

REASON = verbatim("只有组织者可以修改征集活动。")


def test_none_goes_on() -> None:
    require(None)


def test_a_refusal_carries_its_reason() -> None:
    with pytest.raises(Forbidden) as refused:
        require(Denied(REASON))
    assert (refused.value.status, str(refused.value.reason)) == (403, str(REASON))


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (Problem(REASON), 400),
        (NotSignedIn(), 401),
        (Forbidden(REASON), 403),
        (NotFound(), 404),
        (Refused(REASON), 409),
        (TooLarge(REASON), 413),
        (Invalid([FieldError("title", REASON)]), 422),
        (TooMany(REASON, 30), 429),
    ],
)
def test_each_problem_has_its_status(problem: Problem, status: int) -> None:
    assert problem.status == status
    assert str(problem.reason)


def test_an_invalid_form_counts_its_errors() -> None:
    invalid = Invalid([FieldError("title", REASON), FieldError("unit", REASON)])
    assert str(invalid.reason) == "有 2 处内容需要修改"


def test_roles() -> None:
    both = Actor("u1", roles=frozenset({Role.JUROR, Role.EDITOR}))
    assert (both.has(Role.JUROR), both.has(Role.ORGANISER, Role.EDITOR), both.has(Role.ORGANISER)) == (
        True,
        True,
        False,
    )


def test_a_visitor_is_nobody_and_the_system_holds_no_role() -> None:
    assert (ANONYMOUS.signed_in, SYSTEM.signed_in, SYSTEM.roles) == (False, True, frozenset())
