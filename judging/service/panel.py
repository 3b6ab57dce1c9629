"""The jury: invitations, answers, limits, reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import Actor, Role
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.people import User
from foundation.text import _
from foundation.visibility import as_system
from judging.events import InvitationAnswered, JurorInvited, JurorRemoved
from judging.models import Assignment, PanelMember
from judging.queries.links import seen_digest, statement
from judging.queries.rounds import round_view
from judging.service.letters import send_invitation
from judging.service.loading import (
    checked_reason,
    lock_round,
    member_of_round,
    open_round,
    refuse_unless_open,
)
from judging.values import ON_PANEL, AssignmentState, InvitationState
from judging.views import RoundView
from submissions import queries as submissions


def invite_juror(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    user_id: str,
    category_keys: Sequence[str] = (),
    load_limit: int | None = None,
    group_key: str = "",
    address: str = "",
) -> str:
    """Invite a user to the panel; he gets the juror's role and a letter. Returns the invitation's id.

    Args:
        category_keys: categories he reads first; empty: all.
        load_limit: greatest number of cases; None: no limit.
        group_key: his group where the call weighs groups of jurors; "": none yet.
        address: where one-time links lead; "": the letter holds none.

    Raises:
        NotFound, Forbidden, ScoringOver
        Refused: he is on the panel already, inactive, or the one who invites.
        Invalid: an unknown category or a limit below 1.
    """
    _row, view = open_round(db, actor, round_id)
    user = people.user(db, user_id)
    _check_invitable(actor, user)
    _check_terms(view, category_keys, load_limit, group_key)
    member = db.scalar(
        select(PanelMember).where(PanelMember.round_id == round_id, PanelMember.user_id == user_id)
    )
    if member is not None and member.state in [state.value for state in ON_PANEL]:
        raise Refused(_("%(name)s 已在评委名单中。", name=user.name))
    if member is None:
        member = PanelMember(id=new_id(), round_id=round_id, user_id=user_id)
        db.add(member)
    member.state = InvitationState.INVITED.value
    member.category_keys = list(category_keys)
    member.load_limit = load_limit
    member.group_key = group_key
    member.invited_at = now
    member.invited_by = actor.user_id
    member.responded_at = None
    member.decline_reason = ""
    role_given = Role.JUROR not in user.roles
    if role_given:
        people.set_roles(db, user, {*user.roles, Role.JUROR})
    send_invitation(db, now=now, member=member, view=view, address=address)
    event = JurorInvited(member_id=member.id, round_id=round_id, user_id=user_id, role_given=role_given)
    record(db, actor=actor, now=now, event=event)
    return member.id


def _check_invitable(actor: Actor, user: User) -> None:
    if not user.active:
        raise Refused(_("%(name)s 的账号已停用，不能邀请。", name=user.name))
    if user.id == actor.user_id:
        raise Refused(_("管理评审的人不能同时担任评委；请由其他工作人员管理后再邀请您。"))


def _check_terms(
    view: RoundView, category_keys: Sequence[str], load_limit: int | None, group_key: str
) -> None:
    errors = []
    if any(view.call.rules.category(key) is None for key in category_keys):
        errors.append(FieldError("category_keys", _("请从列出的选项中选择")))
    if load_limit is not None and load_limit < 1:
        errors.append(FieldError("load_limit", _("不能小于 %(limit)s", limit=1)))
    if group_key and group_key not in {each.key for each in view.call.rules.judging.jury_groups}:
        errors.append(FieldError("group_key", _("请从列出的选项中选择")))
    if errors:
        raise Invalid(errors)


def respond_to_invitation(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    accept: bool,
    pledge: bool = False,
    reason: str = "",
    seen: str = "",
) -> None:
    """The invited juror accepts, with the statement of confidentiality, or declines with a reason.

    Raises:
        NotFound: there is no such invitation of his.
        ScoringOver
        Refused: it was answered before, or the statement is no longer the one he saw (`seen`, its digest).
        Invalid: the statement was not agreed to, or no reason was given.
    """
    row = lock_round(db, round_id)
    member = _own_invitation(db, actor, round_id)
    view = round_view(row, submissions.call(db, row.call_id))
    refuse_unless_open(view.state)
    if member.state != InvitationState.INVITED.value:
        raise Refused(_("这个邀请已经答复过了。"))
    if accept and not pledge:
        raise Invalid([FieldError("pledge", _("接受邀请前，请先阅读并同意承诺。"))])
    words = statement(db, round_id)
    if accept and seen and seen != seen_digest(words):
        raise Refused(_("承诺的文字刚刚有修改，请重新阅读后再接受。"))
    if accept:
        member.state = InvitationState.ACCEPTED.value
        member.statement = words
    else:
        member.decline_reason = checked_reason(reason, _("请简单写明不能参加的原因。"))
        member.state = InvitationState.DECLINED.value
    member.responded_at = now
    event = InvitationAnswered(
        member_id=member.id, round_id=round_id, accepted=accept, reason=member.decline_reason
    )
    record(db, actor=actor, now=now, event=event)


def _own_invitation(db: Session, actor: Actor, round_id: str) -> PanelMember:
    member = db.scalar(
        select(PanelMember).where(
            PanelMember.round_id == round_id,
            PanelMember.user_id == actor.user_id,
            PanelMember.state != InvitationState.REMOVED.value,
        )
    )
    if member is None or not actor.user_id:
        raise NotFound
    return member


def change_terms(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    user_id: str,
    category_keys: Sequence[str],
    load_limit: int | None,
    group_key: str = "",
) -> None:
    """Change which categories a juror reads first, how many cases at most, and his group.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
    """
    _row, view = open_round(db, actor, round_id)
    member = member_of_round(db, round_id, user_id)
    _check_terms(view, category_keys, load_limit, group_key)
    member.category_keys = list(category_keys)
    member.load_limit = load_limit
    member.group_key = group_key
    event = JurorInvited(member_id=member.id, round_id=round_id, user_id=user_id, role_given=False)
    record(db, actor=actor, now=now, event=event)


def remove_juror(
    db: Session, *, actor: Actor, now: datetime, round_id: str, user_id: str, reason: str
) -> None:
    """Take somebody off the panel. His open reads end; what he handed in stays and counts.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
    """
    open_round(db, actor, round_id)
    member = member_of_round(db, round_id, user_id)
    reason = checked_reason(reason, _("请写明移出评委的理由。"))
    member.state = InvitationState.REMOVED.value
    open_reads = select(Assignment).where(
        Assignment.round_id == round_id,
        Assignment.juror_id == user_id,
        Assignment.state == AssignmentState.OPEN.value,
    )
    with as_system(db):  # also of cases that the actor keeps out of
        reads = db.scalars(open_reads).all()
    for read in reads:
        read.state = AssignmentState.REMOVED.value
        read.ended_at = now
        read.end_reason = reason
    event = JurorRemoved(member_id=member.id, round_id=round_id, reason=reason)
    record(db, actor=actor, now=now, event=event)
