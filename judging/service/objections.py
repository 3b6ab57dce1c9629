"""Objections: taken by name, confirmed by mail where there is no account, answered by the unit."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.actor import ANONYMOUS, Actor, Role
from foundation.display import moment_in_zone
from foundation.errors import Forbidden, Invalid, NotFound, Refused, TooMany
from foundation.ids import new_id
from foundation.journal import record
from foundation.people import normal_email
from foundation.text import _
from foundation.visibility import as_system
from judging import objecting
from judging.events import ObjectionConfirmed, ObjectionRaised, StatementAsked, StatementGiven
from judging.models import NoticeLine, Objection, ObjectionFile, PublicNotice, Statement
from judging.queries.notices import CONFIRM_WITHIN
from judging.queries.objections import (
    objection_view,
    statement_view,
    token_hash,
    unconfirmed_since,
)
from judging.service.loading import organised_round
from judging.service.publishing import lock_notice
from judging.values import LineState, ObjectionState
from judging.views import ObjectionView, StatementView
from submissions import queries as submissions
from submissions.rules.files import file_refusal, place_refusal
from submissions.service import NewFile
from submissions.values import USUAL_FILES, FileRules

FILES_HIGHEST = 10
UNCONFIRMED_HIGHEST = 3
UNCONFIRMED_ALTOGETHER = 100
"""Addresses that wait to be confirmed: beyond this somebody floods the notice and strangers' mailboxes."""
OWN_HIGHEST = 20
"""Objections of one account to one notice."""
EVIDENCE = FileRules(kinds=USUAL_FILES.kinds, number_highest=FILES_HIGHEST, size_highest=20, total_highest=60)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who objects. Of somebody signed in, name and address are those of the account."""

    name: str = ""
    email: str = ""
    workplace: str = ""
    phone: str = ""


def permit_objection(db: Session, *, actor: Actor, now: datetime, notice_id: str, email: str) -> None:
    """Before anything is stored: the notice takes an objection from this address now.

    Raises:
        NotFound, Refused, TooMany
    """
    _refuse_over(_notice(db, notice_id), now)
    with as_system(db):
        sender = Sender(email=normal_email(email))
        _refuse_flood(db, notice_id, sender, now, actor)


def raise_objection(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    notice_id: str,
    line_id: str,
    sender: Sender,
    matter: str,
    files: Sequence[NewFile] = (),
    address: str = "",
) -> ObjectionView:
    """Take an objection by name. Without an account it counts once the address is confirmed by a letter.

    Args:
        address: the site's address of objections; what the letter's link needs is put behind it.

    Raises:
        NotFound
        Invalid: no name, an address nobody can be reached at, no matter.
        Refused: the period is over, the case is not announced any more, too large files.
        TooMany: this address has unconfirmed ones enough.
    """
    with as_system(db):
        notice = lock_notice(db, notice_id)
        view = _refuse_over(notice, now)
        known = _known(db, actor, sender)
        errors = objecting.objection_errors(
            name=known.name, email=known.email, matter=matter, line_id=line_id
        )
        if errors:
            raise Invalid(errors)
        line = _standing_line(db, view, line_id)
        _refuse_flood(db, notice_id, known, now, actor)
        _check_files(files)
        token = "" if actor.signed_in else secrets.token_urlsafe(32)
        row = Objection(
            id=new_id(),
            notice_id=notice.id,
            round_id=notice.round_id,
            line_id=line.id,
            number=_number(db, notice),
            state=(ObjectionState.OPEN if actor.signed_in else ObjectionState.UNCONFIRMED).value,
            received_at=now,
            confirmed_at=now if actor.signed_in else None,
            objector_id=actor.user_id,
            name=known.name,
            workplace=known.workplace[:200],
            phone=known.phone[:60],
            email=known.email,
            confirm_hash=token_hash(token) if token else "",
            matter=matter.strip(),
        )
        db.add(row)
        db.flush()
        _keep_files(db, now, row, files)
        event = ObjectionRaised(objection_id=row.id, notice_id=notice.id, case_id=line.case_id)
        record(db, actor=ANONYMOUS, now=now, event=event)  # who objected is told by the row, to few
        if token:
            _ask_to_confirm(db, now, row, notice, f"{address}link/{token}")
        else:
            _tell_received(db, now, row, address + row.id)
        return objection_view(db, row)


def _notice(db: Session, notice_id: str) -> PublicNotice:
    row = db.scalar(select(PublicNotice).where(PublicNotice.id == notice_id))
    if row is None:
        raise NotFound
    return row


def _refuse_over(notice: PublicNotice, now: datetime) -> PublicNotice:
    if notice.ended_at is not None or now >= notice.ends_at:
        raise Refused(
            _(
                "公示已经期满，不再受理异议。如有新的线索，请按公示里的联系方式告诉组织单位，奖项可以随时撤销。"
            )
        )
    return notice


def _known(db: Session, actor: Actor, sender: Sender) -> Sender:
    if not actor.signed_in:
        return Sender(sender.name, normal_email(sender.email), sender.workplace, sender.phone)
    user = people.user(db, actor.user_id)
    unit = user.unit.name if user.unit else sender.workplace
    return Sender(user.name, user.email, unit, sender.phone)


def _standing_line(db: Session, notice: PublicNotice, line_id: str) -> NoticeLine:
    row = db.scalar(select(NoticeLine).where(NoticeLine.id == line_id, NoticeLine.notice_id == notice.id))
    if row is None:
        raise Refused(_("所选的案例不在这次公示里，请刷新页面后重新选择。"))
    if row.state != LineState.STANDING.value:
        raise Refused(_("这个案例的奖项已经撤销或变更，不需要再提异议。"))
    return row


def _refuse_flood(db: Session, notice_id: str, sender: Sender, now: datetime, actor: Actor) -> None:
    """Who has no account can be stopped by others without one, never who has: what a stranger sends must not
    keep anybody from objecting."""
    made = select(func.count(Objection.id)).where(Objection.notice_id == notice_id)
    if actor.signed_in:
        if (db.scalar(made.where(Objection.objector_id == actor.user_id)) or 0) >= OWN_HIGHEST:
            raise Refused(_("您对这次公示已提出很多异议；如有补充，请按公示里的联系方式告诉组织单位。"))
        return
    since = now - CONFIRM_WITHIN
    waiting = made.where(Objection.state == ObjectionState.UNCONFIRMED.value, Objection.received_at > since)
    if (db.scalar(waiting) or 0) >= UNCONFIRMED_ALTOGETHER:
        raise TooMany(_("异议数量异常，已暂停在线受理；请登录后提出，或按公示里的联系方式提出。"), 3600)
    if unconfirmed_since(db, sender.email, since) >= UNCONFIRMED_HIGHEST:
        raise TooMany(_("这个邮箱有几件异议还没有确认，请先打开信里的链接确认。"), 3600)


def _number(db: Session, notice: PublicNotice) -> str:
    """The receipt number: the call's year and name in addresses, then a count."""
    call = submissions.call(db, notice.call_id)
    made = db.scalar(
        select(func.count(Objection.id))
        .join(PublicNotice, PublicNotice.id == Objection.notice_id)
        .where(PublicNotice.call_id == call.id)
    )
    return f"{call.slug}-Y{(made or 0) + 1:03d}"


def check_number(count: int) -> None:
    """Before they are stored: not too many files.

    Raises:
        Refused
    """
    if count > FILES_HIGHEST:
        raise Refused(_("证据文件最多 %(limit)s 个，请合并或压缩后再上传。", limit=FILES_HIGHEST))


def _check_files(files: Sequence[NewFile]) -> None:
    total = 0
    check_number(len(files))
    for each in files:
        size = each.stored.size
        refusal = file_refusal(EVIDENCE, name=each.name, size=size)
        total += size
        if refusal is None and total > (EVIDENCE.total_highest or 0) * 1_000_000:
            refusal = place_refusal(EVIDENCE, name=each.name, size=total, there=())
        if refusal is not None:
            raise Refused(refusal)


def _keep_files(
    db: Session, now: datetime, row: Objection, files: Sequence[NewFile], statement: Statement | None = None
) -> None:
    for each in files:
        db.add(
            ObjectionFile(
                id=new_id(),
                objection_id=row.id,
                round_id=row.round_id,
                line_id=row.line_id,
                statement_id=statement.id if statement else None,
                unit_id=statement.unit_id if statement else "",
                objector_id="" if statement else row.objector_id,
                name=each.name[-200:],
                media_type=each.media_type,
                size=each.stored.size,
                sha256=each.stored.sha256,
                added_at=now,
            )
        )
    db.flush()


def _ask_to_confirm(db: Session, now: datetime, row: Objection, notice: PublicNotice, link: str) -> None:
    call = submissions.call(db, notice.call_id)
    until = moment_in_zone(now + CONFIRM_WITHIN, call.timezone)
    body = _(
        "%(name)s：\n\n我们收到以您的名义提出的异议，受理编号 %(number)s。请在 %(until)s 前打开下面的链接"
        "确认，确认后异议才生效；以后也用这个链接查看处理情况，请不要转给别人。\n\n%(link)s\n\n"
        "如果不是您提出的，请不要打开，不用做任何事。\n",
        name=row.name,
        number=row.number,
        until=until,
        link=link,
    )
    subject = _("请确认您的异议 %(number)s", number=row.number)
    mail.queue(db, now=now, to=row.email, subject=subject, body=body, private=True)


def _tell_received(db: Session, now: datetime, row: Objection, link: str) -> None:
    body = _(
        "%(name)s：\n\n您的异议已经受理，编号 %(number)s。组织单位会核实，由两人共同裁定，结果写信告诉您；"
        "裁定以前，这次公示的奖项不会生效。您的姓名只有组织单位能看到。\n\n查看处理情况：%(link)s\n",
        name=row.name,
        number=row.number,
        link=link,
    )
    subject = _("异议已受理 %(number)s", number=row.number)
    mail.queue(db, now=now, to=row.email, subject=subject, body=body, private=True)


def confirm_objection(db: Session, *, now: datetime, token: str, address: str = "") -> ObjectionView:
    """The link of the letter was opened and its button pressed: from now on the objection counts.

    Raises:
        NotFound
        Refused: the link is too old.
    """
    with as_system(db):
        row = db.scalar(select(Objection).where(Objection.confirm_hash == token_hash(token)))
        if row is None:
            raise NotFound
        lock_notice(db, row.notice_id)
        db.refresh(row)
        if row.state == ObjectionState.UNCONFIRMED.value:
            if now >= row.received_at + CONFIRM_WITHIN:
                raise Refused(_("确认链接已过期。公示还没有期满的话，请重新提出异议。"))
            row.state = ObjectionState.OPEN.value
            row.confirmed_at = now
            db.flush()
            event = ObjectionConfirmed(objection_id=row.id, notice_id=row.notice_id)
            record(db, actor=ANONYMOUS, now=now, event=event)
            _tell_received(db, now, row, f"{address}link/{token}")
        return objection_view(db, row)


# --- the unit's side --------------------------------------------------------------------------------


def ask_unit(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    objection_id: str,
    matter: str,
    due_on: date | None,
    shown_files: Sequence[str] = (),
    address: str = "",
) -> StatementView:
    """Ask the unit of the case for a statement. It reads `matter` and the files in `shown_files`, not who
    objected.

    Raises:
        NotFound, Forbidden
        Invalid: nothing is asked, the words tell who objected, or the day is past.
        Refused: it was asked before, or the objection is ruled on.
    """
    round_row, view = organised_round(db, actor, round_id)
    row = open_objection(db, round_row.id, objection_id)
    if db.scalar(select(Statement.id).where(Statement.objection_id == row.id)) is not None:
        raise Refused(_("已经请这个单位说明过了。"))
    identity = {"name": row.name, "phone": row.phone, "email": row.email, "workplace": row.workplace}
    today = now.astimezone(ZoneInfo(view.call.timezone)).date()
    shown = [file for file in _files(db, row) if file.id in shown_files]
    errors = [
        *objecting.words_errors("matter", matter, _("请写明需要单位说明的事项")),
        *objecting.identity_errors("matter", matter, identity),
        *objecting.identity_errors("shown", " ".join(file.name for file in shown), identity),
        *objecting.due_errors("due_on", due_on, today),
    ]
    if errors or due_on is None:
        raise Invalid(errors)
    line = db.get_one(NoticeLine, row.line_id)
    asked = Statement(
        id=new_id(),
        objection_id=row.id,
        round_id=row.round_id,
        line_id=line.id,
        unit_id=line.unit_id,
        matter=matter.strip(),
        due_on=due_on,
        asked_at=now,
        asked_by=actor.user_id,
    )
    db.add(asked)
    for file in shown:
        file.unit_id = line.unit_id
    db.flush()
    event = StatementAsked(statement_id=asked.id, objection_id=row.id, unit_id=line.unit_id)
    record(db, actor=actor, now=now, event=event)
    for user in people.users_with(db, Role.SUBMITTER):
        if user.unit_id == line.unit_id:
            body = _(
                "%(name)s：\n\n公示期间，有人对你单位的案例《%(title)s》提出异议。请在 %(due)s 前登录系统，"
                "看清事项，提交书面说明，可以附证明材料。\n\n%(link)s\n",
                name=user.name,
                title=line.title,
                due=due_on.isoformat(),
                link=address + asked.id,
            )
            subject = _("请对异议作出说明：%(title)s", title=line.title)
            mail.queue(db, now=now, to=user.email, subject=subject, body=body, reader=user)
    return statement_view(db, asked)


def _files(db: Session, row: Objection) -> Sequence[ObjectionFile]:
    """What the objector sent."""
    own = (ObjectionFile.objection_id == row.id) & ObjectionFile.statement_id.is_(None)
    return db.scalars(select(ObjectionFile).where(own)).all()


def open_objection(db: Session, round_id: str, objection_id: str) -> Objection:
    """An objection that is not ruled on, its notice locked.

    Raises:
        NotFound: also for who may not see it.
        Refused
    """
    row = db.scalar(select(Objection).where(Objection.id == objection_id, Objection.round_id == round_id))
    if row is None:
        raise NotFound
    lock_notice(db, row.notice_id)
    db.refresh(row)
    if row.state != ObjectionState.OPEN.value:
        raise Refused(_("这件异议已经裁定。"))
    return row


def give_statement(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    statement_id: str,
    words: str,
    files: Sequence[NewFile] = (),
) -> StatementView:
    """The unit's answer, once, until the objection is ruled on.

    Raises:
        NotFound: also for everybody but the unit's submitters.
        Forbidden, Invalid
        Refused: it is given, or the ruling was made.
    """
    row = db.scalar(select(Statement).where(Statement.id == statement_id))
    if row is None:
        raise NotFound
    if not actor.has(Role.SUBMITTER) or actor.unit_id != row.unit_id:
        raise Forbidden(_("只有案例所属单位的申报人可以提交说明。"))
    with as_system(db):  # of the objection only its state and where files are kept matter here
        objection = db.get_one(Objection, row.objection_id)
        lock_notice(db, objection.notice_id)
        db.refresh(objection)
    db.refresh(row)
    if row.given_at is not None:
        raise Refused(_("你单位的说明已经提交，如需补充，请联系组织单位。"))
    if objection.state != ObjectionState.OPEN.value:
        raise Refused(_("这件异议已经裁定，不能再提交说明。"))
    errors = objecting.words_errors("words", words, _("请写明情况"))
    if errors:
        raise Invalid(errors)
    _check_files(files)
    row.words = words.strip()
    row.given_at = now
    row.given_by = actor.user_id
    row.given_by_name = actor.name
    _keep_files(db, now, objection, files, row)
    record(db, actor=actor, now=now, event=StatementGiven(statement_id=row.id, objection_id=objection.id))
    return statement_view(db, row)
