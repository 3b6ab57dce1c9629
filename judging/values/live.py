"""The live review as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class LiveState(StrEnum):
    """Prepared by an organiser, on the screen, or over (then there is a replay)."""

    PREPARED = "prepared"
    RUNNING = "running"
    ENDED = "ended"


class Stage(StrEnum):
    """What is revealed of a case, one after the other. The title comes first and by itself."""

    TITLE = "title"
    UNIT = "unit"
    CRITERIA = "criteria"
    SCORE = "score"
    RANK = "rank"
    AUDIENCE = "audience"


OPTIONAL_STAGES = (Stage.UNIT, Stage.CRITERIA, Stage.SCORE, Stage.RANK, Stage.AUDIENCE)
JURY_STAGES = frozenset({Stage.CRITERIA, Stage.SCORE, Stage.RANK})
"""What rests on the jury's marks."""


class QuestionState(StrEnum):
    """From the audience; only approved and answered ones are ever shown to anybody else."""

    WAITING = "waiting"
    APPROVED = "approved"
    ANSWERED = "answered"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class CriterionFigure:
    """The mean of the counted reads on one criterion, as text with two decimals."""

    name: str
    average: str
    highest: str
    percent: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the jury's marks say of one case at one moment; `rank` None while it has too few reads."""

    criteria: tuple[CriterionFigure, ...]
    score: str
    full: str
    rank: int | None
    of: int
    reads: int


@dataclass(frozen=True, slots=True)
class LiveCase:
    """A case of a live review and how far it is revealed. `figures` holds only what was revealed."""

    id: str
    case_id: str
    title: str
    unit_name: str
    stage: int
    figures: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as its moderator sees it; `about` is the title of the case that was on the screen."""

    id: str
    name: str
    words: str
    state: QuestionState
    about: str


@dataclass(frozen=True, slots=True)
class Step:
    """Where the screen goes: the case's place in the order, and its stage."""

    cursor: int
    stage: int
