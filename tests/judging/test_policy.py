"""Who may do what in judging."""

import pytest

from foundation.actor import ANONYMOUS, SYSTEM, Actor, Role
from judging import policy
from judging.values import InvitationState, RoundState


def somebody(*roles: Role) -> Actor:
    return Actor("u", "某人", frozenset(roles))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ORGANISER])
def test_only_organisers_run_the_judging(role: Role) -> None:
    assert policy.may_organise(somebody(role), on_panel=False) is not None
    assert policy.may_organise(ANONYMOUS, on_panel=False) is not None
    assert policy.may_organise(somebody(Role.ORGANISER), on_panel=False) is None
    assert policy.may_organise(SYSTEM, on_panel=False) is None


def test_an_organiser_on_the_panel_is_a_juror_there() -> None:
    denied = policy.may_organise(somebody(Role.ORGANISER, Role.JUROR), on_panel=True)
    assert denied is not None
    assert "不能同时管理" in str(denied.reason)


@pytest.mark.parametrize("state", list(RoundState))
def test_prizes_are_decided_after_the_scoring(state: RoundState) -> None:
    denied = policy.may_decide(somebody(Role.ORGANISER), on_panel=False, state=state)
    assert (denied is None) == (state is not RoundState.OPEN)
    assert policy.may_decide(somebody(Role.JUROR), on_panel=False, state=state) is not None


@pytest.mark.parametrize("invitation", [None, *InvitationState])
def test_a_juror_judges_after_accepting(invitation: InvitationState | None) -> None:
    denied = policy.may_judge(somebody(Role.JUROR), invitation=invitation)
    assert (denied is None) == (invitation is InvitationState.ACCEPTED)
    assert policy.may_judge(somebody(Role.ORGANISER), invitation=invitation) is not None
