"""Topics: the controlled list, and which case has which."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Float, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row


class Topic(Row):
    """A topic by its preferred label. `folded` is the label as labels are compared; `names` are other words
    for it. A blocked one is proposed nowhere and shown nowhere but to editors."""

    __tablename__ = "topic"

    label: Mapped[str] = mapped_column(String(60))
    folded: Mapped[str] = mapped_column(String(60), unique=True)
    names: Mapped[list[Any]]
    blocked: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(40))


class CaseTopic(Row):
    """That a case has a topic. `state` is proposed, accepted or removed; removed ones are not proposed again.

    `weight` orders a case's topics, the greatest first.
    """

    __tablename__ = "case_topic"
    __table_args__ = (UniqueConstraint("case_id", "topic_id"),)

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"))
    topic_id: Mapped[str] = mapped_column(Id, ForeignKey("topic.id"), index=True)
    state: Mapped[str] = mapped_column(String(10))
    weight: Mapped[float] = mapped_column(Float, default=0.0)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(40))


class TopicReading(Row):
    """That topics were proposed for a version of a case, compared with what an audience may read."""

    __tablename__ = "topic_reading"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), unique=True)
    version_id: Mapped[str] = mapped_column(Id)
    audience: Mapped[str] = mapped_column(String(10))
    read_at: Mapped[datetime]
