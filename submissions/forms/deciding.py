"""What superiors and the organiser send when they decide."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from foundation.forms import Form
from submissions.values import Chosen


class DecisionForm(Form):
    """The formal check of one version, or one decision about many. `seen` is the version that was looked at.

    `reason_template` counts where nothing was typed: without script the sentence is not copied into the box.
    """

    seen: str = Field("", max_length=40)
    tick: list[str] = Field(default_factory=list, max_length=40)
    note: str = Field("", max_length=4000)
    reason: str = Field("", max_length=4000)
    reason_template: str = Field("", max_length=400)
    due_at: datetime | None = None

    @property
    def sentence(self) -> str:
        return self.reason or self.reason_template


class OpinionForm(Form):
    """A recommendation with its opinion."""

    opinion: str = Field("", max_length=4000)


class OrderForm(Form):
    """A superior's order of all the cases it recommends."""

    case_ids: list[str] = Field(max_length=2000)


class CheckForm(Form):
    """One decision of the formal check, by the API; a return may name a time, with its zone."""

    outcome: Literal["check", "reject", "return", "reopen", "undo"]
    reason: str = Field("", max_length=4000)
    due_at: datetime | None = None
    version_id: str = Field("", max_length=40)


class ChosenForm(Form):
    """A case of a bulk action, with the version that was looked at ("" where none was)."""

    case_id: str = Field(max_length=40)
    version_id: str = Field("", max_length=40)

    def value(self) -> Chosen:
        return Chosen(self.case_id, self.version_id)


class BulkForm(Form):
    """One decision about many cases."""

    outcome: Literal["check", "reject", "return"]
    cases: list[ChosenForm] = Field(max_length=2000)
    reason: str = Field("", max_length=4000)
    due_at: datetime | None = None
