"""What organisers send about originality."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from foundation.forms import Form
from submissions.values.originality import Verdict


class ReviewForm(Form):
    """What somebody says who has looked; an empty verdict takes it back."""

    verdict: Literal["", "fine", "problem"] = ""
    note: str = Field("", max_length=4000)

    def given(self) -> Verdict | None:
        return Verdict(self.verdict) if self.verdict else None


class PhrasesForm(Form):
    """Set phrases, one a line, for this call or for all."""

    phrases: str = Field("", max_length=20_000)
    scope: Literal["call", "all"] = "call"


class ReferenceForm(Form):
    """A reference text that was typed or pasted."""

    title: str = Field("", max_length=400)
    origin: str = Field("", max_length=300)
    text: str = ""
