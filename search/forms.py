"""What the API of the library answers with."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field


class FoundReply(BaseModel):
    word: str
    spelling: str = Field(description="The synonym that stands there instead, empty for the word itself")
    times: dict[str, int] = Field(
        description="How often, by part: title summary heading body unit topic category"
    )


class WhyReply(BaseModel):
    """Why a case is a hit; the effects of prize and date are percent of the rest of the score."""

    found: list[FoundReply]
    missing: list[str]
    nearness: str = Field(description="together, sentence, near or apart; empty for a single word")
    prize_percent: float
    recency_percent: float
    score: float


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
    topics: list[str]
    why: WhyReply | None
    url: str


class FacetCount(BaseModel):
    value: str
    label: str
    count: int
    chosen: bool


class FacetCounts(BaseModel):
    name: str
    values: list[FacetCount]


class LooserReply(BaseModel):
    """The question without one thing, and how many cases that finds."""

    leaves_out: str = Field(description="filters, filter or word")
    facet: str
    value: str
    q: str
    total: int


class HelpReply(BaseModel):
    """Ways on when no case holds every word."""

    did_you_mean: str
    did_you_mean_total: int
    looser: list[LooserReply]
    topics: list[str]
    newest: list[str] = Field(description="Ids of cases")


class SearchAnswer(BaseModel):
    """One page of hits; counts of a facet are under the filters of the other facets."""

    query: str = Field(description="As it was typed")
    searched: str = Field(description="As it was searched: characters in place of pinyin")
    synonyms: dict[str, list[str]] = Field(description="What was searched beside a word")
    total: int
    complete: int = Field(description="Hits that hold every word of the question")
    page: int
    pages: int
    hits: list[CaseHit]
    facets: list[FacetCounts]
    help: HelpReply | None


class PhotoReply(BaseModel):
    id: str
    caption: str
    width: int | None
    height: int | None
    url: str


class EvidenceReply(BaseModel):
    """A file that its unit has released; `claims` are the words of the body that it stands behind."""

    id: str
    name: str
    caption: str
    size: int
    claims: list[str]
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
    evidence: list[EvidenceReply]
    recommended_by: list[str]
    authors: list[str]
    language: str = Field(description="zh-Hans, zh-Hant or en")
    citation: str = Field(description="By GB/T 7714-2015")
    citation_files: dict[str, str] = Field(description="bib, ris and json (CSL): where each is")
    short_url: str
    url: str


class SuggestionReply(BaseModel):
    text: str
    kind: str = Field(description="word, category, topic, unit, title or collection")
    case_id: str
    address: str = Field(description="The path of a collection")
