"""Units and users: the tree of who belongs where, known to every package."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from foundation.actor import Actor, Role
from foundation.db import Id, Row
from foundation.errors import NotFound
from foundation.ids import new_id


class Unit(Row):
    """A branch or a superior body. `path` is "/top/middle/own/" in ids: below means starts with.

    `code` is the organisation's own number of the unit, "" without one; no two units share one.
    """

    __tablename__ = "unit"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    short_name: Mapped[str] = mapped_column(String(60), default="")
    code: Mapped[str] = mapped_column(String(40), default="", index=True)
    category_key: Mapped[str] = mapped_column(String(40), default="")
    parent_id: Mapped[str | None] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    path: Mapped[str] = mapped_column(String(400), index=True)


class User(Row):
    """A person with an account. What a person may do is in `roles`; passwords and sessions are webapp's."""

    __tablename__ = "user"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    unit_id: Mapped[str | None] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    language: Mapped[str] = mapped_column(String(10), default="")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    unit: Mapped[Unit | None] = relationship(lazy="joined")
    grants: Mapped[list["RoleGrant"]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(grant.role) for grant in self.grants)


class RoleGrant(Row):
    """That a user has a role."""

    __tablename__ = "role_grant"

    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))


def actor_of(user: User) -> Actor:
    """The user as policies see him now."""
    return Actor(
        user_id=user.id,
        name=user.name,
        roles=user.roles,
        unit_id=user.unit_id,
        unit_path=user.unit.path if user.unit else "",
    )


def normal_email(email: str) -> str:
    """The form in which addresses are compared: people type them in any case."""
    return email.strip().lower()


def add_unit(
    db: Session,
    *,
    name: str,
    short_name: str = "",
    parent: Unit | None = None,
    category_key: str = "",
    code: str = "",
) -> Unit:
    """Put a unit below `parent` (None: at the top)."""
    unit = new_unit(
        name=name, short_name=short_name, parent=parent, category_key=category_key, code=code, key=new_id()
    )
    db.add(unit)
    db.flush()
    return unit


def new_unit(
    *, key: str, name: str, short_name: str, parent: Unit | None, category_key: str, code: str
) -> Unit:
    """A unit that is in no database yet, for where many are added at once."""
    return Unit(
        id=key,
        name=name,
        short_name=short_name,
        code=code,
        category_key=category_key,
        parent_id=parent.id if parent else None,
        path=f"{parent.path if parent else '/'}{key}/",
    )


def add_user(
    db: Session, *, now: datetime, email: str, name: str, roles: Iterable[Role], unit: Unit | None = None
) -> User:
    """Create an account without a password; `webapp.accounts` gives it one."""
    user = new_user(now=now, email=email, name=name, roles=roles, unit=unit)
    db.add(user)
    db.flush()
    return user


def new_user(
    *, now: datetime, email: str, name: str, roles: Iterable[Role], unit: Unit | None = None
) -> User:
    """An account that is in no database yet, for where many are added at once."""
    key = new_id()
    user = User(
        id=key, email=normal_email(email), name=name, unit_id=unit.id if unit else None, created_at=now
    )
    user.unit = unit
    user.grants = [RoleGrant(id=new_id(), user_id=key, role=role.value) for role in sorted(set(roles))]
    return user


def set_roles(db: Session, user: User, roles: Iterable[Role]) -> None:
    """Make these the user's roles, no more and no less."""
    wanted = {role.value for role in roles}
    user.grants = [grant for grant in user.grants if grant.role in wanted] + [
        RoleGrant(role=role) for role in sorted(wanted - {grant.role for grant in user.grants})
    ]
    db.flush()


def user(db: Session, user_id: str) -> User:
    """One user.

    Raises:
        NotFound
    """
    found = db.get(User, user_id)
    if found is None:
        raise NotFound
    return found


def user_by_email(db: Session, email: str) -> User | None:
    return db.scalar(select(User).where(User.email == normal_email(email)))


def users_with(db: Session, role: Role) -> Sequence[User]:
    """Active users with the role, by name."""
    having = select(RoleGrant.user_id).where(RoleGrant.role == role.value)
    return db.scalars(select(User).where(User.active, User.id.in_(having)).order_by(User.name, User.id)).all()


def unit(db: Session, unit_id: str) -> Unit:
    """One unit.

    Raises:
        NotFound
    """
    found = db.get(Unit, unit_id)
    if found is None:
        raise NotFound
    return found


def units(db: Session) -> Sequence[Unit]:
    """All units, parents before children."""
    return db.scalars(select(Unit).order_by(Unit.path)).all()


def units_below(db: Session, path: str) -> Sequence[Unit]:
    """The unit with this path and all below it."""
    return db.scalars(select(Unit).where(Unit.path.startswith(path)).order_by(Unit.path)).all()


def units_above(db: Session, below: Unit) -> Sequence[Unit]:
    """The unit's superiors, nearest first."""
    keys = below.path.strip("/").split("/")[:-1]
    found = {row.id: row for row in db.scalars(select(Unit).where(Unit.id.in_(keys)))}
    return [found[key] for key in reversed(keys) if key in found]
