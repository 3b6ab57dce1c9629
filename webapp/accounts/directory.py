"""Writes and reads of the directory: who has an account, which units there are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.actor import Actor, Role
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.journal import Event, record, record_all
from foundation.people import RoleGrant, Unit, User
from foundation.permission import require
from foundation.text import _
from judging.visibility import is_blind
from webapp.accounts import policy, service
from webapp.accounts.forms import UnitForm, UserForm
from webapp.accounts.models import Credential, OneTimeLink


@dataclass(frozen=True, slots=True, kw_only=True)
class UserCreated(Event):
    action: ClassVar[str] = "account.created"
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChanged(Event):
    """`roles` as they are now: who could do what, and since when, is a question of the audit."""

    action: ClassVar[str] = "account.changed"
    user_id: str
    roles: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCreated(Event):
    action: ClassVar[str] = "unit.created"
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChanged(Event):
    action: ClassVar[str] = "unit.changed"
    unit_id: str
    parent_id: str | None


# --- users -----------------------------------------------------------------------------------------


def create_user(db: Session, *, actor: Actor, now: datetime, form: UserForm) -> User:
    """Open an account without a password.

    Raises:
        Forbidden, Invalid
    """
    require(policy.change_user(actor, frozenset(form.roles)))
    _check_email_is_free(db, form.email)
    unit = _chosen_unit(db, "unit_id", form.unit_id)
    user = people.add_user(db, now=now, email=form.email, name=form.name, roles=form.roles, unit=unit)
    record(db, actor=actor, now=now, event=UserCreated(user_id=user.id))
    return user


def create_users(db: Session, *, actor: Actor, now: datetime, forms: Sequence[UserForm]) -> list[User]:
    """Open many accounts at once, in the order of the forms.

    Raises:
        Forbidden
        Invalid: an address has an account already.
    """
    for form in forms:
        require(policy.change_user(actor, frozenset(form.roles)))
    emails = {people.normal_email(form.email) for form in forms}
    taken = db.scalar(select(User.email).where(User.email.in_(emails)).limit(1))
    if taken is not None or len(emails) < len(forms):
        raise Invalid([FieldError("email", _("这个邮箱已有账号"))])
    units = {unit.id: unit for unit in people.units(db)}
    users = [
        people.new_user(
            now=now, email=form.email, name=form.name, roles=form.roles, unit=units.get(form.unit_id)
        )
        for form in forms
    ]
    db.add_all(users)
    db.flush()
    record_all(db, actor=actor, now=now, events=[UserCreated(user_id=user.id) for user in users])
    return users


def create_first_user(db: Session, *, now: datetime, name: str, email: str) -> User:
    """The administrator of a new installation, as long as there is nobody.

    Raises:
        Refused
    """
    if service.any_user(db):
        raise Refused(_("系统中已有账号。请登录，或联系系统管理员。"))
    roles = (Role.ADMINISTRATOR, Role.ORGANISER)
    user = people.add_user(db, now=now, email=email, name=name, roles=roles)
    record(db, actor=people.actor_of(user), now=now, event=UserCreated(user_id=user.id))
    return user


def change_user(db: Session, *, actor: Actor, now: datetime, user_id: str, form: UserForm) -> User:
    """Correct an account: name, address, unit, roles.

    Raises:
        NotFound, Forbidden, Invalid, Refused
    """
    user = people.user(db, user_id)
    require(policy.change_user(actor, user.roles | frozenset(form.roles)))
    if people.normal_email(form.email) != user.email:
        _check_email_is_free(db, form.email)
        service.void_links(db, now=now, user_id=user.id)
    if Role.ADMINISTRATOR not in form.roles:
        _check_administrator_remains(db, user)
    unit = _chosen_unit(db, "unit_id", form.unit_id)
    user.name, user.email = form.name, people.normal_email(form.email)
    user.unit_id, user.unit = (unit.id, unit) if unit else (None, None)
    people.set_roles(db, user, form.roles)
    _record_change(db, actor, now, user)
    return user


def set_active(db: Session, *, actor: Actor, now: datetime, user_id: str, active: bool) -> User:
    """Close an account or open it again; closing ends its sessions.

    Raises:
        NotFound, Forbidden, Refused
    """
    user = people.user(db, user_id)
    require(policy.change_user(actor, user.roles))
    if not active:
        if user.id == actor.user_id:
            raise Refused(_("不能停用自己的账号，请由另一位管理员操作。"))
        _check_administrator_remains(db, user)
        service.end_sessions(db, user_id=user.id)
    user.active = active
    _record_change(db, actor, now, user)
    return user


def send_link(db: Session, *, actor: Actor, now: datetime, user_id: str, site_name: str, address: str) -> str:
    """Mail the user a one-time link to set a password; returns the link to hand over by another way.

    `address` is the site's address of the page, the token is put behind it.

    Raises:
        NotFound, Forbidden
    """
    user = people.user(db, user_id)
    require(policy.change_user(actor, user.roles))
    return mail_link(db, now=now, user=user, site_name=site_name, address=address)


def request_link(db: Session, *, now: datetime, email: str, site_name: str, address: str) -> None:
    """What somebody asks for who forgot the password; says nothing about whether the account exists.

    A second wish within five minutes sends nothing: the form must not fill anybody's mailbox.
    """
    user = people.user_by_email(db, email)
    if user is None or not user.active:
        return
    newest = db.scalar(select(func.max(OneTimeLink.expires_at)).where(OneTimeLink.user_id == user.id))
    if newest is not None and (newest - service.LINK_LIFE - now).total_seconds() > -300:
        return
    mail_link(db, now=now, user=user, site_name=site_name, address=address)


def mail_link(db: Session, *, now: datetime, user: User, site_name: str, address: str) -> str:
    link = address + service.create_link(db, now=now, user=user)
    body = _(
        "%(name)s：\n\n请打开下面的链接设置“%(site)s”的登录密码，登录名是 %(email)s。"
        "链接 24 小时内有效，只能使用一次。\n\n%(link)s\n\n如果您没有申请，请忽略这封邮件。\n",
        name=user.name,
        site=site_name,
        email=user.email,
        link=link,
    )
    subject = _("设置“%(site)s”的登录密码", site=site_name)
    mail.queue(db, now=now, to=user.email, subject=subject, body=body, reader=user)
    return link


def _record_change(db: Session, actor: Actor, now: datetime, user: User) -> None:
    roles = tuple(sorted(role.value for role in user.roles))
    record(db, actor=actor, now=now, event=UserChanged(user_id=user.id, roles=roles, active=user.active))


def _check_email_is_free(db: Session, email: str) -> None:
    if people.user_by_email(db, email) is not None:
        raise Invalid([FieldError("email", _("这个邮箱已有账号"))])


def _check_administrator_remains(db: Session, user: User) -> None:
    others = [one for one in people.users_with(db, Role.ADMINISTRATOR) if one.id != user.id]
    if Role.ADMINISTRATOR in user.roles and not others:
        raise Refused(_("系统至少需要一位系统管理员。请先给另一个账号系统管理员角色。"))


def _chosen_unit(db: Session, field: str, unit_id: str) -> Unit | None:
    if not unit_id:
        return None
    found = db.get(Unit, unit_id)
    if found is None:
        raise Invalid([FieldError(field, _("请从列出的选项中选择"))])
    return found


@dataclass(frozen=True, slots=True)
class UserPage:
    """One page of the list of users; `total` counts all that match."""

    users: Sequence[User]
    total: int
    without_password: frozenset[str]


PAGE = 50


def find_users(db: Session, *, words: str = "", role: str = "", page: int = 1) -> UserPage:
    """Users whose name, address or unit contains the words, by name."""
    query = select(User).outerjoin(Unit, User.unit_id == Unit.id)
    if words:
        like = [
            column.icontains(words, autoescape=True)
            for column in (User.name, User.email, Unit.name, Unit.short_name)
        ]
        query = query.where(or_(*like))
    if role:
        query = query.where(User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role == role)))
    total = db.scalar(select(func.count()).select_from(query.with_only_columns(User.id).subquery())) or 0
    rows = db.scalars(query.order_by(User.name, User.id).limit(PAGE).offset((page - 1) * PAGE)).all()
    return UserPage(rows, total, _without_password(db, [row.id for row in rows]))


def _without_password(db: Session, keys: Collection[str]) -> frozenset[str]:
    having = set(db.scalars(select(Credential.user_id).where(Credential.user_id.in_(keys))))
    return frozenset(key for key in keys if key not in having)


# --- units -----------------------------------------------------------------------------------------


def create_unit(db: Session, *, actor: Actor, now: datetime, form: UnitForm) -> Unit:
    """Add a unit to the tree.

    Raises:
        Forbidden, Invalid
    """
    require(policy.look_after_accounts(actor))
    _check_unit_name_is_free(db, form.name)
    _check_unit_code_is_free(db, form.code)
    parent = _chosen_unit(db, "parent_id", form.parent_id)
    unit = people.add_unit(
        db,
        name=form.name,
        short_name=form.short_name,
        parent=parent,
        category_key=form.category_key,
        code=form.code,
    )
    record(db, actor=actor, now=now, event=UnitCreated(unit_id=unit.id))
    return unit


def create_units(db: Session, *, actor: Actor, now: datetime, forms: Sequence[tuple[str, UnitForm]]) -> None:
    """Add many units at once, each with the id it shall have; superiors before what hangs below them.

    Raises:
        Forbidden
        Invalid: a name or a code is taken, or a superior is not there.
    """
    require(policy.look_after_accounts(actor))
    there = {unit.id: unit for unit in people.units(db)}
    names = {unit.name for unit in there.values()}
    codes = {unit.code.lower() for unit in there.values() if unit.code}
    made = []
    for key, form in forms:
        if form.name in names:
            raise Invalid([FieldError("name", _("已有同名的单位"))])
        if form.code.lower() in codes:
            raise Invalid([FieldError("code", _("已有单位用这个代码"))])
        if form.parent_id and form.parent_id not in there:
            raise Invalid([FieldError("parent_id", _("请从列出的选项中选择"))])
        unit = people.new_unit(
            key=key,
            name=form.name,
            short_name=form.short_name,
            parent=there.get(form.parent_id),
            category_key=form.category_key,
            code=form.code,
        )
        there[key] = unit
        names.add(form.name)
        codes |= {form.code.lower()} - {""}
        made.append(unit)
    db.add_all(made)
    db.flush()
    record_all(db, actor=actor, now=now, events=[UnitCreated(unit_id=unit.id) for unit in made])


def change_unit(db: Session, *, actor: Actor, now: datetime, unit_id: str, form: UnitForm) -> Unit:
    """Rename a unit or move it, with everything below it.

    Raises:
        NotFound, Forbidden, Invalid
    """
    unit = people.unit(db, unit_id)
    require(policy.look_after_accounts(actor))
    if form.name != unit.name:
        _check_unit_name_is_free(db, form.name)
    if form.code != unit.code:
        _check_unit_code_is_free(db, form.code)
    parent = _chosen_unit(db, "parent_id", form.parent_id)
    if parent is not None and parent.path.startswith(unit.path):
        raise Invalid([FieldError("parent_id", _("单位不能移到自己或自己的下级之下"))])
    unit.name, unit.short_name, unit.code = form.name, form.short_name, form.code
    unit.category_key = form.category_key
    _move(db, unit, parent)
    record(db, actor=actor, now=now, event=UnitChanged(unit_id=unit.id, parent_id=unit.parent_id))
    return unit


def _move(db: Session, unit: Unit, parent: Unit | None) -> None:
    old = unit.path
    new = f"{parent.path if parent else '/'}{unit.id}/"
    below = people.units_below(db, old)
    unit.parent_id = parent.id if parent else None
    for row in below:
        row.path = new + row.path.removeprefix(old)
    db.flush()


def _check_unit_name_is_free(db: Session, name: str) -> None:
    if db.scalar(select(Unit.id).where(Unit.name == name)) is not None:
        raise Invalid([FieldError("name", _("已有同名的单位"))])


def _check_unit_code_is_free(db: Session, code: str) -> None:
    if code and db.scalar(select(Unit.id).where(func.lower(Unit.code) == code.lower())) is not None:
        raise Invalid([FieldError("code", _("已有单位用这个代码"))])


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in the tree with the number of its accounts and of units above it."""

    unit: Unit
    depth: int
    people: int


def unit_tree(db: Session) -> list[UnitNode]:
    """All units, parents before children, siblings by name."""
    counted = db.execute(select(User.unit_id, func.count()).where(User.active).group_by(User.unit_id))
    count = {unit_id: number for unit_id, number in counted}  # noqa: C416  # dict() of rows does not type
    children: dict[str | None, list[Unit]] = {}
    for unit in people.units(db):
        children.setdefault(unit.parent_id, []).append(unit)
    nodes: list[UnitNode] = []
    waiting = [(unit, 0) for unit in sorted(children.get(None, []), key=_name, reverse=True)]
    while waiting:
        unit, depth = waiting.pop()
        nodes.append(UnitNode(unit, depth, count.get(unit.id, 0)))
        below = sorted(children.get(unit.id, []), key=_name, reverse=True)
        waiting += [(child, depth + 1) for child in below]
    return nodes


def _name(unit: Unit) -> str:
    return unit.name


# --- mail ------------------------------------------------------------------------------------------


def outbox(db: Session, *, actor: Actor, before: str = "", limit: int = 50) -> Sequence[mail.OutgoingMail]:
    """Mails that the actor may read, newest first; ids sort by time.

    Raises:
        Forbidden
    """
    require(policy.read_outbox(actor))
    query = (
        select(mail.OutgoingMail).where(_readable(actor)).order_by(mail.OutgoingMail.id.desc()).limit(limit)
    )
    if before:
        query = query.where(mail.OutgoingMail.id < before)
    return db.scalars(query).all()


def letter(db: Session, *, actor: Actor, mail_id: str) -> mail.OutgoingMail:
    """One mail.

    Raises:
        Forbidden
        NotFound: also for one to an account that the actor may not change.
    """
    require(policy.read_outbox(actor))
    found = db.scalar(select(mail.OutgoingMail).where(mail.OutgoingMail.id == mail_id, _readable(actor)))
    if found is None:
        raise NotFound
    return found


def _readable(actor: Actor) -> ColumnElement[bool]:
    """Mails to accounts that the actor may change, and his own: a one-time link in a mail opens the account
    of whoever reads it, and anybody can have one sent to anybody by the form for forgotten passwords.

    Private ones (to who objects to a prize, to who is invited) are for administrators. Who judges while
    he organises reads his own only, until the prizes are announced: others name units and their cases."""
    beyond = [role.value for role in Role if role not in policy.grantable(actor)]
    protected = select(User.email).where(
        User.id != actor.user_id,
        User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role.in_(beyond))),
    )
    open_to = true() if actor.has(Role.ADMINISTRATOR) else mail.OutgoingMail.private.is_(False)
    readable = and_(mail.OutgoingMail.recipient.not_in(protected), open_to, ~is_blind(actor))
    own = select(User.email).where(User.id == actor.user_id)
    return or_(readable, mail.OutgoingMail.recipient.in_(own))
