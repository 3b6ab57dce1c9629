import pytest

from foundation.actor import ANONYMOUS, SYSTEM, Actor, Role
from submissions import policy


def actor(*roles: Role, unit: str | None = "village", path: str = "/top/town/village/") -> Actor:
    return Actor("u", "某人", frozenset(roles), unit, path)


BRANCH = actor(Role.SUBMITTER)
TOWN = actor(Role.RECOMMENDER, unit="town", path="/top/town/")
ORGANISER = actor(Role.ORGANISER, unit="top", path="/top/")


def test_only_organisers_manage_and_check() -> None:
    everybody = [BRANCH, TOWN, ORGANISER, actor(Role.ADMINISTRATOR), actor(Role.JUROR), ANONYMOUS, SYSTEM]
    assert [policy.may_manage_calls(each) is None for each in everybody] == [False, False, True] + [False] * 4
    assert [policy.may_check(each) is None for each in everybody] == [False, False, True] + [False] * 4


def test_starting_needs_the_role_and_a_unit() -> None:
    assert [
        policy.may_start(BRANCH) is None,
        policy.may_start(actor(Role.SUBMITTER, unit=None, path="")) is None,
        policy.may_start(TOWN) is None,
        policy.may_start(ANONYMOUS) is None,
    ] == [True, False, False, False]


def test_writing_is_for_ones_own_unit() -> None:
    assert policy.may_write(BRANCH, unit_id="village") is None
    assert policy.may_write(BRANCH, unit_id="hamlet") is not None
    assert policy.may_write(actor(Role.JUROR), unit_id="village") is not None
    assert policy.may_write(actor(Role.SUBMITTER, unit=None), unit_id="village") is not None


@pytest.mark.parametrize(
    ("who", "unit_path", "allowed"),
    [
        (TOWN, "/top/town/village/", True),
        (actor(Role.RECOMMENDER, unit="top", path="/top/"), "/top/town/village/", True),
        (TOWN, "/top/town/", False),
        (TOWN, "/top/city/block/", False),
        (TOWN, "/top/town2/village/", False),
        (actor(Role.RECOMMENDER, unit="top", path="/top/"), "/top/", True),
        (actor(Role.RECOMMENDER, unit=None, path=""), "/top/town/village/", False),
        (BRANCH, "/top/town/village/", False),
        (ORGANISER, "/top/town/village/", False),
    ],
)
def test_recommending_is_for_the_units_above(who: Actor, unit_path: str, allowed: bool) -> None:
    assert (policy.may_recommend(who, unit_path=unit_path) is None) == allowed


def test_who_is_not_signed_in_is_told_to() -> None:
    denied = policy.may_manage_calls(ANONYMOUS)
    assert denied is not None
    assert str(denied.reason) == "请先登录，然后继续刚才的操作。"
