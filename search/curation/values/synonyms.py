"""Words that mean the same to readers of the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LONGEST_WORD = 20
MOST_WORDS = 12
LONGEST_NOTE = 100
MOST_GROUPS = 2_000


class Direction(StrEnum):
    """BOTH: whoever asks for one word gets them all. ONE_WAY: only the first word also finds the others."""

    BOTH = "both"
    ONE_WAY = "one_way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A group as somebody wants it; with ONE_WAY the first word is the one that is asked for."""

    words: tuple[str, ...]
    direction: Direction = Direction.BOTH
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymGroup:
    """A group as it is kept. `revision` grows with each change of any group."""

    id: str
    words: tuple[str, ...]
    direction: Direction
    note: str
    revision: int
    changed_by: str = ""
    deleted: bool = False

    @property
    def wish(self) -> Words:
        return Words(words=self.words, direction=self.direction, note=self.note)


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """What searches use: a folded word -> what is searched beside it, as the organisers wrote it."""

    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Step(StrEnum):
    """What importing a line would do."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """One line of an imported table; `before` is the group that it changes or that it is already."""

    number: int
    wish: Words
    step: Step
    before: SynonymGroup | None = None
