"""The letter that invites a juror, with a one-time link."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.display import moment_in_zone
from foundation.ids import new_id
from foundation.people import User
from foundation.text import Text, _
from judging.models import InvitationLink, PanelMember
from judging.queries.links import token_digest
from judging.views import RoundView

LINK_LIFE = timedelta(days=14)


def send_invitation(
    db: Session, *, now: datetime, member: PanelMember, view: RoundView, address: str
) -> None:
    """Mail the juror a link that answers this invitation; earlier links of it end. The caller permitted.

    `address` is the site's address of the page; the token is put behind it. Without one the letter leads to
    the sign-in.
    """
    user = people.user(db, member.user_id)
    link = address + _new_link(db, now, member) if address else ""
    mail.queue(
        db,
        now=now,
        to=user.email,
        subject=_("邀请您担任评委：%(call)s", call=view.call.title),
        body=_letter(view, user, link, now + LINK_LIFE),
        reader=user,
        private=bool(link),  # whoever reads it could answer for the juror
    )


def _new_link(db: Session, now: datetime, member: PanelMember) -> str:
    unused = (InvitationLink.member_id == member.id) & InvitationLink.used_at.is_(None)
    db.flush()
    db.execute(update(InvitationLink).where(unused).values(used_at=now))
    token = secrets.token_urlsafe(32)
    db.add(
        InvitationLink(
            id=new_id(),
            token_hash=token_digest(token),
            member_id=member.id,
            round_id=member.round_id,
            made_at=now,
            expires_at=now + LINK_LIFE,
        )
    )
    return token


def _letter(view: RoundView, user: User, link: str, until: datetime) -> Text:
    if not link:
        return _(
            "%(name)s：\n\n邀请您担任《%(call)s》的评委。请登录系统，在“评审”页面接受或谢绝邀请。",
            name=user.name,
            call=view.call.title,
        )
    return _(
        "%(name)s：\n\n邀请您担任《%(call)s》的评委。请打开下面的链接，查看评审安排和承诺，接受或谢绝邀请；"
        "还没有登录密码也可以答复。链接在 %(until)s 前有效，只能使用一次。\n\n%(link)s\n\n"
        "链接失效时，打开它可以申请新的链接。\n",
        name=user.name,
        call=view.call.title,
        link=link,
        until=moment_in_zone(until, view.call.timezone),
    )
