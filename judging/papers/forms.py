"""What is posted on the pages of commendations, feedback, letters and certificates."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from foundation.forms import Form
from judging.values.honours import LetterKind
from judging.views.honours import DesignView, WordingView


class TermsForm(Form):
    """What is set for feedback letters."""

    fewest_reads: int
    greeting: str = Field("", max_length=5000)


class ReleaseForm(Form):
    """Which feedback is released; `basis` is of what was shown."""

    cases: list[str] = Field(default_factory=list, max_length=5000)
    basis: str = Field("", max_length=64)
    by_mail: bool = False


class WordingForm(Form):
    """The words of the result letters."""

    winner_subject: str = Field("", max_length=1000)
    winner_body: str = Field("", max_length=20_000)
    other_subject: str = Field("", max_length=1000)
    other_body: str = Field("", max_length=20_000)

    def words(self) -> dict[LetterKind, WordingView]:
        return {
            LetterKind.WINNER: WordingView(self.winner_subject, self.winner_body),
            LetterKind.OTHER: WordingView(self.other_subject, self.other_body),
        }


class SendForm(Form):
    """Which result letters go; `basis` is of what was shown."""

    kinds: list[LetterKind] = Field(default_factory=list, max_length=2)
    basis: str = Field("", max_length=64)


class DesignForm(Form):
    """How certificates are worded."""

    language: Literal["zh", "en"] = "zh"
    heading: str = Field("", max_length=200)
    unit_words: str = Field("", max_length=5000)
    author_words: str = Field("", max_length=5000)
    issuers: str = Field("", max_length=2000)
    holders: list[str] = Field(default_factory=list, max_length=5)

    def design(self) -> DesignView:
        lines = (" ".join(line.split()) for line in self.issuers.splitlines())
        return DesignView(
            language=self.language,
            heading=self.heading,
            unit_words=self.unit_words,
            author_words=self.author_words,
            issuers=tuple(line for line in lines if line),
            for_units="units" in self.holders,
            for_authors="authors" in self.holders,
        )


class IssueForm(Form):
    """Issue what is due: the date on it, and how many the organiser was shown."""

    dated: date
    count: int
