"""What the pages and the API take for synonyms."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import BaseModel, Field

from foundation.forms import Form, validated
from search.curation.rules.synonyms import split_words
from search.curation.values.synonyms import MOST_GROUPS, Direction, SynonymGroup, Words


class SynonymForm(Form):
    """One group. `words` in one field, between 、 or line ends."""

    words: str = Field(default="", max_length=400)
    direction: Direction = Direction.BOTH
    note: str = ""
    revision: int = 0

    @property
    def wish(self) -> Words:
        return Words(words=split_words(self.words), direction=self.direction, note=self.note)


class SynonymReply(BaseModel):
    id: str
    words: list[str]
    direction: Direction = Field(description="one_way: only the first word also finds the others")
    note: str
    revision: int = Field(description="To be sent back with a change")


def reply(group: SynonymGroup) -> SynonymReply:
    return SynonymReply(
        id=group.id,
        words=list(group.words),
        direction=group.direction,
        note=group.note,
        revision=group.revision,
    )


class PlannedForm(Form):
    """One line of a table that was looked at before."""

    number: int
    words: list[str] = Field(max_length=50)
    direction: Direction
    note: str = ""

    @property
    def line(self) -> tuple[int, Words]:
        return self.number, Words(words=tuple(self.words), direction=self.direction, note=self.note)


class SynonymTableForm(Form):
    """A whole table, as the page that showed what importing it would do sends it back."""

    lines: list[PlannedForm] = Field(max_length=MOST_GROUPS)


def lines_field(lines: Sequence[tuple[int, Words]]) -> str:
    """The lines as one field of a form."""
    return SynonymTableForm(
        lines=[
            PlannedForm(number=number, words=list(wish.words), direction=wish.direction, note=wish.note)
            for number, wish in lines
        ]
    ).model_dump_json()


def lines_of(field: str) -> list[tuple[int, Words]]:
    """What `lines_field` wrote.

    Raises:
        Invalid: the field is not as the page had it.
    """
    try:
        parsed = json.loads(field)
    except (ValueError, RecursionError):
        parsed = None
    return [line.line for line in validated(SynonymTableForm, parsed).lines]
