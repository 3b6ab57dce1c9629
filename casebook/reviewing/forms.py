"""What reviewers and proofreaders send."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field

from casebook.reviewing.rules.standing import next_step
from casebook.reviewing.values import (
    REPORT_FIELDS,
    File,
    Opinion,
    Report,
    State,
    Step,
    Verdict,
)
from foundation.forms import Form

_LONG = 5000


class OpinionForm(Form):
    """A sign-off. `digest` is that of the text on the page; which fields count depends on the step."""

    step: Step
    digest: str = Field(min_length=64, max_length=64)
    value: str = Field("", max_length=_LONG)
    politics: str = Field("", max_length=_LONG)
    facts: str = Field("", max_length=_LONG)
    structure: str = Field("", max_length=_LONG)
    language: str = Field("", max_length=_LONG)
    changes: str = Field("", max_length=_LONG)
    statement: str = Field("", max_length=_LONG)
    verdict: Literal["", "accept", "revise", "reject"] = ""
    agrees: Literal["", "yes", "no"] = ""
    build: int | None = Field(None, ge=1, le=100_000)

    def opinion(self) -> Opinion:
        written = {name: getattr(self, name) for name in REPORT_FIELDS}
        return Opinion(
            statement=self.statement,
            verdict=Verdict(self.verdict) if self.verdict else None,
            agrees={"yes": True, "no": False}.get(self.agrees),
            report=Report(**written) if any(written.values()) else None,
        )


class DraftForm(Form):
    """What autosave sends: fields of any of the forms, half written."""

    step: Step
    value: str = Field("", max_length=_LONG)
    politics: str = Field("", max_length=_LONG)
    facts: str = Field("", max_length=_LONG)
    structure: str = Field("", max_length=_LONG)
    language: str = Field("", max_length=_LONG)
    changes: str = Field("", max_length=_LONG)
    statement: str = Field("", max_length=_LONG)
    verdict: str = Field("", max_length=20)
    agrees: str = Field("", max_length=20)
    build: str = Field("", max_length=20)

    def fields(self) -> dict[str, str]:
        return {name: value for name, value in self.model_dump(exclude={"step"}).items() if value}


class ReturnForm(Form):
    step: Step
    reasons: str = Field("", max_length=_LONG)


class ErrorForm(Form):
    """A line of an error list."""

    step: Step
    fault: str = Field("", max_length=20)
    before: str = Field("", max_length=500)
    after: str = Field("", max_length=500)
    place: str = Field("", max_length=200)
    note: str = Field("", max_length=500)


class StepReply(BaseModel):
    """How a step of a text stands: not_yet, open, signed, changed (signed for other words), returned."""

    step: Step
    state: State
    by: str
    at: datetime | None


class TextReply(BaseModel):
    """A text of the book with its steps. `next` is the step whose turn it is, null when there is none."""

    id: str
    title: str
    digest: str
    main_editor: str
    characters: int
    next: Step | None
    steps: list[StepReply]

    @classmethod
    def of(cls, found: File) -> TextReply:
        subject = found.subject
        return cls(
            id=subject.id,
            title=str(subject.title),
            digest=subject.digest,
            main_editor=subject.editor_name,
            characters=subject.characters,
            next=next_step(found.states),
            steps=[
                StepReply(
                    step=state.step,
                    state=state.state,
                    by=state.act.by_name if state.act else "",
                    at=state.act.at if state.act else None,
                )
                for state in found.states.values()
            ],
        )


class ReviewsReply(BaseModel):
    """An edition's reviews and proofs. `missing` are sentences; without any the book may be printed.
    `errors_per_10000` is what the last reading of the texts found."""

    cleared: bool
    missing: list[str]
    errors_per_10000: Decimal | None
    texts: list[TextReply]
