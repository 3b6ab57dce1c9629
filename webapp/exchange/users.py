"""Users from a table: what each row would do to the accounts, and doing it. A user is known by e-mail."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor, Role
from foundation.people import User, normal_email
from foundation.text import _
from webapp.accounts import directory, policy
from webapp.accounts.forms import UserForm
from webapp.exchange.heads import doubles, missing, plain_head, too_long
from webapp.exchange.units import Tree
from webapp.exchange.values import Column, Deed, Detail, Row, RowError, RowReport

NAME = Column("name", _("姓名"), _("必填"), "示例：李秀英", True, ("名字", "full name"))
EMAIL = Column(
    "email", _("邮箱"), _("必填，登录名；用它认出已有的账号"), "lixiuying@example.org", True,
    ("电子邮箱", "邮件", "电子邮件", "e-mail", "mail", "email address"),
)  # fmt: skip
UNIT = Column(
    "unit", _("单位"), _("单位的全称、简称或代码；不属于任何单位的留空"), "青溪镇上河村党支部",
    also=("单位名称", "单位代码", "所在单位", "unit name"),
)  # fmt: skip
ROLES = Column(
    "roles", _("角色"),
    _("申报人、推荐人、组织者、评委、培训教师、编辑、系统管理员；几个角色用顿号隔开"),
    "申报人", also=("role",),
)  # fmt: skip
LANGUAGE = Column(
    "language", _("语言"), _("选填：中文或 English；系统发给他的邮件用这种语言"), "中文", also=("界面语言",)
)
COLUMNS = (NAME, EMAIL, UNIT, ROLES, LANGUAGE)

_ROLES: Mapping[str, Role] = {
    plain_head(name): role
    for role, names in {
        Role.SUBMITTER: ("submitter", "申报人", "支部", "支部（申报）", "申报"),
        Role.RECOMMENDER: ("recommender", "推荐人", "上级单位", "上级单位（推荐）", "推荐"),
        Role.ORGANISER: ("organiser", "organizer", "组织者", "组织单位"),
        Role.JUROR: ("juror", "评委", "评审专家", "专家"),
        Role.TRAINER: ("trainer", "培训教师", "教师"),
        Role.EDITOR: ("editor", "编辑"),
        Role.ADMINISTRATOR: ("administrator", "系统管理员", "管理员", "admin"),
    }.items()
    for name in names
}
ROLE_NAMES: Mapping[Role, str] = {
    Role.SUBMITTER: "申报人",
    Role.RECOMMENDER: "推荐人",
    Role.ORGANISER: "组织者",
    Role.JUROR: "评委",
    Role.TRAINER: "培训教师",
    Role.EDITOR: "编辑",
    Role.ADMINISTRATOR: "系统管理员",
}
"""As the file says them, whatever the reader's language: what was exported is imported again."""
_LANGUAGES = {"": "", "zh": "zh", "中文": "zh", "chinese": "zh", "en": "en", "english": "en", "英文": "en"}
LANGUAGE_NAMES = {"": "", "zh": "中文", "en": "English"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_BETWEEN = re.compile(r"[、,，;；|/\n]+|\s+")


@dataclass(frozen=True, slots=True)
class UserStep:
    """One account as it shall be; `user_id` "" where it is to be opened."""

    line: int
    user_id: str
    name: str
    email: str
    unit_id: str
    roles: frozenset[Role]
    language: str


@dataclass(frozen=True, slots=True)
class Plan:
    steps: tuple[UserStep, ...]
    rows: tuple[RowReport, ...]
    errors: tuple[RowError, ...]


def plan(rows: Sequence[Row], tree: Tree, users: Mapping[str, User], actor: Actor) -> Plan:
    """What the rows would do; `users` by e-mail."""
    errors = [*missing(rows, COLUMNS), *too_long(rows, ((NAME, 100), (EMAIL, 254))), *doubles(rows, EMAIL)]
    steps = []
    for row in rows:
        known = users.get(normal_email(row.get("email")))
        step, wrong = _step(row, tree, known)
        errors += wrong or _denied(step, row, tree, known, actor)
        steps.append(step)
    bad = {each.line for each in errors}
    reports = [_report(step, tree, users.get(step.email)) for step in steps if step.line not in bad]
    doing = {report.line for report in reports if report.deed in (Deed.CREATE, Deed.CHANGE)}
    return Plan(
        tuple(step for step in steps if step.line in doing),
        tuple(reports),
        tuple(sorted(errors, key=lambda each: each.line)),
    )


def _step(row: Row, tree: Tree, known: User | None) -> tuple[UserStep, list[RowError]]:
    errors: list[RowError] = []
    email = normal_email(row.get("email"))
    if email and not _EMAIL.fullmatch(email):
        errors.append(
            RowError(row.line, EMAIL.name, email, _("不是邮箱地址，应像 lixiuying@example.org 这样"))
        )
    unit_id = (known.unit_id or "") if known and not row.has("unit") else ""
    if written := row.get("unit"):
        unit = tree.find(written)
        unit_id = unit.id if unit else ""
        if unit is None:
            message = _("系统中没有这个单位，请检查名称，或先导入单位。")
            errors.append(RowError(row.line, UNIT.name, written, message))
    roles, wrong = _roles(row, known)
    errors += wrong
    language = _LANGUAGES.get(plain_head(row.get("language")))
    if language is None:
        errors.append(RowError(row.line, LANGUAGE.name, row.get("language"), _("请填“中文”或“English”")))
    if not row.get("language"):
        language = known.language if known else ""
    return UserStep(
        row.line, known.id if known else "", row.get("name"), email, unit_id, roles, language or ""
    ), errors


def _denied(step: UserStep, row: Row, tree: Tree, known: User | None, actor: Actor) -> list[RowError]:
    """What the actor may not do; a row that changes nothing may be there."""
    if _report(step, tree, known).deed is Deed.UNCHANGED:
        return []
    denied = policy.change_user(actor, step.roles | (known.roles if known else frozenset()))
    return [RowError(step.line, ROLES.name, row.get("roles"), denied.reason)] if denied else []


def _roles(row: Row, known: User | None) -> tuple[frozenset[Role], list[RowError]]:
    written = row.get("roles")
    if not written:
        if known is not None:
            return known.roles, []
        return frozenset(), [RowError(row.line, ROLES.name, "", _("新账号至少需要一个角色，例如“申报人”"))]
    found: set[Role] = set()
    errors = []
    for name in filter(None, _BETWEEN.split(written)):
        role = _ROLES.get(plain_head(name))
        if role is None:
            message = _("没有“%(name)s”这个角色。%(hint)s", name=name, hint=ROLES.hint)
            errors.append(RowError(row.line, ROLES.name, written, message))
        else:
            found.add(role)
    return frozenset(found), errors


def _report(step: UserStep, tree: Tree, known: User | None) -> RowReport:
    label = f"{step.name} {step.email}"
    if known is None:
        return RowReport(step.line, Deed.CREATE, label)
    pairs = (
        (NAME.name, known.name, step.name),
        (UNIT.name, _unit_name(tree, known.unit_id or ""), _unit_name(tree, step.unit_id)),
        (ROLES.name, role_names(known.roles), role_names(step.roles)),
        (LANGUAGE.name, LANGUAGE_NAMES.get(known.language, ""), LANGUAGE_NAMES.get(step.language, "")),
    )
    details = tuple(Detail(name, old, new) for name, old, new in pairs if old != new)
    notes = () if known.active else (_("这个账号已停用，导入不会启用它。"),)
    return RowReport(step.line, Deed.CHANGE if details else Deed.UNCHANGED, label, details, notes)


def _unit_name(tree: Tree, unit_id: str) -> str:
    unit = tree.by_id.get(unit_id)
    return unit.name if unit else ""


def role_names(roles: frozenset[Role]) -> str:
    return "、".join(ROLE_NAMES[role] for role in Role if role in roles)


def users_now(db: Session) -> dict[str, User]:
    """All accounts by e-mail."""
    return {user.email: user for user in db.scalars(select(User)).unique()}


def apply(
    db: Session, *, actor: Actor, now: datetime, steps: Sequence[UserStep], site_name: str, address: str
) -> None:
    """Carry out the steps; new users are invited if there is an `address` of the page that sets passwords.

    Raises:
        Forbidden, Invalid, Refused, NotFound
    """
    for step in steps:
        if step.user_id:
            form = _form(step)
            user = directory.change_user(db, actor=actor, now=now, user_id=step.user_id, form=form)
            user.language = step.language
    new = [step for step in steps if not step.user_id]
    created = directory.create_users(db, actor=actor, now=now, forms=[_form(step) for step in new])
    for step, user in zip(new, created, strict=True):
        user.language = step.language
        if address:
            directory.mail_link(db, now=now, user=user, site_name=site_name, address=address)


def _form(step: UserStep) -> UserForm:
    return UserForm(name=step.name, email=step.email, unit_id=step.unit_id, roles=sorted(step.roles))
