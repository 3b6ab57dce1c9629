"""The tables of teaching packs; private to the room.

A pack is a row and its history: each save that changed something is a version of its own, never written again
but for its name. Others see the version that was shared, whatever the owner has written since.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row

_Person = String(40)
_Name = String(200)
_State = String(20)
_Key = String(40)


class Pack(Row):
    """`revision` is the newest version. `link_key` opens the pack where it is shared by link, `handout_key`
    the participants' hand-out; None while there is no such address."""

    __tablename__ = "pack"

    owner_id: Mapped[str] = mapped_column(_Person, index=True)
    owner_name: Mapped[str] = mapped_column(_Name)
    sharing: Mapped[str] = mapped_column(_State)
    revision: Mapped[int] = mapped_column(default=1)
    shared_revision: Mapped[int | None]
    shared_at: Mapped[datetime | None]
    link_key: Mapped[str] = mapped_column(_Key, unique=True)
    handout_key: Mapped[str | None] = mapped_column(_Key, unique=True)
    adapted_from: Mapped[str | None] = mapped_column(Id, index=True)
    adapted_revision: Mapped[int | None]
    started_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class PackVersion(Row):
    """One state of a pack. `content` is written by `codec`; `name` is "" for what was saved on the way;
    `shared` is the one that others see."""

    __tablename__ = "pack_version"

    pack_id: Mapped[str] = mapped_column(Id, ForeignKey("pack.id", ondelete="CASCADE"), index=True)
    revision: Mapped[int]
    name: Mapped[str] = mapped_column(_Name, default="")
    shared: Mapped[bool] = mapped_column(default=False)
    content: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(_Person)
    saved_by_name: Mapped[str] = mapped_column(_Name)

    __table_args__ = (UniqueConstraint("pack_id", "revision"),)


class PackCase(Row):
    """A case of the version that is shared: what the page of the case asks for."""

    __tablename__ = "pack_case"

    pack_id: Mapped[str] = mapped_column(Id, ForeignKey("pack.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[str] = mapped_column(Id, index=True)

    __table_args__ = (UniqueConstraint("pack_id", "case_id"),)


class PackUse(Row):
    """A class held with a pack, as its trainer reports it. `shown`: he agrees that others read his words."""

    __tablename__ = "pack_use"

    pack_id: Mapped[str] = mapped_column(Id, ForeignKey("pack.id", ondelete="CASCADE"), index=True)
    revision: Mapped[int]
    user_id: Mapped[str] = mapped_column(_Person, index=True)
    user_name: Mapped[str] = mapped_column(_Name)
    used_on: Mapped[date]
    with_whom: Mapped[str] = mapped_column(_Name)
    people: Mapped[int]
    worked: Mapped[str] = mapped_column(Text)
    change: Mapped[str] = mapped_column(Text)
    again: Mapped[str] = mapped_column(_State)
    shown: Mapped[bool]
    answer_key: Mapped[str | None] = mapped_column(_Key, unique=True)
    recorded_at: Mapped[datetime]


class PackUseCase(Row):
    """A case that was taught in a class."""

    __tablename__ = "pack_use_case"

    use_id: Mapped[str] = mapped_column(Id, ForeignKey("pack_use.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[str] = mapped_column(Id, index=True)

    __table_args__ = (UniqueConstraint("use_id", "case_id"),)


class UseAnswer(Row):
    """A participant's answers. `browser` is a hash that keeps one browser from answering twice, no more."""

    __tablename__ = "pack_use_answer"

    use_id: Mapped[str] = mapped_column(Id, ForeignKey("pack_use.id", ondelete="CASCADE"), index=True)
    browser: Mapped[str] = mapped_column(String(64))
    gained: Mapped[str] = mapped_column(Text)
    unclear: Mapped[str] = mapped_column(Text)
    helpful: Mapped[int]
    answered_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("use_id", "browser"),)
