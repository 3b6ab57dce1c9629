"""What the API of the library answers with."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field


class CaseHit(BaseModel):
    """One hit. `snippets` mark the question's words with <mark>; everything else in them is escaped."""

    id: str
    title: str
    unit: str
    call: str
    year: int
    category: str
    prize: str
    word_count: int
    granted_at: datetime
    complete: bool = Field(description="Whether every word of the question was found")
    snippets: list[str]
    url: str


class FacetCount(BaseModel):
    value: str
    label: str
    count: int
    chosen: bool


class FacetCounts(BaseModel):
    name: str
    values: list[FacetCount]


class SearchAnswer(BaseModel):
    """One page of hits; counts of a facet are under the filters of the other facets."""

    query: str
    total: int
    complete: int = Field(description="Hits that hold every word of the question")
    page: int
    pages: int
    hits: list[CaseHit]
    facets: list[FacetCounts]


class PhotoReply(BaseModel):
    id: str
    caption: str
    width: int | None
    height: int | None
    url: str


class LibraryCase(BaseModel):
    """A published awarded case; pictures in `body_html` are `attachment:ID` of `photos`."""

    id: str
    version_id: str
    number: str
    title: str
    summary: str
    body_html: str
    unit: str
    call: str
    year: int
    category: str
    prize: str
    word_count: int
    source_line: str
    signoff_line: str
    granted_at: datetime
    content_hash: str
    photos: list[PhotoReply]
    citation: str
    url: str


class SuggestionReply(BaseModel):
    text: str
    kind: str
    case_id: str
