"""What editors send about topics."""

from __future__ import annotations

from pydantic import Field

from foundation.forms import Form


class CaseTopicsForm(Form):
    """The topics that were `shown` for a case, those `kept` of them, and new ones between commas."""

    shown: list[str] = Field(default_factory=list, max_length=100)
    kept: list[str] = Field(default_factory=list, max_length=100)
    added: str = Field("", max_length=500)


class TopicForm(Form):
    """A topic's label and its other names, between commas."""

    label: str = Field("", max_length=100)
    names: str = Field("", max_length=500)


class MergeForm(Form):
    """Topics that become one; `into` is the one that stays, `seen` that its numbers were shown."""

    topic: list[str] = Field(default_factory=list, max_length=200)
    into: str = Field("", max_length=20)
    seen: bool = False
