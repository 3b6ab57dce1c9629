"""What editors and programs send, and what the API answers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from casebook.values import (
    Arrangement,
    ChapterView,
    EditionDetails,
    EditionView,
    ManuscriptText,
    PlacedPhoto,
)
from foundation.forms import Form


class OpenForm(Form):
    """Open an edition of a call, and of further ones; without a title the book is named after the call."""

    call_id: str = Field(min_length=1, max_length=40)
    further: list[str] = Field([], max_length=50)
    title: str = Field("", max_length=100)
    arrangement: Arrangement = Arrangement.PRIZE


class DetailsForm(Form):
    """What a book says about itself. `revision` is that of the page it was edited on."""

    revision: int
    title: str = Field("", max_length=100)
    subtitle: str = Field("", max_length=100)
    publisher: str = Field("", max_length=100)
    compiler: str = Field("", max_length=100)
    year: int = Field(ge=1900, le=2200)
    language: Literal["zh", "en"] = "zh"
    isbn: str = Field("", max_length=60)
    cip: str = Field("", max_length=60)
    edition_line: str = Field("", max_length=100)
    printing_line: str = Field("", max_length=100)
    remark: str = Field("", max_length=1000)
    foreword: str = Field("", max_length=200_000)

    def details(self) -> EditionDetails:
        return EditionDetails(**self.model_dump(exclude={"revision"}))


class ManuscriptForm(Form):
    """A round of a manuscript. `base` is the round it was written on; `authors` one a line."""

    base: int
    title: str = Field("", max_length=200)
    unit: str = Field("", max_length=200)
    authors: str = Field("", max_length=2000)
    summary: str = Field("", max_length=3000)
    body: str = Field("", max_length=1_000_000)
    source_line: str = Field("", max_length=400)
    signoff_line: str = Field("", max_length=400)
    note: str = Field("", max_length=200)

    def text(self, body: str, photos: tuple[PlacedPhoto, ...]) -> ManuscriptText:
        """`body` names pictures as they are stored; `photos` are those printed after the text."""
        return ManuscriptText(
            title=self.title,
            unit=self.unit,
            authors=tuple(line.strip() for line in self.authors.splitlines() if line.strip()),
            summary=self.summary,
            body=body,
            photos=photos,
            source_line=self.source_line,
            signoff_line=self.signoff_line,
        )


class EditionReply(BaseModel):
    id: str
    call_id: str
    title: str
    subtitle: str
    publisher: str
    year: int
    arrangement: Arrangement
    revision: int
    opened_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, view: EditionView) -> EditionReply:
        return cls(
            id=view.id,
            call_id=view.call_id,
            title=view.details.title,
            subtitle=view.details.subtitle,
            publisher=view.details.publisher,
            year=view.details.year,
            arrangement=view.arrangement,
            revision=view.revision,
            opened_at=view.opened_at,
            changed_at=view.changed_at,
        )


class EntryReply(BaseModel):
    id: str
    case_id: str
    version_id: str
    title: str
    unit: str
    prize: str
    category: str
    withdrawn: bool


class ChapterReply(BaseModel):
    id: str
    title: str
    entries: list[EntryReply]

    @classmethod
    def of(cls, view: ChapterView) -> ChapterReply:
        entries = [
            EntryReply(
                id=each.id,
                case_id=each.case_id,
                version_id=each.version_id,
                title=each.title,
                unit=each.unit,
                prize=each.prize_name,
                category=each.category_name,
                withdrawn=each.withdrawn_at is not None,
            )
            for each in view.entries
        ]
        return cls(id=view.id, title=view.title, entries=entries)


class WholeEdition(EditionReply):
    """An edition with its chapters."""

    chapters: list[ChapterReply] = []
