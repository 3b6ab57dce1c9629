"""The unit of a case names people whom it would not have judge it, with a reason; until judging begins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from submissions import policy
from submissions.events import PersonNamed
from submissions.models import PersonToAvoid
from submissions.queries.avoiding import people_to_avoid
from submissions.service.loading import load_case

HIGHEST = 5
LONGEST_NAME = 60
LONGEST_REASON = 1000


def name_person(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    name: str,
    reason: str,
    organisation: str = "",
    begun: bool,
) -> str:
    """Name somebody. `begun`: whether judging of the call has begun. Returns the entry's id.

    Raises:
        NotFound, Forbidden
        Refused: judging has begun, or there are as many names as may be.
        Invalid: no name, no reason, too long, or named already.
    """
    loaded = load_case(db, case_id)
    require(policy.may_write(actor, unit_id=loaded.row.unit_id))
    _refuse_begun(begun)
    there = people_to_avoid(db, case_id)
    name, reason, organisation = name.strip(), reason.strip(), organisation.strip()
    errors = _errors(name, reason, organisation)
    if name in {each.name for each in there}:
        errors.append(FieldError("name", _("已经写过这个人。")))
    if errors:
        raise Invalid(errors)
    if len(there) >= HIGHEST:
        raise Refused(_("最多写 %(limit)s 个人。", limit=HIGHEST))
    row = PersonToAvoid(
        id=new_id(),
        case_id=case_id,
        unit_id=loaded.row.unit_id,
        name=name,
        organisation=organisation,
        reason=reason,
        named_at=now,
        named_by=actor.user_id,
        named_by_name=actor.name,
    )
    db.add(row)
    event = PersonNamed(person_id=row.id, case_id=case_id, call_id=loaded.row.call_id, withdrawn=False)
    record(db, actor=actor, now=now, event=event)
    return row.id


def _refuse_begun(begun: bool) -> None:
    if begun:
        raise Refused(_("评审已经开始，名单不能再改。如有新的情况，请联系组织单位。"))


def _errors(name: str, reason: str, organisation: str) -> list[FieldError]:
    errors = []
    if len(name) < 2 or len(name) > LONGEST_NAME:
        errors.append(FieldError("name", _("请填写姓名，2 到 %(limit)s 个字。", limit=LONGEST_NAME)))
    if len(organisation) > 200:
        errors.append(FieldError("organisation", _("不能超过 %(limit)s 个字", limit=200)))
    if not reason:
        errors.append(FieldError("reason", _("请写明希望他回避的理由。")))
    if len(reason) > LONGEST_REASON:
        errors.append(FieldError("reason", _("不能超过 %(limit)s 个字", limit=LONGEST_REASON)))
    return errors


def withdraw_person(
    db: Session, *, actor: Actor, now: datetime, case_id: str, person_id: str, begun: bool
) -> None:
    """Take a name back.

    Raises:
        NotFound, Forbidden
        Refused: judging has begun.
    """
    loaded = load_case(db, case_id)
    require(policy.may_write(actor, unit_id=loaded.row.unit_id))
    _refuse_begun(begun)
    row = db.scalar(
        select(PersonToAvoid).where(
            PersonToAvoid.id == person_id,
            PersonToAvoid.case_id == case_id,
            PersonToAvoid.withdrawn_at.is_(None),
        )
    )
    if row is None:
        raise NotFound
    row.withdrawn_at = now
    event = PersonNamed(person_id=row.id, case_id=case_id, call_id=loaded.row.call_id, withdrawn=True)
    record(db, actor=actor, now=now, event=event)
