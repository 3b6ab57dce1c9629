"""Units and accounts of the demonstration."""

from foundation import people
from foundation.actor import SYSTEM, Role
from foundation.journal import record
from foundation.people import Unit
from webapp.accounts import passwords
from webapp.accounts import service as accounts
from webapp.accounts.directory import UnitCreated, UserCreated
from webapp.demo.reading import DemoUnit
from webapp.demo.world import World

SETTLED_DAY = -460
SUBMITTING, FORWARDING = frozenset({Role.SUBMITTER}), frozenset({Role.RECOMMENDER})


def settle(world: World) -> None:
    """Found the units, open an account for everybody and for each unit's contact, all with one password."""
    for unit in world.content.units:
        world.units[unit.key] = _found(world, unit)
    password_hash = passwords.hash_password(world.content.password)  # slow on purpose: once for all
    for person in world.content.people:
        _open_account(world, person.key, person.name, person.roles, person.unit, password_hash)
    for unit in world.content.units:
        _open_contact(world, unit, password_hash)


def _found(world: World, unit: DemoUnit) -> Unit:
    row = people.add_unit(
        world.db,
        name=unit.name,
        short_name=unit.short,
        parent=world.units[unit.parent] if unit.parent else None,
        category_key=unit.category,
    )
    now = world.calendar.moment(SETTLED_DAY, 8)
    record(world.db, actor=SYSTEM, now=now, event=UnitCreated(unit_id=row.id))
    return row


def _open_contact(world: World, unit: DemoUnit, password_hash: str) -> None:
    """The unit's contact: one of the named accounts if the name says so, else an account of its own."""
    if not unit.contact:
        return
    known = [each for each in world.content.people if (each.name, each.unit) == (unit.contact, unit.key)]
    if known:
        world.actors[unit.key] = world.actors[known[0].key]
        return
    roles = SUBMITTING if unit.category else FORWARDING
    _open_account(world, unit.key, unit.contact, roles, unit.key, password_hash)


def _open_account(
    world: World, key: str, name: str, roles: frozenset[Role], unit_key: str, password_hash: str
) -> None:
    now = world.calendar.moment(SETTLED_DAY, 9)
    email = f"{key}@{world.content.domain}"
    unit = world.units[unit_key] if unit_key else None
    user = people.add_user(world.db, now=now, email=email, name=name, roles=roles, unit=unit)
    record(world.db, actor=SYSTEM, now=now, event=UserCreated(user_id=user.id))
    actor = people.actor_of(user)
    accounts.set_password(world.db, actor=actor, now=now, user=user, password_hash=password_hash)
    world.actors[key] = actor
