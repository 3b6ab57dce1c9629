"""What is posted on the pages of live reviews."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from foundation.forms import Form
from judging.values.live import QuestionState


class LiveForm(Form):
    """A new live review."""

    title: str = Field("", max_length=400)
    cases: list[str] = Field(default_factory=list, max_length=1000)
    order: Literal["last_first", "number", "drawn"] = "last_first"
    stages: list[str] = Field(default_factory=list, max_length=10)
    questions: bool = False


class MoveForm(Form):
    """A step on the screen; `version` is what the organiser saw."""

    way: Literal["on", "back"] = "on"
    version: int


class ArrangeLiveForm(Form):
    """A case one place up or down."""

    item: str = Field("", max_length=40)
    way: Literal["up", "down"] = "up"


class ModerateForm(Form):
    """What becomes of a question."""

    question: str = Field("", max_length=40)
    state: QuestionState


class AskForm(Form):
    """A question from the audience."""

    name: str = Field("", max_length=400)
    words: str = Field("", max_length=4000)


class VoteForm(Form):
    """A vote on the case on the screen."""

    item: str = Field("", max_length=40)
    value: int
