"""The register of jurors, invitations by one-time link, and the words that jurors agree to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, Row
from judging.models.columns import Key, Name, Reason


class JurorProfile(Base):
    """What is known of somebody who may be asked to judge; he can change it himself.

    `topics` are words for what he knows; `load_limit` is how many cases he usually takes, None: no limit.
    """

    __tablename__ = "juror_profile"

    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), primary_key=True)
    topics: Mapped[list[Any]]
    organisation: Mapped[str] = mapped_column(Name, default="")
    region: Mapped[str] = mapped_column(Name, default="")
    language: Mapped[str] = mapped_column(Name, default="")
    load_limit: Mapped[int | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(Key)


class JurorRemark(Base):
    """What organisers note of a juror among themselves; he never sees it."""

    __tablename__ = "juror_remark"

    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), primary_key=True)
    words: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(Key)


class JurorInterest(Row):
    """A unit that a juror has to do with, beside his own: he reads none of its cases."""

    __tablename__ = "juror_interest"

    user_id: Mapped[str] = mapped_column(Id, ForeignKey("user.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    reason: Mapped[str] = mapped_column(Reason)
    declared_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class InvitationLink(Row):
    """A mailed link that answers one invitation once; the table holds the token's SHA-256."""

    __tablename__ = "invitation_link"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    member_id: Mapped[str] = mapped_column(Id, ForeignKey("panel_member.id"), index=True)
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class JuryStatement(Row):
    """What jurors of a round agree to, as the organiser worded it; the newest counts."""

    __tablename__ = "jury_statement"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    worded_at: Mapped[datetime]
    worded_by: Mapped[str] = mapped_column(Key)
