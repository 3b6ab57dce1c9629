"""Invitation letters with a one-time link, and answers by it; the words that jurors agree to."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.people import User, actor_of
from foundation.text import _
from foundation.visibility import as_system
from judging.events import InvitationSent, StatementWorded
from judging.models import InvitationLink, JuryStatement
from judging.queries.links import LinkState, by_link
from judging.queries.rounds import round_view
from judging.service.letters import send_invitation
from judging.service.loading import lock_round, member_of_round, open_round
from judging.service.panel import respond_to_invitation
from judging.values import InvitationState
from submissions import queries as submissions

AGAIN_AFTER = timedelta(minutes=5)
"""Somebody with an old link must not fill the juror's mailbox."""
LONGEST_STATEMENT = 4000


def resend_invitation(
    db: Session, *, actor: Actor, now: datetime, round_id: str, user_id: str, address: str
) -> None:
    """Write once more to somebody who has not answered; his earlier links end.

    Raises:
        NotFound, Forbidden, ScoringOver
        Refused: he has answered.
    """
    _row, view = open_round(db, actor, round_id)
    member = member_of_round(db, round_id, user_id)
    if member.state != InvitationState.INVITED.value:
        raise Refused(_("这位评委已经答复，不需要再发邀请。"))
    send_invitation(db, now=now, member=member, view=view, address=address)
    record(db, actor=actor, now=now, event=InvitationSent(member_id=member.id, round_id=round_id))


def renew_link(db: Session, *, now: datetime, token: str, address: str) -> None:
    """Who holds an expired link asks for a new one: it goes to the invited juror's mailbox.

    Raises:
        NotFound
        Refused: the invitation waits for no answer any more, or a letter has just gone.
    """
    state, shown, view = by_link(db, token, now)
    if state not in (LinkState.EXPIRED, LinkState.OPEN):
        raise Refused(_("这个邀请不再等待答复，不需要新的链接。"))
    with as_system(db):
        last = db.scalar(
            select(func.max(InvitationLink.made_at)).where(InvitationLink.member_id == shown.member_id)
        )
        if last is not None and now - last < AGAIN_AFTER:
            raise Refused(_("新的链接刚刚寄出，请先查看邮箱；五分钟后可以再次申请。"))
        row = lock_round(db, view.id)
        member = member_of_round(db, view.id, shown.user_id)
        current = round_view(row, submissions.call(db, row.call_id))
        send_invitation(db, now=now, member=member, view=current, address=address)
        actor = actor_of(people.user(db, shown.user_id))
        record(db, actor=actor, now=now, event=InvitationSent(member_id=member.id, round_id=view.id))


def answer_by_link(
    db: Session,
    *,
    now: datetime,
    token: str,
    accept: bool,
    pledge: bool = False,
    reason: str = "",
    seen: str = "",
) -> User:
    """The invited juror answers by his link, without signing in; the link is used up. Returns him.

    Raises:
        NotFound, ScoringOver, Invalid
        Refused: the link has expired or was used.
    """
    state, shown, _view = by_link(db, token, now)
    if state is not LinkState.OPEN:
        raise Refused(_("这个链接已经失效。请刷新页面，按提示操作。"))
    with as_system(db):
        user = people.user(db, shown.user_id)
        respond_to_invitation(
            db,
            actor=actor_of(user),
            now=now,
            round_id=shown.round_id,
            accept=accept,
            pledge=pledge,
            reason=reason,
            seen=seen,
        )
        mine = InvitationLink.member_id == shown.member_id
        db.execute(update(InvitationLink).where(mine, InvitationLink.used_at.is_(None)).values(used_at=now))
    return user


def word_statement(db: Session, *, actor: Actor, now: datetime, round_id: str, words: str) -> None:
    """Word anew what jurors agree to by accepting. Who accepted before keeps the words he saw.

    Raises:
        NotFound, Forbidden, ScoringOver
        Invalid: empty or too long.
    """
    open_round(db, actor, round_id)
    words = words.strip()
    if not words:
        raise Invalid([FieldError("words", _("请写明评委接受邀请时作出的承诺。"))])
    if len(words) > LONGEST_STATEMENT:
        raise Invalid([FieldError("words", _("不能超过 %(limit)s 个字", limit=LONGEST_STATEMENT))])
    db.add(JuryStatement(id=new_id(), round_id=round_id, words=words, worded_at=now, worded_by=actor.user_id))
    record(db, actor=actor, now=now, event=StatementWorded(round_id=round_id))
