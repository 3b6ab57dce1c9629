import pytest

from casebook.policy import may_edit
from foundation.actor import ANONYMOUS, SYSTEM, Actor, Role


def test_editors_and_the_system_may_edit() -> None:
    assert may_edit(Actor("u", "编辑", frozenset({Role.EDITOR}))) is None
    assert may_edit(SYSTEM) is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EDITOR])
def test_nobody_else_may(role: Role) -> None:
    assert may_edit(Actor("u", "某人", frozenset({role}))) is not None


def test_a_visitor_is_asked_to_sign_in() -> None:
    denied = may_edit(ANONYMOUS)
    assert denied is not None
    assert "登录" in str(denied.reason)
