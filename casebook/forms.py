"""What editors and programs send, and what the API answers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel, Field, TypeAdapter, field_validator

from casebook.values import (
    Arrangement,
    ChapterView,
    EditionView,
    ManuscriptText,
    PlacedPhoto,
    WorkingCopy,
)
from foundation.forms import Form


class OpenForm(Form):
    """Open an edition of a call, and of further ones; without a title the book is named after the call."""

    call_id: str = Field(min_length=1, max_length=40)
    further: list[str] = Field([], max_length=50)
    title: str = Field("", max_length=100)
    arrangement: Arrangement = Arrangement.PRIZE


class ManuscriptForm(Form):
    """What is written of a manuscript. `revision` is that of the working copy that was opened, `base` the
    round it goes on from; `authors` one a line, `photos` those printed after the text, as JSON."""

    revision: int = Field(ge=0)
    base: int = 0
    title: str = Field("", max_length=200)
    unit: str = Field("", max_length=200)
    authors: str = Field("", max_length=2000)
    summary: str = Field("", max_length=3000)
    body: str = Field("", max_length=1_000_000)
    source_line: str = Field("", max_length=400)
    signoff_line: str = Field("", max_length=400)
    photos: str = Field("[]", max_length=100_000)
    note: str = Field("", max_length=200)

    @field_validator("photos")
    @classmethod
    def _is_a_list(cls, written: str) -> str:
        read_photos(written)
        return written

    def text(self, body: str) -> ManuscriptText:
        """`body` names pictures as they are stored."""
        return ManuscriptText(
            title=self.title,
            unit=self.unit,
            authors=tuple(line.strip() for line in self.authors.splitlines() if line.strip()),
            summary=self.summary,
            body=body,
            photos=read_photos(self.photos),
            source_line=self.source_line,
            signoff_line=self.signoff_line,
        )


def read_photos(written: str) -> tuple[PlacedPhoto, ...]:
    """Photos as the page writes them. Raises ValueError for anything else."""
    rows = TypeAdapter(list[PhotoRow]).validate_json(written or "[]")
    return tuple(PlacedPhoto(row.id, row.caption) for row in rows)


class PhotoRow(Form):
    """A photo after the text."""

    id: str = Field(max_length=40)
    caption: str = Field("", max_length=300)


class DraftReply(BaseModel):
    """The working copy of a manuscript, its fields as the page writes them."""

    entry_id: str
    revision: int
    base: int
    saved_at: datetime
    saved_by: str
    pending: bool
    title: str
    unit: str
    authors: str
    summary: str
    body: str
    photos: str
    source_line: str
    signoff_line: str

    @classmethod
    def of(cls, copy: WorkingCopy) -> DraftReply:
        text = copy.text
        return cls(
            entry_id=copy.entry_id,
            revision=copy.revision,
            base=copy.base,
            saved_at=copy.saved_at,
            saved_by=copy.saved_by,
            pending=copy.pending,
            title=text.title,
            unit=text.unit,
            authors="\n".join(text.authors),
            summary=text.summary,
            body=text.body,
            photos=written_photos(text.photos),
            source_line=text.source_line,
            signoff_line=text.signoff_line,
        )


def written_photos(photos: Iterable[PlacedPhoto]) -> str:
    """The photos after a text as the page keeps them."""
    return json.dumps([{"id": each.id, "caption": each.caption} for each in photos], ensure_ascii=False)


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
