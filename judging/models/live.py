"""The live review: what is shown on the screen and when, and what the audience says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Key, Name, State

Visitor = String(64)
"""A hash that tells one visitor of one session from another and nothing else."""


class LiveSession(Row):
    """A live review. `shown` is everything the public may see, and nothing else is ever read for it.

    `cursor` is the place of the case on the screen; `version` counts what was shown, so that a watcher knows
    whether he is up to date.
    """

    __tablename__ = "live_session"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"))
    token: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(Name)
    state: Mapped[str] = mapped_column(State)
    stages: Mapped[list[Any]]
    cursor: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    shown: Mapped[dict[str, Any]]
    questions_open: Mapped[bool]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(Key)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class LiveItem(Row):
    """A case of a live review: how much of it is revealed (`stage`), with the figures as they were then."""

    __tablename__ = "live_item"

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_session.id"))
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Name)
    unit_name: Mapped[str] = mapped_column(Name)
    stage: Mapped[int] = mapped_column(default=0)
    figures: Mapped[dict[str, Any]]
    revealed: Mapped[list[Any]]

    __table_args__ = (UniqueConstraint("session_id", "case_id"),)


class LiveQuestion(Row):
    """A question or comment from the audience; shown only after an organiser has let it through."""

    __tablename__ = "live_question"

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_session.id"), index=True)
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"))
    item_id: Mapped[str | None] = mapped_column(Id, ForeignKey("live_item.id"))
    visitor: Mapped[str] = mapped_column(Visitor, index=True)
    name: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(State)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(Key, default="")


class LiveVote(Row):
    """One visitor's vote on one case; it may be changed until the result is shown."""

    __tablename__ = "live_vote"

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_session.id"))
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    item_id: Mapped[str] = mapped_column(Id, ForeignKey("live_item.id"))
    visitor: Mapped[str] = mapped_column(Visitor)
    value: Mapped[int]
    given_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("item_id", "visitor"),)
