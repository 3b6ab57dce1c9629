"""What happened to topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsProposed(Event):
    """Topics were proposed for cases that had come to the shelf; `case_id` is the first of them."""

    action: ClassVar[str] = "topics.proposed"
    case_id: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsCorrected(Event):
    """Somebody said which topics a case has; labels between "、"."""

    action: ClassVar[str] = "case.topics_corrected"
    case_id: str
    accepted: str
    removed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicAdded(Event):
    action: ClassVar[str] = "topic.added"
    topic_id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChanged(Event):
    """Another label, other names; names between "、"."""

    action: ClassVar[str] = "topic.changed"
    topic_id: str
    label: str
    names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsMerged(Event):
    """`merged` are the labels that went into the topic, between "、"."""

    action: ClassVar[str] = "topic.merged"
    topic_id: str
    label: str
    merged: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicBlocked(Event):
    action: ClassVar[str] = "topic.blocked"
    topic_id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicUnblocked(Event):
    action: ClassVar[str] = "topic.unblocked"
    topic_id: str
    label: str


TOPIC_EVENTS: tuple[type[Event], ...] = (
    TopicsProposed,
    TopicsCorrected,
    TopicChanged,
    TopicsMerged,
    TopicBlocked,
    TopicUnblocked,
)
"""After these, cases may have other topics."""
