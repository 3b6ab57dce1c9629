"""What the pages and the API take and give for findings and terms."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import BaseModel, Field

from casebook.aids.rules.terms import MOST_TERMS
from casebook.aids.values import Finding, Kind, Scope, Seriousness, Term, TermKind, TermWish
from foundation.forms import Form, validated


class KeyForm(Form):
    """A finding, as the page named it."""

    key: str = Field(min_length=1, max_length=40)


class AcceptForm(KeyForm):
    """`words` where the editor wants something else than the proposal."""

    words: str | None = None


class IgnoreForm(KeyForm):
    scope: Scope = Scope.PLACE
    reason: str = ""


class TermForm(Form):
    """One line of the list."""

    written: str = ""
    better: str = ""
    kind: TermKind = TermKind.REPLACE
    why: str = ""
    revision: int = 0

    @property
    def wish(self) -> TermWish:
        return TermWish(written=self.written, better=self.better, kind=self.kind, why=self.why)


class PlannedForm(Form):
    """One line of a table that was looked at before."""

    number: int
    written: str
    better: str = ""
    kind: TermKind
    why: str = ""

    @property
    def line(self) -> tuple[int, TermWish]:
        return self.number, TermWish(written=self.written, better=self.better, kind=self.kind, why=self.why)


class TermTableForm(Form):
    """A whole table, as the page that showed what importing it would do sends it back."""

    lines: list[PlannedForm] = Field(max_length=MOST_TERMS)


def lines_field(lines: Sequence[tuple[int, TermWish]]) -> str:
    """The lines as one field of a form."""
    forms = [
        PlannedForm(number=number, written=wish.written, better=wish.better, kind=wish.kind, why=wish.why)
        for number, wish in lines
    ]
    return TermTableForm(lines=forms).model_dump_json()


def lines_of(field: str) -> list[tuple[int, TermWish]]:
    """What `lines_field` wrote.

    Raises:
        Invalid: the field is not as the page had it.
    """
    try:
        parsed = json.loads(field)
    except (ValueError, RecursionError):
        parsed = None
    return [line.line for line in validated(TermTableForm, parsed).lines]


class FindingReply(BaseModel):
    key: str = Field(description="Names the finding as long as the words and those around them stay")
    entry_id: str
    kind: Kind
    rule: str
    seriousness: Seriousness = Field(description="must: wrong by a standard; should; look: has to be checked")
    place: str = Field(description="title, unit, author.N, summary, body.N, photo.N, source or signoff")
    start: int
    end: int
    passage: str
    proposal: str | None = Field(description="What should stand there; null where that is not certain")
    message: str

    @classmethod
    def of(cls, found: Finding) -> FindingReply:
        slip = found.slip
        return cls(
            key=found.key,
            entry_id=found.entry_id,
            kind=slip.kind,
            rule=slip.rule,
            seriousness=slip.seriousness,
            place=slip.place,
            start=slip.start,
            end=slip.end,
            passage=found.passage,
            proposal=slip.proposal,
            message=str(slip.message),
        )


class TermReply(BaseModel):
    id: str
    written: str
    better: str
    kind: TermKind
    why: str
    revision: int = Field(description="To be sent back with a change")

    @classmethod
    def of(cls, term: Term) -> TermReply:
        wish = term.wish
        return cls(
            id=term.id,
            written=wish.written,
            better=wish.better,
            kind=wish.kind,
            why=wish.why,
            revision=term.revision,
        )
