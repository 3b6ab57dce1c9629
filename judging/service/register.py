"""The register of jurors: kept by organisers, each line also by its juror; a whole list at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import Actor, Role
from foundation.errors import FieldError, Invalid, NotFound
from foundation.ids import new_id
from foundation.journal import record
from foundation.people import Unit, User
from foundation.permission import require
from foundation.text import Text, _
from judging import policy
from judging.events import InterestDeclared, JurorProfileChanged, JurorRegistered
from judging.models import JurorInterest, JurorProfile, JurorRemark
from judging.service.loading import checked_reason

TOPICS_HIGHEST = 30
TOPIC_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a juror; `load_limit` None: no limit."""

    topics: tuple[str, ...] = ()
    organisation: str = ""
    region: str = ""
    language: str = ""
    load_limit: int | None = None


@dataclass(frozen=True, slots=True)
class NewJuror:
    """A line of a list: who, and what is known of him. `unit_name` "" is no unit."""

    line: int
    name: str
    email: str
    unit_name: str
    profile: Profile
    remarks: str = ""


def topics_of(typed: str) -> tuple[str, ...]:
    """Words as people list them: by comma, semicolon, 、 or line; each once."""
    for mark in "，,；;、\t":
        typed = typed.replace(mark, "\n")
    return tuple(dict.fromkeys(each.strip() for each in typed.splitlines() if each.strip()))


def profile_errors(profile: Profile) -> list[FieldError]:
    """What cannot be kept of a profile."""
    errors = []
    if len(profile.topics) > TOPICS_HIGHEST:
        errors.append(FieldError("topics", _("最多填写 %(limit)s 个专长", limit=TOPICS_HIGHEST)))
    if any(len(each) > TOPIC_LONGEST for each in profile.topics):
        errors.append(FieldError("topics", _("每个专长不能超过 %(limit)s 个字", limit=TOPIC_LONGEST)))
    if profile.load_limit is not None and profile.load_limit < 1:
        errors.append(FieldError("load_limit", _("不能小于 %(limit)s", limit=1)))
    return errors


def change_profile(
    db: Session, *, actor: Actor, now: datetime, user_id: str, profile: Profile, remarks: str | None = None
) -> None:
    """Change a juror's line: the juror his own, an organiser anybody's, with `remarks` of others only.

    Raises:
        NotFound, Forbidden, Invalid
    """
    user = people.user(db, user_id)
    require(policy.may_change_profile(actor, user_id=user.id))
    if Role.JUROR not in user.roles:
        raise NotFound
    errors = profile_errors(profile)
    if errors:
        raise Invalid(errors)
    _write(db, actor, now, user.id, profile)
    if remarks is not None:
        require(policy.may_note_of(actor, user_id=user.id))
        _note(db, actor, now, user.id, remarks)
    record(db, actor=actor, now=now, event=JurorProfileChanged(user_id=user.id))


def _write(db: Session, actor: Actor, now: datetime, user_id: str, profile: Profile) -> None:
    row = db.scalar(select(JurorProfile).where(JurorProfile.user_id == user_id))
    if row is None:
        row = JurorProfile(user_id=user_id)
        db.add(row)
    row.topics = list(profile.topics)
    row.organisation, row.region = profile.organisation, profile.region
    row.language, row.load_limit = profile.language, profile.load_limit
    row.changed_at, row.changed_by = now, actor.user_id
    db.flush()


def _note(db: Session, actor: Actor, now: datetime, user_id: str, words: str) -> None:
    row = db.scalar(select(JurorRemark).where(JurorRemark.user_id == user_id))
    if row is None:
        row = JurorRemark(user_id=user_id)
        db.add(row)
    row.words, row.changed_at, row.changed_by = words.strip(), now, actor.user_id
    db.flush()


def register_jurors(
    db: Session, *, actor: Actor, now: datetime, jurors: Sequence[NewJuror]
) -> tuple[int, int]:
    """Put people into the register, all or none. Who has no account gets one without a password: the
    invitation's link leads to choosing it. Returns how many accounts were opened and how many were there.

    Raises:
        Forbidden
        Invalid: naming every line that cannot be taken.
    """
    require(policy.may_keep_register(actor))
    units = {unit.name: unit for unit in people.units(db)}
    errors = _list_errors(db, jurors, units)
    if errors:
        raise Invalid([FieldError("file", error) for error in errors])
    opened = 0
    for each in jurors:
        user = people.user_by_email(db, each.email)
        created = user is None
        if user is None:
            unit = units.get(each.unit_name)
            user = people.add_user(
                db, now=now, email=each.email, name=each.name, roles=[Role.JUROR], unit=unit
            )
        elif Role.JUROR not in user.roles:
            people.set_roles(db, user, {*user.roles, Role.JUROR})
        opened += created
        _write(db, actor, now, user.id, each.profile)
        if each.remarks and user.id != actor.user_id:
            _note(db, actor, now, user.id, each.remarks)
        record(db, actor=actor, now=now, event=JurorRegistered(user_id=user.id, created=created))
    return opened, len(jurors) - opened


def _list_errors(db: Session, jurors: Sequence[NewJuror], units: dict[str, Unit]) -> list[Text]:
    found: list[Text] = []
    seen: dict[str, int] = {}
    for each in jurors:
        email = people.normal_email(each.email)
        found += [
            _("第 %(line)s 行：%(reason)s", line=each.line, reason=reason)
            for reason in _line_errors(each, people.user_by_email(db, email), units, seen.get(email))
        ]
        seen.setdefault(email, each.line)
    if not jurors:
        found.append(_("文件里没有评委。第一行是列名，以下每行一位评委。"))
    return found


def _line_errors(each: NewJuror, user: User | None, units: dict[str, Unit], before: int | None) -> list[Text]:
    name, _at, host = each.email.partition("@")
    errors = [error.message for error in profile_errors(each.profile)]
    if not each.name:
        errors.append(_("没有姓名"))
    if not (name and "." in host) or " " in each.email:
        errors.append(_("邮箱“%(email)s”不正确", email=each.email))
    if before is not None:
        errors.append(_("邮箱与第 %(line)s 行重复", line=before))
    if each.unit_name and each.unit_name not in units:
        errors.append(_("没有名为“%(unit)s”的单位；外单位请填在“工作单位”列", unit=each.unit_name))
    if user is not None and user.name != each.name:
        errors.append(_("邮箱属于“%(name)s”，与姓名不符", name=user.name))
    if user is not None and not user.active:
        errors.append(_("这个账号已停用，请先启用"))
    return errors


def declare_interest(db: Session, *, actor: Actor, now: datetime, unit_id: str, reason: str) -> str:
    """A juror says that he has to do with a unit: he gets none of its cases, nor of the units under it.

    Raises:
        Forbidden
        Invalid: no such unit, or no reason.
    """
    require(policy.may_have_profile(actor))
    unit = db.get(Unit, unit_id) if unit_id else None
    if unit is None:
        raise Invalid([FieldError("unit_id", _("请从列出的选项中选择"))])
    reason = checked_reason(reason, _("请写明与这个单位的关系。"))
    row = JurorInterest(id=new_id(), user_id=actor.user_id, unit_id=unit.id, reason=reason, declared_at=now)
    db.add(row)
    event = InterestDeclared(interest_id=row.id, user_id=actor.user_id, unit_id=unit.id, withdrawn=False)
    record(db, actor=actor, now=now, event=event)
    return row.id


def withdraw_interest(db: Session, *, actor: Actor, now: datetime, interest_id: str) -> None:
    """The juror has nothing to do with the unit any more.

    Raises:
        NotFound, Forbidden
    """
    require(policy.may_have_profile(actor))
    row = db.scalar(
        select(JurorInterest).where(
            JurorInterest.id == interest_id,
            JurorInterest.user_id == actor.user_id,
            JurorInterest.withdrawn_at.is_(None),
        )
    )
    if row is None:
        raise NotFound
    row.withdrawn_at = now
    event = InterestDeclared(interest_id=row.id, user_id=actor.user_id, unit_id=row.unit_id, withdrawn=True)
    record(db, actor=actor, now=now, event=event)
