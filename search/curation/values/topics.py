"""Topics as the library shows and editors correct them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from foundation.audience import Audience

LABEL_HIGHEST = 30
NAMES_HIGHEST = 12
TOPICS_OF_A_CASE = 20


class TopicState(StrEnum):
    """What became of a topic of a case."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic of the controlled list; `names` are other words for it."""

    id: str
    label: str
    names: tuple[str, ...]
    blocked: bool


@dataclass(frozen=True, slots=True)
class TopicOfCase:
    """A topic of one case, not a removed one."""

    id: str
    label: str
    state: TopicState


class ReadText(NamedTuple):
    """A version of a case whose topics were read, compared with what `audience` may read."""

    case_id: str
    version_id: str
    audience: Audience = Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class TopicUse:
    """A topic with its cases, ids in no order that says anything."""

    topic: TopicView
    case_ids: tuple[str, ...]
    proposed: int
