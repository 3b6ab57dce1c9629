"""Writing together: who is at the working copy, and co-authors from other units."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.actor import Actor, Role
from foundation.errors import FieldError, Invalid, NotFound
from foundation.ids import new_id
from foundation.journal import record
from foundation.people import User, actor_of
from foundation.permission import require
from foundation.text import Text, _
from submissions import policy, queries
from submissions.events import CoAuthorInvited, CoAuthorRemoved
from submissions.models import CoAuthor, Presence
from submissions.service.loading import Loaded, load_case, lock_case
from submissions.service.opening import permit_edit
from submissions.values import PRESENT_FOR, CoAuthorView

COAUTHORS_HIGHEST = 10
_FRESH = timedelta(seconds=20)
"""A presence is written again only when it is older: half of the reports then write nothing."""


def note_presence(db: Session, *, actor: Actor, now: datetime, case_id: str) -> None:
    """Note that the actor has the working copy open.

    Raises:
        NotFound, Forbidden
    """
    loaded = load_case(db, case_id)
    permit_edit(db, actor, loaded)
    mine = (Presence.case_id == case_id, Presence.user_id == actor.user_id)
    known = db.scalar(select(Presence).where(*mine))
    if known is not None and known.seen_at > now - _FRESH:
        return
    if known is not None:
        since = known.since if known.seen_at > now - PRESENT_FOR else now
        db.execute(update(Presence).where(*mine).values(seen_at=now, since=since, name=actor.name))
        return
    db.execute(delete(Presence).where(Presence.case_id == case_id, Presence.seen_at <= now - PRESENT_FOR))
    row = {
        "case_id": case_id,
        "user_id": actor.user_id,
        "unit_id": loaded.row.unit_id,
        "name": actor.name,
        "since": now,
        "seen_at": now,
    }
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    db.execute(insert(Presence).values(row).on_conflict_do_nothing())


def invite_coauthor(db: Session, *, actor: Actor, now: datetime, case_id: str, email: str) -> CoAuthorView:
    """Let somebody of another unit write in this case, and in no other; handing in stays with the unit.

    Inviting somebody again changes nothing.

    Raises:
        NotFound, Forbidden
        Invalid: no account that can be invited has this address, or there are too many co-authors.
    """
    loaded = load_case(db, case_id)
    require(policy.may_write(actor, unit_id=loaded.row.unit_id))
    loaded = lock_case(db, loaded)
    invited = people.user_by_email(db, email)
    refusal = _why_not(db, loaded, invited)
    if invited is None or refusal is not None:
        raise Invalid([FieldError("email", refusal or _unknown())])
    if db.scalar(_row(case_id, invited.id)) is None:
        row = CoAuthor(
            id=new_id(),
            case_id=case_id,
            unit_id=loaded.row.unit_id,
            user_id=invited.id,
            invited_at=now,
            invited_by=actor.user_id,
        )
        db.add(row)
        db.flush()
        event = CoAuthorInvited(case_id=case_id, call_id=loaded.row.call_id, user_id=invited.id)
        record(db, actor=actor, now=now, event=event)
        _tell(db, actor, now, loaded, invited)
    return next(each for each in queries.coauthors(db, case_id) if each.user_id == invited.id)


def remove_coauthor(db: Session, *, actor: Actor, now: datetime, case_id: str, user_id: str) -> None:
    """Take the invitation back; a co-author can also leave.

    Raises:
        NotFound: also when there is no such co-author.
        Forbidden
    """
    loaded = load_case(db, case_id)
    if user_id != actor.user_id:
        require(policy.may_write(actor, unit_id=loaded.row.unit_id))
    row = db.scalar(_row(case_id, user_id))
    if row is None:
        raise NotFound
    db.execute(delete(Presence).where(Presence.case_id == case_id, Presence.user_id == user_id))
    db.delete(row)
    event = CoAuthorRemoved(case_id=case_id, call_id=loaded.row.call_id, user_id=user_id)
    record(db, actor=actor, now=now, event=event)
    db.flush()


def _why_not(db: Session, loaded: Loaded, invited: User | None) -> Text | None:
    """Why this account cannot be invited; the same sentence whether there is none or it has another task, so
    that nobody learns who is a juror."""
    if invited is None or not invited.active:
        return _unknown()
    roles = actor_of(invited).roles
    if Role.SUBMITTER not in roles or Role.JUROR in roles or invited.unit_id is None:
        return _unknown()
    if invited.unit_id == loaded.row.unit_id:
        return _("%(name)s 是本单位的申报人，不用邀请就可以编辑这份草稿。", name=invited.name)
    count = db.scalar(select(func.count(CoAuthor.id)).where(CoAuthor.case_id == loaded.row.id)) or 0
    if count >= COAUTHORS_HIGHEST and db.scalar(_row(loaded.row.id, invited.id)) is None:
        return _("共同作者最多 %(limit)s 位，请先移除不再参与的。", limit=COAUTHORS_HIGHEST)
    return None


def _unknown() -> Text:
    return _("没有找到使用这个邮箱的申报人账号。请核对邮箱，或请对方先开通申报人账号。")


def _row(case_id: str, user_id: str) -> Select[CoAuthor]:
    return select(CoAuthor).where(CoAuthor.case_id == case_id, CoAuthor.user_id == user_id)


def _tell(db: Session, actor: Actor, now: datetime, loaded: Loaded, invited: User) -> None:
    mail.queue(
        db,
        now=now,
        to=invited.email,
        subject=_("%(name)s 邀请您共同撰写一份案例", name=actor.name),
        body=_(
            "%(unit)s的%(name)s邀请您共同撰写案例“%(title)s”（%(call)s）。\n\n"
            "登录后，在“我的申报”的“受邀参与”中可以看到它。您可以编辑草稿、上传照片和附件；提交由该单位完成。",
            unit=loaded.unit.name,
            name=actor.name,
            title=queries.draft(db, loaded.row.id).text.title or _("（还没有标题）"),
            call=loaded.call.title,
        ),
    )
