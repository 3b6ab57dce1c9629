"""A teaching pack as values: what it says (`Content`), and what other rooms are given of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Sharing(StrEnum):
    """Who finds a pack: its owner alone, every trainer, or whoever has its address."""

    PRIVATE = "private"
    TRAINERS = "trainers"
    LINK = "link"


class Level(StrEnum):
    """What a question asks of the participants, from what the text says to what they would do themselves."""

    FACTS = "facts"
    ANALYSIS = "analysis"
    JUDGEMENT = "judgement"
    TRANSFER = "transfer"


class StepKind(StrEnum):
    """What happens in a stretch of the class."""

    OPENING = "opening"
    READING = "reading"
    LECTURE = "lecture"
    DISCUSSION = "discussion"
    REPORT = "report"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a pack. `source` is the case whose own words it repeats, "" for the trainer's words: what is
    quoted is shown only to those who may read that case."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case of a pack. `parts` are the anchors of the sections that participants read, () for the whole;
    `note` is for the trainer alone."""

    case_id: str
    note: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of the class; `text` says what is done in it."""

    kind: StepKind
    minutes: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what only the trainer sees of it: hints and expected answers."""

    text: str
    level: Level = Level.ANALYSIS
    handed_out: bool = True
    hints: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the blackboard."""

    title: str
    points: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    title: str
    bullets: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a pack says. Participants see of it only what `rules.handing_out` takes over."""

    title: str = ""
    minutes: int = 90
    audience: str = ""
    cases: tuple[Chosen, ...] = ()
    aims: tuple[Line, ...] = ()
    preparation: tuple[Line, ...] = ()
    steps: tuple[Step, ...] = ()
    questions: tuple[Question, ...] = ()
    key_points: tuple[Line, ...] = ()
    board: tuple[Column, ...] = ()
    slides: tuple[Slide, ...] = ()
    handout: tuple[Line, ...] = ()
    references: tuple[Line, ...] = ()

    @property
    def case_ids(self) -> tuple[str, ...]:
        return tuple(each.case_id for each in self.cases)


SECTIONS = (
    "title", "minutes", "audience", "cases", "aims", "preparation", "steps", "questions", "key_points",
    "board", "slides", "handout", "references",
)  # fmt: skip
"""The fields of a content, in the order of the page: two people who changed different ones do not clash."""


@dataclass(frozen=True, slots=True)
class Handout:
    """What participants are given; it has no room for hints, key points or notes."""

    title: str
    minutes: int
    aims: tuple[str, ...]
    tasks: tuple[str, ...]
    readings: tuple[Chosen, ...]
    questions: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackView:
    """A pack at one of its revisions. `shared_revision` is what others see, None while nothing is shared."""

    id: str
    owner_id: str
    owner_name: str
    sharing: Sharing
    revision: int
    shown_revision: int
    shared_revision: int | None
    shared_at: datetime | None
    content: Content
    saved_at: datetime
    saved_by_name: str
    link_key: str
    handout_key: str
    adapted_from: str
    adapted_revision: int | None

    @property
    def shared(self) -> bool:
        return self.sharing is not Sharing.PRIVATE

    @property
    def behind(self) -> bool:
        """Whether the owner has gone on since he shared it."""
        return self.shared and self.shared_revision != self.revision


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A line of a pack's history; `name` is "" for what was saved on the way."""

    revision: int
    name: str
    saved_at: datetime
    saved_by_name: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """The pack as it is after a save; `merged` names the sections that came from the other copy."""

    pack: PackView
    merged: tuple[str, ...] = ()


class Again(StrEnum):
    """Whether a trainer would use a pack once more."""

    YES = "yes"
    CHANGED = "changed"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Report:
    """What a trainer says after a class. `shown` is his consent that it stands on the page of the case."""

    used_on: date
    with_whom: str
    people: int
    worked: str = ""
    change: str = ""
    again: Again = Again.YES
    shown: bool = False


@dataclass(frozen=True, slots=True)
class UseView:
    """A class held with a pack. `answer_key` opens the participants' three questions, "" when not asked."""

    id: str
    pack_id: str
    revision: int
    user_id: str
    user_name: str
    report: Report
    answer_key: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """A participant's three answers; he is not known by name."""

    gained: str
    unclear: str
    helpful: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Classes held, people in them, and how many trainers would do it again."""

    classes: int = 0
    people: int = 0
    again: int = 0
