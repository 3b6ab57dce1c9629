"""Rows an actor may not see do not exist for him: in lists, counts, sorts, joins, changes alike."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import aliased

from foundation import people
from foundation.actor import ANONYMOUS, SYSTEM, Actor, Role
from foundation.db import Database
from foundation.people import RoleGrant, Unit, User
from foundation.visibility import Grant, as_system

GRANTS = (
    Grant(Unit, lambda actor: Unit.path.startswith(actor.unit_path) if actor.unit_path else False),
    Grant(Unit, lambda actor: actor.has(Role.ADMINISTRATOR)),
    Grant(User, lambda actor: User.id == actor.user_id),
)


@pytest.fixture
def guarded(database_url: str) -> Iterator[Database]:
    """A tree of units, one user in each, and rules of who sees what."""
    opened = Database(database_url, GRANTS)
    yield opened
    opened.close()


@pytest.fixture
def tree(guarded: Database, now: datetime) -> dict[str, Unit]:
    with guarded.write() as db:
        top = people.add_unit(db, name="市委", short_name="c")
        left = people.add_unit(db, name="东街道", short_name="b", parent=top)
        leaf = people.add_unit(db, name="东一支部", short_name="a", parent=left)
        right = people.add_unit(db, name="西街道", short_name="0", parent=top)
        for unit in (top, left, leaf, right):
            people.add_user(
                db,
                now=now,
                email=f"{unit.short_name}@example.org",
                name=unit.name,
                roles=[Role.SUBMITTER],
                unit=unit,
            )
    return {unit.name: unit for unit in (top, left, leaf, right)}


def _member(unit: Unit) -> Actor:
    return Actor("u", unit_id=unit.id, unit_path=unit.path)


def test_lists_counts_and_sorts_know_only_visible_rows(guarded: Database, tree: dict[str, Unit]) -> None:
    with guarded.read(_member(tree["东街道"])) as db:
        assert db.scalars(select(Unit.name).order_by(Unit.short_name)).all() == ["东一支部", "东街道"]
        assert db.scalar(select(func.count()).select_from(Unit)) == 2
        assert db.scalar(select(func.min(Unit.short_name))) == "a"


def test_grants_add_up(guarded: Database, tree: dict[str, Unit]) -> None:
    leaf = tree["东一支部"]
    both = Actor("u", roles=frozenset({Role.ADMINISTRATOR}), unit_id=leaf.id, unit_path=leaf.path)
    with guarded.read(both) as db:
        assert db.scalar(select(func.count()).select_from(Unit)) == 4


def test_a_visitor_sees_nothing_that_is_not_granted(guarded: Database, tree: dict[str, Unit]) -> None:
    with guarded.read(ANONYMOUS) as db:
        assert db.scalars(select(Unit)).all() == []
        assert db.get(Unit, tree["市委"].id) is None


def test_the_system_sees_all(guarded: Database, tree: dict[str, Unit]) -> None:
    with guarded.read(SYSTEM) as db:
        assert db.scalar(select(func.count()).select_from(Unit)) == len(tree)


def test_a_key_is_no_way_in(guarded: Database, tree: dict[str, Unit]) -> None:
    with guarded.read(_member(tree["东街道"])) as db:
        assert db.get(Unit, tree["东一支部"].id) is not None
        assert db.get(Unit, tree["西街道"].id) is None


def test_joins_subqueries_and_aliases_are_limited_too(guarded: Database, tree: dict[str, Unit]) -> None:
    other = aliased(Unit)
    with guarded.read(_member(tree["东街道"])) as db:
        pairs = db.execute(
            select(Unit.name, other.name).join(other, other.parent_id == Unit.id).order_by(Unit.name)
        )
        assert [tuple(pair) for pair in pairs] == [("东街道", "东一支部")]
        inside = select(Unit.id).where(Unit.name == "西街道")
        assert db.scalar(select(func.count()).select_from(Unit).where(exists(inside))) == 0
        assert db.scalars(select(Unit.name).where(Unit.parent_id.in_(select(other.id))).distinct()).all() == [
            "东一支部"
        ]


def test_relations_do_not_lead_around(guarded: Database, tree: dict[str, Unit]) -> None:
    with guarded.read() as db:
        user = db.scalars(select(User).where(User.name == "西街道")).one()
        actor = Actor(user.id, unit_id=tree["东街道"].id, unit_path=tree["东街道"].path)
    with guarded.read(actor) as db:
        seen = db.scalars(select(User)).one()
        assert (seen.name, seen.unit) == ("西街道", None)


def test_changes_reach_only_visible_rows(guarded: Database, tree: dict[str, Unit]) -> None:
    with guarded.write(_member(tree["东街道"])) as db:
        db.execute(update(Unit).values(short_name="x"))
    with guarded.read() as db:
        changed = db.scalars(select(Unit.name).where(Unit.short_name == "x").order_by(Unit.name)).all()
    assert changed == ["东一支部", "东街道"]


def test_deletes_reach_only_visible_rows(guarded: Database, tree: dict[str, Unit]) -> None:
    with guarded.write() as db:
        db.execute(delete(RoleGrant))
        db.execute(update(User).values(unit_id=None))
    with guarded.write(_member(tree["西街道"])) as db:
        db.execute(delete(Unit))
    with guarded.read() as db:
        assert db.scalar(select(func.count()).select_from(Unit)) == 3


def test_as_system_ends_with_its_block(guarded: Database, tree: dict[str, Unit]) -> None:
    count = select(func.count()).select_from(Unit)
    with guarded.read(_member(tree["东一支部"])) as db:
        before = db.scalar(count)
        with as_system(db):
            inside = db.scalar(count)
        after = db.scalar(count)
    assert (before, inside, after) == (1, 4, 1)


def test_two_actors_do_not_share_a_cached_statement(guarded: Database, tree: dict[str, Unit]) -> None:
    seen = []
    for name in ("东街道", "西街道", "市委", "东街道"):
        with guarded.read(_member(tree[name])) as db:
            seen.append(db.scalar(select(func.count()).select_from(Unit)))
    assert seen == [2, 1, 4, 2]


def test_a_table_without_grants_is_open(guarded: Database, tree: dict[str, Unit]) -> None:
    with guarded.read(ANONYMOUS) as db:
        assert db.scalar(select(func.count()).select_from(RoleGrant)) == len(tree)
