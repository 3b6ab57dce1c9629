"""What people send about cases' places."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from foundation.audience import Audience
from foundation.forms import Form
from search.curation.values.wishes import Wish


class PlacingForm(Form):
    """A decision about cases: an audience, the calls' own (`usual`), off the shelf, or back on it.

    `cases` are the ids of the cases that were shown before it, between blanks.
    """

    cases: str = Field("", max_length=1_000_000)
    deed: Literal["public", "members", "trainers", "usual", "off", "back"] = "public"
    reason: str = Field("", max_length=300)

    @property
    def case_ids(self) -> list[str]:
        return list(dict.fromkeys(self.cases.split()))

    @property
    def audience(self) -> Audience | None:
        return None if self.deed in {"usual", "off", "back"} else Audience(self.deed)


class WishForm(Form):
    wish: Wish = Wish.MEMBERS
    reason: str = Field("", max_length=300)


class AnswerForm(Form):
    granted: bool = False
    answer: str = Field("", max_length=300)
