"""Invitations by one-time link, and the words that jurors agree to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from foundation.people import User
from foundation.text import _
from foundation.visibility import as_system
from judging.models import InvitationLink, JuryStatement, PanelMember, RoundCase
from judging.queries.rounds import round_by_id
from judging.values import InvitationState, RoundState
from judging.views import RoundView
from judging.views.jury import OpenInvitation

STATEMENT = _(
    "我承诺独立、公正评审，不与申报单位私下接触，不泄露案例内容、评分和评审过程；与案例有利害关系时主动回避。"
)
"""What a juror agrees to where the organiser has not worded it otherwise."""


class LinkState(StrEnum):
    """What a one-time link is good for now."""

    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REMOVED = "removed"
    OVER = "over"


def statement(db: Session, round_id: str) -> str:
    """What jurors of this round agree to by accepting, in the organiser's words."""
    words = db.scalar(
        select(JuryStatement.words)
        .where(JuryStatement.round_id == round_id)
        .order_by(JuryStatement.worded_at.desc(), JuryStatement.id.desc())
        .limit(1)
    )
    return words or str(STATEMENT)


def statements(db: Session, round_ids: Iterable[str]) -> dict[str, str]:
    """The same for several rounds."""
    return {round_id: statement(db, round_id) for round_id in round_ids}


def seen_digest(words: str) -> str:
    """What a form carries of the words that were shown, to notice when they change meanwhile."""
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def by_link(db: Session, token: str, now: datetime) -> tuple[LinkState, OpenInvitation, RoundView]:
    """What the link in an invitation letter leads to, whoever holds it.

    Raises:
        NotFound: there is no such link.
    """
    with as_system(db):
        link = db.scalar(select(InvitationLink).where(InvitationLink.token_hash == token_digest(token)))
        member = db.get(PanelMember, link.member_id) if link is not None else None
        user = db.get(User, member.user_id) if member is not None else None
        if link is None or member is None or user is None:
            raise NotFound
        view = round_by_id(db, member.round_id)
        standing = (RoundCase.round_id == view.id) & RoundCase.withdrawn_at.is_(None)
        cases = db.scalar(select(func.count(RoundCase.id)).where(standing)) or 0
        shown = OpenInvitation(
            member_id=member.id,
            round_id=view.id,
            user_id=user.id,
            name=user.name,
            email=user.email,
            expires_at=link.expires_at,
            cases=cases,
            statement=statement(db, view.id),
        )
    return _state(link, member, view, now), shown, view


def _state(link: InvitationLink, member: PanelMember, view: RoundView, now: datetime) -> LinkState:
    match InvitationState(member.state):
        case InvitationState.ACCEPTED:
            return LinkState.ACCEPTED
        case InvitationState.DECLINED:
            return LinkState.DECLINED
        case InvitationState.REMOVED:
            return LinkState.REMOVED
        case InvitationState.INVITED:
            if view.state is not RoundState.OPEN:
                return LinkState.OVER
            return LinkState.EXPIRED if link.used_at or link.expires_at <= now else LinkState.OPEN
